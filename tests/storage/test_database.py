"""How the database is opened, read and written: what `Saved` on a screen rests on (G2, G6)."""

import os
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlmodel import select

from certify.domain.person import Department
from certify.errors import BadInput, HomeUnusable, NotSaved
from certify.i18n import speaking
from certify.platform import Platform
from certify.storage import database as module
from certify.storage.database import Database, connect


def departments(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(one.code for one in session.exec(select(Department)).all())


def add(database: Database, code: str, name: str = "部") -> None:
    with database.write() as session:
        session.add(Department(code=code, name=name))


def test_every_sqlite_connection_flushes_fully_and_keeps_foreign_keys(
    sqlite_platform: Platform,
) -> None:
    database = sqlite_platform.database
    sessions = [database.engine.connect() for _ in range(3)]  # several at once: not one pooled

    for one in sessions:
        found = {
            name: one.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        one.close()


def test_a_write_takes_its_lock_at_the_start_and_a_read_takes_none(
    sqlite_platform: Platform,
) -> None:
    database = sqlite_platform.database
    begun: list[str] = []

    def note(connection: sqlite3.Connection, *_rest: object) -> None:
        connection.set_trace_callback(begun.append)  # what SQLite hears, whoever says it

    event.listen(database.engine, "checkout", note)
    with database.write() as session:
        session.exec(select(Department)).all()
    with database.read() as session:
        session.exec(select(Department)).all()

    assert [one for one in begun if one.startswith("BEGIN")] == ["BEGIN IMMEDIATE", "BEGIN"]


def test_nobody_changes_what_a_write_has_read_before_it_is_done(platform: Platform) -> None:
    """Two that count up race; neither may lose the other's step."""
    database = platform.database
    with database.write() as session:
        session.add(Department(code="COUNT", name="0"))

    def count_up() -> None:
        for _ in range(5):
            with database.write() as session:
                query = select(Department).where(Department.code == "COUNT").with_for_update()
                row = session.exec(query).one()
                row.name = str(int(row.name) + 1)

    threads = [threading.Thread(target=count_up) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.read() as session:
        assert session.exec(select(Department).where(Department.code == "COUNT")).one().name == "30"


def test_a_read_sees_one_moment_although_others_write(platform: Platform) -> None:
    with platform.database.read() as session:
        before = len(session.exec(select(Department)).all())
        with platform.database.write() as other:
            other.add(Department(code="NEW", name="新"))
        session.expire_all()

        assert len(session.exec(select(Department)).all()) == before

    assert "NEW" in departments(platform.database)


def test_a_block_that_raises_leaves_nothing_behind(platform: Platform) -> None:
    before = departments(platform.database)

    def half() -> None:
        with platform.database.write() as session:
            session.add(Department(code="HALF", name="半"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()

    assert departments(platform.database) == before


def test_a_database_that_is_locked_for_too_long_says_not_saved_and_takes_it_later(
    sqlite_platform: Platform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.1)
    database = connect(f"sqlite:///{tmp_path / 'certify.db'}")
    other = sqlite3.connect(tmp_path / "certify.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = departments(database)

    with pytest.raises(NotSaved):
        add(database, "WAIT")
    assert departments(database) == before

    other.execute("ROLLBACK")
    add(database, "WAIT")
    assert "WAIT" in departments(database)
    other.close()
    database.close()


def test_a_full_database_says_not_saved_keeps_what_it_has_and_goes_on_afterwards(
    sqlite_platform: Platform,
) -> None:
    database = sqlite_platform.database
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(database.engine, "connect", limit)
    database.engine.dispose()
    saved: list[str] = []

    def fill() -> None:
        for number in range(1000):
            add(database, f"F{number}", "满" * 500)
            saved.append(f"F{number}")

    with pytest.raises(NotSaved) as refused:
        fill()
    assert "full" in refused.value.message
    assert {code for code in departments(database) if code[0] == "F"} == set(saved)

    event.remove(database.engine, "connect", limit)
    database.engine.dispose()
    add(database, "AFTER")
    assert "AFTER" in departments(database)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_read_only_database_says_not_saved(platform: Platform) -> None:
    statement = (
        "PRAGMA query_only = ON"
        if platform.database.is_sqlite
        else "SET default_transaction_read_only = on"
    )

    def make_read_only(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute(statement)
        cursor.close()
        if not platform.database.is_sqlite:
            connection.commit()  # type: ignore[attr-defined]

    event.listen(platform.database.engine, "connect", make_read_only)
    platform.database.engine.dispose()
    before = departments(platform.database)

    with pytest.raises(NotSaved):
        add(platform.database, "READ")

    assert departments(platform.database) == before


def test_a_connection_that_is_cut_in_the_middle_says_not_saved(platform: Platform) -> None:
    if platform.database.is_sqlite:
        return  # a file has no connection to cut

    def cut() -> None:
        with platform.database.write() as session:
            session.add(Department(code="CUT", name="断"))
            session.flush()
            with platform.database.engine.connect() as other:
                other.execute(
                    text(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    )
                )

    with pytest.raises(NotSaved):
        cut()

    assert "CUT" not in departments(platform.database)
    add(platform.database, "CUT")
    assert "CUT" in departments(platform.database)


@pytest.mark.parametrize("url", ["nonsense", "mysql://host/name", "", "sqlite", "http://x/y"])
def test_a_url_of_another_kind_is_bad_input(url: str) -> None:
    with pytest.raises(BadInput):
        connect(url)


def test_a_postgresql_that_does_not_answer_is_named_without_a_password() -> None:
    with pytest.raises(HomeUnusable) as refused:
        connect("postgresql+psycopg://hr:secret@127.0.0.1:1/name")

    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "certify.db"
    path.write_bytes(b"this is a text and no database\n" * 200)

    with pytest.raises(HomeUnusable) as refused:
        connect(f"sqlite:///{path}")

    assert refused.value.place == str(path)
    assert path.read_bytes().startswith(b"this is a text")


def test_a_folder_in_place_of_the_file_and_a_file_in_place_of_the_folder_are_named(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()

    for path, named, words in (
        (tmp_path / "folder", tmp_path / "folder", "This is a folder"),
        (tmp_path / "file" / "certify.db", tmp_path / "file", "This is a file, not a folder"),
        (tmp_path / "file" / "x" / "certify.db", tmp_path / "file", "This is a file, not a folder"),
    ):
        with speaking("en"), pytest.raises(HomeUnusable) as refused:
            connect(f"sqlite:///{path}")
        assert refused.value.place == str(named)
        assert words in refused.value.message


@pytest.mark.parametrize("name", ["", "certify.db", "certify.db-wal"])
def test_what_can_only_be_read_is_refused_when_it_is_opened(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(f"sqlite:///{tmp_path / 'certify.db'}").close()
    (tmp_path / "certify.db-wal").touch()
    closed = tmp_path / name

    def access(path: str | Path, mode: int) -> bool:  # root may write where the mode forbids it
        return Path(path) != closed or not mode & os.W_OK

    monkeypatch.setattr("os.access", access)

    with speaking("en"), pytest.raises(HomeUnusable) as refused:
        connect(f"sqlite:///{tmp_path / 'certify.db'}")

    assert refused.value.place == str(closed)
    assert ("not write" if name else "only be read") in refused.value.message
    assert "--home" in refused.value.mend


def test_a_database_that_calls_itself_read_only_is_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_connection: object, _record: object) -> None:
        problem = sqlite3.OperationalError("attempt to write a readonly database")
        problem.sqlite_errorcode = sqlite3.SQLITE_READONLY_DIRECTORY
        raise problem

    monkeypatch.setattr("certify.storage.database._prepare_sqlite", refuse)

    with speaking("en"), pytest.raises(HomeUnusable) as refused:
        connect(f"sqlite:///{tmp_path / 'certify.db'}")

    assert "The folder can only be read (attempt to write" in refused.value.message
    assert refused.value.place == str(tmp_path)


def test_a_home_that_does_not_exist_yet_is_made(tmp_path: Path) -> None:
    connect(f"sqlite:///{tmp_path / 'new' / 'home' / 'certify.db'}").close()

    assert (tmp_path / "new" / "home").is_dir()
