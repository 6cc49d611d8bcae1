"""`certify person key` and `certify person unlock`."""

import json
import subprocess
from pathlib import Path

import asyncssh

from tests.cli.conftest import Run

NEW, HR = "003001", "000002"


def test_keys_are_added_listed_and_revoked(quick: Run, company: Path, tmp_path: Path) -> None:
    def say(who: str, *args: object) -> subprocess.CompletedProcess[str]:
        return quick("--home", company, "--lang", "en", "--as", who, "person", *map(str, args))

    key = asyncssh.generate_private_key("ssh-ed25519", comment="her laptop")
    file = tmp_path / "key.pub"
    key.write_public_key(str(file))
    added = say(NEW, "key", "add", NEW, file)
    assert added.returncode == 0, added.stderr
    assert key.get_fingerprint() in added.stdout
    assert say(NEW, "key", "add", NEW, file.read_text(encoding="utf-8")).returncode == 1

    (found,) = json.loads(say(HR, "key", "list", NEW, "--json").stdout)
    assert (found["label"], found["kind"]) == ("her laptop", "ssh-ed25519")
    assert "her laptop" in say(NEW, "key", "list", NEW).stdout
    assert say("001001", "key", "list", NEW).returncode == 1

    assert say(HR, "key", "revoke", NEW, key.get_fingerprint()).returncode == 0
    (found,) = json.loads(say(HR, "key", "list", NEW, "--json").stdout)
    assert found["revoked_at"]


def test_a_private_key_or_no_file_is_refused(quick: Run, company: Path, tmp_path: Path) -> None:
    file = tmp_path / "key"
    asyncssh.generate_private_key("ssh-ed25519").write_private_key(str(file))
    for given in (file, tmp_path / "none.pub", tmp_path):
        said = quick(
            "--home", company, "--lang", "en", "--as", NEW, "person", "key", "add", NEW, given
        )
        assert said.returncode == 2, said.stdout
    assert (
        "private"
        in quick(
            "--home", company, "--lang", "en", "--as", NEW, "person", "key", "add", NEW, file
        ).stderr
    )


def test_hr_opens_a_door_and_others_may_not(quick: Run, company: Path) -> None:
    start = ("--home", company, "--lang", "en", "--as")
    done = quick(*start, HR, "person", "unlock", NEW)
    assert "The door is open: 0 failed sign-ins are forgotten." in done.stdout
    assert quick(*start, NEW, "person", "unlock", NEW).returncode == 1


def test_everybody_sees_their_own_ways_in(quick: Run, company: Path, tmp_path: Path) -> None:
    def say(who: str, *args: object) -> subprocess.CompletedProcess[str]:
        return quick("--home", company, "--lang", "en", "--as", who, "person", *map(str, args))

    empty = say(NEW, "ways-in")
    assert empty.returncode == 0, empty.stderr
    assert "No keys." in empty.stdout
    file = tmp_path / "key.pub"
    key = asyncssh.generate_private_key("ssh-ed25519", comment="her laptop")
    key.write_public_key(str(file))
    say(NEW, "key", "add", NEW, file)

    assert key.get_fingerprint() in say(NEW, "ways-in").stdout
    found = json.loads(say(NEW, "ways-in", "--json").stdout)
    assert [one["key"]["label"] for one in found["keys"]] == ["her laptop"]
    assert json.loads(say(HR, "ways-in", "--json").stdout)["keys"] == []
    assert quick("--home", company, "--lang", "en", "person", "ways-in").returncode == 1
