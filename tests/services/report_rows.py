"""A company in the middle of its work, written straight into the tables that reports read."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlmodel import SQLModel, select

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Exam
from certify.domain.evaluation import (
    Evaluation,
    EvaluationPeriod,
    PeriodKind,
    PeriodState,
)
from certify.domain.grade import Grade
from certify.domain.inspection import Inspection, InspectionResult, RectificationNotice
from certify.domain.person import Department, Person
from certify.domain.qualification import (
    Qualification,
    QualificationChange,
    QualificationKind,
    QualificationState,
)
from certify.domain.registration import Cohort, CohortMember
from certify.platform import Platform
from tests.platforms import NOON

TODAY = date(2024, 3, 4)
ACTIVE, SUSPENDED = QualificationState.ACTIVE, QualificationState.SUSPENDED


def put(platform: Platform, *rows: SQLModel) -> None:
    """Store rows as they are."""
    with platform.database.write() as session:
        for row in rows:
            session.add(row)
            session.flush()


def ids(platform: Platform) -> dict[str, int]:
    """Internal numbers of everybody, by staff number."""
    with platform.database.read() as session:
        return {one.staff_no: one.id or 0 for one in session.exec(select(Person)).all()}


def department(platform: Platform, code: str = "CS") -> int:
    """Internal number of a department."""
    with platform.database.read() as session:
        query = select(Department.id).where(Department.code == code)
        return session.exec(query).one() or 0


def exam(platform: Platform) -> int:
    """Internal number of the sample exam."""
    with platform.database.read() as session:
        return session.exec(select(Exam.id).where(Exam.code == "sample-written")).one() or 0


def qualify(
    platform: Platform,
    person_id: int,
    valid_to: date,
    *changes: tuple[QualificationState, date],
    code: str = "reception",
    valid_from: date = date(2023, 3, 5),
) -> int:
    """A post qualification with its states; gives its internal number."""
    held = Qualification(
        person_id=person_id,
        kind=QualificationKind.POST,
        code=code,
        title={"zh": "客户接待", "en": "Reception"},
        issued_on=valid_from,
        first_issued_on=valid_from,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    put(platform, held)
    for state, day in changes or ((ACTIVE, valid_from),):
        put(
            platform,
            QualificationChange(
                qualification_id=held.id or 0, state=state, from_day=day, at=NOON, reason="test"
            ),
        )
    return held.id or 0


def cohort(platform: Platform, members: dict[int, list[bool | None]], *, over: bool = True) -> int:
    """A cohort and what its members' attempts came to, in order; gives its number."""
    closes = NOON - timedelta(days=1) if over else NOON + timedelta(days=1)
    one = Cohort(
        exam_id=exam(platform), title="春季班", closes_at=closes, created_at=NOON - timedelta(9)
    )
    put(platform, one)
    for person_id, results in members.items():
        put(platform, CohortMember(cohort_id=one.id or 0, person_id=person_id))
        for number, passed in enumerate(results, start=1):
            put(
                platform,
                Attempt(
                    person_id=person_id,
                    exam_id=one.exam_id,
                    course_version="1.0.0",
                    number=number,
                    state=AttemptState.AWAITING if passed is None else AttemptState.SUBMITTED,
                    seed="0",
                    cohort_id=one.id if number == 1 else None,
                    started_at=NOON - timedelta(days=5 - number),
                    deadline=NOON,
                    submitted_at=NOON - timedelta(days=5 - number),
                    pass_mark=Fraction(85),
                    partial_credit=Fraction(1, 2),
                    earned=None if passed is None else Fraction(90 if passed else 60),
                    possible=None if passed is None else Fraction(100),
                    passed=passed,
                ),
            )
    return one.id or 0


def inspection(
    person_id: int | None,
    result: InspectionResult,
    day: date = TODAY,
    *,
    number: str = "IN-2024-000001",
    **more: Any,
) -> Inspection:
    """One line of the register."""
    facts: dict[str, Any] = {"inspector_id": 1, "scope": "process", "at": NOON, **more}
    return Inspection(number=number, day=day, person_id=person_id, result=result, **facts)


def notice(
    platform: Platform, owner_id: int, due_on: date, number: str = "RN-2024-000001"
) -> RectificationNotice:
    """A notice that was issued and not done."""
    return RectificationNotice(
        number=number,
        department_id=department(platform),
        owner_id=owner_id,
        problem="未在 30 秒内响应",
        issued_by=1,
        issued_on=due_on - timedelta(days=4),
        due_on=due_on,
        standard="CS-001",
    )


def period(
    platform: Platform,
    grades: dict[int, Grade | None],
    *,
    code: str = "2023-Q4",
    last_day: date = date(2023, 12, 31),
    state: PeriodState = PeriodState.CLOSED,
) -> int:
    """A quarter with its grades; gives its internal number."""
    one = EvaluationPeriod(
        code=code,
        kind=PeriodKind.QUARTER,
        scheme="seven-indicators",
        first_day=last_day - timedelta(days=91),
        last_day=last_day,
        state=state,
        opened_by=1,
        opened_at=NOON,
        closed_at=datetime(2024, 1, 10, 4, tzinfo=UTC),
    )
    put(platform, one)
    for person_id, grade in grades.items():
        put(
            platform,
            Evaluation(
                period_id=one.id or 0,
                person_id=person_id,
                ratee_class="front-line",
                final=Fraction(80) if grade else None,
                grade=grade,
                decided_by=1,
                decided_at=NOON,
            ),
        )
    return one.id or 0
