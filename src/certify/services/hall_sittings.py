"""The sittings that are near: cohorts whose window is open, opens soon or has just ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from certify.domain.permission import Action, may
from certify.domain.person import Actor
from certify.domain.registration import Cohort, is_over
from certify.platform import Platform
from certify.services import hall_board
from certify.services.hall_board import CandidateState
from certify.storage import hall_windows

AHEAD = timedelta(hours=12)
"""A window that opens within it is near."""
AFTER = timedelta(hours=1)
"""So long after its end a sitting is still offered."""
DAY = timedelta(days=1)
EARLY = timedelta(minutes=30)
"""So long before the opening those who wait for admission are counted."""


@dataclass(frozen=True)
class SittingView:
    """One sitting to choose."""

    cohort_id: int
    title: str
    exam_title: dict[str, str]
    place: str
    opens_at: datetime | None
    closes_at: datetime | None
    needs_admission: bool
    members: int
    is_now: bool
    """Whether a sitting of a day at most is open, or opens in a moment."""


def sittings(platform: Platform, *, actor: Actor) -> tuple[SittingView, ...]:
    """The sittings that are near, the first to open first; none for who watches direct reports."""
    if not may(actor, Action.INVIGILATE):
        return ()
    now = platform.clock.now()
    with platform.database.read() as session:
        rows = hall_windows.windows(session, opened_by=now + AHEAD, open_at=now - AFTER)
        return tuple(
            SittingView(
                cohort_id=row.cohort.id or 0,
                title=row.cohort.title,
                exam_title=row.exam.title,
                place=row.cohort.place,
                opens_at=row.cohort.opens_at,
                closes_at=row.cohort.closes_at,
                needs_admission=row.cohort.needs_admission,
                members=row.members,
                is_now=_is_now(row.cohort, now),
            )
            for row in rows
        )


def _is_now(cohort: Cohort, now: datetime) -> bool:
    if cohort.opens_at is None or cohort.closes_at is None:
        return False
    is_short = cohort.closes_at - cohort.opens_at <= DAY
    return is_short and cohort.opens_at - EARLY <= now < cohort.closes_at


def waiting(platform: Platform, *, actor: Actor) -> int:
    """How many wait for admission in the sittings that are open or open in a moment."""
    now = platform.clock.now()
    with platform.database.read() as session:
        rows = hall_windows.windows(session, opened_by=now + EARLY, open_at=now)
        near = [
            row.cohort.id
            for row in rows
            if not is_over(row.cohort, now)
            and (row.cohort.needs_admission or row.cohort.late_minutes is not None)
        ]
    boards = [hall_board.board(platform, actor=actor, cohort_id=number) for number in near]
    every = [one for board in boards for one in board.candidates]
    return sum(
        one.state is CandidateState.WAITING and one.staff_no != actor.staff_no for one in every
    )
