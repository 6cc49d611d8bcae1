"""Saving answers that arrive at random, 40 a second, beside bare commits at the same rate.

The time runs from the moment at which an answer arrives to its receipt, which means flushed. The
bare run commits one row of the size of a response at the same moments on the same disk. Then 500
answers of 500 people arrive at once. On SQLite with full flush and on PostgreSQL with its default,
which flushes every commit, too.

    .venv/bin/python -m benchmarks.answer_commit [seconds]
"""

import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import count
from typing import TypeAlias

import psycopg
from sqlalchemy import make_url

from benchmarks.exam_hall import EXAM, answers, postgresql_hall, save, sqlite_hall
from certify.domain.person import Actor
from certify.platform import Platform
from certify.services import sitting

Step: TypeAlias = Callable[[], object]
"""Saves one answer."""
RATE = 40
SEATED = 40
BURST = 500
THREADS = 32
GOAL_MS = 10
ROW = ('{"chosen": ["a"]}', "2024-03-04 04:00:00.000000", "0" * 64, "f" * 64)
TABLE = "CREATE TABLE bare (id INTEGER PRIMARY KEY, answer TEXT, at TEXT, previous TEXT, hash TEXT)"


def arrivals(seconds: int) -> list[float]:
    """Moments of arrival of a Poisson process, the same in every run."""
    chance, moment, moments = random.Random(1), 0.0, []
    while (moment := moment + chance.expovariate(RATE)) < seconds:
        moments.append(moment)
    return moments


def latencies(moments: list[float], step_of: Callable[[int], Step]) -> list[float]:
    """Seconds from each arrival to the return of its step; a late start counts."""
    with ThreadPoolExecutor(THREADS) as pool:
        begun = time.perf_counter()

        def one(arrived: float, step: Step) -> float:
            step()
            return time.perf_counter() - begun - arrived

        waiting = []
        for number, arrived in enumerate(moments):
            time.sleep(max(0.0, begun + arrived - time.perf_counter()))
            waiting.append(pool.submit(one, arrived, step_of(number)))
        return [future.result() for future in waiting]


class Seat:
    """One person in the exam; their answers go out one after the other, as on a screen."""

    def __init__(self, platform: Platform, who: Actor) -> None:
        self.platform, self.who = platform, who
        self.begun = sitting.start(platform, actor=who, exam=EXAM)
        self.given = answers(platform, self.begun, right=25)
        self.numbers = count(1)

    def step(self) -> Step:
        """What saves the next answer."""
        number = next(self.numbers)
        answer = self.given[(number - 1) % len(self.given)]
        return lambda: save(self.platform, self.who, self.begun, number, answer)


@contextmanager
def bare_commits(platform: Platform) -> Iterator[Callable[[int], Step]]:
    """Commits of one row by the driver alone, into a table of its own."""
    if platform.database.is_sqlite:
        file = platform.settings.home.root / "bare.db"
        with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as lite:
            for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", TABLE):
                lite.execute(statement)
            insert = "INSERT INTO bare VALUES (?, ?, ?, ?, ?)"
            yield lambda number: lambda: lite.execute(insert, (number, *ROW))
        return
    url = make_url(platform.settings.database_url).set(drivername="postgresql")
    text = url.render_as_string(hide_password=False)
    with psycopg.connect(text, autocommit=True) as server:
        server.execute(TABLE)
        insert = "INSERT INTO bare VALUES (%s, %s, %s, %s, %s)"
        yield lambda number: lambda: server.execute(insert, (number, *ROW))


def show(name: str, seconds: list[float], cpu: float) -> float:
    """Print the percentiles; returns the 99th, in ms."""
    cuts = statistics.quantiles(seconds, n=100)
    print(
        f"{name:34} p50 {cuts[49] * 1e3:6.2f} ms  p99 {cuts[98] * 1e3:6.2f} ms  "
        f"max {max(seconds) * 1e3:6.2f} ms  CPU {cpu / len(seconds) * 1e3:.2f} ms each"
    )
    return cuts[98] * 1e3


def measure(name: str, platform: Platform, people: list[Actor], seconds: int) -> None:
    """All figures of one database."""
    moments = arrivals(seconds)
    seats = [Seat(platform, who) for who in people]
    order = [seats[number % SEATED].step for number in range(len(moments))]
    began = time.process_time()
    engine = latencies(moments, lambda number: order[number]())
    p99 = show(f"{name}: answer saved", engine, time.process_time() - began)
    with bare_commits(platform) as bare:
        began = time.process_time()
        limit = show("  bare commit", latencies(moments, bare), time.process_time() - began)
    print(f"  goal p99 ≤ {GOAL_MS} ms: {p99:.2f} ms, {p99 / limit:.1f} × the bare commit")
    steps = [seat.step() for seat in seats[SEATED:]]
    with ThreadPoolExecutor(BURST) as pool:
        began = time.perf_counter()
        list(pool.map(lambda step: step(), steps))
        print(f"  {len(steps)} at once, all saved after {time.perf_counter() - began:.3f} s")


def main(seconds: int = 25) -> None:
    """Measure both databases in one run."""
    for name, hall in (("SQLite FULL", sqlite_hall), ("PostgreSQL", postgresql_hall)):
        with hall(SEATED + BURST) as (platform, people):
            measure(name, platform, people, seconds)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
