"""Use cases: one short keyword-only function each, one transaction, the platform and actor first.

They return frozen dataclasses, never rows; what they return is all that a screen may show.
"""
