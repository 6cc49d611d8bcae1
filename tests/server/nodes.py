"""Real server processes, and people who sit an exam at them over SSH."""

import asyncio
import os
import re
import shutil
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from certify.domain.person import CONSOLE
from certify.hooks import registry
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import course_sync, founding
from certify.settings import Settings
from tests.faults.checks import ROOT
from tests.faults.exams import is_saved
from tests.platforms import COURSES, SHORT_LADDER, _hire, actor, read_course
from tests.server.serving import PASSWORD, PATIENCE, Client, give_password
from tests.services.test_racing import hire_learners

PLUGINS = "choice,order,written,rubric,scenario,tables,evaluation-schemes"
RULES = """
[sitting]
beat_seconds = 1
"""
ITEMS = 4


def make_company(folder: Path, url: str, learners: int = 0) -> Platform:
    """A lasting company on the clock of the machine, in which people sign in with `PASSWORD`.

    Args:
        learners: how many more than E1001 are ready for the exam; see `hire_learners`.
    """
    home = Home(folder / "home")
    home.root.mkdir(parents=True)
    home.policy.write_text(SHORT_LADDER + RULES, encoding="utf-8")
    settings = Settings(home=home, db=url, lang="en", plugins=PLUGINS)
    plugins = registry.load(settings.allowed_plugins)
    plugins.course_folders.append(COURSES / "sample")
    platform = open_platform(settings, plugins=plugins)
    founding.found_organisation(
        platform, name="示例公司", staff_no="0001", person_name="管理员", password=PASSWORD
    )
    course_sync.sync_courses(platform, actor=CONSOLE)
    # The servers find the same course, unchanged, in the home.
    shutil.copytree(COURSES / "sample", home.courses / "sample")
    _hire(platform)
    people = ["E1001"]
    read_course(platform, actor(platform, "E1001"))
    if learners:
        people += [who.staff_no for who in hire_learners(platform, learners)]
    give_password(platform, *people, "S0001", "H0001")
    return platform


class Server:
    """One `certify serve` in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said: list[str] = []
        self.log: list[str] = []
        self._news = asyncio.Event()
        self._readers = [
            asyncio.create_task(self._read(stream, lines))
            for stream, lines in ((process.stdout, self.said), (process.stderr, self.log))
            if stream is not None
        ]

    async def _read(self, stream: asyncio.StreamReader, lines: list[str]) -> None:
        while line := await stream.readline():
            lines.append(line.decode("utf-8").rstrip("\n"))
            self._news.set()
        self._news.set()

    async def until(
        self, is_so: Callable[[], bool], what: str, seconds: float = 3 * PATIENCE
    ) -> None:
        """Wait until something holds that its output tells."""

        async def look() -> None:
            while not is_so():
                self._news.clear()
                assert self.process.returncode is None, [what, self.said, self.log]
                await self._news.wait()

        try:
            await asyncio.wait_for(look(), seconds)
        except TimeoutError as late:
            raise AssertionError([what, self.said, self.log]) from late

    def ports(self, kind: str) -> list[int]:
        """The ports of its doors of a kind."""
        found = (re.match(rf"{kind} is open on port (\d+)\.", line) for line in self.said)
        return [int(one[1]) for one in found if one]

    @property
    def port(self) -> int:
        """Where SSH clients come in."""
        return self.ports("ssh")[0]

    @property
    def nodes(self) -> list[str]:
        """The names of its processes that are or were open, in the order they opened."""
        opened = (re.search(r'"node": "([^"]+)".*"what": "open"', line) for line in self.log)
        return [one[1] for one in opened if one]

    @property
    def pids(self) -> dict[str, int]:
        """Process numbers by name of the process."""
        found = {}
        for line in self.log:
            if one := re.search(r'"node": "([^"]+)", "process": (\d+)', line):
                found[one[1]] = int(one[2])
        return found

    def client(self, user: str = "E1001") -> Client:
        """Somebody who is about to come in."""
        return Client(self.port, user, PASSWORD)

    def kill(self) -> None:
        """kill -9: it gets no chance to tidy up."""
        self.process.kill()

    async def stop(self, number: int = signal.SIGTERM) -> int:
        """Tell it to stop; gives its exit code."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        try:
            return await asyncio.wait_for(self.process.wait(), PATIENCE)
        finally:
            await asyncio.wait(self._readers, timeout=1)

    async def get(self, path: str, place: int = 0) -> tuple[int, str]:
        """Ask the door for whoever watches: status and text."""
        url = f"http://127.0.0.1:{self.ports('metrics')[place]}{path}"
        async with aiohttp.ClientSession() as asking, asking.get(url) as answer:
            return answer.status, await answer.text()


@asynccontextmanager
async def serving(
    platform: Platform, *options: str, name: str = "hall", program: str = "certify"
) -> AsyncIterator[Server]:
    """A server of a company at a free port, killed at the end if it still lives.

    Args:
        program: the module that is run.
    """
    settings = platform.settings
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", program, "--home", str(settings.home.root)),
        *("--db", settings.database_url, "--lang", "en"),
        *("serve", "--ssh", "127.0.0.1:0", "--node", name, *options),
        cwd=ROOT,
        env={**os.environ, "CERTIFY_PLUGINS": PLUGINS, "PYTHONWARNINGS": "default"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    server = Server(process)
    try:
        await server.until(lambda: any("Ctrl+C" in line for line in server.said), "did not open")
        yield server
    except AssertionError as problem:
        problem.add_note("\n".join([f"what {name} said:", *server.said, *server.log]))
        raise
    finally:
        if process.returncode is None:
            process.kill()
        await server.stop()


async def open_exam(person: Client) -> str:
    """From the home page into the exam on top of the list."""
    await person.until("Now")
    await _enter(person, lambda: "Enter Start" in person.shown or "Enter Go on" in person.shown)
    await _enter(person, lambda: f" / {ITEMS}" in person.shown)
    return await person.until("flagged")


async def _enter(person: Client, is_there: Callable[[], bool]) -> None:
    """Press Enter until what it opens is there: one in the first moment counts as a slip."""
    until = time.monotonic() + PATIENCE
    while True:
        await asyncio.sleep(0.5)
        if is_there():
            return
        assert not person.ended.is_set(), person.shown
        assert time.monotonic() < until, person.shown
        person.press("enter")
        for _each in range(100):
            if is_there() or person.ended.is_set():
                return
            await asyncio.sleep(0.02)


async def answer(person: Client, count: int) -> None:
    """Answer the item in the eye; wait until the screen says that so many are saved."""
    person.press("1")
    await until_saved(person, count)


async def until_saved(person: Client, count: int) -> None:
    """Wait until the screen says that so many answers are saved."""
    until = time.monotonic() + PATIENCE
    while not (is_saved(person.shown) and f"answered {count} " in person.shown):
        assert time.monotonic() < until, person.shown
        assert not person.ended.is_set(), person.shown
        await asyncio.sleep(0.02)


async def go_on(person: Client, to: int) -> None:
    """Go to the next item."""
    person.press("right")
    await person.until(f"Item {to} / {ITEMS}")


async def submit(person: Client) -> str:
    """Hand in a whole form; the result."""
    person.press("s")
    await person.until("Submit")
    await asyncio.sleep(0.5)  # a yes in the first moment counts as a slip
    person.press("y")
    return await person.until("passed")
