"""Nouns and the pure rules on them: no session, no clock, no input or output."""
