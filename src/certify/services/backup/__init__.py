"""Backups: made while others write, restored whole or not at all, rehearsed by command."""
