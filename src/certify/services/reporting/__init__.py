"""The loop made visible: dashboard, timelines, dossiers, reports, surveys and goals (R-SUP)."""
