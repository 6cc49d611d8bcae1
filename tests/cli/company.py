"""What tests may know of the ready-made company: the keys of an open attempt, as typed lines."""

import random
from pathlib import Path

from sqlmodel import col, select

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.person import Person
from certify.paths import Home
from certify.platform import open_platform
from certify.services import demo_answers
from certify.services.bank import contents
from certify.settings import Settings

EXAM = "foundations-written"
READY = "001001"
"""Has read everything and may sit the exam."""


def typed_answers(home: Path, *, wrong: int) -> list[str]:
    """What to type for each item of the attempt that `READY` has open, a number of them wrong."""
    platform = open_platform(Settings(home=Home(home), lang="en"))
    try:
        with platform.database.read() as session:
            query = (
                select(Attempt)
                .join(Person, col(Attempt.person_id) == Person.id)
                .where(Person.staff_no == READY)
            )
            attempt = session.exec(query.where(Attempt.state == AttemptState.OPEN)).one()
            form = [(int(item["version"]), item["seed"]) for item in attempt.form]
            known = contents(platform, session, [version for version, _seed in form])
        answers = demo_answers.prepared(
            platform,
            attempt_id=attempt.id or 0,
            wrong=wrong,
            weak=(),
            chance=random.Random(1),
        )
        return [
            known[version].type.to_line(
                known[version].type.present(known[version].content, seed), a
            )
            for (version, seed), a in zip(form, answers, strict=True)
        ]
    finally:
        platform.close()
