"""What changed for many sittings at once: one query for all that a server has on its screens."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from certify.domain.attempt import AttemptState
from certify.platform import Platform
from certify.services.deadline import Announced, TimeLeft
from certify.storage import hall
from certify.storage.hall import Told, WatchRow

MOST = 1000
"""Attempts asked for in one query."""


def changes(platform: Platform, attempt_ids: Sequence[int]) -> Mapping[int, TimeLeft]:
    """The time of each attempt as it is now, with what was announced to it.

    The caller shows each to its own candidate alone. An attempt that does not exist is not in it.
    """
    found: dict[int, TimeLeft] = {}
    with platform.database.read() as session:
        for start in range(0, len(attempt_ids), MOST):
            rows = hall.watched(session, attempt_ids[start : start + MOST])
            now = platform.clock.now()
            found |= {attempt_id: time_left(*row, now) for attempt_id, row in rows.items()}
    return found


def time_left(row: WatchRow, told: Sequence[Told], now: datetime) -> TimeLeft:
    """What a candidate may know of their time."""
    return TimeLeft(
        deadline=row.deadline,
        now=now,
        break_left=row.break_left,
        break_began_at=row.break_began_at,
        is_open=row.state is AttemptState.OPEN,
        paused_at=row.paused_at,
        announcements=tuple(Announced(one.id, one.text, one.at) for one in told),
        fence=row.fence,
        is_ended=row.ended_by is not None,
    )
