"""Everything a working life is made of, for some people at a time, in plain rows.

Every function takes the first and the last person id wanted and gives rows by person id, so that
10,000 people are read in batches and memory stays flat.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Text, case, cast
from sqlalchemy import select as columns
from sqlmodel import Session, col, func

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Course, Exam, Lesson, LessonProgress
from certify.domain.evaluation import (
    Evaluation,
    EvaluationPeriod,
    PeriodKind,
    PeriodState,
    RaterType,
    Rating,
    SeriousProblem,
)
from certify.domain.field_practice import FieldPracticeSignOff, PhaseExemption
from certify.domain.ledger import LedgerEntry
from certify.domain.person import Person, Post
from certify.domain.placement import Placement
from certify.domain.qualification import (
    OutsideCertificate,
    Panel,
    PanelScore,
    Qualification,
    QualificationChange,
)
from certify.domain.result import AttemptResult
from certify.domain.training import Attendee, TrainingSession

Rows = Sequence[Any]


class Span(NamedTuple):
    """People by id, both ends inclusive."""

    first: int
    last: int


def ids(session: Session) -> list[int]:
    """Everybody, in order."""
    return list(session.execute(columns(col(Person.id)).order_by(col(Person.id))).scalars())


def closed_quarters(session: Session) -> list[tuple[datetime, date]]:
    """When each regular quarter of the company was closed, and its last day."""
    query: Any = columns(col(EvaluationPeriod.closed_at), col(EvaluationPeriod.last_day)).where(
        col(EvaluationPeriod.kind) == PeriodKind.QUARTER,
        col(EvaluationPeriod.state) == PeriodState.CLOSED,
        col(EvaluationPeriod.closed_at).is_not(None),
    )
    return [(at, last) for at, last in session.execute(query)]


def periods(session: Session) -> dict[int, EvaluationPeriod]:
    """The closed periods of evaluation by id."""
    query: Any = columns(EvaluationPeriod).where(col(EvaluationPeriod.state) == PeriodState.CLOSED)
    return {one.id or 0: one for one in session.execute(query).scalars()}


def catalogue(session: Session) -> tuple[dict[int, Course], dict[int, Exam], dict[int, int]]:
    """Courses and exams by id, and how many lessons each course has now."""
    courses = {one.id or 0: one for one in session.execute(columns(Course)).scalars()}
    exams = {one.id or 0: one for one in session.execute(columns(Exam)).scalars()}
    counted = (
        columns(col(Lesson.course_id), func.count())
        .where(col(Lesson.available))
        .group_by(col(Lesson.course_id))
    )
    return courses, exams, {course: count for course, count in session.execute(counted)}


def people(session: Session, span: Span) -> Rows:
    """id, staff_no, name, hired_on, status and the code of the post."""
    query: Any = columns(
        col(Person.id),
        col(Person.staff_no),
        col(Person.name),
        col(Person.hired_on),
        col(Person.status),
        col(Post.code).label("post"),
    ).join(Post, col(Post.id) == col(Person.post_id))
    return _within(session, query, Person.id, span, Person.id)


def posts(session: Session, span: Span) -> Rows:
    """person_id, from_day, post_id and at, as written down."""
    query: Any = columns(
        col(Placement.person_id),
        col(Placement.from_day),
        col(Placement.post_id),
        col(Placement.at),
    )
    return _within(session, query, Placement.person_id, span, Placement.id)


def attempts(session: Session, span: Span) -> Rows:
    """Marked attempts with a result: person_id, id, exam_id, times, points, fatal."""
    query: Any = columns(
        col(Attempt.person_id),
        col(Attempt.id),
        col(Attempt.exam_id),
        col(Attempt.started_at),
        col(Attempt.submitted_at),
        col(Attempt.earned),
        col(Attempt.possible),
        col(Attempt.fatal),
        col(Attempt.passed),
        func.min(col(AttemptResult.at)).label("decided_at"),
    ).join(
        AttemptResult,
        (col(AttemptResult.attempt_id) == col(Attempt.id))
        & (col(AttemptResult.passed) == col(Attempt.passed)),
        isouter=True,
    )
    query = query.where(
        col(Attempt.state) == AttemptState.SUBMITTED, col(Attempt.passed).is_not(None)
    ).group_by(col(Attempt.id))
    return _within(session, query, Attempt.person_id, span, Attempt.id)


def read(session: Session, span: Span) -> Rows:
    """person_id, course_id, how many lessons are finished, and when the first and the last
    of them were."""
    is_there = case((col(Lesson.available), 1), else_=0)
    query: Any = (
        columns(
            col(LessonProgress.person_id),
            col(Lesson.course_id),
            func.sum(is_there).label("lessons"),
            func.min(col(LessonProgress.finished_at)).label("first"),
            func.max(col(LessonProgress.finished_at)).label("at"),
        )
        .join(Lesson, col(LessonProgress.lesson_id) == col(Lesson.id))
        .where(col(LessonProgress.finished_at).is_not(None))
        .group_by(col(LessonProgress.person_id), col(Lesson.course_id))
    )
    return _within(session, query, LessonProgress.person_id, span, Lesson.course_id)


def attended(session: Session, span: Span) -> Rows:
    """person_id, in_at, out_at, and kind, state, starts_at and ends_at of each session signed to
    its end."""
    query: Any = (
        columns(
            col(Attendee.person_id),
            col(Attendee.in_at),
            col(Attendee.out_at),
            col(TrainingSession.kind),
            col(TrainingSession.state),
            col(TrainingSession.starts_at),
            col(TrainingSession.ends_at),
        )
        .join(TrainingSession, col(Attendee.session_id) == col(TrainingSession.id))
        .where(col(Attendee.in_at).is_not(None), col(Attendee.out_at).is_not(None))
    )
    return _within(session, query, Attendee.person_id, span, TrainingSession.id)


def exemptions(session: Session, span: Span) -> Rows:
    """person_id, phase and at."""
    query: Any = columns(
        col(PhaseExemption.person_id), col(PhaseExemption.phase), col(PhaseExemption.at)
    )
    return _within(session, query, PhaseExemption.person_id, span, PhaseExemption.id)


def sign_offs(session: Session, span: Span) -> Rows:
    """person_id and at."""
    query: Any = columns(col(FieldPracticeSignOff.person_id), col(FieldPracticeSignOff.at))
    return _within(session, query, FieldPracticeSignOff.person_id, span, FieldPracticeSignOff.id)


def evaluations(session: Session, span: Span) -> Rows:
    """person_id, id, period_id, ratee_class, why, what it came to, its parts as JSON text, days
    present and decided_at; every revision in order."""
    parts: Any = col(Evaluation.parts)
    query: Any = columns(
        col(Evaluation.person_id),
        col(Evaluation.id),
        col(Evaluation.period_id),
        col(Evaluation.ratee_class),
        col(Evaluation.why),
        col(Evaluation.measured),
        col(Evaluation.mix),
        cast(col(Evaluation.parts), Text).label("parts"),
        parts["days_present"].as_integer().label("days_present"),
        col(Evaluation.decided_at),
    )
    return _within(session, query, Evaluation.person_id, span, Evaluation.id)


def group_scores(session: Session, people: Iterable[int]) -> Rows:
    """What groups of raters gave these people: person_id, period_id, rater_type, score."""
    query: Any = columns(
        col(Rating.person_id), col(Rating.period_id), col(Rating.rater_type), col(Rating.score)
    ).where(
        col(Rating.person_id).in_(list(people)),
        col(Rating.rater_type).in_([RaterType.SUBORDINATE, RaterType.CUSTOMER]),
        col(Rating.counts),
        col(Rating.score).is_not(None),
    )
    return session.execute(query.order_by(col(Rating.id))).all()


def serious_problems(session: Session, span: Span) -> Rows:
    """person_id and day of the confirmed ones."""
    query: Any = columns(col(SeriousProblem.person_id), col(SeriousProblem.day)).where(
        col(SeriousProblem.confirmed).is_(True)
    )
    return _within(session, query, SeriousProblem.person_id, span, SeriousProblem.id)


def qualifications(session: Session, span: Span) -> Rows:
    """person_id, id, kind, code, basis, extensions, issued_on, and the last day of an outside
    certificate it rests on."""
    query: Any = columns(
        col(Qualification.person_id),
        col(Qualification.id),
        col(Qualification.kind),
        col(Qualification.code),
        col(Qualification.basis),
        col(Qualification.extensions),
        col(Qualification.issued_on),
        col(OutsideCertificate.valid_to).label("until"),
    ).join(
        OutsideCertificate,
        col(OutsideCertificate.qualification_id) == col(Qualification.id),
        isouter=True,
    )
    return _within(session, query, Qualification.person_id, span, Qualification.id)


def changes(session: Session, span: Span) -> Rows:
    """person_id, qualification_id, state, from_day, at and reason."""
    query: Any = columns(
        col(Qualification.person_id),
        col(QualificationChange.qualification_id),
        col(QualificationChange.state),
        col(QualificationChange.from_day),
        col(QualificationChange.at),
        col(QualificationChange.reason),
    ).join(Qualification, col(Qualification.id) == col(QualificationChange.qualification_id))
    return _within(session, query, Qualification.person_id, span, QualificationChange.id)


def extensions(session: Session, people: Iterable[int]) -> list[tuple[int, str, datetime]]:
    """Whose levels were extended, which, and when, by the ledger."""
    subjects = {f"person:{one}": one for one in people}
    query: Any = columns(
        col(LedgerEntry.subject), col(LedgerEntry.facts), col(LedgerEntry.at)
    ).where(
        col(LedgerEntry.subject).in_(subjects),
        col(LedgerEntry.action) == "qualification-extended",
    )
    found = session.execute(query.order_by(col(LedgerEntry.sequence)))
    return [(subjects[subject], facts["code"], at) for subject, facts, at in found]


def panels(session: Session, span: Span) -> Rows:
    """person_id, panel_id, level, day, at, score, and the supervisor of the member."""
    query: Any = (
        columns(
            col(Panel.person_id),
            col(Panel.id),
            col(Panel.level),
            col(Panel.day),
            col(Panel.at),
            col(PanelScore.score),
            col(Person.supervisor_id),
        )
        .join(PanelScore, col(PanelScore.panel_id) == col(Panel.id))
        .join(Person, col(Person.id) == col(PanelScore.member_id))
    )
    return _within(session, query, Panel.person_id, span, Panel.id)


def _within(session: Session, query: Any, person: Any, span: Span, then: Any) -> Rows:
    wanted = query.where(col(person).between(span.first, span.last))
    return session.execute(wanted.order_by(col(person), col(then))).all()
