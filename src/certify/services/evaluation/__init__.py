"""Evaluation of people and departments over a period, and what follows from it (R-EVA)."""
