"""A server that somebody starts by hand in a terminal: what it says there, and how it ends."""

import json
import os
import re
import shlex
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pexpect
import pytest
from sqlmodel import select

from certify.domain.sitting_time import Beat
from certify.platform import Platform
from tests.faults.checks import ROOT
from tests.server.nodes import PLUGINS, make_company
from tests.server.serving import PATIENCE
from tests.server.test_nodes_workers import is_alive

OPEN = "Ctrl\\+C stops it; nobody loses a saved answer\\."


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Platform]:
    """A lasting company on SQLite."""
    made = make_company(tmp_path, f"sqlite:///{tmp_path / 'certify.db'}")
    yield made
    made.close()


def server_of(pid: int) -> int:
    """The process that was started, of one that serves: it may be a worker of it."""
    above = int(re.findall(r"PPid:\s(\d+)", Path(f"/proc/{pid}/status").read_text("utf-8"))[0])
    is_worker = b"certify" in Path(f"/proc/{above}/cmdline").read_bytes()
    return above if is_worker else pid


class Window:
    """A terminal window with a server in it."""

    def __init__(self, platform: Platform, *options: str, by: str = "") -> None:
        """Args:
        by: a shell that starts it, as one types it; empty: the window runs nothing else.
        """
        settings = platform.settings
        command = [
            *(sys.executable, "-m", "certify", "--home", str(settings.home.root)),
            *("--db", settings.database_url, "--lang", "en"),
            *("serve", "--ssh", "127.0.0.1:0", "--node", "hall", *options),
        ]
        more = {"CERTIFY_PLUGINS": PLUGINS, "PYTHONWARNINGS": "default", "TERM": "xterm"}
        start = ["bash", "--norc", "--noprofile", "-i"] if by else command
        self.child = pexpect.spawn(
            start[0],
            start[1:],
            cwd=str(ROOT),
            env={**os.environ, **more},
            encoding="utf-8",
            timeout=3 * PATIENCE,
            dimensions=(24, 400),
        )
        if by:
            self.child.sendline(by.format(shlex.join(command)))
        self.child.expect(OPEN)
        self.said = re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]", "", str(self.child.before))
        log = settings.home.log.read_text(encoding="ascii").splitlines()
        self.log = [json.loads(line) for line in log]
        self.pid = server_of(int(self.log[-1]["process"]))
        """Of the server."""
        self.first = int(self.child.pid or 0)
        """Of what the window itself runs."""

    def close(self) -> None:
        """As when somebody closes the window: nothing else is sent."""
        os.close(self.child.child_fd)

    def until_ended(self) -> None:
        """Wait until the server is no more."""
        until = time.monotonic() + PATIENCE
        while is_alive(self.pid):
            with suppress(ChildProcessError):
                os.waitpid(self.first, os.WNOHANG)
            assert time.monotonic() < until
            time.sleep(0.05)


@contextmanager
def window(platform: Platform, *options: str, by: str = "") -> Iterator[Window]:
    """A window, of which nothing is left at the end."""
    made = Window(platform, *options, by=by)
    try:
        yield made
    finally:
        for pid in (made.pid, made.first):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(made.first, 0)


def stopped(platform: Platform) -> list[bool]:
    """Of each process that served: whether it said goodbye."""
    with platform.database.read() as session:
        return [one.stopped for one in session.exec(select(Beat)).all()]


def test_on_a_terminal_stand_the_doors_and_where_the_log_is_and_no_line_for_programs(
    company: Platform,
) -> None:
    web = ("--web", "127.0.0.1:0", "--web-origin", "https://exam.example.com")
    with window(company, *web) as open_one:
        said = open_one.said
        assert "\n  https://exam.example.com\r\n" in said
        assert "http://" not in said
        assert re.search(r"ssh is open on port \d+\.", said)
        assert re.search(r"  ssh -p \d+ exam@127\.0\.0\.1", said)
        assert "Host key: SHA256:" in said
        assert f"The log is kept in {company.settings.home.log}." in said
        assert "{" not in said
        assert [one["what"] for one in open_one.log] == ["open"]
        open_one.child.sendintr()
        open_one.child.expect(pexpect.EOF)
        open_one.child.wait()
        assert open_one.child.exitstatus == 0
        assert "{" not in str(open_one.child.before)
    assert stopped(company) == [True]


@pytest.mark.parametrize("by", ["", "{}"])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_window_that_is_closed_ends_its_server_in_order(
    company: Platform, workers: str, by: str
) -> None:
    with window(company, "--workers", workers, by=by) as open_one:
        open_one.close()
        open_one.until_ended()
    assert set(stopped(company)) == {True}


def test_begun_deaf_to_it_a_window_that_is_closed_ends_nothing(company: Platform) -> None:
    with window(company, by="(trap '' HUP; exec {})") as open_one:
        open_one.close()
        time.sleep(2)
        assert is_alive(open_one.pid)
        os.kill(open_one.pid, signal.SIGTERM)
        open_one.until_ended()
    assert stopped(company) == [True]


def test_asked_for_a_renewal_on_a_living_terminal_one_server_goes_on(company: Platform) -> None:
    with window(company) as open_one:
        os.kill(open_one.pid, signal.SIGHUP)
        os.kill(open_one.pid, signal.SIGHUP)
        time.sleep(1)
        assert is_alive(open_one.pid)
        assert stopped(company) == [False]
        open_one.child.sendintr()
        open_one.child.expect(pexpect.EOF)
    assert stopped(company) == [True]
