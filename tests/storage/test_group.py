"""Group commit: who waits shares a flush, a refusal undoes itself alone, nothing is half told."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import Connection, event, insert
from sqlmodel import col, select

from certify.domain.person import Department
from certify.errors import NotSaved, Refused
from certify.i18n import language, speaking
from certify.platform import Platform
from certify.storage.database import Database

WAITING = 20


def adding(code: str) -> Callable[[Connection], str]:
    """Work that adds a department."""

    def work(connection: Connection) -> str:
        connection.execute(insert(Department).values(code=code, name="部", name_en=""))
        return code

    return work


def codes(database: Database) -> set[str]:
    with database.read() as session:
        found = session.exec(select(Department.code).where(col(Department.code).like("G%")))
        return set(found.all())


@pytest.fixture
def commits(sqlite_platform: Platform) -> list[object]:
    """One entry for every transaction that was committed."""
    counted: list[object] = []
    event.listen(sqlite_platform.database.engine, "commit", counted.append)
    return counted


def behind_a_slow_one(
    database: Database,
    works: Sequence[Callable[[Connection], object]],
    *calls: Callable[[], object],
) -> list[Future[object]]:
    """Let all wait until one that came before them is done, as on a disk that flushes slowly.

    Args:
        calls: to be made beside saving the works; each saves once.
    """
    saves: list[Callable[[], object]] = [partial(database.save, work) for work in works]
    saves += calls
    begun, go_on = threading.Event(), threading.Event()

    def slow(_connection: Connection) -> None:
        begun.set()
        go_on.wait(10)

    with ThreadPoolExecutor(len(saves) + 1) as pool:
        pool.submit(database.save, slow)
        begun.wait(10)
        waiting = [pool.submit(save) for save in saves]
        while len(database._group._waiting) < len(saves):
            threading.Event().wait(0.001)
        go_on.set()
    return waiting


def test_all_that_wait_are_saved_by_one_commit_and_each_hears_its_own_result(
    sqlite_platform: Platform, commits: list[object]
) -> None:
    database = sqlite_platform.database
    wanted = [f"G{number}" for number in range(WAITING)]

    done = behind_a_slow_one(database, [adding(code) for code in wanted])

    assert [one.result() for one in done] == wanted
    assert len(commits) == 2
    assert codes(database) == set(wanted)


def test_a_refusal_undoes_itself_alone(sqlite_platform: Platform) -> None:
    database = sqlite_platform.database

    def refusing(connection: Connection) -> None:
        adding("G-refused")(connection)
        raise Refused("no")

    def faulty(connection: Connection) -> None:
        adding("G-faulty")(connection)
        raise KeyError

    done = behind_a_slow_one(database, [adding("G1"), refusing, faulty, adding("G2")])

    assert [done[place].result() for place in (0, 3)] == ["G1", "G2"]
    assert isinstance(done[1].exception(), Refused)
    assert isinstance(done[2].exception(), KeyError)
    assert codes(database) == {"G1", "G2"}


def test_work_that_another_thread_does_speaks_the_language_of_who_waits(
    sqlite_platform: Platform,
) -> None:
    database = sqlite_platform.database

    def in_english() -> str:
        with speaking("en"):
            return database.save(lambda _connection: language())

    def in_chinese() -> str:
        with speaking("zh"):
            return database.save(lambda _connection: language())

    done = behind_a_slow_one(database, [], in_english, in_chinese, in_english)

    assert [one.result() for one in done] == ["en", "zh", "en"]


def test_what_cannot_be_committed_is_told_to_everybody_who_waited(
    sqlite_platform: Platform,
) -> None:
    database = sqlite_platform.database

    def ending(connection: Connection) -> None:
        connection.exec_driver_sql("ROLLBACK")  # as SQLite does itself when the disk is full

    done = behind_a_slow_one(database, [adding("G1"), ending, adding("G2")])

    assert all(isinstance(one.exception(), NotSaved) for one in done)
    assert codes(database) == set()
    assert database.save(adding("G3")) == "G3"
    assert codes(database) == {"G3"}


def test_who_comes_alone_is_refused_alone_and_leaves_nothing_behind(platform: Platform) -> None:
    def refusing(connection: Connection) -> None:
        adding("G-refused")(connection)
        raise Refused("no")

    with pytest.raises(Refused):
        platform.database.save(refusing)
    assert platform.database.save(adding("G1")) == "G1"

    assert codes(platform.database) == {"G1"}
