"""Ways in, and what guards the door (G17)."""
