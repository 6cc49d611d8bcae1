"""The throw-away company outlives a killed program and a closed terminal, and nothing else."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from certify.cli import throw_away
from tests.cli.conftest import environment
from tests.terminal import Terminal, terminal


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for throw-away homes, here and in every program that is started."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


@pytest.fixture
def abandoned(temporary: Path, made_company: Path) -> Path:
    """A throw-away home with a company, whose program died."""
    return leave(made_company)


def leave(company: Path) -> Path:
    home = throw_away.make()
    shutil.copytree(company, home.root, dirs_exist_ok=True)
    home.root.chmod(0o700)
    home.mark_ready()
    home.release()
    return home.root


def demo() -> AbstractContextManager[Terminal]:
    return terminal(None, "--lang", "en", "demo")


def homes(temporary: Path) -> list[Path]:
    return sorted(temporary.glob("certify-demo-*"))


def open_exam(screen: Terminal) -> str:
    """From the list of people through the home page and the lobby into the exam."""
    screen.wait_for("001001", 60)
    time.sleep(0.5)
    screen.press("enter")
    screen.wait_for("Now")
    time.sleep(0.5)
    screen.press("enter")
    screen.wait_for("Enter")
    time.sleep(0.5)
    screen.press("enter")
    screen.wait_for("Item 1 / 40")
    return screen.wait_for("answered")  # the last line that is painted


def stem(shown: str) -> str:
    return shown.split("\n")[2].strip()


def test_after_kill_9_and_after_hang_up_the_next_start_goes_on_with_the_same_exam(
    temporary: Path,
) -> None:
    with demo() as first:
        shown = open_exam(first)
        begun = stem(shown)
        first.press("1")
        first.wait_for("✓ Saved")
        first.read(0.5)
        first.kill()
    [home] = homes(temporary)

    with demo() as second:
        shown = open_exam(second)
        assert stem(shown) == begun
        assert "answered 1" in shown
        assert homes(temporary) == [home]
        second.hang_up()
        assert not second.child.isalive()

    with demo() as last:
        shown = open_exam(last)
        assert stem(shown) == begun
        assert "answered 1" in shown
    assert homes(temporary) == [home]


def test_going_on_is_said_in_one_line(abandoned: Path) -> None:
    with demo() as screen:
        screen.wait_for(f"Going on in the company you were in, in {str(abandoned)[:20]}")


def test_leaving_leaves_nothing_behind(abandoned: Path, temporary: Path) -> None:
    with demo() as screen:
        screen.wait_for("001001")
        time.sleep(0.5)
        screen.press("\x11")  # Ctrl+Q
        screen.wait_for_end()
        assert screen.child.exitstatus == 0

    assert list(temporary.iterdir()) == []


def test_a_program_that_is_told_to_end_leaves_nothing_behind(
    abandoned: Path, temporary: Path
) -> None:
    with demo() as screen:
        screen.wait_for("001001")
        screen.child.kill(signal.SIGTERM)
        assert "\x1b[?1049l" in screen.wait_for_end(), "the terminal was not given back"
        assert screen.child.exitstatus == 128 + signal.SIGTERM

    assert list(temporary.iterdir()) == []


def test_a_running_demo_is_not_taken_over(abandoned: Path, temporary: Path) -> None:
    with demo() as first:
        first.wait_for("001001")
        with demo() as second:
            second.wait_for("001001", 60)
            assert len(homes(temporary)) == 2
            time.sleep(0.5)
            second.press("\x11")
            second.wait_for_end()
        assert homes(temporary) == [abandoned]
        assert (abandoned / "certify.db").is_file()
        assert first.child.isalive()


def test_of_several_the_newest_is_taken_and_the_others_and_halves_are_removed(
    temporary: Path, made_company: Path
) -> None:
    older, newest = leave(made_company), leave(made_company)
    half = throw_away.make()
    half.release()
    os.utime(older / throw_away.OWNER, (1, 1))
    damaged = leave(made_company)
    (damaged / "certify.db").write_bytes(b"no database" * 1000)

    with demo() as screen:
        screen.wait_for("001001")
        assert homes(temporary) == [newest]


def test_a_damaged_company_is_replaced_by_a_new_one(abandoned: Path, temporary: Path) -> None:
    with (abandoned / "certify.db").open("r+b") as file:
        file.truncate(5000)

    with demo() as screen:
        screen.wait_for("001001", 60)
        assert abandoned not in homes(temporary)


@pytest.fixture
def piped(temporary: Path) -> Iterator[subprocess.Popen[str]]:
    """The story, being told in a pipe."""
    with subprocess.Popen(
        [sys.executable, "-m", "certify", "--lang", "en", "demo"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(TMPDIR=str(temporary)),
    ) as child:
        yield child
        child.kill()


def test_a_pipe_always_makes_a_company_of_its_own(
    abandoned: Path, temporary: Path, piped: subprocess.Popen[str]
) -> None:
    shown, _told = piped.communicate(timeout=60)

    assert "87.50" in shown
    assert homes(temporary) == [abandoned]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_story_that_is_ended_leaves_nothing_behind(
    temporary: Path, piped: subprocess.Popen[str], number: signal.Signals
) -> None:
    assert piped.stderr is not None
    piped.stderr.readline()
    piped.send_signal(number)
    piped.communicate(timeout=30)

    assert piped.returncode == 128 + number
    assert list(temporary.iterdir()) == []


def test_the_home_of_a_killed_story_is_removed_by_the_next_start_only(
    temporary: Path, piped: subprocess.Popen[str]
) -> None:
    assert piped.stderr is not None
    piped.stderr.readline()
    piped.kill()
    piped.communicate(timeout=30)

    [home] = throw_away.abandoned()
    assert not home.is_ready
    home.remove()

    assert list(temporary.iterdir()) == []


# ── What is taken for an abandoned home ──────────────────────────────────────────────────────


def test_a_link_is_not_followed(temporary: Path, tmp_path: Path) -> None:
    home = throw_away.make()
    home.release()
    elsewhere = home.root.rename(tmp_path / "elsewhere")
    home.root.symlink_to(elsewhere)

    assert throw_away.abandoned() == []
    assert (elsewhere / throw_away.OWNER).is_file()


def test_a_link_in_place_of_the_owners_file_is_not_followed(
    temporary: Path, tmp_path: Path
) -> None:
    home = throw_away.make()
    home.release()
    owner = (home.root / throw_away.OWNER).rename(tmp_path / "owner")
    (home.root / throw_away.OWNER).symlink_to(owner)

    assert throw_away.abandoned() == []


def test_a_link_in_a_home_is_removed_and_what_it_names_is_not(
    temporary: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "file").touch()
    home = throw_away.make()
    (home.root / "link").symlink_to(tmp_path / "mine")

    home.remove()

    assert list(temporary.iterdir()) == []
    assert (tmp_path / "mine" / "file").exists()


def test_a_folder_that_others_may_enter_is_left_alone(temporary: Path) -> None:
    home = throw_away.make()
    home.release()
    home.root.chmod(0o755)

    assert throw_away.abandoned() == []


def test_a_folder_of_another_user_is_left_alone(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    throw_away.make().release()
    monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)

    assert throw_away.abandoned() == []


def test_a_company_that_is_kept_is_left_alone(temporary: Path) -> None:
    (temporary / "certify-demo-kept").mkdir(mode=0o700)
    (temporary / "certify-demo-kept" / "certify.db").touch()

    assert throw_away.abandoned() == []


def test_without_locks_the_process_id_decides(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throw_away, "fcntl", None)
    home = throw_away.make()
    home.mark_ready()
    home.release()
    assert throw_away.abandoned() == []

    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (home.root / throw_away.OWNER).write_text(f"{ended.pid:>10} ready\n")
    [found] = throw_away.abandoned()

    assert found.root == home.root
    assert found.is_ready
    found.release()
