"""The ladder of levels: which conditions of a rung are met, with value and evidence (R-QUA-02).

Pure: the live services and the simulation of a policy ask the same functions.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from certify.domain.grade import Grade
from certify.domain.qualification import Period, QualificationState
from certify.domain.scoring import cut
from certify.domain.validity import add_months, whole_months
from certify.policy import Condition, Level


@dataclass(frozen=True)
class Pass:
    """A passed exam, complete in all its parts."""

    kind: str
    """Kind of the course."""
    module: str
    exam: str
    mark: Fraction
    day: date
    """On which it was sat, on the company's calendar."""
    id: int = 0
    """Id of the attempt."""


@dataclass(frozen=True)
class Finished:
    """A course whose lessons are all finished."""

    kind: str
    module: str
    course: str
    day: date
    """When the last one was finished."""


@dataclass(frozen=True)
class Graded:
    """The grade of one regular quarter."""

    period: str
    last_day: date
    grade: Grade


@dataclass(frozen=True)
class Hours:
    """Training attended, or a course finished."""

    kind: str
    day: date
    hours: Fraction


@dataclass(frozen=True)
class Heard:
    """What a panel said of a person."""

    level: str
    day: date
    members: int
    mean: Fraction
    has_top: bool
    """Whether somebody without a superior sat on it."""


@dataclass(frozen=True)
class Evidence:
    """All that is known of a person when a level is checked."""

    passes: Sequence[Pass] = ()
    finished: Sequence[Finished] = ()
    phases: tuple[str, ...] | None = None
    """Phases of onboarding still to complete; None where that is not known."""
    grades: Sequence[Graded] = ()
    """Of regular quarters, the oldest first; those without a grade are left out."""
    hours: Sequence[Hours] = ()
    panels: Sequence[Heard] = ()
    held: Mapping[str, Sequence[Period]] = field(default_factory=dict)
    """Periods by level, the oldest first."""
    overdue_remedial: tuple[str, ...] = ()
    """Exams with remedial training past its last day."""
    suspended: tuple[str, ...] = ()
    """Codes of what is suspended today."""


@dataclass(frozen=True)
class ConditionResult:
    """One condition of a level: met or not, its value, and on what evidence (R-QUA-02)."""

    condition: Condition
    met: bool
    value: str
    """What there is, such as `14/24`; numbers and codes only."""
    evidence: str
    """Codes and days it rests on."""


@dataclass(frozen=True)
class Obstacle:
    """What speaks against a promotion whatever the conditions say (R-QUA-10)."""

    kind: str
    """`unqualified`, `suspended` or `remedial`."""
    what: str


def check(level: Level, evidence: Evidence, day: date) -> list[ConditionResult]:
    """Every condition of a level as of a day, with its result, not only yes or no (R-QUA-02)."""
    results = []
    for one in level.conditions:
        if one.kind == "panel":
            met, value, found = _panel(one, evidence, day, level.code)
        else:
            met, value, found = _CHECKS[one.kind](one, evidence, day)
        results.append(ConditionResult(one, met, value, found))
    return results


def is_met(level: Level, evidence: Evidence, day: date) -> bool:
    """Whether a level has conditions and every one of them is met."""
    return bool(level.conditions) and all(one.met for one in check(level, evidence, day))


def is_promotion(level: Level) -> bool:
    """Whether a level is a step up from another one: HR decides about those."""
    return any(one.kind in ("held-for", "panel") for one in level.conditions)


def obstacles(evidence: Evidence) -> list[Obstacle]:
    """What keeps a person from any promotion (R-QUA-10)."""
    found = []
    if evidence.grades and evidence.grades[-1].grade is Grade.UNQUALIFIED:
        found.append(Obstacle("unqualified", evidence.grades[-1].period))
    found += [Obstacle("suspended", code) for code in evidence.suspended]
    found += [Obstacle("remedial", exam) for exam in evidence.overdue_remedial]
    return found


def latest_counting(level: Level, passes: Sequence[Pass]) -> Pass | None:
    """The latest pass that can complete or renew a level: a condition asks for such a one."""
    asked = [(one.course_kind, one.module) for one in level.conditions if one.kind == "exam-passed"]
    if not asked:
        return None
    fitting = [
        found
        for found in passes
        if any(kind == found.kind and module in ("", found.module) for kind, module in asked)
    ]
    return max(fitting, key=lambda found: found.day, default=None)


def renewal_grade_met(
    grades: Sequence[Graded], least: str, in_post_months: int, new_months: int, is_evaluated: bool
) -> bool:
    """Whether the latest grade allows a renewal (R-QUA-05, R-QUA-07).

    Without any grade it does while the person is new in post, and where nobody was evaluated yet.

    Args:
        least: grade needed.
        in_post_months: whole months in the post.
        new_months: below so many no grade is expected.
        is_evaluated: whether a regular period was closed since the person is expected to have one.
    """
    if grades:
        return grades[-1].grade.reaches(least)
    return in_post_months < new_months or not is_evaluated


def _exam_passed(one: Any, evidence: Evidence, day: date) -> tuple[bool, str, str]:
    fitting = [
        found
        for found in evidence.passes
        if found.kind == one.course_kind
        and one.module in ("", found.module)
        and _is_recent(found.day, day, one.within_months)
    ]
    if not fitting:
        return False, "", ""
    latest = max(fitting, key=lambda found: found.day)
    return True, cut(latest.mark), f"{latest.exam} {latest.day.isoformat()}"


def _lessons_finished(one: Any, evidence: Evidence, day: date) -> tuple[bool, str, str]:
    fitting = [
        found
        for found in evidence.finished
        if found.kind == one.course_kind
        and one.module in ("", found.module)
        and _is_recent(found.day, day, one.within_months)
    ]
    if not fitting:
        return False, "", ""
    latest = max(fitting, key=lambda found: found.day)
    return True, latest.course, f"{latest.course} {latest.day.isoformat()}"


def _phases(_one: Any, evidence: Evidence, _day: date) -> tuple[bool, str, str]:
    if evidence.phases is None:
        return False, "", ""
    return not evidence.phases, "", ", ".join(evidence.phases)


def _held_for(one: Any, evidence: Evidence, day: date) -> tuple[bool, str, str]:
    since = held_since(evidence.held.get(one.level, ()), day)
    months = whole_months(since, day) if since else 0
    shown = since.isoformat() if since else ""
    return since is not None and months >= one.months, f"{months}/{one.months}", shown


def _grades(one: Any, evidence: Evidence, _day: date) -> tuple[bool, str, str]:
    latest = [found.grade for found in evidence.grades[-one.count :]]
    enough = len(latest) == one.count
    good = all(found.reaches(one.at_least) for found in latest)
    best = one.one_at_least is None or any(found.reaches(one.one_at_least) for found in latest)
    shown = ", ".join(f"{found.period} {found.grade}" for found in evidence.grades[-one.count :])
    return enough and good and best, f"{len(latest)}/{one.count}", shown


def _hours(one: Any, evidence: Evidence, day: date) -> tuple[bool, str, str]:
    fitting = [
        found
        for found in evidence.hours
        if found.kind == one.course_kind and _is_recent(found.day, day, one.within_months)
    ]
    total = sum((found.hours for found in fitting), Fraction(0))
    shown = f"{cut(total)}/{one.hours}"
    return total >= one.hours, shown, str(len(fitting)) if fitting else ""


def _panel(one: Any, evidence: Evidence, day: date, level: str) -> tuple[bool, str, str]:
    fitting = [
        found
        for found in evidence.panels
        if found.level == level and _is_recent(found.day, day, one.within_months)
    ]
    if not fitting:
        return False, "", ""
    latest = max(fitting, key=lambda found: found.day)
    met = (
        latest.members >= one.members
        and latest.mean >= Fraction(one.mean)
        and (latest.has_top or not one.top)
    )
    return met, cut(latest.mean), f"{latest.day.isoformat()} {latest.members}/{one.members}"


_CHECKS: dict[str, Callable[[Any, Evidence, date], tuple[bool, str, str]]] = {
    "exam-passed": _exam_passed,
    "lessons-finished": _lessons_finished,
    "phases-complete": _phases,
    "held-for": _held_for,
    "grades": _grades,
    "training-hours": _hours,
}


_ALIVE = (QualificationState.ACTIVE, QualificationState.SUSPENDED)


def held_since(periods: Sequence[Period], day: date) -> date | None:
    """Since when a level is held without a gap as of a day; None when it is not held then.

    A suspension does not end it, but nobody rises while one is open (R-QUA-10).
    """
    since = None
    for one in sorted(periods, key=lambda found: found.valid_from, reverse=True):
        last = day if since is None else since - timedelta(days=1)
        if one.valid_from > last:
            continue
        if one.valid_to < last or one.state_on(last) not in _ALIVE:
            break
        since = one.valid_from
    return since


def _is_recent(then: date, day: date, months: int) -> bool:
    return then <= day and (months == 0 or add_months(then, months) >= day)
