"""The real program on a machine whose faults a test switches on and off while it runs.

Run as `python -m tests.faults.program ARGUMENTS OF CERTIFY` with the folder of the switches in
CERTIFY_FAULTS: `clock` holds the seconds by which the clock of the machine is wrong, and while a
file `full` is there SQLite finds no room for a write.
"""

import os
import time
from contextlib import AbstractContextManager
from datetime import datetime, timedelta, tzinfo
from glob import glob
from pathlib import Path

import certify.clock
from certify.cli.main import main
from tests.faults.checks import ROOT
from tests.faults.exams import OPTIONS
from tests.faults.sqlite_files import hidden, watch
from tests.terminal import Terminal, terminal


class Machine:
    """The switches, from the side of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)

    program = "tests.faults.program"

    @property
    def environment(self) -> dict[str, str]:
        """What the program must find in its environment."""
        folders = filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))
        return {"CERTIFY_FAULTS": str(self.folder), "PYTHONPATH": os.pathsep.join(folders)}

    def run(self, home: Path) -> AbstractContextManager[Terminal]:
        """The program of a company on this machine, for the person who sits exams."""
        return terminal(home, *OPTIONS, size=(80, 24), program=self.program, **self.environment)

    def set_clock(self, off_by: timedelta) -> None:
        """Let the clock jump; seen whole or not at all."""
        (self.folder / "next").write_text(str(off_by.total_seconds()))
        (self.folder / "next").rename(self.folder / "clock")

    def fill_disk(self) -> None:
        """From now on there is no room."""
        (self.folder / "full").touch()

    def free_disk(self) -> None:
        """There is room again."""
        (self.folder / "full").unlink()


class FakeTime(Machine):
    """The program as it is, with libfaketime between it and the clock."""

    program = "certify"

    @property
    def environment(self) -> dict[str, str]:
        (self.folder / "clock").touch()
        return {
            "LD_PRELOAD": faketime_library(),
            "FAKETIME_TIMESTAMP_FILE": str(self.folder / "clock"),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }

    def set_clock(self, off_by: timedelta) -> None:
        (self.folder / "next").write_text(f"{off_by.total_seconds():+.0f}")
        (self.folder / "next").rename(self.folder / "clock")


def faketime_library() -> str:
    """Where libfaketime is; empty when it is not installed."""
    places = ("/usr/lib/*/faketime", "/usr/lib*/faketime", "/usr/local/lib/faketime")
    return next((found for one in places for found in glob(f"{one}/libfaketimeMT.so.1")), "")


def wrong_clock(folder: Path) -> None:
    """Read the machine's time through the switch; what counts seconds on its own stays right."""
    right_time, right_now = time.time, datetime.now

    def off_by() -> float:
        try:
            return float((folder / "clock").read_text())
        except FileNotFoundError:
            return 0.0

    class Wrong(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return right_now(tz) + timedelta(seconds=off_by())

    time.time = lambda: right_time() + off_by()
    setattr(certify.clock, "datetime", Wrong)  # noqa: B010 - it exports no such name


class _Room:
    """A watcher that refuses writes while the disk is full."""

    def __init__(self, folder: Path) -> None:
        self._full = folder / "full"

    def may_write(self, path: str, offset: int, data: bytes) -> bool:
        return not self._full.exists()

    def opened(self, path: str, is_new: bool) -> None: ...
    def truncated(self, path: str, length: int) -> None: ...
    def synced(self, path: str) -> None: ...
    def deleted(self, path: str) -> None: ...


if __name__ == "__main__":
    switches = Path(os.environ["CERTIFY_FAULTS"])
    wrong_clock(switches)
    if not hidden():
        watch(_Room(switches))
    main()
