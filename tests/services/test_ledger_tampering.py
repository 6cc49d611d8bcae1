"""Whatever an insider changes in the database, the ledger shows it (G16)."""

import os
import random
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from certify.clock import SetClock
from certify.domain.checkpoint import Checkpoint
from certify.domain.person import CONSOLE, Person
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import ledger, signing_keys
from certify.services.audit import checkpoints
from certify.services.certificates import reissuing
from certify.services.policy import changing
from certify.services.privacy import erasing
from certify.settings import Settings
from certify.storage import people, qualifications
from tests.platforms import actor, read_course, sit
from tests.services.evaluation_steps import (
    close,
    measure,
    open_quarter,
    rate,
    to_scoring,
)
from tests.services.marking_steps import hand_in, load_marked, mark_all
from tests.services.steps import fail
from tests.tampering import free, tamper

DEEDS = int(os.environ.get("CERTIFY_TAMPERINGS", "500"))
"""`python -m benchmarks.ledger --tamper` does more."""


def live(platform: Platform, clock: SetClock) -> Checkpoint:
    """A company in which everything that is recorded happened; a checkpoint of its ledger."""
    changing.notice(platform)
    for number in ("E1001", "E1002"):
        read_course(platform, actor(platform, number))
        sit(platform, actor(platform, number))
    read_course(platform, actor(platform, "H0001"))
    fail(platform, actor(platform, "H0001"), "limits")
    load_marked(platform)
    hand_in(platform, actor(platform, "E1001"))
    mark_all(platform, "X0001")
    clock.advance(timedelta(days=1))
    hr = actor(platform, "H0001")
    with platform.database.read() as session:
        rows = qualifications.rows(session)
        numbers = [row.certificate.number for row in rows]
    reissuing.reissue(platform, actor=hr, number=numbers[0], reason="name-changed")
    open_quarter(platform, clock)
    for number in ("E1001", "E1002"):
        measure(platform, number, "80")
    to_scoring(platform)
    rate(platform, "S0001", "E1001", "82")
    close(platform)
    checkpoints.make(platform, actor=CONSOLE)
    signing_keys.rotate(platform, actor=CONSOLE, reason="yearly")
    with platform.database.write() as session:
        person = people.by_staff_no(session, "E1002")
        assert person is not None
        person = session.get_one(Person, person.id)
        erasing.remove(session, platform, person, hr, hr.person_id, "left long ago")
    return checkpoints.make(platform, actor=CONSOLE)


@pytest.fixture
def company(sqlite_platform: Platform, clock: SetClock) -> tuple[Platform, Checkpoint]:
    """The company, its triggers taken away, and a checkpoint that was kept elsewhere."""
    return sqlite_platform, live(sqlite_platform, clock)


def copies(platform: Platform, folder: Path) -> Iterator[tuple[sqlite3.Connection, Platform]]:
    """The same company again and again: a connection to change it, and its platform."""
    source = Path(platform.database.engine.url.database or "")
    platform.database.close()  # what is in the journal beside it goes into the file
    with sqlite3.connect(source) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        free(connection)
    connection.close()
    file = folder / "tampered.db"
    settings = Settings(home=Home(folder), db=f"sqlite:///{file}", lang="zh")
    while True:
        for old in folder.glob("tampered.db*"):
            old.unlink()
        shutil.copyfile(source, file)
        changed = sqlite3.connect(file)
        opened = open_platform(settings, clock=platform.clock, plugins=platform.plugins)
        yield changed, opened
        opened.close()
        changed.close()


def test_an_untouched_company_holds_and_is_as_the_ledger_says(
    company: tuple[Platform, Checkpoint],
) -> None:
    platform, checkpoint = company

    found = ledger.verify(platform, actor=CONSOLE, checkpoints=[checkpoint])

    assert found.found == ()
    assert found.rows > 50


def test_every_random_change_of_the_database_is_found(
    company: tuple[Platform, Checkpoint], tmp_path: Path
) -> None:
    platform, checkpoint = company
    folder = tmp_path / "tampered"
    folder.mkdir()
    chance = random.Random(16)
    missed = []

    for number, (connection, opened) in enumerate(copies(platform, folder)):
        if number == DEEDS:
            break
        done = tamper(connection, chance)
        connection.commit()
        found = ledger.verify(opened, actor=CONSOLE, checkpoints=[checkpoint])
        others = [one for one in found.found if one.kind != "guard"]
        is_named = done.first is None or found.first_false == done.first
        if not others or not is_named:
            missed.append((done, found.first_false, found.fault))

    assert missed == []
