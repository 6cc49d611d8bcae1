"""A home one may not write: it is told with its place, and left as it was (G6)."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from certify.errors import HomeUnusable
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.settings import Settings
from tests.faults.checks import ROOT


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
        "from tests.faults.test_unwritable_home import try_to_write\n"
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
