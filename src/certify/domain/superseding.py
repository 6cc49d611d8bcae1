"""What the last word on a period lets follow it: a pass, a rung above, another gift (R-QUA-06).

Pure: the live services and the simulation of a policy ask the same functions.
"""

from collections.abc import Sequence
from datetime import date

from certify.domain.qualification import QualificationState

_OVER = (QualificationState.REVOKED, QualificationState.SUPERSEDED)
_SHUT = (QualificationState.SUSPENDED, QualificationState.SUPERSEDED)


def is_over(last: QualificationState | None) -> bool:
    """Whether a period was revoked or superseded, whatever its days.

    Args:
        last: the state it got last; None where nothing was decided of it.
    """
    return last in _OVER


def may_be_followed(last: QualificationState | None) -> bool:
    """Whether a pass may follow a period: not while it is suspended, nor once a rung above began.

    Only who suspended it opens the way again; the passing of time does not (R-QUA-06).
    """
    return last not in _SHUT


def is_held(valid_to: date, last: QualificationState | None, day: date) -> bool:
    """Whether a period still counts or is suspended, so that HR gives no second one beside it."""
    return valid_to >= day and not is_over(last)


def lower_rungs(ladder: Sequence[str], code: str) -> Sequence[str]:
    """The levels below one; none where the ladder does not have it.

    Args:
        ladder: codes of the levels, the lowest first.
    """
    return ladder[: ladder.index(code)] if code in ladder else ()


def takes_over(from_day: date, valid_to: date, last: QualificationState | None) -> bool:
    """Whether a level that begins on a day supersedes a period of a lower one."""
    return is_held(valid_to, last, from_day)
