"""What must hold after every fault, and the program that answers while faults happen."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event

from certify.platform import Platform
from certify.storage.database import Database, connect
from tests.services.steps import check_books, stored_responses

ROOT = Path(__file__).parents[2]


def url_of(platform: Platform) -> str:
    """The address of a platform's database, for another process."""
    return platform.database.engine.url.render_as_string(hide_password=False)


def count_lost(platform: Platform, attempt_id: int, acked: list[list[Any]]) -> int:
    """How many acknowledged answers (sequence, position, answer) are not there as they were."""
    stored = {one.sequence: one for one in stored_responses(platform, attempt_id)}
    kept = [[one.sequence, one.position, one.answer] for one in stored.values()]
    return sum(fact not in kept[fact[0] - 1 : fact[0]] for fact in acked)


def check_nothing_lost(platform: Platform, attempt_id: int, acked: list[list[Any]]) -> None:
    """Every acknowledged answer is there once, the chains hold, and the file is sound."""
    assert count_lost(platform, attempt_id, acked) == 0
    sequences = [one.sequence for one in stored_responses(platform, attempt_id)]
    assert sequences == list(range(1, len(sequences) + 1))
    check_books(platform)
    if platform.database.is_sqlite:
        check_file(platform)


def check_file(platform: Platform) -> None:
    """SQLite finds nothing wrong with its file."""
    with platform.database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def connect_unflushed(file: Path) -> Database:
    """Open a SQLite file for a test that is not about its disk: nothing waits for a flush."""
    return prepared(connect(f"sqlite:///{file}"), "PRAGMA synchronous=OFF")


def prepared(database: Database, *statements: str) -> Database:
    """The same database; every connection to it begins with these statements."""

    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for statement in statements:
            connection.execute(statement)

    event.listen(database.engine, "connect", prepare)
    database.close()  # the next connection is opened anew
    return database


class Answering:
    """The program `tests.faults.answering`, which starts one terminal after another."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.pid = 0
        """Of the terminal that was started last."""
        self.status: int | None = None
        """How it ended; None while it runs."""

    def start(self) -> None:
        """Start a terminal."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self.status = None
        (said,) = self._lines(1)
        assert said[0] == "pid"
        self.pid = said[1]

    def said(self, most: int = sys.maxsize) -> list[list[Any]]:
        """What the terminal said until it ended, or the next so many lines."""
        return list(self._lines(most))

    def _lines(self, most: int) -> Iterator[list[Any]]:
        assert self._process.stdout is not None
        for _ in range(most):
            line = json.loads(self._process.stdout.readline())
            if line[0] == "ended":
                self.status = line[1]
                return
            yield line


@contextmanager
def answering(platform: Platform, *most_bytes: str) -> Iterator[Answering]:
    """Terminals in processes of their own, on the same database; see `tests.faults.answering`."""
    home = str(platform.settings.home.root)
    program = [sys.executable, "-m", "tests.faults.answering", home, url_of(platform), *most_bytes]
    pipe = subprocess.PIPE
    with subprocess.Popen(program, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield Answering(process)
        finally:
            process.stdin.close()  # type: ignore[union-attr]
