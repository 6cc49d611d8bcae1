"""Widgets, one per file; each knows how to show, none knows where it comes from."""
