"""Spans of days that reports are about, and the moments at which they begin and end."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from certify.clock import local_date
from certify.domain.validity import add_months
from certify.platform import Platform


def begins(platform: Platform, day: date) -> datetime:
    """The moment, in UTC, at which a day of the company's calendar begins."""
    zone = ZoneInfo(platform.policy.organisation.time_zone)
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_of(platform: Platform, moment: datetime) -> date:
    """The day of a moment in the company's calendar."""
    return local_date(moment, platform.policy.organisation.time_zone)


def week(day: date) -> tuple[date, date]:
    """Monday to Sunday around a day."""
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)


def month(day: date) -> tuple[date, date]:
    """First and last day of a day's month."""
    first = day.replace(day=1)
    return first, add_months(first, 1) - timedelta(days=1)


def quarter(day: date) -> tuple[date, date]:
    """First and last day of a day's quarter."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, add_months(first, 3) - timedelta(days=1)
