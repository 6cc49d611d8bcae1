"""Screens: one `.py` each, and a `.tcss` beside it where it needs one."""
