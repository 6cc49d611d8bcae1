"""Changes of the rules are dated, in the ledger, once, whole or not at all (R-PLT-05)."""

import dataclasses
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from certify import policy as policies
from certify.clock import SetClock
from certify.domain.ledger import LedgerEntry
from certify.domain.person import CONSOLE
from certify.domain.policy_change import Change, digest, plain
from certify.domain.policy_version import PolicyVersion
from certify.errors import BadInput, NotPermitted, NotSaved, Refused
from certify.platform import Platform
from certify.services import ledger
from certify.services.policy import changing, reading
from tests.platforms import actor

NEW = "# 新规定：为什么\n[exam]\npass_mark = 90.5  # 更严\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "new.toml"
    path.write_text(NEW, encoding="utf-8")
    return path


def reopened(platform: Platform) -> Platform:
    """The same home, as the next start finds it."""
    found = policies.load(platform.settings.home.policy)
    again = dataclasses.replace(platform, policy=found)
    changing.notice(again)
    return again


def versions(platform: Platform) -> list[PolicyVersion]:
    with platform.database.read() as session:
        return list(session.exec(select(PolicyVersion).order_by(PolicyVersion.id)).all())  # type: ignore[arg-type]


def entries(platform: Platform) -> list[LedgerEntry]:
    with platform.database.read() as session:
        return [
            one for one in session.exec(select(LedgerEntry)).all() if one.action == "policy-changed"
        ]


def apply(platform: Platform, file: Path, reason: str = "更严格") -> list[Change]:
    return changing.apply(platform, actor=actor(platform, "H0001"), path=file, reason=reason)


def test_the_first_opening_records_the_rules_it_finds_and_the_next_one_nothing(
    platform: Platform,
) -> None:
    changing.notice(platform)
    changing.notice(platform)

    (one,) = versions(platform)
    assert one.digest == digest(plain(platform.policy)) == digest(one.values)
    assert (one.changed_by, len(entries(platform))) == (0, 1)


def test_apply_replaces_the_file_whole_and_records_who_why_and_what(
    platform: Platform, clock: SetClock, file: Path
) -> None:
    changing.notice(platform)

    found = apply(platform, file)

    assert Change("exam.pass_mark", "85", "90.5") in found
    assert platform.settings.home.policy.read_text(encoding="utf-8") == NEW
    newest = versions(platform)[-1]
    who = actor(platform, "H0001").person_id
    assert (newest.changed_by, newest.reason, newest.at) == (who, "更严格", clock.now())
    told = entries(platform)[-1]
    assert told.actor_id == who
    assert {"name": "exam.pass_mark", "old": "85", "new": "90.5"} in told.facts["changes"]
    assert reopened(platform).policy.exam.pass_mark == Decimal("90.5")
    assert len(versions(platform)) == 2
    assert ledger.verify(platform, actor=CONSOLE).first_false is None


def test_a_file_changed_by_hand_is_noticed_with_its_diff(platform: Platform) -> None:
    changing.notice(platform)
    home = platform.settings.home.policy
    home.write_text(home.read_text(encoding="utf-8") + "\n[retake]\nmax_attempts = 5\n", "utf-8")

    reopened(platform)
    reopened(platform)

    newest = changing.history(platform, actor=actor(platform, "H0001"))[0]
    assert newest.changes == (Change("retake.max_attempts", "3", "5"),)
    assert (newest.staff_no, newest.number) == ("", 2)
    assert len(versions(platform)) == 2


def test_other_words_for_the_same_rules_are_no_change(platform: Platform) -> None:
    changing.notice(platform)
    home = platform.settings.home.policy
    text = home.read_text(encoding="utf-8")
    home.write_text(f"# 说明\n[exam]\npass_mark = 85.00\n{text}", encoding="utf-8")

    reopened(platform)

    assert len(versions(platform)) == 1


def test_many_that_open_at_once_record_it_once(platform: Platform) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _n: changing.notice(platform), range(16)))

    assert len(versions(platform)) == len(entries(platform)) == 1


def test_a_database_that_takes_nothing_now_does_not_keep_anybody_out(
    sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_platform.database.write() as holding:
        holding.connection()
        monkeypatch.setattr("certify.storage.database.BUSY_SECONDS", 0.05)
        changing.notice(sqlite_platform)

    assert versions(sqlite_platform) == []
    changing.notice(sqlite_platform)
    assert len(versions(sqlite_platform)) == 1


def test_the_same_file_again_changes_nothing(platform: Platform, file: Path) -> None:
    apply(platform, file)

    assert apply(reopened(platform), file) == []
    assert len(versions(platform)) == 1


@pytest.mark.parametrize("who", ["E1001", "S0001"])
def test_nobody_but_hr_or_an_administrator_changes_rules(
    sqlite_platform: Platform, file: Path, who: str
) -> None:
    with pytest.raises(NotPermitted):
        changing.apply(sqlite_platform, actor=actor(sqlite_platform, who), path=file, reason="想改")
    with pytest.raises(NotPermitted):
        changing.history(sqlite_platform, actor=actor(sqlite_platform, who))


def test_the_command_line_itself_and_no_reason_change_nothing(
    sqlite_platform: Platform, file: Path
) -> None:
    before = sqlite_platform.settings.home.policy.read_bytes()

    with pytest.raises(Refused):
        changing.apply(sqlite_platform, actor=CONSOLE, path=file, reason="想改")
    with pytest.raises(BadInput):
        apply(sqlite_platform, file, reason="  ")

    assert sqlite_platform.settings.home.policy.read_bytes() == before


def test_a_file_with_one_wrong_value_changes_nothing(sqlite_platform: Platform, file: Path) -> None:
    file.write_text("[exam]\npass_mark = 90\nparts_days = 0\n", encoding="utf-8")

    with pytest.raises(BadInput, match=r"exam\.parts_days"):
        apply(sqlite_platform, file)

    assert versions(sqlite_platform) == []


def test_a_record_that_the_database_does_not_take_leaves_the_file_as_it_was(
    sqlite_platform: Platform, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = sqlite_platform.settings.home.policy
    before = home.read_bytes()
    monkeypatch.setattr(
        "sqlmodel.Session.commit", lambda _session: (_ for _ in ()).throw(NotSaved("full"))
    )

    with pytest.raises(NotSaved):
        apply(sqlite_platform, file)

    monkeypatch.undo()
    assert home.read_bytes() == before
    assert versions(sqlite_platform) == []


KILLED = """
import os, sys
from pathlib import Path
from certify.platform import open_platform
from certify.settings import Settings
from certify.paths import Home
from certify.services import sign_in
from certify.services.policy import changing

home, db, file, after = sys.argv[1:]
replace = os.replace
def killed(*paths):
    if after == "after":
        replace(*paths)
    os._exit(9)
platform = open_platform(Settings(home=Home(Path(home)), db=db, lang="zh"))
changing.notice(platform)
os.replace = killed
actor = sign_in.act_as(platform, staff_no="H0001")
changing.apply(platform, actor=actor, path=Path(file), reason="more")
"""


@pytest.mark.parametrize("moment", ["before", "after"])
def test_whoever_is_killed_at_the_replacement_leaves_rules_that_the_record_agrees_with(
    platform: Platform, file: Path, moment: str
) -> None:
    """Before: nothing changed. After: the next start records what it finds."""
    home, url = platform.settings.home, platform.settings.database_url
    before = home.policy.read_bytes()

    run = subprocess.run(
        [sys.executable, "-c", KILLED, home.root, url, file, moment],
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert run.returncode == 9, run.stderr
    assert home.policy.read_bytes() == (before if moment == "before" else NEW.encode())
    again = reopened(platform)
    found = versions(platform)
    assert found[-1].digest == digest(plain(again.policy))
    assert len(found) == (1 if moment == "before" else 2)
    assert found[-1].changed_by == 0


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"[exam]\npass_mark = \xe2\x80\x9c9\xe2\x80\x9d\n", 2), (b"x = " + b"[" * 100_000, 1)],
)
def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path, data: bytes, line: int) -> None:
    path = tmp_path / "policy.toml"
    path.write_bytes(data)

    (one,) = reading.read(path).findings

    assert one.line == line
    assert one.message


@pytest.mark.parametrize("data", [b"\xff\xfe", b"# " + b"x" * 1_000_001])
def test_what_is_no_policy_at_all_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "policy.toml"
    path.write_bytes(data)

    with pytest.raises(BadInput) as refused:
        reading.read(path)

    assert refused.value.place == str(path)


def test_a_wrong_value_is_told_with_the_line_it_stands_in(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_bytes(b"# one\r\n[exam]\r\nparts_days = 0\r\npassmark = 1\r\n")

    found = reading.read(path).findings

    assert [(one.line, one.name) for one in found] == [(3, "exam.parts_days"), (4, "exam.passmark")]


def test_a_folder_or_nothing_is_no_policy(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.toml"):
        with pytest.raises(BadInput):
            reading.read(path)
