"""Hooks: what plugins may give and hear, and the registry that loads them."""
