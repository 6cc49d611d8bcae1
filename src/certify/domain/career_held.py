"""What somebody holds while a career is lived: periods and what was decided of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from certify.domain.career import Decided
from certify.domain.career_life import Given
from certify.domain.ladder import Pass
from certify.domain.qualification import (
    Basis,
    Period,
    QualificationKind,
    QualificationState,
    may_become,
    standing_on,
)
from certify.domain.superseding import lower_rungs, takes_over
from certify.domain.validity import Validity

_SUSPENDABLE = (
    QualificationState.ACTIVE,
    QualificationState.PENDING,
    QualificationState.SUSPENDED,
)
"""What is suspended already gets one more cause."""


@dataclass(slots=True)
class Kept:
    """One period on its way."""

    kind: QualificationKind
    code: str
    validity: Validity
    issued_on: date
    basis: Basis
    passed: Pass | None = None
    changes: list[tuple[date, QualificationState]] = field(default_factory=list)
    extensions: int = 0
    _period: Period | None = None

    @property
    def period(self) -> Period:
        """As the rules of states take it."""
        if self._period is None:
            days = self.validity.valid_from, self.validity.valid_to
            self._period = Period(*days, tuple(self.changes))
        return self._period

    def become(self, state: QualificationState, day: date) -> None:
        """Another state from a day on."""
        self.changes.append((day, state))
        self._period = None

    def extend(self, longer: Validity) -> None:
        """Once more until another last day."""
        self.validity = longer
        self.extensions += 1
        self._period = None

    @property
    def last(self) -> QualificationState:
        """The state it got last, whatever its days."""
        return self.changes[-1][1]


class Holding:
    """All periods of one person."""

    def __init__(self, ladder: Sequence[str]) -> None:
        """Args:
        ladder: codes of the levels, the lowest first.
        """
        self.kept: list[Kept] = []
        self._ladder = ladder

    def give(
        self,
        kind: QualificationKind,
        code: str,
        period: Validity,
        day: date,
        basis: Basis,
        passed: Pass | None = None,
    ) -> None:
        """Add a period; a level supersedes the lower ones from its first day."""
        given = Kept(kind, code, period, day, basis, passed, [(day, QualificationState.ACTIVE)])
        self.kept.append(given)
        if kind is not QualificationKind.LEVEL:
            return
        lower, first = lower_rungs(self._ladder, code), period.valid_from
        for old in self.kept:
            if old.code in lower and takes_over(first, old.validity.valid_to, old.last):
                old.become(QualificationState.SUPERSEDED, first)

    def latest(self, code: str) -> Kept | None:
        """The period of one code that ends last."""
        own = [one for one in self.kept if one.code == code]
        return max(reversed(own), key=lambda one: one.validity.valid_to, default=None)

    def by_end(self, kind: QualificationKind) -> list[Kept]:
        """Every period of a kind, by last valid day."""
        own = [one for one in self.kept if one.kind is kind]
        return sorted(own, key=lambda one: one.validity.valid_to)

    def periods(self, kind: QualificationKind) -> dict[str, list[Period]]:
        """The periods of a kind by code, the oldest first."""
        found: dict[str, list[Period]] = {}
        for one in self.kept:
            if one.kind is kind:
                found.setdefault(one.code, []).append(one.period)
        return found

    def state_of(self, one: Kept, day: date) -> QualificationState | None:
        """How a period stands as of a day, beside those that follow."""
        later = [
            other.period
            for other in self.kept
            if other.code == one.code and other.validity.valid_from > one.validity.valid_from
        ]
        standing = standing_on(day, one.period, later)
        return standing.state if standing else None

    def is_held(self, code: str, day: date) -> bool:
        """Whether a code is active or suspended on a day."""
        alive = (QualificationState.ACTIVE, QualificationState.SUSPENDED)
        return any(self.state_of(one, day) in alive for one in self.kept if one.code == code)

    def suspended(self, day: date) -> tuple[str, ...]:
        """Codes of what is suspended on a day."""
        return tuple(
            one.code
            for one in self.kept
            if any(state is QualificationState.SUSPENDED for _day, state in one.changes)
            and self.state_of(one, day) is QualificationState.SUSPENDED
        )

    def suspend_all(self, day: date) -> None:
        """Suspend all that is held or to be held."""
        for one in self.kept:
            if self.state_of(one, day) in _SUSPENDABLE:
                one.become(QualificationState.SUSPENDED, day)

    def change(self, event: Decided, following: QualificationState) -> None:
        """Let a decision change a period of its code: one that is open, else the latest it fits."""
        fitting = [
            (state in (QualificationState.ACTIVE, QualificationState.SUSPENDED), one)
            for one in self.kept
            if one.code == event.code
            and (state := self.state_of(one, event.from_day)) is not None
            and (may_become(state, following) or _is_one_more_cause(state, following))
        ]
        if fitting:
            _is_open, one = max(fitting, key=lambda found: (found[0], found[1].validity.valid_to))
            one.become(following, event.from_day)

    def given(self) -> tuple[Given, ...]:
        """All of it, for good."""
        return tuple(
            Given(one.kind, one.code, one.issued_on, one.validity, one.basis, one.period)
            for one in self.kept
        )


def _is_one_more_cause(state: QualificationState, following: QualificationState) -> bool:
    return state is following is QualificationState.SUSPENDED
