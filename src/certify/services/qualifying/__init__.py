"""Levels and post qualifications: what they rest on, who gets them, and their states."""
