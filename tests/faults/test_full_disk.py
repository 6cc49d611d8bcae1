"""No room on the disk: nobody is told "saved" falsely, and it goes on when there is room (G6)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from certify.platform import Platform
from tests.faults.checks import ROOT, answering, check_nothing_lost, url_of
from tests.faults.conftest import Tally
from tests.faults.sizes import size
from tests.faults.sqlite_files import hidden
from tests.platforms import actor, read_course
from tests.services.steps import begin

FULL = size(30, 1000)
watched = pytest.mark.skipif(bool(hidden()), reason=hidden())


def test_a_file_that_may_not_grow_is_told_keeps_what_was_acknowledged_and_goes_on_afterwards(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    attempt_id = begin(sqlite_platform, learner).sitting.attempt_id
    sqlite_platform.close()
    largest = max(path.stat().st_size for path in tmp_path.glob("certify.db*"))

    with answering(sqlite_platform, str(largest + 40_000)) as terminals:
        terminals.start()
        lines = terminals.said()

    assert terminals.status == 0
    place = lines.index(["not saved"])
    before, after = lines[:place], lines[place + 1 :]
    assert before, "some answers were saved before the disk was full"
    assert len(after) == 1, "the answer that was refused is taken when there is room again"
    assert after[0][0] == before[-1][0] + 1
    check_nothing_lost(sqlite_platform, attempt_id, before + after)


@watched
def test_a_disk_that_is_full_at_any_write_loses_nothing_and_never_says_saved_falsely(
    sqlite_platform: Platform, tally: Tally
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    attempt_id = begin(sqlite_platform, learner).sitting.attempt_id
    sqlite_platform.close()

    program = [sys.executable, "-m", "tests.faults.filling"]
    where = (str(sqlite_platform.settings.home.root), url_of(sqlite_platform), str(FULL))
    done = subprocess.run(
        [*program, *where], cwd=ROOT, capture_output=True, text=True, timeout=1800, check=False
    )

    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    acked = [line for line in lines if line[0] != "not saved"]
    refused = len(lines) - len(acked)
    assert refused >= FULL
    check_nothing_lost(sqlite_platform, attempt_id, acked)
    tally("full disk", faults=FULL, acknowledged=len(acked), lost=0)
