"""kill -9, a full disk and a home one may not write: what was acknowledged is there (G1, G6)."""

import ctypes
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from certify.domain.person import Actor
from certify.errors import HomeUnusable
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.settings import Settings
from tests.platforms import actor, read_course
from tests.services.steps import begin, check_books, stored_attempt, stored_responses, take_over

ROOT = Path(__file__).parents[2]
KILLS = {"sqlite": 14, "postgresql": 6}


def url_of(platform: Platform) -> str:
    return platform.database.engine.url.render_as_string(hide_password=False)


def answering(platform: Platform, *most_bytes: str) -> subprocess.Popen[bytes]:
    home = str(platform.settings.home.root)
    program = [sys.executable, "-m", "tests.faults.answering", home, url_of(platform), *most_bytes]
    return subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def receipts(output: bytes) -> list[list[Any]]:
    """What was acknowledged; a line the kill cut off was not."""
    whole, _, _cut = output.rpartition(b"\n")
    return [json.loads(line) for line in whole.split(b"\n") if line]


def check_nothing_lost(platform: Platform, attempt_id: int, acked: list[list[Any]]) -> None:
    stored = {one.sequence: one for one in stored_responses(platform, attempt_id)}
    for sequence, position, answer in acked:
        assert (stored[sequence].position, stored[sequence].answer) == (position, answer)
    assert sorted(stored) == list(range(1, len(stored) + 1))
    check_books(platform)
    if platform.database.is_sqlite:
        with platform.database.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


@pytest.fixture
def learner(platform: Platform) -> Actor:
    """Somebody ready for the exam."""
    who = actor(platform, "E1001")
    read_course(platform, who)
    return who


def test_no_kill_loses_an_acknowledged_answer(platform: Platform, learner: Actor) -> None:
    attempt_id = begin(platform, learner).sitting.attempt_id
    form = stored_attempt(platform, attempt_id).form
    acked: list[list[Any]] = []
    chance = random.Random(9)
    kind = platform.database.engine.dialect.name
    for _ in range(KILLS[kind]):
        with answering(platform) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(chance.uniform(0, 0.15))
            process.send_signal(signal.SIGKILL)
            output, errors = process.communicate(timeout=30)
        assert process.returncode == -signal.SIGKILL, errors.decode()
        acked += receipts(first + output)
        check_nothing_lost(platform, attempt_id, acked)

    assert len(acked) > 2 * KILLS[kind]
    resumed = take_over(platform, learner)
    assert resumed.sitting.attempt_id == attempt_id
    assert stored_attempt(platform, attempt_id).form == form
    assert resumed.sitting.items[acked[-1][1]].answer is not None
    resumed.answer_all()
    assert stored_attempt(platform, resumed.submit()).passed


def test_a_full_disk_is_told_keeps_every_acknowledged_answer_and_goes_on_afterwards(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner)
    attempt_id = begin(sqlite_platform, learner).sitting.attempt_id
    sqlite_platform.close()
    largest = max(path.stat().st_size for path in tmp_path.glob("certify.db*"))

    with answering(sqlite_platform, str(largest + 40_000)) as process:
        output, errors = process.communicate(timeout=60)

    assert process.returncode == 0, errors.decode()
    lines = [json.loads(line) for line in output.splitlines()]
    place = lines.index("not saved")
    before, after = lines[:place], lines[place + 1 :]
    assert before, "some answers were saved before the disk was full"
    assert len(after) == 1, "the answer that was refused is taken when there is room again"
    assert after[0][0] == before[-1][0] + 1
    check_nothing_lost(sqlite_platform, attempt_id, before + after)


def test_a_home_one_may_not_write_is_told_with_its_place_and_left_as_it_was(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    sqlite_platform.close()
    place = tmp_path / "certify.db"
    before = place.read_bytes()
    place.chmod(0o444)
    tmp_path.chmod(0o555)
    program = (
        "import sys; from pathlib import Path\n"
        "from tests.faults.test_storage_faults import try_to_write\n"
        "try_to_write(Path(sys.argv[1]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(place)],
        cwd=ROOT,
        preexec_fn=_obey_file_rights if os.geteuid() == 0 else None,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    tmp_path.chmod(0o755)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("refused"), done.stdout
    assert str(place.parent) in done.stdout
    assert place.read_bytes() == before


def _obey_file_rights() -> None:
    """Let root's child be refused like anybody: without CAP_DAC_OVERRIDE after its exec."""
    drop_from_bounding_set, dac_override = 24, 1
    ctypes.CDLL(None).prctl(drop_from_bounding_set, dac_override, 0, 0, 0)


def try_to_write(place: Path) -> None:
    """Run as somebody who may read only: open the home and change something."""
    from certify.domain.person import CONSOLE
    from certify.errors import CertifyError
    from certify.services import course_sync

    try:
        platform = open_platform(Settings(home=Home(place.parent), db=f"sqlite:///{place}"))
        course_sync.sync_courses(platform, actor=CONSOLE)
    except CertifyError as problem:
        print("refused", type(problem).__name__, problem)
    else:
        print("not refused")


def test_a_home_in_a_place_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(HomeUnusable) as refused:
        open_platform(Settings(home=Home(tmp_path / "file" / "home")))

    assert refused.value.place == str(tmp_path / "file")  # what is in the way
