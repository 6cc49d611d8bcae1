"""Inspections, rectification notices and anomaly forms (R-INS-01 … R-INS-09)."""
