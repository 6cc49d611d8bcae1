"""One person who sits an exam over SSH: a real client, the keys they press and what they see."""

import asyncio
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import asyncssh

from benchmarks.exam_hall_screen import CheckedScreen, LightScreen
from certify import i18n

PASSWORD = "correct horse"
TITLE = "笔试"
"""Of the exam, see `exam_hall.write_course`."""
PATIENCE = 60.0
"""Seconds after which what was waited for does not come any more."""
READING = 0.6
"""Seconds before the first key on a page: a key in its first moment counts as a slip."""
PERIOD = 10.0
"""Seconds from one answer of a person to their next."""
CHECKED = 10
"""Every tenth client compares its picture with that of a whole terminal."""


def words(language: str) -> dict[str, str]:
    """The beginnings of what the screens say, by name."""
    _ = i18n._
    with i18n.speaking(language):
        return {
            "ready": _("Ready? Press Enter to start."),
            "go on": _("▸ You have begun this exam. Press Enter to go on where you were."),
            "exams": _("Exams"),
            "item": _("Item {number} / {count}"),
            "saved": _("✓ Saved {time}").partition("{")[0],
            "all saved": _("✓ Everything is saved"),
            "answered": _("✓ answered {answered}  ⚑ flagged {flagged}  ○ open {unanswered}"),
            "not saved": _("! Not saved, trying again: {reason}").partition("{")[0],
            "submit": _("Submit the exam now?"),
            "passed": _("✓ Passed"),
            "failed": _("✗ Not passed"),
        }


@dataclass
class Seen:
    """What a person noticed: seconds of each wait, and what they were told is safe."""

    sign_in: float = 0.0
    start: float = 0.0
    """From the request of a terminal to their first page."""
    answer_paint: list[float] = field(default_factory=list)
    next_paint: list[float] = field(default_factory=list)
    saved: list[float] = field(default_factory=list)
    verdict: float = 0.0
    """From the “yes” to the verdict."""
    acknowledged: dict[int, int] = field(default_factory=dict)
    """The number of the option by position, as it was called saved."""
    has_passed: bool | None = None
    trouble: str = ""


class Examinee(asyncssh.SSHClientSession[bytes]):
    """One person at a terminal of 80×24."""

    def __init__(self, number: int, port: int, *, language: str = "zh") -> None:
        """Args:
        number: their staff number, and one of the loopback's addresses as theirs.
        """
        self.staff_no, self.port = f"{number:06}", port
        self.address = f"127.{1 + number // 62_500}.{number // 250 % 250}.{1 + number % 250}"
        self.screen = LightScreen() if number % CHECKED else CheckedScreen()
        self.seen = Seen()
        self.place = 0
        """Position of the item in the eye."""
        self.answered = 0
        self.words = words(language)
        self._answered = re.escape(self.words["answered"].partition("  ")[0])
        self._answered = self._answered.replace(re.escape("{answered}"), r"(\d+)")
        self._waits: list[tuple[Callable[[], bool], asyncio.Future[float]]] = []
        self.connection: asyncssh.SSHClientConnection | None = None
        self.channel: asyncssh.SSHClientChannel[bytes] | None = None

    async def sign_in(self) -> None:
        """Connect and give the password."""
        began = time.perf_counter()
        self.connection = await connect(self.port, self.staff_no, PASSWORD, self.address)
        self.seen.sign_in = time.perf_counter() - began

    async def start(self, **options: Any) -> None:
        """Ask for a terminal and wait for the first page.

        Args:
            options: for `create_session`, such as `window`.
        """
        assert self.connection is not None
        began = time.perf_counter()
        self.channel, _self = await self.connection.create_session(
            lambda: self,
            term_type="xterm-256color",
            term_size=(80, 24),
            encoding=None,
            **options,
        )
        self.seen.start = await self.until(self._is_home) - began

    async def open_exam(self) -> None:
        """From the home page by the list of exams and the lobby to the item in the eye."""
        await asyncio.sleep(READING)
        self.press("3")
        await self.until(lambda: self.words["exams"] in self.screen.row(0))
        await self.until(lambda: self.shows(TITLE))
        await asyncio.sleep(READING)
        self.press("\r")
        rules = (self.words["ready"], self.words["go on"])
        await self.until(lambda: any(map(self.shows, rules)))
        await asyncio.sleep(READING)
        self.press("\r")
        before, _number, after = self.words["item"].partition("{number}")
        title = re.compile(re.escape(before) + r"(\d+)" + re.escape(after.partition("{")[0]))
        await self.until(
            lambda: bool(title.search(self.screen.row(0))) and self.count() is not None
        )
        found = title.search(self.screen.row(0))
        self.place = int(found[1]) - 1 if found else 0
        self.answered = self.count() or 0
        await asyncio.sleep(READING)

    async def answer(self, option: int) -> None:
        """Answer the item in the eye, which has no answer yet; wait until it is called saved."""
        signs, began = (f"{option} (●)", f"{option} [✓]"), time.perf_counter()
        painted = self.until(lambda: any(map(self.shows, signs)))
        saved = self.until(lambda: self.is_saved(self.answered + 1))
        self.press(str(option))
        self.seen.answer_paint.append(await painted - began)
        self.seen.saved.append(await saved - began)
        self.answered += 1
        self.seen.acknowledged[self.place] = option

    async def go_on(self, count: int) -> None:
        """Go to the next item."""
        wanted = self.words["item"].format(number=self.place + 2, count=count)
        began = time.perf_counter()
        painted = self.until(lambda: wanted in self.screen.row(0))
        self.press("\x1b[C")
        self.seen.next_paint.append(await painted - began)
        self.place += 1

    async def submit(self) -> None:
        """Hand in and wait for the verdict."""
        asked = self.until(lambda: self.shows(self.words["submit"]))
        self.press("s")
        await asked
        await asyncio.sleep(READING)
        began = time.perf_counter()
        verdicts = (self.words["passed"], self.words["failed"])
        told = self.until(lambda: any(map(self.shows, verdicts)))
        self.press("y")
        self.seen.verdict = await told - began
        self.seen.has_passed = self.shows(verdicts[0])

    async def answer_now_and_then(self, seconds: float, count: int, chance: random.Random) -> None:
        """Read, answer once in `PERIOD` at a random moment, look at the next item."""
        end = time.perf_counter() + seconds
        begin = time.perf_counter()
        while begin < end and self.place < count:
            moment = chance.uniform(0, PERIOD - 3)
            await asyncio.sleep(max(0.0, begin + moment - time.perf_counter()))
            if time.perf_counter() >= end:
                return
            await self.answer(1 + chance.randrange(2))
            if self.place + 1 == count:
                return
            await asyncio.sleep(chance.uniform(0.5, 2))
            await self.go_on(count)
            begin += PERIOD

    def press(self, keys: str) -> None:
        """Send keys as a terminal does."""
        assert self.channel is not None
        self.channel.write(keys.encode())

    async def leave(self) -> None:
        """Hang up."""
        if self.connection is not None:
            self.connection.abort()
            await self.connection.wait_closed()

    def data_received(self, data: bytes, datatype: Any) -> None:
        self.screen.feed(data)
        if self._waits:
            now, waiting = time.perf_counter(), self._waits
            self._waits = []
            for is_so, told in waiting:
                if told.done():
                    continue
                if is_so():
                    told.set_result(now)
                else:
                    self._waits.append((is_so, told))

    def connection_lost(self, exc: Exception | None) -> None:
        for _is_so, told in self._waits:
            if not told.done():
                told.set_exception(ConnectionError(f"{self.staff_no} was cut off: {exc}"))

    def until(self, is_so: Callable[[], bool]) -> asyncio.Future[float]:
        """The moment at which something is so; the wait begins now."""
        loop = asyncio.get_running_loop()
        told: asyncio.Future[float] = loop.create_future()
        if is_so():
            told.set_result(time.perf_counter())
            return told
        late = loop.call_later(PATIENCE, self._give_up, told)

        def forget(done: asyncio.Future[float]) -> None:
            late.cancel()
            if not done.cancelled():
                done.exception()  # who waits for two things is told only once of what went wrong

        told.add_done_callback(forget)
        self._waits.append((is_so, told))
        return told

    def _give_up(self, told: asyncio.Future[float]) -> None:
        if not told.done():
            shown = "\n".join(self.screen.rows())
            told.set_exception(TimeoutError(f"{self.staff_no} waited in vain; shown is:\n{shown}"))

    def _is_home(self) -> bool:
        return self.screen.row(0).startswith("  certify") and bool(self.screen.row(2).strip())

    def shows(self, text: str) -> bool:
        """Whether a text stands somewhere on the screen."""
        return any(text in row for row in self.screen.rows())

    def _status(self) -> str:
        found = (row for row in self.screen.rows() if re.search(self._answered, row))
        return next(found, "")

    def count(self) -> int | None:
        """How many items are answered, as the screen counts them; None where it does not."""
        found = re.search(self._answered, self._status())
        return int(found[1]) if found else None

    def is_saved(self, count: int) -> bool:
        """Whether the screen says that so many answers are safe."""
        status = self._status()
        found = re.search(self._answered, status)
        is_saved = self.words["saved"] in status or self.words["all saved"] in status
        return is_saved and found is not None and int(found[1]) == count


async def connect(
    port: int, user: str, password: str | None, address: str
) -> asyncssh.SSHClientConnection:
    """A connection as cheap for the client as SSH allows."""
    return await asyncssh.connect(
        "127.0.0.1",
        port,
        username=user,
        password=password,
        local_addr=(address, 0),
        known_hosts=None,
        config=None,
        client_keys=None,
        agent_path=None,
        encryption_algs=["aes128-gcm@openssh.com"],
        compression_algs=None,
        connect_timeout=PATIENCE,
    )
