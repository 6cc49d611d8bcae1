"""Who in an exam hall needs somebody: the order of the invigilator's list."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from certify.domain.pinyin import finder, spelled
from certify.services.hall_board import Candidate, CandidateState, Connection

SOON = timedelta(minutes=5)
"""Who has no more time than that is said to end soon."""
QUIET = timedelta(minutes=10)
"""Time without an answer from which that is said; a long item may take as long."""


class Need(IntEnum):
    """Why somebody should look at a candidate, the most urgent first."""

    ADMISSION = 0
    LOST = 1
    ENDS_SOON = 2
    PAUSED = 3
    AWAY = 4
    QUIET = 5
    ON_BREAK = 6
    SITS = 7
    ADMITTED = 8
    TO_COME = 9
    DONE = 10


class Order(StrEnum):
    """How the list is sorted."""

    NEED = "need"
    SEAT = "seat"
    NAME = "name"


_BY_STATE = {
    CandidateState.WAITING: Need.ADMISSION,
    CandidateState.PAUSED: Need.PAUSED,
    CandidateState.ON_BREAK: Need.ON_BREAK,
    CandidateState.ADMITTED: Need.ADMITTED,
    CandidateState.TO_COME: Need.TO_COME,
}


def need(one: Candidate, now: datetime) -> Need:
    """Why somebody should look at a candidate now."""
    if one.state is not CandidateState.SITTING:
        return _BY_STATE.get(one.state, Need.DONE)
    if one.connection is Connection.LOST:
        return Need.LOST
    if one.deadline is not None and one.deadline - now <= SOON:
        return Need.ENDS_SOON
    if one.is_away:
        return Need.AWAY
    heard = one.last_saved or one.started_at
    if heard is not None and now - heard > QUIET:
        return Need.QUIET
    return Need.SITS


def key(one: Candidate) -> str:
    """The name of a candidate's line: it stays when the attempt begins."""
    return f"{one.staff_no}:{one.exam}"


def ordered(found: Iterable[Candidate], order: Order, now: datetime) -> list[Candidate]:
    """The candidates as an invigilator wants them; who ends first stands above among equals."""
    orders: dict[Order, Callable[[Candidate], tuple[object, ...]]] = {
        Order.NEED: lambda one: (need(one, now), *_end(one), *_seat(one.seat), one.staff_no),
        Order.SEAT: lambda one: (not one.seat, *_seat(one.seat), one.staff_no),
        Order.NAME: lambda one: (spelled(one.name), one.staff_no),
    }
    return sorted(found, key=orders[order])


def fitting(found: Sequence[Candidate], wanted: str) -> list[Candidate]:
    """Whom a search finds: by name, pinyin, staff number or seat."""
    fits = finder(wanted)
    return [one for one in found if fits(one.name, one.staff_no, one.seat)]


def _end(one: Candidate) -> tuple[bool, float]:
    """The end of an open attempt, to sort by; those without one come last."""
    is_open = one.deadline is not None
    return (not is_open, one.deadline.timestamp() if one.deadline else 0.0)


def _seat(seat: str) -> tuple[str, int, str]:
    """A seat as people count: `A-2` before `A-10`."""
    digits = len(seat) - len(seat.rstrip("0123456789"))
    number = seat[len(seat) - digits :]
    return (seat[: len(seat) - digits], int(number or 0), seat)
