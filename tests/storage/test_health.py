"""A database check names what is missing or wrong, and finds nothing in a sound one."""

import pytest
from sqlalchemy import text

from certify.domain.person import CONSOLE
from certify.platform import Platform
from certify.services import course_sync
from certify.storage import guards, health
from certify.storage.database import Database


def change(database: Database, *statements: str) -> None:
    with database.engine.execution_options(writes=True).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def drop_guards(platform: Platform, table: str) -> None:
    """What somebody who owns the database can do."""
    events = ["update", "delete", "insert" if platform.database.is_sqlite else "truncate"]
    end = "" if platform.database.is_sqlite else f" ON {table}"
    change(platform.database, *(f"DROP TRIGGER guard_{table}_{event}{end}" for event in events))


def test_a_sound_database_has_no_problems(platform: Platform) -> None:
    course_sync.sync_courses(platform, actor=CONSOLE)
    assert health.problems(platform.database) == []
    assert health.problems(platform.database, deep=True) == []


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DROP TABLE savedview", ["savedview"]),
        ("ALTER TABLE survey DROP COLUMN sent", ["sent", "survey"]),
        ("ALTER TABLE person ADD COLUMN extra INTEGER", ["extra", "person"]),
        ("DROP INDEX one_open_attempt", ["one_open_attempt", "attempt"]),
    ],
)
def test_a_table_column_or_index_that_differs_is_named(
    platform: Platform, statement: str, named: list[str]
) -> None:
    change(platform.database, statement)
    [problem] = health.problems(platform.database)
    assert all(name in problem for name in named)


def test_a_guard_that_was_taken_away_is_named(platform: Platform) -> None:
    drop_guards(platform, "marking")
    [problem] = health.problems(platform.database)
    assert "marking" in problem


def test_a_row_that_points_at_nothing_is_found(platform: Platform) -> None:
    if platform.database.is_sqlite:
        connection = platform.database.engine.raw_connection()
        connection.cursor().execute("PRAGMA foreign_keys=OFF")
        connection.cursor().execute("INSERT INTO rolegrant (person_id, role) VALUES (99, 'hr')")
        connection.close()
    else:
        change(
            platform.database,
            "SET LOCAL session_replication_role = replica",
            "INSERT INTO rolegrant (person_id, role) VALUES (99, 'hr')",
        )
    [problem] = health.problems(platform.database, deep=True)
    assert "rolegrant" in problem
    assert "person" in problem


def test_a_cut_ledger_is_found_at_once_and_a_changed_entry_deep(platform: Platform) -> None:
    drop_guards(platform, "ledgerentry")
    change(platform.database, "UPDATE ledgerentry SET subject = 'x' WHERE sequence = 2")
    assert len(health.problems(platform.database)) == 1  # the guard alone
    # Somebody who puts the guard back hides nothing.
    with platform.database.engine.execution_options(writes=True).begin() as connection:
        guards.install(connection)
    assert health.problems(platform.database) == []
    [problem] = health.problems(platform.database, deep=True)
    assert "2" in problem
    drop_guards(platform, "ledgerentry")
    change(
        platform.database,
        "DELETE FROM ledgerentry WHERE sequence = (SELECT max(sequence) FROM ledgerentry)",
    )
    with platform.database.engine.execution_options(writes=True).begin() as connection:
        guards.install(connection)
    assert len(health.problems(platform.database)) == 1


def test_little_room_is_told_for_a_file_only(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 2**80)
    left = health.little_room(platform.database)
    assert (left is not None) == platform.database.is_sqlite
    monkeypatch.setattr(health, "LEAST_FREE", 0)
    assert health.little_room(platform.database) is None
