"""People who sit an exam over SSH, in a process of their own.

As a program it is told what to do by lines of JSON on its input and answers each with one line:

    .venv/bin/python -m benchmarks.exam_hall_people
"""

import asyncio
import json
import random
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import asyncssh

from benchmarks.exam_hall_examinee import PATIENCE, PERIOD, Examinee, connect
from benchmarks.exam_hall_screen import CheckedScreen

SIGNING_IN = 8
"""People who sign in at the same time."""


class Echoed(asyncssh.SSHClientSession[bytes]):
    """Somebody whose keys are only sent back."""

    def __init__(self) -> None:
        self.came: asyncio.Future[float] | None = None

    def data_received(self, data: bytes, datatype: Any) -> None:
        if self.came is not None and not self.came.done():
            self.came.set_result(time.perf_counter())

    async def press_now_and_then(
        self, channel: asyncssh.SSHClientChannel[bytes], seconds: float, chance: random.Random
    ) -> list[float]:
        """As many keys as an examinee presses; the seconds until each came back."""
        end, taken = time.perf_counter() + seconds, list[float]()
        while True:
            await asyncio.sleep(chance.uniform(0, PERIOD))
            if time.perf_counter() > end:
                return taken
            self.came = asyncio.get_running_loop().create_future()
            began = time.perf_counter()
            channel.write(b"1")
            taken.append(await asyncio.wait_for(self.came, PATIENCE) - began)


class People:
    """The people of this process."""

    def __init__(self) -> None:
        self.everybody: list[Examinee] = []
        self._chance = random.Random(1)

    async def come(self, port: int, numbers: list[int], language: str) -> dict[str, Any]:
        """All sign in, some at a time."""
        self.everybody = [Examinee(number, port, language=language) for number in numbers]
        turns = asyncio.Semaphore(SIGNING_IN)

        async def one(person: Examinee) -> None:
            async with turns:
                await person.sign_in()

        await self._each(one)
        return {"sign_in": [one.seen.sign_in for one in self.everybody]}

    async def start(self) -> dict[str, Any]:
        """All ask for a terminal at once."""
        began = time.perf_counter()
        await self._each(Examinee.start)
        taken = time.perf_counter() - began
        return {"start": [one.seen.start for one in self.everybody], "all_started": taken}

    async def open(self, within: float) -> dict[str, Any]:
        """All open the exam at random moments."""

        async def one(person: Examinee) -> None:
            await asyncio.sleep(self._chance.uniform(0, within))
            await person.open_exam()

        await self._each(one)
        return {}

    async def answer(self, seconds: float, count: int) -> dict[str, Any]:
        """All answer at random moments."""

        async def one(person: Examinee) -> None:
            chance = random.Random(int(person.staff_no))
            await person.answer_now_and_then(seconds, count, chance)

        begun = time.process_time()
        await self._each(one)
        seen = [one.seen for one in self.everybody]
        return {
            "answer_paint": _all(one.answer_paint for one in seen),
            "next_paint": _all(one.next_paint for one in seen),
            "saved": _all(one.saved for one in seen),
            "cpu": time.process_time() - begun,
        }

    async def submit(self, within: float) -> dict[str, Any]:
        """All hand in at random moments of the same seconds."""
        began = time.perf_counter()

        async def one(person: Examinee) -> None:
            await asyncio.sleep(self._chance.uniform(0, within))
            await person.submit()

        await self._each(one)
        return {
            "verdict": [one.seen.verdict for one in self.everybody if one.seen.verdict],
            "last_verdict": time.perf_counter() - began,
        }

    async def leave(self) -> dict[str, Any]:
        """All hang up; what they saw, and where the light picture was not that of pyte."""
        different = [
            pair
            for one in self.everybody
            if isinstance(one.screen, CheckedScreen)
            for pair in one.screen.differences()
        ]
        await asyncio.gather(*(one.leave() for one in self.everybody))
        told = [
            [one.staff_no, one.seen.has_passed, one.seen.acknowledged] for one in self.everybody
        ]
        trouble = [one.seen.trouble for one in self.everybody if one.seen.trouble]
        return {"told": told, "trouble": trouble, "different": different}

    async def echo(self, port: int, people: int, seconds: float) -> dict[str, Any]:
        """As many people at the echo server."""
        taken: list[float] = []
        turns = asyncio.Semaphore(SIGNING_IN)

        async def one(number: int) -> None:
            address = f"127.1.{number // 250}.{1 + number % 250}"
            async with turns:
                connection = await connect(port, "peer", None, address)
                session = Echoed()
                channel, _same = await connection.create_session(
                    lambda: session, term_type="xterm-256color", term_size=(80, 24), encoding=None
                )
            taken.extend(await session.press_now_and_then(channel, seconds, random.Random(number)))
            connection.abort()
            await connection.wait_closed()

        await asyncio.gather(*(one(number) for number in range(people)))
        return {"echo": taken}

    async def _each(self, do: Callable[[Examinee], Awaitable[None]]) -> None:
        """Everybody who is well does it; what goes wrong is noted, the others go on."""

        async def one(person: Examinee) -> None:
            try:
                await do(person)
            except (OSError, asyncssh.Error, TimeoutError) as problem:
                person.seen.trouble = f"{type(problem).__name__}: {problem}"

        await asyncio.gather(*(one(person) for person in self.everybody if not person.seen.trouble))


def _all(lists: Iterable[list[float]]) -> list[float]:
    return [value for values in lists for value in values]


async def obey() -> None:
    """Do what the lines say until there are no more."""
    people = People()
    while line := await asyncio.to_thread(sys.stdin.readline):
        order = json.loads(line)
        answer = await getattr(people, order.pop("do"))(**order)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    import gc

    import uvloop

    gc.set_threshold(5000, 10, 1000)  # a pause of the clients would count as one of the server
    uvloop.run(obey())
