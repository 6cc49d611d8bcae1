"""The supervision dashboard over 10,000 people, beside one bare count of the largest table.

Every person has three courses of ten lessons, two qualifications, a grade and a place in a cohort
with its attempt; some read less, some are suspended, overdue or inspected. The dashboard is what
screen and command use; the bare query counts the rows of lessons read. Goal: under 1 s.

    .venv/bin/python -m benchmarks.dashboard [people] [runs]
"""

import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from sqlmodel import SQLModel, text

from benchmarks.measuring import measured
from certify.clock import SetClock
from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Course, Enrolment, Exam, Lesson, LessonProgress
from certify.domain.evaluation import Evaluation, EvaluationPeriod, PeriodKind, PeriodState
from certify.domain.grade import Grade
from certify.domain.inspection import Inspection, InspectionResult
from certify.domain.person import CONSOLE, Department, Person, Post
from certify.domain.qualification import (
    Qualification,
    QualificationChange,
    QualificationKind,
    QualificationState,
)
from certify.domain.registration import Cohort, CohortMember
from certify.domain.remedial import RemedialAssignment
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import founding
from certify.services.reporting import dashboard, timeline
from certify.settings import Settings

NOW = datetime(2024, 3, 4, 4, 0, tzinfo=UTC)
TODAY = date(2024, 3, 4)
COURSES, LESSONS, COHORT = 3, 10, 50


def fill(platform: Platform, count: int) -> None:
    """A company of so many people in the middle of its work."""
    founding.found_organisation(
        platform, name="Big", staff_no="0", person_name="First", password=None, is_demo=True
    )
    departments = [Department(id=n, code=f"D{n:02}", name=f"D{n}") for n in range(101, 121)]
    _add(platform, [*departments, Post(id=101, code="agent", name="Agent")])
    people = range(1001, 1001 + count)
    _add(
        platform,
        (
            Person(
                id=n,
                staff_no=f"{n:06}",
                name=f"Person {n}",
                department_id=101 + n % 20,
                post_id=101,
                supervisor_id=1,
                hired_on=date(2023, 1, 2),
            )
            for n in people
        ),
    )
    _courses(platform, people)
    _exams(platform, people)
    _qualifications(platform, people)
    _grades(platform, people)
    _add(
        platform,
        (
            Inspection(
                number=f"IN-2024-{n:06}",
                day=TODAY - timedelta(days=n % 60),
                inspector_id=1,
                person_id=n,
                scope="process",
                result=InspectionResult.NOT_MET if n % 7 == 0 else InspectionResult.MET,
                at=NOW,
            )
            for n in people[::2]
        ),
    )


def _courses(platform: Platform, people: range) -> None:
    courses = range(1, COURSES + 1)
    _add(
        platform,
        (
            Course(id=n, code=f"c{n}", version="1", kind="special", hours="1", source_hash="-")
            for n in courses
        ),
    )
    _add(
        platform,
        (
            Lesson(
                id=course * 100 + n,
                course_id=course,
                code=f"l{n}",
                position=n,
                method="lecture",
                minutes=10,
                topics=["t"],
            )
            for course in courses
            for n in range(LESSONS)
        ),
    )
    _add(platform, [Exam(id=1, code="e", course_id=1, minutes=60)])
    _add(
        platform,
        (
            Enrolment(person_id=n, course_id=course, enrolled_at=NOW, due_on=date(2024, 2, 1))
            for n in people
            for course in courses
        ),
    )
    for course in courses:
        _add(
            platform,
            (
                LessonProgress(
                    person_id=n, lesson_id=course * 100 + lesson, opened_at=NOW, finished_at=NOW
                )
                for n in people
                for lesson in range(LESSONS if n % 4 else LESSONS // 2)
            ),
        )


def _exams(platform: Platform, people: range) -> None:
    cohorts = range(1, len(people) // COHORT + 1)
    since = NOW - timedelta(days=30)
    _add(
        platform,
        (Cohort(id=n, exam_id=1, title="C", closes_at=since, created_at=since) for n in cohorts),
    )
    of = {n: (n - people[0]) // COHORT + 1 for n in people}
    _add(platform, (CohortMember(cohort_id=of[n], person_id=n) for n in people))
    _add(
        platform,
        (
            Attempt(
                id=n,
                person_id=n,
                exam_id=1,
                course_version="1",
                number=1,
                state=AttemptState.SUBMITTED,
                seed="0",
                cohort_id=of[n],
                started_at=since,
                deadline=since,
                submitted_at=since,
                pass_mark=Fraction(85),
                partial_credit=Fraction(1, 2),
                earned=Fraction(60 if n % 6 == 0 else 90),
                possible=Fraction(100),
                passed=n % 6 != 0,
            )
            for n in people
        ),
    )
    _add(
        platform,
        (
            RemedialAssignment(
                person_id=n,
                exam_id=1,
                attempt_id=n,
                topics=["t"],
                assigned_at=since,
                due_on=date(2024, 3, 1),
            )
            for n in people[::12]
        ),
    )


def _qualifications(platform: Platform, people: range) -> None:
    kinds = ((QualificationKind.LEVEL, "L1"), (QualificationKind.POST, "reception"))
    held = [(n, kind, code) for n in people for kind, code in kinds]
    _add(
        platform,
        (
            Qualification(
                id=place,
                person_id=n,
                kind=kind,
                code=code,
                issued_on=date(2023, 3, 4),
                first_issued_on=date(2023, 3, 4),
                valid_from=date(2023, 3, 4),
                valid_to=TODAY + timedelta(days=n % 365),
            )
            for place, (n, kind, code) in enumerate(held, start=1)
        ),
    )
    _add(
        platform,
        (
            QualificationChange(
                qualification_id=place,
                state=QualificationState.SUSPENDED if n % 50 == 0 else QualificationState.ACTIVE,
                from_day=date(2023, 3, 4),
                at=NOW,
                reason="benchmark",
            )
            for place, (n, _kind, _code) in enumerate(held, start=1)
        ),
    )


def _grades(platform: Platform, people: range) -> None:
    period = EvaluationPeriod(
        id=1,
        code="2023-Q4",
        kind=PeriodKind.QUARTER,
        scheme="seven-indicators",
        first_day=date(2023, 10, 1),
        last_day=date(2023, 12, 31),
        state=PeriodState.CLOSED,
        opened_by=1,
        opened_at=NOW,
    )
    _add(platform, [period])
    _add(
        platform,
        (
            Evaluation(
                period_id=1,
                person_id=n,
                ratee_class="front-line",
                final=Fraction(80),
                grade=list(Grade)[n % 4],
                decided_by=1,
                decided_at=NOW,
            )
            for n in people
        ),
    )


def _add(platform: Platform, rows: Iterable[SQLModel]) -> None:
    with platform.database.write() as session:
        session.add_all(rows)


def main(count: int = 10_000, runs: int = 5) -> None:
    """Measure the dashboard of the company and of one department, and one timeline."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Home(Path(folder)))
        platform = open_platform(settings, clock=SetClock(NOW))
        fill(platform, count)

        def bare() -> None:
            with platform.database.read() as session:
                session.execute(text("SELECT count(finished_at) FROM lessonprogress")).one()

        whole = measured(lambda: dashboard.dashboard(platform, actor=CONSOLE), runs)
        part = measured(
            lambda: dashboard.dashboard(platform, actor=CONSOLE, department="D107"), runs
        )
        behind = measured(
            lambda: dashboard.behind(platform, actor=CONSOLE, figure="expiring-30"), runs
        )
        one = measured(lambda: timeline.timeline(platform, actor=CONSOLE, staff_no="001001"), runs)
        for name, found in (
            ("bare count of lessons read", measured(bare, runs)),
            ("dashboard, company", whole),
            ("dashboard, one department", part),
            ("list behind a figure", behind),
            ("timeline of one person", one),
        ):
            print(
                f"{name:28} median {found.median * 1000:7.1f} ms  least {found.least * 1000:7.1f}"
                f" ms  {found.megabytes:5.1f} MB"
            )
        platform.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
