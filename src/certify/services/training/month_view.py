"""The calendar of training: a month day by day, and a file that other calendars read."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from certify.clock import local_date
from certify.domain.clean import clean
from certify.domain.person import Actor
from certify.domain.training import SessionState
from certify.i18n import _
from certify.platform import Platform
from certify.services.training import sessions, words
from certify.services.training.session_views import SessionView
from certify.services.whole_file import whole_file

LONGEST = timedelta(days=366)
"""How long before a month a session may have begun that still goes on in it."""
PRODUCT = "-//certify//training//EN"


@dataclass(frozen=True)
class MonthView:
    """The sessions of a month by day; one that lasts several days stands on each."""

    first: date
    days: dict[date, tuple[SessionView, ...]]


def month(platform: Platform, *, actor: Actor, first: date) -> MonthView:
    """The sessions the actor may see that touch the weeks of a month.

    Args:
        first: the first day of the month.
    """
    zone = platform.policy.organisation.time_zone
    begin, end = first - timedelta(days=7), first + timedelta(days=45)
    asked = (begin - LONGEST, end)
    days: dict[date, list[SessionView]] = {}
    for one in sessions.listed(platform, actor=actor, days=asked):
        day = max(begin, local_date(one.starts_at, zone))
        last = min(end, local_date(one.ends_at - timedelta(microseconds=1), zone))
        while day <= last:
            days.setdefault(day, []).append(one)
            day += timedelta(days=1)
    return MonthView(first, {day: tuple(found) for day, found in sorted(days.items())})


def write_calendar(platform: Platform, *, actor: Actor, path: Path) -> int:
    """Write the sessions the actor may see as iCalendar (RFC 5545); gives how many.

    The identifiers stay the same from file to file, so that a calendar that reads the next one
    changes its entries and makes none twice. Nobody's attendance is in it.

    Raises:
        BadInput: the file cannot be written.
    """
    found = sessions.listed(platform, actor=actor)
    data = calendar_bytes(found, stamp=platform.clock.now())
    with whole_file(path, platform.settings.home.exports) as out:
        out.write(data)
    return len(found)


def calendar_bytes(found: list[SessionView], *, stamp: datetime) -> bytes:
    """Sessions as an iCalendar file in UTF-8, folded, times in UTC.

    Args:
        stamp: when the file is made.
    """
    from icalendar import Calendar, Event  # 0.1 s, paid by who wants a file

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Training"))
    for one in found:
        event = Event()
        event.add("uid", f"{one.code}@training.certify")
        event.add("dtstamp", stamp.astimezone(UTC))
        event.add("dtstart", one.starts_at.astimezone(UTC))
        event.add("dtend", one.ends_at.astimezone(UTC))
        event.add("summary", clean(one.title))
        if one.place:
            event.add("location", clean(one.place))
        event.add("description", clean(_about(one)))
        event.add("status", "CANCELLED" if one.state is SessionState.CANCELLED else "CONFIRMED")
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def _about(one: SessionView) -> str:
    lines = [f"{one.code} · {_(words.KINDS[one.kind])} · {_(words.MODES[one.mode])}"]
    if one.trainer:
        lines.append(_("Trainer: {name}").format(name=one.trainer))
    return "\n".join(lines)
