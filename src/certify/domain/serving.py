"""Who may serve a process on a day (R-PPL-03, R-PPL-04)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from certify.domain.qualification import QualificationState


class ServiceRight(StrEnum):
    """What somebody may do in a process."""

    ALONE = "alone"
    ACCOMPANIED = "accompanied"
    """A trainee, beside a guide."""
    NO = "no"


class Why(StrEnum):
    """The reason of an answer."""

    QUALIFIED = "qualified"
    TRAINEE = "trainee"
    NOT_EMPLOYED = "not-employed"
    OTHER_POST = "other-post"
    PENDING = "pending"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NEVER = "never"
    REMEDIAL = "remedial"
    NO_GUIDE = "no-guide"


@dataclass(frozen=True)
class HeldPost:
    """One post qualification of a process as of the day."""

    post: str
    """Code of the post it was given for; empty: for any."""
    state: QualificationState


@dataclass(frozen=True)
class OnDay:
    """What holds of a person on the day."""

    is_employed: bool
    post: str
    is_trainee: bool
    """Whether the level of newcomers is active."""
    has_guide: bool
    """Whether an active guide of the person holds the level that guides need."""
    has_remedial: bool
    """Whether an exam of the process was failed and not passed since (R-REM-02)."""


@dataclass(frozen=True)
class Answer:
    """Whether somebody may serve, and why."""

    right: ServiceRight
    why: Why


_WORSE = (
    (QualificationState.SUSPENDED, Why.SUSPENDED),
    (QualificationState.PENDING, Why.PENDING),
    (QualificationState.EXPIRED, Why.EXPIRED),
    (QualificationState.REVOKED, Why.REVOKED),
)


def can_serve(person: OnDay, held: Iterable[HeldPost]) -> Answer:
    """Whether a person may serve a process: only with an active qualification for the own post.

    The last valid day counts, the next does not; suspended is no. A trainee may, accompanied by
    an active guide (R-PPL-04).

    Args:
        held: every qualification of the person for the process, of any post.
    """
    if not person.is_employed:
        return Answer(ServiceRight.NO, Why.NOT_EMPLOYED)
    every = list(held)
    own = [one for one in every if one.post in ("", person.post)]
    if any(one.state is QualificationState.ACTIVE for one in own):
        return Answer(ServiceRight.ALONE, Why.QUALIFIED)
    states = {one.state for one in own}
    if QualificationState.SUSPENDED in states:
        return Answer(ServiceRight.NO, Why.SUSPENDED)
    if person.is_trainee and not person.has_remedial:
        if person.has_guide:
            return Answer(ServiceRight.ACCOMPANIED, Why.TRAINEE)
        return Answer(ServiceRight.NO, Why.NO_GUIDE)
    if person.has_remedial:
        return Answer(ServiceRight.NO, Why.REMEDIAL)
    if not own and any(one.state is QualificationState.ACTIVE for one in every):
        return Answer(ServiceRight.NO, Why.OTHER_POST)
    return Answer(
        ServiceRight.NO, next((why for state, why in _WORSE if state in states), Why.NEVER)
    )
