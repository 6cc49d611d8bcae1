"""Days as people type them: ISO 8601, such as 2024-12-31."""

from datetime import date

from certify.i18n import _


def is_day(text: str) -> str:
    """What is wrong with a day that must be given; empty when it will do."""
    try:
        date.fromisoformat(text.strip())
    except ValueError:
        return _("Write the day as year-month-day, for instance 2024-12-31.")
    return ""


def is_day_or_nothing(text: str) -> str:
    """What is wrong with a day that may be left out; empty when it will do."""
    return is_day(text) if text.strip() else ""


def day(text: str) -> date | None:
    """The day that was typed; None when nothing was."""
    return date.fromisoformat(text.strip()) if text.strip() else None
