"""The simulation of a policy over 10,000 people and three years, beside a bare read of its rows.

Everybody has 12 quarters with seven indicators and three kinds of raters, two parts of an exam
passed and renewed each year, failures, and here and there a suspension by hand. The simulation
lives everybody twice, and who differs once more for each changed value. Seconds are of one
process; its memory is the most that the operating system counted for it. The bare read fetches
the same rows with sqlite3 and does nothing with them. Goal: below 30 s and 200 MB on one core.

    .venv/bin/python -m benchmarks.policy_simulation [people]

With `--check` so many careers made by chance are lived instead, and each is proved to have no
gap, no overlap, no drift and one state a day.

    .venv/bin/python -m benchmarks.policy_simulation --check 10000
"""

import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from certify.clock import SetClock
from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Course, Exam, Lesson, LessonProgress
from certify.domain.evaluation import Evaluation, EvaluationPeriod, PeriodKind, PeriodState
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.evaluation_score import evaluate, parts
from certify.domain.field_practice import FieldPracticeSignOff
from certify.domain.person import CONSOLE, Department, Person, Post
from certify.domain.placement import Placement
from certify.domain.qualification import (
    Basis,
    Qualification,
    QualificationChange,
    QualificationKind,
    QualificationState,
)
from certify.domain.rater_mix import Ratings
from certify.domain.result import AttemptResult, ResultKind
from certify.domain.validity import add_months
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import founding
from certify.services.policy import simulating
from certify.settings import Settings
from tests.career_checks import check_careers

NOW = datetime(2025, 6, 1, 4, 0, tzinfo=UTC)
HIRED = date(2022, 1, 3)
ROWS = 5000
"""Inserted at a time."""
POLICIES = {
    "grades and validity": "[grades]\ngood_from = 82\n[qualification]\npost_months = 18\n",
    "rater shares": "[raters.back_office]\nsupervisor = 10\nself = 90\n",
}
BARE = (
    "SELECT * FROM evaluation ORDER BY person_id",
    "SELECT person_id, id, exam_id, started_at, submitted_at, earned, possible, fatal FROM attempt",
    "SELECT * FROM attemptresult",
    "SELECT * FROM qualification",
    "SELECT * FROM qualificationchange",
    "SELECT * FROM lessonprogress",
    "SELECT * FROM placement",
    "SELECT * FROM person",
)


def at(day: date) -> datetime:
    """Noon in Shanghai."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def fill(platform: Platform, people: int) -> None:
    """A company of so many people with three years behind each."""
    chance = random.Random(5)
    founding.found_organisation(
        platform, name="Big", staff_no="0", person_name="First", password=None, is_demo=True
    )
    with platform.database.write() as session:
        department, post = Department(code="D01", name="Service"), Post(code="agent", name="Agent")
        course = Course(
            code="c", version="1", kind="onboarding", phase="department", hours="8", source_hash="-"
        )
        session.add_all([department, post, course])
        session.flush()
        lesson = Lesson(course_id=course.id or 0, code="l", position=1, method="lecture", minutes=9)
        exams = [
            Exam(
                code=f"e-{part}",
                course_id=course.id or 0,
                minutes=60,
                part=part,
                process_code="reception",
            )
            for part in ("written", "practical")
        ]
        scheme = platform.plugins.evaluation_schemes["seven-indicators"]
        rules = EvaluationRules.of(platform.policy, scheme)
        periods = [
            EvaluationPeriod(
                code=f"{first.year}-Q{first.month // 3 + 1}",
                kind=PeriodKind.QUARTER,
                scheme=scheme.name,
                first_day=first,
                last_day=add_months(first, 3) - timedelta(days=1),
                state=PeriodState.CLOSED,
                rules=rules.to_json(),
                opened_by=1,
                opened_at=at(first),
                closed_at=at(add_months(first, 3) + timedelta(days=9)),
            )
            for first in (add_months(date(2022, 1, 1), 3 * number) for number in range(12))
        ]
        session.add_all([lesson, *exams, *periods])
        session.flush()
        made = [
            {
                "id": 10 + n,
                "staff_no": f"{n:06}",
                "name": f"Person {n}",
                "department_id": department.id,
                "post_id": post.id,
                "supervisor_id": 1,
                "hired_on": HIRED,
                "status": "employed",
            }
            for n in range(people)
        ]
        put(session, Person, made)
        put(session, Placement, (placed(one) for one in made))
        put(session, LessonProgress, (read(one, lesson.id) for one in made))
        put(session, FieldPracticeSignOff, (signed(one) for one in made))
        attempts = [one for person in made for one in sat(person, exams, chance)]
        for number, one in enumerate(attempts, start=1):
            one["id"] = number
        put(session, Attempt, attempts)
        put(session, AttemptResult, (marked(one) for one in attempts))
        put(session, Evaluation, scored(made, periods, rules, chance))
        given = [one for person in made for one in qualified(person)]
        for number, one in enumerate(given, start=1):
            one["id"] = number
        put(session, Qualification, given)
        put(session, QualificationChange, changed(given, chance))


def put(session: Any, table: Any, rows: Any) -> None:
    """Insert many rows."""
    batch: list[dict[str, Any]] = []
    for one in rows:
        batch.append(one)
        if len(batch) == ROWS:
            session.execute(insert(table), batch)
            batch = []
    if batch:
        session.execute(insert(table), batch)


def placed(one: dict[str, Any]) -> dict[str, Any]:
    """Where somebody is."""
    names = ("name", "department_id", "post_id", "supervisor_id", "status")
    own = {name: one[name] for name in names}
    return own | {"person_id": one["id"], "from_day": HIRED, "at": at(HIRED)}


def read(one: dict[str, Any], lesson: int | None) -> dict[str, Any]:
    """The lesson, read."""
    day = at(HIRED + timedelta(days=20))
    return {"person_id": one["id"], "lesson_id": lesson, "opened_at": day, "finished_at": day}


def signed(one: dict[str, Any]) -> dict[str, Any]:
    """The guide's word."""
    day = at(HIRED + timedelta(days=25))
    return {"person_id": one["id"], "guide_id": 1, "at": day, "entries": 10, "days": 5}


def sat(
    one: dict[str, Any], exams: Sequence[Exam], chance: random.Random
) -> Iterator[dict[str, Any]]:
    """Both parts each year, now and then failed before."""
    day = HIRED + timedelta(days=30)
    for _year in range(3):
        for exam in exams:
            marks = [chance.randrange(60, 84)] * (chance.random() < 0.15)
            for mark in (*marks, chance.randrange(85, 101)):
                when = at(day)
                yield {
                    "person_id": one["id"],
                    "exam_id": exam.id,
                    "course_version": "1",
                    "number": 1,
                    "state": AttemptState.SUBMITTED,
                    "form": [],
                    "seed": "0",
                    "pass_mark": Fraction(85),
                    "partial_credit": Fraction(1, 2),
                    "started_at": when,
                    "deadline": when,
                    "submitted_at": when,
                    "earned": Fraction(mark),
                    "possible": Fraction(100),
                    "passed": mark >= 85,
                }
                day += timedelta(days=chance.randrange(1, 6))
        day += timedelta(days=chance.randrange(320, 350))


def marked(one: dict[str, Any]) -> dict[str, Any]:
    """The result of an attempt."""
    return {
        "attempt_id": one["id"],
        "number": 1,
        "kind": ResultKind.SCORED,
        "at": one["submitted_at"],
        "earned": one["earned"],
        "possible": one["possible"],
        "passed": one["passed"],
    }


def scored(
    people: Sequence[dict[str, Any]],
    periods: Sequence[EvaluationPeriod],
    rules: EvaluationRules,
    chance: random.Random,
) -> Iterator[dict[str, Any]]:
    """Twelve quarters each, as closing a period keeps them; 200 different sheets."""
    sheets = []
    for _sheet in range(200):
        level = chance.randrange(62, 97)
        values = {
            one.code: Fraction(min(100, level + chance.randrange(8))) if one.is_rate else None
            for one in rules.scheme.indicators
        }
        given = Ratings(supervisor=Fraction(level), own=Fraction(min(100, level + 6)))
        found = evaluate(
            rules,
            ratee="back-office",
            values=values,
            ratings=given,
            days_present=90,
            days_in_period=90,
        )
        kept = {**parts(found), "days_present": 90}
        sheets.append((found, kept))
    for one in people:
        for period in periods:
            found, kept = sheets[chance.randrange(len(sheets))]
            yield {
                "period_id": period.id,
                "person_id": one["id"],
                "ratee_class": "back-office",
                "measured": found.measured.score,
                "mix": found.mix.score,
                "final": found.final,
                "grade": found.grade,
                "why": found.why or "",
                "parts": kept,
                "decided_by": 1,
                "decided_at": period.closed_at,
            }


def qualified(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What was held: the trainee's level, the first level and the process of three years."""
    level, post = QualificationKind.LEVEL, QualificationKind.POST
    own = {"person_id": one["id"], "title": {"en": "x"}}
    yield own | period(level, "L0", HIRED, 3) | {"basis": Basis.TRAINEE}
    for year in range(3):
        first = HIRED + timedelta(days=32 + 340 * year)
        for kind, code in ((post, "reception"), (level, "L1")):
            yield own | period(kind, code, first, 12) | {"basis": Basis.EXAM}


def period(kind: QualificationKind, code: str, first: date, months: int) -> dict[str, Any]:
    """The days of a qualification."""
    return {
        "kind": kind,
        "code": code,
        "issued_on": first,
        "first_issued_on": first,
        "valid_from": first,
        "valid_to": add_months(first, months),
    }


def changed(given: Sequence[dict[str, Any]], chance: random.Random) -> Iterator[dict[str, Any]]:
    """Given by rule; one in twenty suspended by hand and reinstated a month later."""
    active, suspended = QualificationState.ACTIVE, QualificationState.SUSPENDED
    for one in given:
        first: date = one["issued_on"]
        rule = "trainee:" if one["basis"] is Basis.TRAINEE else "attempt:1"
        found = [(active, first, rule)]
        if chance.random() < 0.05:
            found.append((suspended, first + timedelta(days=60), "by hand"))
            found.append((active, first + timedelta(days=90), "by hand"))
        for state, day, reason in found:
            yield {
                "qualification_id": one["id"],
                "state": state,
                "from_day": day,
                "at": at(day),
                "reason": reason,
            }


def simulate(home: Path, file: Path) -> None:
    """In a process of its own: live everybody and print what it took."""
    platform = open_platform(Settings(home=Home(home)), clock=SetClock(NOW))
    begun, begun_cpu = time.perf_counter(), time.process_time()
    found = simulating.simulate(platform, actor=CONSOLE, path=file)
    taken, cpu = time.perf_counter() - begun, time.process_time() - begun_cpu
    memory = _most_memory()
    counts = ", ".join(f"{kind} {number}" for kind, number in found.counts.items() if number)
    print(
        f"{found.people} people, {len(found.changed)} change ({counts}): "
        f"{taken:.1f} s, {cpu:.1f} s of processor, {memory:.0f} MB",
        flush=True,
    )
    platform.close()


def _most_memory() -> float:
    """Megabytes, the most so far; what getrusage says would be that of the parent's, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(one for one in status.splitlines() if one.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def bare(path: Path) -> None:
    """Fetch the same rows and do nothing with them."""
    connection = sqlite3.connect(path)
    begun, rows = time.perf_counter(), 0
    for query in BARE:
        for _row in connection.execute(query):
            rows += 1
    print(f"  bare read of {rows} rows: {time.perf_counter() - begun:.2f} s", flush=True)
    connection.close()


def main(people: int = 10_000) -> None:
    """Fill a home, then simulate each policy in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Home(Path(folder)))
        platform = open_platform(settings, clock=SetClock(NOW))
        fill(platform, people)
        platform.close()
        bare(settings.home.database)
        for name, text in POLICIES.items():
            file = Path(folder) / "new.toml"
            file.write_text(text, encoding="utf-8")
            print(f"{name}: ", end="", flush=True)
            words = [sys.executable, "-m", "benchmarks.policy_simulation", folder, str(file)]
            subprocess.run(words, check=True)


def check(careers: int) -> None:
    """Live careers made by chance and check each of them."""
    begun = time.process_time()
    given = check_careers(careers)
    taken = time.process_time() - begun
    print(
        f"{careers} careers, {given} periods, every one as it must be: {taken:.1f} s of processor"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--check"]:
        check(int(sys.argv[2]))
    elif len(sys.argv) > 2:
        simulate(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        main(*map(int, sys.argv[1:]))
