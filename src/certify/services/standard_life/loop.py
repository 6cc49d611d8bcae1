"""The loop of one standard: who teaches it, which items ask it, how it is kept at work."""

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlmodel import Session

from certify.domain.inspection import InspectionResult
from certify.domain.permission import Action, may
from certify.domain.person import Actor
from certify.domain.standard import Standard, StandardVersion
from certify.domain.standard_life import TextState
from certify.platform import Platform
from certify.services.review_stale import stale_of
from certify.services.standard_life import settling
from certify.services.standard_life.access import require_catalogue
from certify.services.standard_life.approving import no_standard
from certify.services.standard_life.reviewing import Revision, record_of
from certify.storage import delta_training, reviews, standard_drafts, standard_use, standards


@dataclass(frozen=True)
class TaughtIn:
    """A course whose lessons name a standard, or whose items ask it."""

    course: str
    title: dict[str, str]
    lessons: tuple[tuple[str, dict[str, str]], ...]
    """Code and title of the lessons that name it; none where only items ask it."""


@dataclass(frozen=True)
class AskedBy:
    """An item in use that cites a standard."""

    code: str
    course: str
    pool: str
    is_stale: bool
    answers: int
    """First attempts that met its version."""
    facility: Fraction | None
    """Share of the points that they earned; None before anybody met it."""


@dataclass(frozen=True)
class KeptAtWork:
    """The checks against a standard, added up."""

    inspections: int
    met: int
    not_met: int
    sampled: int
    passed: int

    @property
    def rate(self) -> Fraction | None:
        """Attainment rate: share of what was sampled that passed (R-SUP-05)."""
        return Fraction(self.passed, self.sampled) if self.sampled else None


@dataclass(frozen=True)
class OpenNotice:
    """A rectification notice that is not closed."""

    number: str
    department: dict[str, str]
    problem: str
    due_on: date
    state: str
    is_overdue: bool


@dataclass(frozen=True)
class DeltaState:
    """How far people are with the newest material text."""

    effective_from: date
    due_on: date
    assigned: int
    passed: int
    suspended: int

    @property
    def open(self) -> int:
        """How many have not passed."""
        return self.assigned - self.passed


@dataclass(frozen=True)
class StepNaming:
    """A step of a procedure behind which the standard stands."""

    procedure: str
    position: int
    title: dict[str, str]
    post: str


@dataclass(frozen=True)
class StandardLoop:
    """All that is known of one standard. Texts are by language."""

    number: str
    item: dict[str, str]
    state: str
    """`drafting`, `approved`, `effective` or `withdrawn`; in words: `words.STATES`."""
    is_confidential: bool
    taught: tuple[TaughtIn, ...]
    asked: tuple[AskedBy, ...]
    kept: KeptAtWork
    notices: tuple[OpenNotice, ...]
    delta: DeltaState | None
    versions: tuple[Revision, ...]
    steps: tuple[StepNaming, ...]

    @property
    def facility(self) -> Fraction | None:
        """Share of the points earned at all items together, each weighted by its answers."""
        known = [(one.answers, one.facility) for one in self.asked if one.facility is not None]
        answers = sum(count for count, _facility in known)
        whole = sum((count * facility for count, facility in known), Fraction(0))
        return whole / answers if answers else None


def loop_of(platform: Platform, *, actor: Actor, number: str) -> StandardLoop:
    """Everything about one standard, from the lesson to the notice.

    Raises:
        NotPermitted
        NotFound: it is neither in the catalogue nor in the making.
    """
    if not may(actor, Action.SEE_REPORTS):
        require_catalogue(actor)
    settling.settle(platform)
    with platform.database.read() as session:
        standard = standards.by_number(session, number)
        versions = (
            standards.versions_by_number(session).get(standard.number, []) if standard else []
        )
        drafts = [one for one in standard_drafts.open_ones(session) if one.number == number]
        if not versions and not drafts:
            raise no_standard(number)
        asked = _asked(session, platform, number)
        record = record_of(session, platform, standard, versions) if standard and versions else None
        return StandardLoop(
            number=number,
            item=record.item if record else drafts[0].content["item"],
            state=_state(record.lines) if record else "drafting",
            is_confidential=record.is_confidential if record else drafts[0].is_confidential,
            taught=_taught(session, number, {one.course for one in asked}),
            asked=asked,
            kept=_kept(session, number),
            notices=_notices(session, platform.today(), number),
            delta=_delta(session, platform, standard, versions) if standard else None,
            versions=record.lines if record else (),
            steps=tuple(
                StepNaming(one.procedure, one.position, one.title, one.post)
                for one in standard_use.steps(session, number)
            ),
        )


def _state(lines: tuple[Revision, ...]) -> str:
    states = {one.state for one in lines}
    for state in (TextState.WITHDRAWN, TextState.EFFECTIVE):
        if state in states:
            return str(state)
    return str(TextState.APPROVED)


def _taught(session: Session, number: str, asking: set[str]) -> tuple[TaughtIn, ...]:
    names = re.compile(rf"(?<![A-Z0-9-]){re.escape(number)}(?![A-Z0-9-])")
    found: dict[str, TaughtIn] = {}
    for course, lesson in standard_use.lessons(session):
        is_named = any(names.search(text) for text in lesson.body.values())
        if not is_named and course.code not in asking:
            continue
        before = found.get(course.code, TaughtIn(course.code, course.title, ()))
        mine = ((lesson.code, lesson.title),) if is_named else ()
        found[course.code] = TaughtIn(course.code, course.title, (*before.lessons, *mine))
    return tuple(found.values())


def _asked(session: Session, platform: Platform, number: str) -> tuple[AskedBy, ...]:
    rows = [row for row in reviews.citing(session) if number in row.standards]
    stale = stale_of(session, platform)
    titles = reviews.course_facts(session)
    sums = standard_use.sums(session, [row.version_id for row in rows])
    asked = []
    for row in rows:
        answers, earned, possible = sums.get(row.version_id, (0, 0, 0))
        asked.append(
            AskedBy(
                code=row.code,
                course=titles[row.course_id].code,
                pool=row.pool,
                is_stale=row.code in stale,
                answers=answers,
                facility=Fraction(earned, possible) if possible else None,
            )
        )
    return tuple(asked)


def _kept(session: Session, number: str) -> KeptAtWork:
    checks = standard_use.inspections(session, number)
    results = [one.result for one in checks]
    return KeptAtWork(
        inspections=len(checks),
        met=results.count(InspectionResult.MET),
        not_met=results.count(InspectionResult.NOT_MET),
        sampled=sum(one.sampled or 0 for one in checks),
        passed=sum(one.passed or 0 for one in checks),
    )


def _notices(session: Session, today: date, number: str) -> tuple[OpenNotice, ...]:
    return tuple(
        OpenNotice(
            number=one.number,
            department=department.names,
            problem=one.problem,
            due_on=one.due_on,
            state=str(one.state),
            is_overdue=one.due_on < today,
        )
        for one, department in standard_use.open_notices(session, number)
    )


def _delta(
    session: Session, platform: Platform, standard: Standard, versions: list[StandardVersion]
) -> DeltaState | None:
    newest = settling.newest_material(session, platform.today()).get(standard.id or 0)
    if newest is None or newest not in versions:
        return None
    assigned, passed, suspended = delta_training.counts(session, newest.id or 0)
    due_on = settling.due_of(platform, newest)
    return DeltaState(newest.effective_from, due_on, assigned, passed, suspended)
