"""What `exam_hall_load` measures with few people for long: whole attempts, and coming and going."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import asyncssh

from benchmarks.exam_hall import ITEMS
from benchmarks.exam_hall_examinee import PASSWORD, Examinee
from benchmarks.exam_hall_home import make_home
from benchmarks.exam_hall_server import Server, serving
from certify.domain.person import Credential
from certify.services import passwords

AT_ONCE = 20
"""People who are there at the same time while others come and go."""
SAMPLE = 5.0
"""Seconds between two looks at the memory."""
ROWS = 12
"""Of the looks, so many are told."""
LEFT = 5.0
"""Kilobytes that an ended session may leave: each takes some 1,300 while it lasts, and caches of
the process still fill in the first minutes."""


def attempts(count: int, db: str = "") -> dict[str, Any]:
    """Processor seconds of the server for whole attempts, one after the other, from the login."""
    with tempfile.TemporaryDirectory(prefix="certify-hall-") as folder:
        make_home(Path(folder), count + 1, db=db)
        with serving(Path(folder), db=db) as server:
            each = asyncio.run(_attempts(server, count))
    return {"attempts": each, "argon2": _argon2()}


async def _attempts(server: Server, count: int) -> list[dict[str, float]]:
    """The first attempt loads what the process keeps, so it is told apart."""
    found = []
    for number in range(count + 1):
        person, marks, clock = Examinee(number, server.port), [server.cpu()], time.perf_counter()
        await person.sign_in()
        marks.append(server.cpu())
        await person.start()
        await person.open_exam()
        marks.append(server.cpu())
        for place in range(ITEMS):
            await person.answer(1 + place % 2)
            if place + 1 < ITEMS:
                await person.go_on(ITEMS)
        marks.append(server.cpu())
        await person.submit()
        await asyncio.sleep(0.2)  # what follows the verdict belongs to the attempt, too
        await person.leave()
        await asyncio.sleep(0.2)
        marks.append(server.cpu())
        names = ("sign_in", "open", "answer", "submit")
        spent = dict(zip(names, map(float.__rsub__, marks, marks[1:]), strict=True))
        found.append({**spent, "cpu": marks[-1] - marks[0], "wall": time.perf_counter() - clock})
    return found


def _argon2(times: int = 10) -> float:
    """Processor seconds of checking one password with what people's passwords are hashed with."""
    kept = Credential(person_id=1, password_hash=passwords.make_hash(PASSWORD))
    began = time.process_time()
    for _time in range(times):
        assert passwords.matches(kept, PASSWORD)
    return (time.process_time() - began) / times


def tell_attempts(found: dict[str, Any]) -> Iterator[str]:
    """The table of whole attempts."""
    first, *others = found["attempts"]
    middle = {name: 1e3 * statistics.median(one[name] for one in others) for name in first}
    yield f"{len(others)} attempts of {ITEMS} items over SSH, one after the other: server CPU each"
    yield f"whole            {middle['cpu']:6.0f} ms (the first {1e3 * first['cpu']:.0f} ms)"
    yield f"  without argon2 {middle['cpu'] - 1e3 * found['argon2']:6.0f} ms"
    yield f"signing in       {middle['sign_in']:6.0f} ms (argon2 alone {1e3 * found['argon2']:.0f})"
    yield f"first page, exam {middle['open']:6.0f} ms"
    yield f"{ITEMS} answers       {middle['answer']:6.0f} ms, each saved"
    yield f"submit, verdict  {middle['submit']:6.0f} ms"
    yield f"wall time        {middle['wall']:6.0f} ms"


def come_and_go(seconds: float, db: str = "") -> dict[str, Any]:
    """The memory of a server at which sessions begin and end all the time."""
    with tempfile.TemporaryDirectory(prefix="certify-hall-") as folder:
        make_home(Path(folder), 40 * AT_ONCE, db=db, light=True)
        with serving(Path(folder), db=db) as server:
            return asyncio.run(_come_and_go(server, seconds))


async def _come_and_go(server: Server, seconds: float) -> dict[str, Any]:
    end, sessions, trouble = time.monotonic() + seconds, 0, list[str]()
    samples: list[tuple[float, int, float]] = []

    async def seat(number: int) -> None:
        nonlocal sessions
        chance, visit = Random(number), 0
        while time.monotonic() < end:
            person = Examinee(number + AT_ONCE * (visit % 40), server.port)
            visit += 1
            try:
                await person.sign_in()
                await person.start()
                await person.open_exam()
                for _answer in range(chance.randrange(3)):
                    if person.answered == person.place < ITEMS - 1:
                        await person.answer(1)
                        await person.go_on(ITEMS)
                await asyncio.sleep(chance.uniform(0, 2))
            except (OSError, asyncssh.Error, TimeoutError) as problem:
                trouble.append(f"{type(problem).__name__}: {problem}")
            await person.leave()
            sessions += 1

    async def watch() -> None:
        while True:
            samples.append((time.monotonic(), sessions, server.megabytes()[1]))
            await asyncio.sleep(SAMPLE)

    watching = asyncio.create_task(watch())
    await asyncio.gather(*map(seat, range(AT_ONCE)))
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    return {"samples": samples, "sessions": sessions, "trouble": trouble}


@dataclass(frozen=True)
class Growth:
    """A line through measurements: how much more for each step, and how sure that is."""

    each: float
    error: float
    """Standard error of `each`."""

    @classmethod
    def of(cls, steps: Sequence[float], values: Sequence[float]) -> "Growth":
        """The least squares; of fewer than three different steps nothing is known."""
        if len(set(steps)) < 3:
            return cls(float("nan"), float("inf"))
        slope, base = statistics.linear_regression(steps, values)
        misses = [value - base - slope * at for at, value in zip(steps, values, strict=True)]
        spread = sum((at - statistics.fmean(steps)) ** 2 for at in steps)
        return cls(slope, (sum(one**2 for one in misses) / (len(steps) - 2) / spread) ** 0.5)

    def verdict(self, most: float) -> str:
        """Whether it grows by more than `most`, where two standard errors count as doubt."""
        if self.each + 2 * self.error <= most:
            return "flat"
        return "GROWS" if self.each - 2 * self.error > most else "not sure: it takes longer"


def tell_come_and_go(found: dict[str, Any]) -> Iterator[str]:
    """The table of coming and going; the line goes through all but the first third."""
    samples = found["samples"]
    later = samples[len(samples) // 3 :]
    began = samples[0][0]
    yield f"{found['sessions']:,} sessions came and went, {AT_ONCE} at a time"
    yield "   minute  sessions  RSS MB"
    for at, count, rss in samples[:: max(1, len(samples) // ROWS)]:
        yield f"   {(at - began) / 60:6.1f}  {count:8,}  {rss:6.0f}"
    times, counts, memory = ([one[place] for one in later] for place in range(3))
    hourly = Growth.of([(at - began) / 3600 for at in times], memory)
    each = Growth.of(counts, [1e3 * rss for rss in memory])
    yield f"RSS of the last two thirds: {min(memory):.0f} to {max(memory):.0f} MB; " + (
        f"{hourly.each:+.1f} ± {2 * hourly.error:.1f} MB an hour"
    )
    yield f"each session leaves {each.each:+.2f} ± {2 * each.error:.2f} kB: {each.verdict(LEFT)}"
    yield f"people who met trouble: {len(found['trouble'])}"
    yield from (f"  {line}" for line in found["trouble"][:2])
