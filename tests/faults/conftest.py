"""Fixtures for fault tests: a ready-made company, somebody ready for an exam, and the tally."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import pytest

from benchmarks.exam_hall_home import make_home
from certify.domain.person import Actor
from certify.platform import Platform
from tests.faults.schedules import begun_attempt as begun_attempt
from tests.platforms import actor, read_course


class Tally(Protocol):
    """Notes what a test found; `benchmarks/faults.py` makes a table of it."""

    def __call__(self, kind: str, *, faults: int, acknowledged: int, lost: int) -> None: ...


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    """Where a test notes how many faults there were, and what became of what was acknowledged."""

    def note(kind: str, *, faults: int, acknowledged: int, lost: int) -> None:
        record_property("tally", json.dumps([kind, faults, acknowledged, lost]))

    return note


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ready-made company, to be copied."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # the workers share it: seeding takes seconds
        folder = folder.parent
    with (folder / "seeded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "seeded").exists():
            home = folder / "seeding"
            demo = [sys.executable, "-m", "certify", "demo", "--home", str(home), "--seed-only"]
            subprocess.run(demo, check=True, capture_output=True)
            home.rename(folder / "seeded")
    return folder / "seeded"


@pytest.fixture
def company(seeded: Path, tmp_path: Path) -> Path:
    """A ready-made company of one's own."""
    return Path(shutil.copytree(seeded, tmp_path / "company"))


@pytest.fixture(scope="session")
def founded_hall(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which ten people may sit an exam of 50 items with a password, to be copied."""
    home = tmp_path_factory.mktemp("founded-hall")
    make_home(home, 10, light=True)
    return home


@pytest.fixture
def hall(founded_hall: Path, tmp_path: Path) -> Path:
    """Such a home of one's own."""
    return Path(shutil.copytree(founded_hall, tmp_path / "hall"))


@pytest.fixture
def learner(platform: Platform) -> Actor:
    """Somebody ready for the exam."""
    who = actor(platform, "E1001")
    read_course(platform, who)
    return who
