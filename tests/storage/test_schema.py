"""The tables: made by the scripts as the code has them, upgraded with a copy, never downgraded."""

import shutil
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel, select

from certify.domain.attempt import Attempt
from certify.domain.person import Organisation
from certify.errors import HomeUnusable
from certify.platform import Platform
from certify.storage import schema, tables
from certify.storage.database import Database, connect
from tests.platforms import actor, read_course, sit
from tests.services.steps import begin, check_books, clock_of

MIGRATIONS = Path(schema.__file__).parent / "migrations"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database, SQLite and PostgreSQL."""
    found = connect(database_url)
    yield found
    found.close()


def set_version(database: Database, version: str) -> None:
    with database.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})


def test_the_scripts_make_exactly_the_tables_of_the_code(database: Database) -> None:
    schema.ensure(database)

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, SQLModel.metadata)
        found = set(inspect(connection).get_table_names())

    assert tables.__all__
    assert differences == []
    assert found == set(SQLModel.metadata.tables) | {"alembic_version"}


def test_the_version_in_the_code_is_the_newest_script_and_scripts_make_one_line() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))

    assert scripts.get_heads() == [schema.HEAD]
    assert len(list(scripts.walk_revisions())) == len(list((MIGRATIONS / "versions").glob("0*.py")))


def test_an_open_attempt_is_unique_in_the_database_itself(platform: Platform) -> None:
    with platform.database.engine.connect() as connection:
        indexes = {one["name"]: one for one in inspect(connection).get_indexes("attempt")}

    assert indexes["one_open_attempt"]["unique"]
    assert indexes["one_open_attempt"]["column_names"] == ["person_id", "exam_id"]


def test_opening_again_changes_nothing(database: Database) -> None:
    assert schema.version(database) == ""
    schema.ensure(database)
    with database.write() as session:
        session.add(Organisation(name="公司"))

    schema.ensure(database)

    assert schema.version(database) == schema.HEAD
    with database.read() as session:
        assert [one.name for one in session.exec(select(Organisation)).all()] == ["公司"]


def test_many_that_open_an_empty_database_at_once_all_find_it_ready(
    database: Database, database_url: str
) -> None:
    barrier = threading.Barrier(6)
    problems: list[BaseException] = []

    def open_one() -> None:
        mine = connect(database_url)
        barrier.wait()
        try:
            schema.ensure(mine)
        except BaseException as problem:
            problems.append(problem)
        finally:
            mine.close()

    threads = [threading.Thread(target=open_one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    assert schema.version(database) == schema.HEAD


@pytest.mark.parametrize("newer", ["0007", "9999"])
def test_a_database_of_a_newer_certify_is_refused_and_left_alone(
    database: Database, newer: str
) -> None:
    schema.ensure(database)
    set_version(database, newer)

    with pytest.raises(HomeUnusable) as refused:
        schema.ensure(database)

    assert newer in refused.value.message
    assert schema.version(database) == newer


def test_an_older_sqlite_database_is_copied_whole_before_it_is_upgraded(
    sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    sit(sqlite_platform, learner)
    set_version(sqlite_platform.database, "0000")
    upgraded: list[list[Path]] = []
    monkeypatch.setattr(
        schema,
        "upgrade",
        lambda _database: upgraded.append(list(tmp_path.glob("certify.db.0000-*"))),
    )

    schema.ensure(sqlite_platform.database)

    ((copy,),) = upgraded
    shutil.copyfile(copy, tmp_path / "copy.db")
    database = connect(f"sqlite:///{tmp_path / 'copy.db'}")
    assert schema.version(database) == "0000"
    with database.read() as session:
        assert len(session.exec(select(Attempt)).all()) == 1
    database.close()


def test_an_upgrade_that_fails_leaves_the_old_tables(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import command

    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("the script fails")

    monkeypatch.setattr(command, "upgrade", fail)
    with pytest.raises(RuntimeError):
        schema.ensure(database)
    assert schema.version(database) == ""
    monkeypatch.undo()

    schema.ensure(database)
    assert schema.version(database) == schema.HEAD


def test_chains_hold_when_the_server_speaks_the_time_of_another_zone(platform: Platform) -> None:
    if platform.database.is_sqlite:
        return
    with platform.database.engine.begin() as connection:
        name = platform.database.engine.url.database
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET timezone = 'Asia/Kathmandu'")
    platform.database.engine.dispose()
    learner = actor(platform, "E1001")
    read_course(platform, learner)
    terminal = begin(platform, learner)
    clock_of(platform).advance(timedelta(microseconds=123456))
    terminal.answer_all()

    terminal.submit()

    with platform.database.engine.connect() as connection:
        assert connection.execute(text("SHOW timezone")).scalar() == "Asia/Kathmandu"
    check_books(platform)
