"""One begun attempt, copied for each generated schedule: quick, and every one starts alike."""

import dataclasses
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from certify.clock import SetClock
from certify.platform import Platform
from tests.faults.checks import connect_unflushed
from tests.platforms import NOON, actor, read_course
from tests.services.steps import Terminal, begin


@dataclass(frozen=True)
class Begun:
    """An attempt that was begun at `NOON`, at rest in a SQLite file."""

    terminal: Terminal
    file: Path

    @contextmanager
    def copy(self) -> Iterator[Terminal]:
        """The same attempt in a database and with a clock of its own."""
        file = self.file.with_name("copy.db")
        shutil.copyfile(self.file, file)
        database = connect_unflushed(file)
        try:
            platform = dataclasses.replace(
                self.terminal.platform, database=database, clock=SetClock(NOON)
            )
            yield dataclasses.replace(self.terminal, platform=platform)
        finally:
            database.close()
            file.unlink()


@pytest.fixture
def begun_attempt(sqlite_platform: Platform) -> Begun:
    """An attempt to be copied."""
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)
    terminal = begin(sqlite_platform, who)
    sqlite_platform.close()
    return Begun(terminal, Path(sqlite_platform.database.engine.url.database or ""))
