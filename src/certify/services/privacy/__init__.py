"""Personal data: what is kept of whom, handed out, and removed when its time is over."""
