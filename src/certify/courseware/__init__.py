"""Course folders on disk: reading, checking, and nothing of what people do with them."""
