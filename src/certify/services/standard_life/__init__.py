"""The life of a standard: drafts, opinions, pilots, approval, reviews, delta training."""
