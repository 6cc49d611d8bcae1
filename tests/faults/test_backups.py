"""Backups of a busy database, and what is left when one is killed or meets a full disk (G21)."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from certify.clock import SetClock
from certify.domain.person import Actor
from certify.platform import Platform
from certify.storage import backup_archive, backup_postgres, health
from tests.faults.checks import ROOT, answering, check_nothing_lost, count_lost, url_of
from tests.faults.conftest import Tally
from tests.faults.sizes import size
from tests.platforms import actor, read_course
from tests.services.backup_steps import back_up, head, restore
from tests.services.steps import begin, check_books, stored_responses

BACKUPS = size(3, 20)
KILLS = size(5, 200)


class Backing:
    """The program `tests.faults.backing_up`, which starts one backup or restore after another."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, what: str) -> int:
        """Start one; its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        said, pid = self._line()
        assert said == "pid"
        return int(pid)

    def end(self) -> tuple[str | None, int]:
        """What it told, None when it was killed before; and how it ended."""
        said, told = self._line()
        if said == "ended":
            return None, int(told)
        assert said == "said"
        return str(told), int(self._line()[1])

    def _line(self) -> list[Any]:
        assert self._process.stdout is not None
        line: list[Any] = json.loads(self._process.stdout.readline())
        return line


@contextmanager
def backing(platform: Platform, file: Path, *most_bytes: str) -> Iterator[Backing]:
    """Backups and restores in processes of their own."""
    home = str(platform.settings.home.root)
    program = [sys.executable, "-m", "tests.faults.backing_up", home, url_of(platform), str(file)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*program, *most_bytes], cwd=ROOT, stdin=pipe, stdout=pipe, text=True
    ) as process:
        try:
            yield Backing(process)
        finally:
            process.stdin.close()  # type: ignore[union-attr]


def test_a_backup_during_an_exam_holds_every_answer_that_was_acknowledged_before(
    platform: Platform, learner: Actor, clock: SetClock, tmp_path: Path, tally: Tally
) -> None:
    attempt_id = begin(platform, learner).sitting.attempt_id
    acked: list[list[Any]] = []
    before: list[int] = []
    with answering(platform) as terminals:
        terminals.start()
        for number in range(BACKUPS):
            acked += terminals.said(25)
            before.append(len(acked))
            back_up(platform, tmp_path / f"{number}.backup")
        os.kill(terminals.pid, signal.SIGKILL)
        acked += terminals.said()

    for number, known in enumerate(before):
        file = tmp_path / f"{number}.backup"
        done = restore(platform, file)
        assert count_lost(platform, attempt_id, acked[:known]) == 0
        stored = stored_responses(platform, attempt_id)
        assert len(stored) >= known
        assert head(platform)[0] == done.manifest.sequence + 1
        assert health.problems(platform.database, deep=True) == []
        check_books(platform)
        clock.set(clock.now().replace(second=number + 1))
    tally(
        f"backup while saving, {platform.database.engine.dialect.name}",
        faults=BACKUPS,
        acknowledged=before[-1],
        lost=0,
    )


def test_a_killed_backup_leaves_the_one_before_and_the_exam(
    platform: Platform, learner: Actor, tmp_path: Path
) -> None:
    attempt_id = begin(platform, learner).sitting.attempt_id
    file = tmp_path / "kept" / "one.backup"
    file.parent.mkdir()
    chance = random.Random(21)
    acked: list[list[Any]] = []
    whole = 0
    with backing(platform, file) as backups, answering(platform) as terminals:
        backups.start("backup")
        assert backups.end() == ("", 0)
        for _kill in range(KILLS):
            terminals.start()
            pid = backups.start("backup")
            time.sleep(chance.uniform(0, 0.3))
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            told, _status = backups.end()
            whole += told == ""
            acked += terminals.said(3)
            os.kill(terminals.pid, signal.SIGKILL)
            acked += terminals.said()
            with backup_archive.opened(file) as archive:
                for name in archive.manifest.files:
                    assert sum(map(len, archive.chunks(name))) == archive.manifest.files[name].size
    assert whole < KILLS
    check_nothing_lost(platform, attempt_id, acked)


def test_a_killed_restore_leaves_the_old_or_the_new_database_whole(
    platform: Platform, learner: Actor, tmp_path: Path
) -> None:
    attempt_id = begin(platform, learner).sitting.attempt_id
    file = tmp_path / "one.backup"
    back_up(platform, file)
    with backup_archive.opened(file) as archive:
        restored = archive.manifest.sequence + 1
    chance = random.Random(22)
    killed = 0
    with backing(platform, file) as restores:
        platform.database.close()
        begun = time.monotonic()
        restores.start("restore")
        assert restores.end() == ("", 0)
        takes = time.monotonic() - begun
        read_course(platform, actor(platform, "E1002"))
        old = head(platform)
        for _kill in range(KILLS):
            platform.database.close()
            pid = restores.start("restore")
            time.sleep(chance.uniform(0, 1.1 * takes))
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            told, _status = restores.end()
            killed += told is None
            _wait_for_server(platform)
            now = head(platform)
            assert now == old or now[0] == restored
            assert health.problems(platform.database, deep=True) == []
            assert stored_responses(platform, attempt_id) == []
            old = now
        platform.database.close()
        restores.start("restore")
        assert restores.end() == ("", 0)
    assert killed
    assert head(platform)[0] == restored
    check_books(platform)


def _wait_for_server(platform: Platform) -> None:
    """Until the server noticed that its client is gone and undid what it did."""
    if platform.database.is_sqlite:
        return
    for _try in range(200):
        with platform.database.engine.connect() as connection:
            if not backup_postgres.others(connection):
                return
        time.sleep(0.02)
    raise AssertionError("the killed one is still connected")


@pytest.mark.parametrize("most", [0, 4096, 100_000])
def test_a_full_disk_stops_a_backup_and_leaves_what_was_there(
    platform: Platform, tmp_path: Path, most: int
) -> None:
    file = tmp_path / "kept" / "one.backup"
    file.parent.mkdir()
    made = back_up(platform, file)
    content = file.read_bytes()
    before = head(platform)
    if platform.database.is_sqlite and most < made.size:
        platform.database.close()
    limit = str(min(most, made.size // 2))
    with backing(platform, file, limit) as backups:
        backups.start("backup")
        told, status = backups.end()
    assert (status, bool(told)) == (0, True)
    assert file.read_bytes() == content
    assert os.listdir(file.parent) == ["one.backup"]
    assert head(platform) == before


def test_a_full_disk_stops_a_restore_and_leaves_the_database(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    made = back_up(sqlite_platform, tmp_path / "one.backup")
    before = head(sqlite_platform)
    sqlite_platform.database.close()
    for limit in ("0", "100000", str(made.manifest.files["certify.db"].size - 1)):
        with backing(sqlite_platform, made.path, limit) as restores:
            restores.start("restore")
            told, status = restores.end()
        assert (status, bool(told)) == (0, True)
        assert head(sqlite_platform) == before
        sqlite_platform.database.close()
    assert not list(tmp_path.glob(".certify*"))


def test_nothing_is_restored_over_an_exam_in_progress(
    platform: Platform, learner: Actor, tmp_path: Path
) -> None:
    attempt_id = begin(platform, learner).sitting.attempt_id
    made = back_up(platform, tmp_path / "one.backup")
    acked: list[list[Any]] = []
    with backing(platform, made.path) as restores, answering(platform) as terminals:
        terminals.start()
        acked += terminals.said(5)
        platform.database.close()
        restores.start("restore")
        told, _status = restores.end()
        assert told
        acked += terminals.said(5)
        os.kill(terminals.pid, signal.SIGKILL)
        acked += terminals.said()
    check_nothing_lost(platform, attempt_id, acked)
