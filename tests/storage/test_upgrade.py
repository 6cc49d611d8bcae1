"""A database of every released version is upgraded with all that it holds."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, create_engine, text
from sqlmodel import select

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.item import Item
from certify.domain.person import Person, PersonStatus
from certify.domain.qualification import Qualification
from certify.domain.result import AttemptResult, ResultKind
from certify.platform import Platform
from certify.services import ledger, replaying, results, sitting
from certify.storage import placements, schema
from certify.storage.database import connect
from tests.platforms import actor, right_answers

RELEASED = sorted((Path(__file__).parent / "released").glob("*.sql"))
"""One company as each released version wrote it: a pass, a failure and an exam in progress."""


def sqlite_of(release: Path, folder: Path) -> str:
    """A SQLite database as the release left it."""
    file = folder / "old.db"
    with sqlite3.connect(file) as connection:
        connection.executescript(release.read_text(encoding="utf-8"))
    connection.close()
    return f"sqlite:///{file}"


def copy_to(url: str, source: str, version: str) -> None:
    """The same rows in the tables which that version made in another database."""
    database = connect(url)
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    old = create_engine(source)
    try:
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, version)
            # The supervisor of a person may stand behind them.
            connection.execute(text("SET session_replication_role = replica"))
            new, held = MetaData(), MetaData()
            new.reflect(connection)
            held.reflect(old)
            with old.connect() as reading:
                for table in new.sorted_tables:
                    if table.name == "alembic_version":
                        continue
                    rows = [
                        dict(row._mapping)
                        for row in reading.execute(held.tables[table.name].select())
                    ]
                    for row in rows:
                        for column in table.columns:
                            value = row[column.name]
                            if "BOOL" in str(column.type) and value is not None:
                                row[column.name] = bool(value)
                            if "TIMESTAMP" in str(column.type) and value is not None:
                                row[column.name] = f"{value}+00:00"
                    if rows:
                        connection.execute(table.insert(), rows)
                    if "id" in table.columns and "INTEGER" in str(table.columns["id"].type):
                        sequence = f"pg_get_serial_sequence('\"{table.name}\"', 'id')"
                        query = f'SELECT setval({sequence}, max(id)) FROM "{table.name}"'
                        connection.execute(text(query))
    finally:
        old.dispose()
        database.close()


@pytest.fixture(params=RELEASED, ids=[release.stem for release in RELEASED])
def upgraded(
    request: pytest.FixtureRequest,
    database_url: str,
    open_at: Callable[[str], Platform],
    tmp_path: Path,
) -> Platform:
    """A platform on the released database, SQLite and PostgreSQL."""
    url = sqlite_of(request.param, tmp_path)
    if not database_url.startswith("sqlite"):
        copy_to(database_url, url, request.param.stem)
        url = database_url
    return open_at(url)


def test_there_is_a_database_of_every_released_version_but_the_newest() -> None:
    scripts = Path(schema.__file__).parent / "migrations" / "versions"
    versions = {script.name[:4] for script in scripts.glob("0*.py")}

    assert {release.stem for release in RELEASED} == versions - {schema.HEAD}


def test_results_of_before_stand_as_they_were(upgraded: Platform) -> None:
    hr = actor(upgraded, "H0001")

    with upgraded.database.read() as session:
        made = session.exec(select(Attempt).order_by(Attempt.id)).all()  # type: ignore[arg-type]
        kept = session.exec(select(AttemptResult)).all()
        held = session.exec(select(Qualification)).all()
        pools = {item.pool for item in session.exec(select(Item)).all()}

    assert [one.passed for one in made] == [True, False, None]
    assert {(one.attempt_id, one.number, one.kind, one.passed) for one in kept} == {
        (made[0].id, 1, ResultKind.SCORED, True),
        (made[1].id, 1, ResultKind.SCORED, False),
    }
    assert {one.code for one in held} == {"reception", "L1"}
    assert pools == {"exam"}
    for attempt in made[:2]:
        assert replaying.replay(upgraded, actor=hr, attempt_id=attempt.id or 0).troubles == ()
    assert ledger.verify(upgraded, actor=hr).found == ()


def test_an_exam_in_progress_goes_on_after_the_upgrade(upgraded: Platform) -> None:
    hr = actor(upgraded, "H0001")

    begun = sitting.resume(upgraded, actor=hr, exam="sample-written")
    for place, answer in enumerate(right_answers(upgraded, begun), start=1):
        sitting.record_response(
            upgraded,
            actor=hr,
            attempt_id=begun.attempt_id,
            fence=begun.fence,
            sequence=begun.sequence + place,
            position=place - 1,
            answer=answer,
            flagged=False,
        )
    sitting.submit(upgraded, actor=hr, attempt_id=begun.attempt_id, fence=begun.fence)

    assert begun.items[0].answer
    assert begun.items[0].flagged
    view = results.result(upgraded, actor=hr, attempt_id=begun.attempt_id)
    assert (view.attempt.state, view.attempt.passed) == (AttemptState.SUBMITTED, True)
    assert replaying.replay(upgraded, actor=hr, attempt_id=begun.attempt_id).troubles == ()


def test_an_upgrade_begins_the_history_of_everybody_and_keeps_when_people_left(
    tmp_path: Path, database_url: str, open_at: Callable[[str], Platform]
) -> None:
    url = sqlite_of(next(one for one in RELEASED if one.stem == "0003"), tmp_path)
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE person SET status = 'left' WHERE staff_no IN ('E1001', 'E1002')")
        [[left]] = connection.execute("SELECT id FROM person WHERE staff_no = 'E1001'")
        connection.execute(
            "INSERT INTO ledgerentry SELECT max(sequence) + 1, '2024-09-30 04:00:00', 0, "
            "'person-changed', ?, '{\"fields\": [\"status\"], \"status\": \"left\"}', '', '' "
            "FROM ledgerentry",
            [f"person:{left}"],
        )
    connection.close()
    if not database_url.startswith("sqlite"):
        copy_to(database_url, url, "0003")
        url = database_url
    platform = open_at(url)

    with platform.database.read() as session:
        persons = {one.staff_no: one for one in session.exec(select(Person)).all()}
        history = {
            number: [(one.from_day, one.status) for one in placements.written(session, one.id or 0)]
            for number, one in persons.items()
        }
    hired = persons["E1001"].hired_on
    assert history["S0001"] == [(persons["S0001"].hired_on, PersonStatus.EMPLOYED)]
    assert history["E1001"] == [
        (hired, PersonStatus.EMPLOYED),
        (date(2024, 9, 30), PersonStatus.LEFT),
    ]
    assert [status for _day, status in history["E1002"]] == [
        PersonStatus.EMPLOYED,
        PersonStatus.LEFT,
    ]
