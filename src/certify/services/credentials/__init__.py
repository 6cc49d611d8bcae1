"""Certificates as signed documents: sign, publish keys and states, verify."""
