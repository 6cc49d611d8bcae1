"""What the benchmarks share: how long some work takes, and the most memory it needs."""

import statistics
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Of several runs; times in seconds."""

    median: float
    least: float
    cpu: float
    """The least processor time."""
    megabytes: float
    """The most that Python allocates in one more run, whose time does not count."""


def measured(work: Callable[[], object], runs: int) -> Measured:
    """Do the work so many times, and once more for its memory."""
    taken, cpu = [], []
    for _run in range(runs):
        begun, begun_cpu = time.perf_counter(), time.process_time()
        work()
        taken.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - begun_cpu)
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return Measured(statistics.median(taken), min(taken), min(cpu), peak)
