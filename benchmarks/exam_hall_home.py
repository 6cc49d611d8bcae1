"""A home whose people may sit the exam of `exam_hall` with a password, and what it has of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from sqlmodel import col, select

from benchmarks.exam_hall import EXAM, _company, write_course
from benchmarks.exam_hall_examinee import PASSWORD
from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Exam
from certify.domain.person import Credential, Organisation, Person
from certify.hooks import registry
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import passwords
from certify.services.bank import contents
from certify.settings import Settings
from certify.storage import attempts

PLUGINS = ("choice", "tables")


@dataclass
class Kept:
    """What the database has of people beside what they were told."""

    acknowledged: int = 0
    """Answers that somebody was told are saved."""
    lost: int = 0
    """Of these, those that are not the ones that count."""
    stored: int = 0
    """Responses in the database."""
    gaps: int = 0
    """Attempts whose responses are not numbered 1, 2, 3, …"""
    results: int = 0
    """People with exactly one attempt, which has a result."""
    other_verdicts: int = 0
    """People who were told another verdict than is kept."""


def make_home(folder: Path, people: int, *, db: str = "", light: bool = False) -> None:
    """Found a company in an empty folder, in which so many people may sit the exam.

    Args:
        db: database URL; empty for SQLite in the folder.
        light: whether passwords are hashed with the least work, for what is not about signing in.
    """
    write_course(folder / "hall")
    (folder / "settings.toml").write_text(f'plugins = "{",".join(PLUGINS)}"\n', "utf-8")
    platform = open_hall(folder, db)
    # As a plugin's: items of a course in the home would have to be reviewed first.
    platform.plugins.course_folders.append(folder / "hall")
    try:
        _company(platform, people)
        # There the server finds it, unchanged.
        (folder / "courses").mkdir()
        (folder / "hall").rename(folder / "courses" / "hall")
        _let_sign_in(platform, light=light)
    finally:
        platform.close()


def open_hall(folder: Path, db: str = "") -> Platform:
    """The platform of such a home."""
    settings = Settings(home=Home(folder), db=db, lang="zh")
    return open_platform(settings, plugins=registry.load(PLUGINS))


def _let_sign_in(platform: Platform, *, light: bool) -> None:
    """One hash for all: making it is slow on purpose."""
    least = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    hashed = least.hash(PASSWORD) if light else passwords.make_hash(PASSWORD)
    with platform.database.write() as session:
        session.exec(select(Organisation)).one().demo = False
        for person_id in session.exec(select(Person.id)).all():
            session.merge(Credential(person_id=person_id or 0, password_hash=hashed))


def compare(platform: Platform, told: Sequence[tuple[str, bool | None, Mapping[int, int]]]) -> Kept:
    """Compare the database with what people were told.

    Args:
        told: staff number, verdict (None: nobody told them one) and the number of the option by
            position, as it was called saved.
    """
    kept = Kept()
    with platform.database.read() as session:
        for staff_no, has_passed, acknowledged in told:
            found = session.exec(
                select(Attempt)
                .join(Person, col(Person.id) == col(Attempt.person_id))
                .join(Exam, col(Exam.id) == col(Attempt.exam_id))
                .where(Person.staff_no == staff_no, Exam.code == EXAM)
            ).all()
            kept.acknowledged += len(acknowledged)
            if len(found) != 1:
                kept.lost += len(acknowledged)
                continue
            (attempt,) = found
            form = contents(platform, session, [int(item["version"]) for item in attempt.form])
            sequences = [one.sequence for one in attempts.responses(session, attempt.id or 0)]
            kept.stored += len(sequences)
            kept.gaps += sequences != list(range(1, len(sequences) + 1))
            given = attempts.latest(session, attempt.id or 0)
            for position, option in acknowledged.items():
                item = attempt.form[position]
                known = form[int(item["version"])]
                shown: dict[str, Any] = known.type.present(known.content, item["seed"])
                chosen = {"chosen": [shown["options"][option - 1]["id"]]}
                kept.lost += position not in given or given[position].answer != chosen
            is_done = attempt.state is AttemptState.SUBMITTED and attempt.passed is not None
            kept.results += is_done
            kept.other_verdicts += has_passed is not None and has_passed != attempt.passed
    return kept
