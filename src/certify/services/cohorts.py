"""Cohorts: who sits an exam together, in which window, on what occasion, and their pass rate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from sqlmodel import Session

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.cohort import Counted, PassRate, pass_rate
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.registration import is_open, is_over
from certify.domain.scoring import cut, points_text
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing
from certify.storage import cohorts
from certify.storage.cohorts import CohortRow, MemberRow

Attempts = Mapping[tuple[int, int], Sequence[Attempt]]
"""Attempts by person and exam, oldest first."""


class MemberState(StrEnum):
    """How a member stands to the cohort's exam."""

    EXCUSED = "excused"
    NO_SHOW = "no-show"
    """The window is over and the person did not come (缺考)."""
    TO_COME = "to-come"
    SITTING = "sitting"
    AWAITING = "awaiting-marking"
    NO_RESULT = "no-result"
    """Every item of the first attempt was voided: it stands outside the rate (R-ASM-03)."""
    PASSED = "passed"
    FAILED = "not-passed"
    PASSED_LATER = "passed-on-retake"


@dataclass(frozen=True)
class MemberView:
    """One member."""

    staff_no: str
    name: str
    state: MemberState
    mark: str
    """Of the first attempt, for the eye; empty without one."""
    reason: str
    """Why the person is excused."""
    seat: str = ""
    admitted_at: datetime | None = None
    has_code: bool = False
    """Whether an exam code was given out to the person."""


@dataclass(frozen=True)
class CohortView:
    """One cohort with its pass rate (合格率), beside the pass mark (合格线) and never mixed up."""

    id: int
    title: str
    exam: str
    exam_title: dict[str, str]
    occasion: str
    """Why an ad-hoc exam is held; empty for a regular one (R-ASM-14)."""
    opens_at: datetime | None
    closes_at: datetime | None
    is_open: bool
    is_over: bool
    """Until then the pass rate is provisional."""
    figures: PassRate
    """Who may still come stands among those awaited in it."""
    to_come: int
    """Members who may still come: the window is not over."""
    awaiting: int
    """Members whose first attempt is open or being marked."""
    rate: str
    """Pass rate of first attempts in percent, cut to two places; empty when nobody counts."""
    final_rate: str
    target: str
    """Pass rate that is wanted, in percent."""
    pass_mark: str
    """Mark that one person needs: another thing than the target."""
    members: tuple[MemberView, ...]
    place: str = ""
    needs_admission: bool = False
    late_minutes: int | None = None


def listed(platform: Platform, *, actor: Actor) -> list[CohortView]:
    """Every cohort with its figures, the newest first.

    Raises:
        NotPermitted
    """
    require(actor, Action.MANAGE_COHORTS)
    closing.close_overdue(platform)
    with platform.database.read() as session:
        rows = cohorts.every(session)
        return _views(session, platform, rows, cohorts.members(session))


def one(platform: Platform, *, actor: Actor, cohort_id: int) -> CohortView:
    """One cohort with its members and figures.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.MANAGE_COHORTS)
    return seen(platform, cohort_id=cohort_id)


def seen(platform: Platform, *, cohort_id: int) -> CohortView:
    """The same for a caller that has decided whom the reader may see by name.

    Raises:
        NotFound
    """
    closing.close_overdue(platform)
    with platform.database.read() as session:
        rows = [row for row in cohorts.every(session) if row.cohort.id == cohort_id]
        if not rows:
            raise NotFound(
                _("There is no cohort {number}.").format(number=cohort_id),
                mend=_("“certify cohort list” shows all of them."),
            )
        (view,) = _views(session, platform, rows, cohorts.members(session, cohort_id))
        return view


def _views(
    session: Session,
    platform: Platform,
    rows: Sequence[CohortRow],
    members: Mapping[int, Sequence[MemberRow]],
) -> list[CohortView]:
    made = cohorts.attempts(session, sorted({row.exam.id or 0 for row in rows}))
    return [_view(platform, row, members.get(row.cohort.id or 0, ()), made) for row in rows]


def _view(
    platform: Platform, row: CohortRow, members: Sequence[MemberRow], made: Attempts
) -> CohortView:
    cohort, exam, now = row.cohort, row.exam, platform.clock.now()
    over = is_over(cohort, now)
    sat = [
        counted_attempts(made.get((one.person.id or 0, exam.id or 0), ()), cohort.id or 0)
        for one in members
    ]
    states = [_state(one, attempts, over) for one, attempts in zip(members, sat, strict=True)]
    to_come = states.count(MemberState.TO_COME)
    # Who may still come is no no-show yet: until the window is over they stand outside the rate.
    counted = [
        Counted(
            one.member.excused,
            (None,)
            if state is MemberState.TO_COME
            else tuple(attempt.passed for attempt in attempts),
        )
        for one, attempts, state in zip(members, sat, states, strict=True)
    ]
    target = platform.policy.cohort.target
    figures = pass_rate(counted, target)
    return CohortView(
        id=cohort.id or 0,
        title=cohort.title,
        exam=exam.code,
        exam_title=exam.title,
        occasion=cohort.occasion,
        opens_at=cohort.opens_at,
        closes_at=cohort.closes_at,
        is_open=is_open(cohort, now),
        is_over=over,
        figures=figures,
        to_come=to_come,
        awaiting=figures.awaiting - to_come,
        rate=_percent(figures.rate),
        final_rate=_percent(figures.final_rate),
        target=points_text(target * 100),
        pass_mark=points_text(Fraction(platform.policy.exam.pass_mark)),
        members=tuple(
            _member(one, attempts, state)
            for one, attempts, state in zip(members, sat, states, strict=True)
        ),
        place=cohort.place,
        needs_admission=cohort.needs_admission,
        late_minutes=cohort.late_minutes,
    )


def counted_attempts(attempts: Sequence[Attempt], cohort_id: int) -> Sequence[Attempt]:
    """A member's first attempt in the cohort and what followed it: retakes count wherever sat.

    Args:
        attempts: of one person at the exam, oldest first.
    """
    first = next((n for n, one in enumerate(attempts) if one.cohort_id == cohort_id), None)
    return () if first is None else attempts[first:]


def _member(row: MemberRow, attempts: Sequence[Attempt], state: MemberState) -> MemberView:
    mark = ""
    if attempts and attempts[0].earned is not None and attempts[0].possible:
        mark = cut(100 * attempts[0].earned / attempts[0].possible)
    return MemberView(
        staff_no=row.person.staff_no,
        name=row.person.name,
        state=state,
        mark=mark,
        reason=row.member.reason,
        seat=row.member.seat,
        admitted_at=row.member.admitted_at,
        has_code=bool(row.member.code_hash),
    )


def _state(row: MemberRow, attempts: Sequence[Attempt], over: bool) -> MemberState:
    if row.member.excused:
        return MemberState.EXCUSED
    if not attempts:
        return MemberState.NO_SHOW if over else MemberState.TO_COME
    if attempts[0].passed:
        return MemberState.PASSED
    if any(one.passed for one in attempts):
        return MemberState.PASSED_LATER
    if attempts[-1].state is AttemptState.OPEN:
        return MemberState.SITTING
    if attempts[0].is_void:
        return MemberState.NO_RESULT
    if attempts[0].passed is None:
        return MemberState.AWAITING
    return MemberState.FAILED


def _percent(share: Fraction | None) -> str:
    return "" if share is None else cut(share * 100)
