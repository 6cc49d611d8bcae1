"""One attempt of 50 items by the engine alone, beside the bare commits of the same rows.

Start, 50 separately flushed saves, submit with marking, sums, ledger and what follows (every
second person passes and gets a certificate, the others get remedial training). No screen and no
network. The bare run writes 52 rows into a table of its own in the same folder, each flushed.
Figures are per attempt, on SQLite with full flush; CPU is that of the process, all threads.

    .venv/bin/python -m benchmarks.engine [attempts]
"""

import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.exam_hall import EXAM, ITEMS, answers, save, sqlite_hall
from certify.domain.person import Actor
from certify.platform import Platform
from certify.services import sitting

WARM_UP = 4
GOAL_MS = 40


@dataclass
class Taken:
    """What some work took, in seconds."""

    cpu: float = 0
    wall: float = 0


@contextmanager
def timed() -> Iterator[Taken]:
    """Measures the block."""
    taken, wall, cpu = Taken(), time.perf_counter(), time.process_time()
    yield taken
    taken.cpu, taken.wall = time.process_time() - cpu, time.perf_counter() - wall


def attempt(platform: Platform, who: Actor, *, right: int) -> dict[str, Taken]:
    """One attempt with so many right answers; what each part of it took."""
    with timed() as started:
        begun = sitting.start(platform, actor=who, exam=EXAM)
    given = answers(platform, begun, right=right)
    with timed() as saved:
        for sequence, answer in enumerate(given, start=1):
            save(platform, who, begun, sequence, answer)
    with timed() as submitted:
        sitting.submit(platform, actor=who, attempt_id=begun.attempt_id, fence=begun.fence)
    return {
        "start": started,
        "50 saves": saved,
        "submit": submitted,
        "whole attempt": Taken(
            sum(one.cpu for one in (started, saved, submitted)),
            sum(one.wall for one in (started, saved, submitted)),
        ),
    }


def bare(folder: Path, round_: int) -> Taken:
    """52 rows of the size of a response, each committed and flushed."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS answer (attempt INTEGER, sequence INTEGER, position INTEGER,"
        " answer TEXT, flagged INTEGER, at TEXT, previous TEXT, hash TEXT,"
        " PRIMARY KEY (attempt, sequence))"
    )
    row = ('{"chosen": ["a"]}', 0, "2024-03-04 04:00:00.000000", "0" * 64, "f" * 64)

    with timed() as taken:
        for sequence in range(ITEMS + 2):
            values = (round_, sequence, sequence, *row)
            connection.execute("INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    connection.close()
    return taken


def show(name: str, all_taken: list[Taken]) -> float:
    """Print the medians and the least CPU; returns the median of the CPU, in ms."""
    cpu = statistics.median(one.cpu for one in all_taken) * 1e3
    wall = statistics.median(one.wall for one in all_taken) * 1e3
    least = min(one.cpu for one in all_taken) * 1e3
    print(f"{name:30} CPU {cpu:6.2f} ms (least {least:6.2f})  wall {wall:7.2f} ms")
    return cpu


def main(count: int = 40) -> None:
    """Measure both in one run, one after the other, so that both meet the same load."""
    with sqlite_hall(count + WARM_UP) as (platform, people):
        folder = platform.settings.home.root
        engine: list[dict[str, Taken]] = []
        commits: list[Taken] = []
        for place, who in enumerate(people):
            engine.append(attempt(platform, who, right=ITEMS if place % 2 else ITEMS // 2))
            commits.append(bare(folder, place))
        cpu = {name: show(name, [one[name] for one in engine[WARM_UP:]]) for name in engine[0]}
        limit = show("52 bare commits, SQLite FULL", commits[WARM_UP:])
    whole = cpu["whole attempt"]
    print(f"goal ≤ {GOAL_MS} ms CPU: {whole:.1f} ms, {whole / limit:.1f} × the bare commits")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
