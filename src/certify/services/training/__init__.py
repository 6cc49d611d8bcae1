"""Training administration: plans, sessions, sign-in, agreements, costs, calendar (R-TRN)."""
