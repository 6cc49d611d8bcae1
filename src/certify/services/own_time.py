"""The time one person has in an exam: its window, and what their accommodations add."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from certify.domain.course import Exam
from certify.domain.registration import is_open
from certify.domain.sitting_rules import Needs, needs, ordinary_end
from certify.platform import Platform
from certify.services.windows import window_of
from certify.storage import sitting_time


@dataclass(frozen=True)
class OwnTime:
    """What a person must know of their time before they begin."""

    minutes: int
    """Minutes that an attempt begun now would have, all included."""
    ends_at: datetime
    """When it would end at the latest."""
    ends_with_window: bool
    """Whether the window ends before the minutes of the exam do."""
    extra_minutes: int
    """How many of the minutes an accommodation adds."""
    break_minutes: int
    line_mode: bool
    window: str
    """Title of the cohort in whose window the person sits; empty without one."""
    occasion: str
    """Why an ad-hoc exam is held (R-ASM-14)."""
    opens_at: datetime | None
    closes_at: datetime | None


def needs_of(session: Session, platform: Platform, person_id: int, exam_id: int) -> Needs:
    """What a person's accommodations come to in an exam today."""
    rows = sitting_time.accommodations(session, person_id)
    return needs(rows, exam_id, platform.today())


def own_time(session: Session, platform: Platform, person_id: int, exam: Exam) -> OwnTime:
    """The time a person would have, begun now; for a window still to come, begun as it opens."""
    now = platform.clock.now()
    window = window_of(session, person_id, exam.id or 0, now)
    start = now
    if window is not None and not is_open(window, now):
        start = window.opens_at or now
    closes_at = window.closes_at if window else None
    end = ordinary_end(start, exam.minutes, closes_at)
    found = needs_of(session, platform, person_id, exam.id or 0)
    extra = found.extra_seconds(exam.minutes)
    ends_at = end + timedelta(seconds=extra)
    return OwnTime(
        minutes=int((ends_at - start).total_seconds()) // 60,
        ends_at=ends_at,
        ends_with_window=end < start + timedelta(minutes=exam.minutes),
        extra_minutes=extra // 60,
        break_minutes=found.break_minutes,
        line_mode=found.line_mode,
        window=window.title if window else "",
        occasion=window.occasion if window else "",
        opens_at=window.opens_at if window else None,
        closes_at=closes_at,
    )
