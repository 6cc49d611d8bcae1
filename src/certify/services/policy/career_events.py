"""What happened in a working life, made of the rows that the live services wrote."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from itertools import groupby
from typing import Any, NamedTuple

from certify.clock import local_date
from certify.domain import scoring
from certify.domain.career import (
    Attended,
    Decided,
    Decision,
    Event,
    Joined,
    Moved,
    Onboarded,
    Read,
    Sat,
)
from certify.domain.career_life import raters_key, scheme_key
from certify.domain.course import Course, Exam
from certify.domain.evaluation import EvaluationPeriod
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.ladder import Heard
from certify.domain.onboarding import ON_SITE, PHASES
from certify.domain.qualification import Basis, QualificationState
from certify.domain.training_hours import SignedSession
from certify.services.qualifying.states import LIFTED

JOINED, DECIDED, REVIEWED, DONE = range(4)
"""What comes first of one moment: a pass gives back what was suspended before it gives more."""
BY_RULE = (Basis.TRAINEE, Basis.EXAM)
"""These follow from the facts; anything else was given by hand."""
DEEDS = {
    QualificationState.SUSPENDED: Decision.SUSPEND,
    QualificationState.ACTIVE: Decision.REINSTATE,
    QualificationState.REVOKED: Decision.REVOKE,
}
Rows = Mapping[str, Sequence[Any]]
"""What there is of one person, by kind."""


class Timed(NamedTuple):
    """An event with the moment it became known; of one moment the lower rank comes first."""

    at: datetime
    rank: int
    event: Event


@dataclass(frozen=True)
class KnownPeriod:
    """A closed period of evaluation with the keys of the rules it was closed under."""

    period: EvaluationPeriod
    scheme_key: str
    raters_key: str
    suspends_at_once: bool

    @classmethod
    def of(cls, period: EvaluationPeriod) -> "KnownPeriod":
        """By the rules that were frozen when it was opened."""
        rules = EvaluationRules.from_json(period.rules)
        at_once = rules.evaluation.suspend_at_once
        return cls(period, scheme_key(rules), raters_key(rules.raters), at_once)


@dataclass(frozen=True)
class Company:
    """What is the same for everybody."""

    zone: str
    courses: dict[int, Course]
    exams: dict[int, Exam]
    lessons: dict[int, int]
    """How many each course has."""
    parts: dict[int, frozenset[str]]
    """By exam, the parts of its process."""
    quarters: tuple[tuple[date, date], ...]
    periods: dict[int, KnownPeriod]
    """The closed ones."""

    def day(self, at: datetime) -> date:
        """The day of the company's calendar."""
        return local_date(at, self.zone)


def joined(company: Company, rows: Rows) -> Iterator[Timed]:
    """Hired as a newcomer, where that was told to certify then, and later in other posts."""
    for change in rows["changes"]:
        if change.reason.startswith("trainee:"):
            yield Timed(change.at, JOINED, Joined(company.day(change.at)))
    post = None
    for row in rows["posts"]:
        if row.post_id != post:
            post = row.post_id
            yield Timed(row.at, JOINED, Moved(row.from_day, str(post)))


def sat(company: Company, rows: Sequence[Any]) -> Iterator[Timed]:
    """Exams with a mark."""
    for row in rows:
        mark = scoring.mark(row.earned or Fraction(0), row.possible or Fraction(0))
        if mark is None:
            continue
        exam = company.exams[row.exam_id]
        course = company.courses[exam.course_id]
        ended = row.submitted_at or row.started_at
        at = max(ended, row.decided_at or ended)
        event = Sat(
            day=company.day(at),
            sat_on=company.day(ended),
            id=row.id,
            kind=course.kind,
            module=course.module,
            course=course.code,
            exam=exam.code,
            process=exam.process_code,
            part=exam.part,
            parts=company.parts[row.exam_id],
            mark=mark,
            is_fatal=row.fatal,
        )
        yield Timed(at, DONE, event)


def read(company: Company, rows: Rows) -> Iterator[Timed]:
    """Courses read to their end, and onboarding complete in all its phases."""
    finished: dict[int, datetime] = {}
    for row in rows["read"]:
        if row.lessons < company.lessons.get(row.course_id, 0):
            continue
        finished[row.course_id] = row.at
        course = company.courses[row.course_id]
        hours = Fraction(course.hours or 0)
        event = Read(
            company.day(row.at),
            course.kind,
            course.module,
            course.code,
            hours,
            company.day(row.first),
        )
        yield Timed(row.at, DECIDED, event)  # known before the level that rests on it
    if (complete := _onboarded(company, rows, finished)) is not None:
        yield Timed(complete, DECIDED, Onboarded(company.day(complete)))


def attended(company: Company, rows: Sequence[Any]) -> Iterator[Timed]:
    """Training sessions signed to their end."""
    for row in rows:
        session = SignedSession(
            company.day(row.starts_at),
            row.kind,
            row.starts_at,
            row.ends_at,
            row.in_at,
            row.out_at,
            row.state,
        )
        yield Timed(row.out_at, DECIDED, Attended(company.day(row.out_at), session))


def _onboarded(company: Company, rows: Rows, finished: Mapping[int, datetime]) -> datetime | None:
    """When the last phase was complete; None while something is missing.

    Lessons that are read again later get a later day; a level that was given by rule proves that
    all phases were complete by then.
    """
    freed = {row.phase: row.at for row in rows["exemptions"]}
    done: list[datetime] = [freed[phase] for phase in PHASES if phase in freed]
    if ON_SITE not in freed:
        if not rows["sign_offs"]:
            return None
        done.append(rows["sign_offs"][0].at)
    first_pass: dict[int, datetime] = {}
    for row in rows["attempts"]:
        if row.passed:
            first_pass.setdefault(row.exam_id, row.submitted_at or row.started_at)
    for id_, course in company.courses.items():
        is_asked = course.kind == "onboarding" and course.available and course.phase in PHASES
        if not is_asked or course.phase in freed:
            continue
        exams = [
            exam for exam, one in company.exams.items() if one.course_id == id_ and one.available
        ]
        if not company.lessons.get(id_) and not exams:
            continue
        moments = [finished.get(id_), *(first_pass.get(exam) for exam in exams)]
        if any(one is None for one in moments):
            return None
        done += [one for one in moments if one is not None]
    proofs = {
        row.id for row in rows["qualifications"] if row.basis is Basis.EXAM and row.kind == "level"
    }
    given = [row.at for row in rows["changes"] if row.qualification_id in proofs]
    first: datetime = min([max(done), *given])
    return first


def heard(rows: Sequence[Any]) -> Iterator[Timed]:
    """Verdicts of panels."""
    for _panel, found in groupby(rows, key=lambda row: row.id):
        scores = list(found)
        total = sum((one.score or Fraction(0) for one in scores), Fraction(0))
        one = scores[0]
        has_top = any(row.supervisor_id is None for row in scores)
        yield Timed(
            one.at, DECIDED, Heard(one.level, one.day, len(scores), total / len(scores), has_top)
        )


def decided(
    company: Company, rows: Rows, extensions: Sequence[tuple[str, datetime]]
) -> Iterator[Timed]:
    """What was given, suspended, reinstated, revoked or extended by hand."""
    known = {row.id: row for row in rows["qualifications"]}
    seen: set[int] = set()
    for change in rows["changes"]:
        of = known[change.qualification_id]
        day = company.day(change.at)
        if of.id not in seen:  # the first one says that it was given
            seen.add(of.id)
            if of.basis not in BY_RULE:
                given = Decided(day, Decision.GIVE, of.kind, of.code, day, of.basis, until=of.until)
                yield Timed(change.at, DONE, given)
        elif change.reason.startswith(LIFTED):
            continue  # of several causes one is gone; it stays suspended
        elif change.state in DEEDS and not _is_by_rule(company, rows, change):
            period = _period_of(company, rows, change.reason) if _suspends(change) else ""
            deed = Decided(
                day, DEEDS[change.state], of.kind, of.code, change.from_day, period=period
            )
            yield Timed(change.at, DECIDED, deed)
    for code, at in extensions:
        kind = next(row.kind for row in rows["qualifications"] if row.code == code)
        day = company.day(at)
        yield Timed(at, DECIDED, Decided(day, Decision.EXTEND, kind, code, day))


def _suspends(change: Any) -> bool:
    return bool(change.state is QualificationState.SUSPENDED)


def _is_by_rule(company: Company, rows: Rows, change: Any) -> bool:
    """Whether a grade suspended at once, as the rules of its period had it."""
    if not _suspends(change) or not change.reason.startswith("grade:"):
        return False
    known = company.periods.get(_evaluated(rows, change.reason))
    return known is not None and known.suspends_at_once


def _period_of(company: Company, rows: Rows, reason: str) -> str:
    """The period of evaluation that a reason names; empty where it names none."""
    known = company.periods.get(_evaluated(rows, reason))
    return known.period.code if known else ""


def _evaluated(rows: Rows, reason: str) -> int:
    """The period of the evaluation that a reason such as `grade:7` names; 0 for none."""
    cause, _colon, number = reason.partition(":")
    if cause != "grade":
        return 0
    return next((row.period_id for row in rows["evaluations"] if str(row.id) == number), 0)
