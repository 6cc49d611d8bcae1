"""The power goes: what was flushed stays, what was not may stay, go, or be torn (G2).

kill -9 cannot show that: the system still writes what a killed program gave it. So what SQLite
does to its files is recorded, and the disk is rebuilt as it may be at random moments.
"""

import dataclasses
import pickle
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DatabaseError

from certify.errors import CertifyError
from certify.platform import Platform
from certify.services import ledger, results
from tests.faults.checks import ROOT, check_file, connect_unflushed, count_lost
from tests.faults.conftest import Tally
from tests.faults.disk import Disk, Event, State, states
from tests.faults.recorded import LEARNERS
from tests.faults.sizes import size
from tests.faults.sqlite_files import hidden
from tests.platforms import actor, read_course

STATES = size(300, 5000)
CONTROLS = size(60, 1000)
ANSWERS = size(20, 100)
"""Of each of the four who sit at once."""

pytestmark = pytest.mark.skipif(bool(hidden()), reason=hidden())


class Recording:
    """Sittings in a process of their own, recorded down to the bytes."""

    def __init__(self, platform: Platform, folder: Path, synchronous: str = "") -> None:
        self.platform = platform
        for staff_no in LEARNERS:
            read_course(platform, actor(platform, staff_no))
        platform.close()
        self.database = Path(platform.database.engine.url.database or "")
        self.before = {str(self.database): self.database.read_bytes()}
        out = folder / "recording"
        program = [sys.executable, "-m", "tests.faults.recorded"]
        where = (platform.settings.home.root, self.database, out, ANSWERS)
        subprocess.run(
            [*program, *map(str, where), *filter(None, [synchronous])],
            cwd=ROOT,
            check=True,
            timeout=300,
        )
        self.events: list[Event] = pickle.loads(out.read_bytes())
        self.folder = folder / "after"
        self.folder.mkdir()

    def lost_in(self, state: State) -> int:
        """How many acknowledged facts a state of the disk does not hold; all, when it is broken."""
        for path in self.folder.iterdir():
            path.unlink()
        for name, data in state.files.items():
            (self.folder / Path(name).name).write_bytes(data)
        try:
            database = connect_unflushed(self.folder / self.database.name)
            try:
                found = dataclasses.replace(self.platform, database=database)
                return count_missing(found, state.acknowledged)
            finally:
                database.close()
        except (CertifyError, DatabaseError):
            return len(state.acknowledged)

    def lost_in_each(self, count: int, seed: int) -> list[tuple[int, int]]:
        """(lost, acknowledged) of states at random moments."""
        found = states(self.before, self.events, count=count, seed=seed)
        return [(self.lost_in(state), len(state.acknowledged)) for state in found]


def count_missing(platform: Platform, acknowledged: list[list[Any]]) -> int:
    """How many acknowledged facts are not in a database that was opened after the power loss."""
    check_file(platform)
    lost = 0
    for _, attempt_id, staff_no in (fact for fact in acknowledged if fact[0] == "begun"):
        own = [fact for fact in acknowledged if fact[1] == attempt_id]
        who = actor(platform, staff_no)
        assert ledger.verify_attempt(platform, actor=who, attempt_id=attempt_id) is None
        answers = [fact[2] for fact in own if fact[0] == "answer"]
        lost += count_lost(platform, attempt_id, answers)
        if ["submitted", attempt_id] in own:
            results.result(platform, actor=who, attempt_id=attempt_id)
    return lost


def test_no_power_loss_loses_an_acknowledged_answer(
    sqlite_platform: Platform, tmp_path: Path, tally: Tally
) -> None:
    recording = Recording(sqlite_platform, tmp_path)

    found = recording.lost_in_each(STATES, seed=11)

    assert sum(lost for lost, _ in found) == 0
    assert max(acknowledged for _, acknowledged in found) > 2 * ANSWERS
    total = sum(acknowledged for _, acknowledged in found)
    tally("power loss, synchronous=FULL (ours)", faults=STATES, acknowledged=total, lost=0)
    check_all_was_recorded(recording)


def check_all_was_recorded(recording: Recording) -> None:
    """Nothing reached the disk past the recorder, and checkpoints are among what it saw."""
    disk = Disk(recording.before)
    for event in recording.events:
        disk.take(event)
    assert disk.without_power(random.Random(1)) == {
        str(recording.database): recording.database.read_bytes()
    }
    into_database = [
        e for e in recording.events if e.what == "write" and e.path == str(recording.database)
    ]
    assert len(into_database) > 20


def test_the_same_power_loss_does_lose_answers_where_a_commit_is_not_flushed(
    sqlite_platform: Platform, tmp_path: Path, tally: Tally
) -> None:
    recording = Recording(sqlite_platform, tmp_path, "NORMAL")

    found = recording.lost_in_each(CONTROLS, seed=11)

    hit = sum(lost > 0 for lost, _ in found)
    assert hit > CONTROLS / 4, "the simulator is blind"
    total = sum(acknowledged for _, acknowledged in found)
    lost = sum(lost for lost, _ in found)
    kind = f"control: synchronous=NORMAL ({hit} of the states lose)"
    tally(kind, faults=CONTROLS, acknowledged=total, lost=lost)
