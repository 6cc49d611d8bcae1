"""Drawing pages: pure functions from words to PDF and PNG, the same words to the same bytes.

The libraries that draw are imported where they are used, so that a program that prints nothing
does not wait for them.
"""
