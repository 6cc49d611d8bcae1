"""The lists of 10,000 people with 10,000 qualifications, beside a bare sqlite3 fetch of the rows.

The people list and the on-post qualification list are made by the services that screens and
commands use, on SQLite; the bare fetch reads the columns that stand on the list, joined, and does
nothing with them. Goal: well under 2 s each.

    .venv/bin/python -m benchmarks.lists_of_10000 [people] [runs]
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

from sqlmodel import Session, SQLModel

from certify.clock import SetClock
from certify.domain.attempt import Attempt, AttemptState
from certify.domain.certificate import Certificate
from certify.domain.course import Course, Exam
from certify.domain.person import CONSOLE, Department, Person, PersonStatus, Post, Role, RoleGrant
from certify.domain.qualification import (
    Qualification,
    QualificationChange,
    QualificationKind,
    QualificationState,
)
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import founding, listing, people
from certify.services.listing import ListFilter
from certify.settings import Settings
from certify.storage import people as people_kept
from certify.storage.rows import insert_all

NOW = datetime(2024, 3, 4, 4, 0, tzinfo=UTC)

BARE_PEOPLE = """
SELECT p.staff_no, p.name, d.code, d.name, o.code, o.name, s.name, s.staff_no, p.hired_on, p.status
FROM person p JOIN department d ON d.id = p.department_id JOIN post o ON o.id = p.post_id
LEFT JOIN person s ON s.id = p.supervisor_id
"""
BARE_QUALIFICATIONS = """
SELECT p.staff_no, p.name, d.code, d.name, o.name, q.code, q.title, q.issued_on, q.valid_from,
    q.valid_to, c.number, h.state, h.from_day, a.number, a.earned, a.possible
FROM qualification q JOIN certificate c ON c.qualification_id = q.id
JOIN qualificationchange h ON h.qualification_id = q.id
JOIN attempt a ON a.id = q.attempt_id
JOIN person p ON p.id = q.person_id JOIN department d ON d.id = p.department_id
JOIN post o ON o.id = p.post_id
"""


def fill(platform: Platform, count: int) -> None:
    """A company of so many people; each passed one attempt and holds one qualification."""
    founding.found_organisation(
        platform, name="Big", staff_no="0", person_name="First", password=None, is_demo=True
    )
    with platform.database.write() as session:
        departments = [Department(code=f"D{n:02}", name=f"Department {n}") for n in range(1, 21)]
        post = Post(code="agent", name="Agent")
        course = Course(code="c", version="1", kind="special", hours="1", source_hash="-")
        session.add_all([*departments, post, course])
        session.flush()
        exam = Exam(code="e", course_id=course.id or 0, minutes=60)
        session.add(exam)
        session.flush()
        numbers = range(count)
        insert_all(
            session,
            Person,
            [
                {
                    "staff_no": f"{n:06}",
                    "name": f"Person {n}",
                    "department_id": departments[n % len(departments)].id,
                    "post_id": post.id,
                    "supervisor_id": 1,
                    "hired_on": date(2023, 1, 2),
                    "status": PersonStatus.EMPLOYED,
                }
                for n in numbers
            ],
        )
        ids = people_kept.ids(session, [f"{n:06}" for n in numbers])
        staff = [ids[f"{n:06}"] for n in numbers]
        insert_all(session, RoleGrant, [{"person_id": one, "role": Role.LEARNER} for one in staff])
        form = [{"version": n, "points": "2", "seed": "0" * 16} for n in range(50)]
        attempt = Attempt(
            person_id=1,
            exam_id=exam.id or 0,
            course_version="1",
            number=1,
            state=AttemptState.SUBMITTED,
            form=form,
            seed="0",
            started_at=NOW,
            deadline=NOW,
            submitted_at=NOW,
            pass_mark=Fraction(85),
            partial_credit=Fraction(1, 2),
            possible=Fraction(100),
            passed=True,
        )
        qualification = Qualification(
            person_id=1,
            kind=QualificationKind.POST,
            code="",
            issued_on=date(2024, 3, 4),
            first_issued_on=date(2024, 3, 4),
            valid_from=date(2024, 3, 4),
            valid_to=date(2025, 3, 4),
        )
        change = QualificationChange(
            qualification_id=0,
            state=QualificationState.ACTIVE,
            from_day=date(2024, 3, 4),
            at=NOW,
            reason="benchmark",
        )
        certificate = Certificate(number="", qualification_id=0, issued_at=NOW)
        made, held, changes, certificates = [], [], [], []
        for n, person in enumerate(staff):
            id_, title = n + 1, {"zh": f"流程{n % 5}", "en": f"Process {n % 5}"}
            facts = {"name": f"Person {n}", "title": title, "issuer": "Big", "mark": "90.00"}
            made.append({"id": id_, "person_id": person, "earned": Fraction(85 + n % 15)})
            held.append({"id": id_, "person_id": person, "code": f"process-{n % 5}"})
            held[-1] |= {"title": title, "attempt_id": id_}
            changes.append({"id": id_, "qualification_id": id_})
            certificates.append({"id": id_, "number": f"PQ-2024-{n:06}-0"})
            certificates[-1] |= {"qualification_id": id_, "facts": facts}
        _insert_like(session, attempt, made)
        _insert_like(session, qualification, held)
        _insert_like(session, change, changes)
        _insert_like(session, certificate, certificates)


def _insert_like(session: Session, pattern: SQLModel, rows: Sequence[Mapping[str, object]]) -> None:
    """Rows that are as the pattern but for what they say themselves."""
    usual: dict[str, object] = {name: getattr(pattern, name) for name in type(pattern).model_fields}
    insert_all(session, type(pattern), [{**usual, **row} for row in rows])


def measure(name: str, make: Callable[[], int], runs: int) -> None:
    """Print how long it takes to make a list, minimum, median and maximum."""
    taken = []
    for _run in range(runs):
        begun = time.perf_counter()
        rows = make()
        taken.append(time.perf_counter() - begun)
    low, middle, high = min(taken), statistics.median(taken), max(taken)
    print(f"{name:32} {rows:6} rows  min {low:.3f} s  median {middle:.3f} s  max {high:.3f} s")


def main(count: int = 10_000, runs: int = 5) -> None:
    """Measure both lists, each beside its bare fetch, in one run."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Home(Path(folder)))
        platform = open_platform(settings, clock=SetClock(NOW))
        fill(platform, count)
        bare = sqlite3.connect(settings.home.database)
        wanted = ListFilter(date(2024, 3, 4))
        everybody = BARE_PEOPLE, lambda: len(people.people_list(platform, actor=CONSOLE))
        qualified = (
            BARE_QUALIFICATIONS,
            lambda: len(listing.qualification_list(platform, actor=CONSOLE, wanted=wanted).rows),
        )
        for name, (query, make) in (("people", everybody), ("qualification", qualified)):
            measure(f"{name} list", make, runs)
            measure("  bare fetch", lambda query=query: len(bare.execute(query).fetchall()), runs)  # type: ignore[misc]
        bare.close()
        platform.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
