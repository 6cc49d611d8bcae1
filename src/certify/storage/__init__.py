"""All SQL: one file per noun, functions that take a session."""
