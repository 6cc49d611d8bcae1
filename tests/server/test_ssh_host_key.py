"""The key of the host: made once, kept from others, the same for all who start together."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from certify.server.host_key import NAME, host_key


def test_the_key_is_made_once_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "ssh"
    first = host_key(folder).get_fingerprint()
    assert host_key(folder).get_fingerprint() == first
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / NAME).stat().st_mode & 0o777 == 0o600
    assert [file.name for file in folder.iterdir()] == [NAME]


def test_rights_that_are_too_wide_are_taken_back(tmp_path: Path) -> None:
    folder = tmp_path / "ssh"
    host_key(folder)
    folder.chmod(0o755)
    (folder / NAME).chmod(0o644)
    host_key(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / NAME).stat().st_mode & 0o777 == 0o600


def test_all_who_start_together_have_the_same_key(tmp_path: Path) -> None:
    folder = tmp_path / "ssh"
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(lambda _number: host_key(folder).get_fingerprint(), range(16))
        assert len(set(found)) == 1
    assert [file.name for file in folder.iterdir()] == [NAME]


@pytest.mark.parametrize("count", [3])
def test_processes_that_start_together_have_the_same_key(tmp_path: Path, count: int) -> None:
    program = (
        "import sys; from pathlib import Path; from certify.server.host_key import host_key;"
        "print(host_key(Path(sys.argv[1])).get_fingerprint())"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, tmp_path / "ssh"], stdout=subprocess.PIPE)
        for _number in range(count)
    ]
    assert len({one.communicate(timeout=60)[0] for one in started}) == 1
