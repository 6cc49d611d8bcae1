"""What one server process counts, for Prometheus, and whether it is well.

Each worker process has its own numbers at its own port: Prometheus asks each of them and names
them by `node`, so nothing has to be merged here. It is a door of its own that only this machine
reaches: how many sit an exam now, and when the database fails, is nothing for the doors that
people come in by.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sized
from contextlib import contextmanager
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from certify.errors import CertifyError, HomeUnusable, NotSaved
from certify.server.board import DIED, HUNG

if TYPE_CHECKING:
    from certify.server.board import Seat

disable_created_metrics()  # type: ignore[no-untyped-call]  # the start of the process tells
REGISTRY = CollectorRegistry()
"""Of this process alone."""
ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)
FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10)

NODE = Info("certify_node", "Name of this process among those on one database", registry=REGISTRY)
SESSIONS = Gauge("certify_sessions", "People who are in now", registry=REGISTRY)
STARTS = Counter("certify_session_starts", "Sessions begun", registry=REGISTRY)
FAULTS = Counter("certify_session_faults", "Sessions ended by a fault", registry=REGISTRY)
SIGN_INS = Counter("certify_sign_ins", "Sign-ins by outcome", ["outcome"], registry=REGISTRY)
SAVED = Histogram(
    "certify_answer_saved_seconds",
    "From the key to the receipt of a saved answer",
    buckets=FAST,
    registry=REGISTRY,
)
NOT_SAVED = Counter(
    "certify_answers_not_saved", "Answers the database or a rule did not take", registry=REGISTRY
)
DROPPED = Counter(
    "certify_frames_dropped", "Pictures not sent because a terminal was slow", registry=REGISTRY
)
SLOW = Counter("certify_slow_terminals", "Times a terminal did not keep up", registry=REGISTRY)
UNREACHABLE = Counter(
    "certify_database_failures", "Times the database could not be asked", registry=REGISTRY
)
CLOSED = Counter(
    "certify_attempts_closed_overdue",
    "Attempts handed in when their time ran out",
    registry=REGISTRY,
)
OPEN = Gauge("certify_attempts_open", "Attempts being sat, on all servers", registry=REGISTRY)
LAG = Histogram(
    "certify_event_loop_lag_seconds",
    "How late this process comes to what is due",
    buckets=FAST,
    registry=REGISTRY,
)
SIGN_OF_LIFE = Gauge(
    "certify_last_sign_of_life_timestamp_seconds",
    "When this process last wrote its sign of life",
    registry=REGISTRY,
)
REPLACED = Gauge(
    "certify_workers_replaced",
    "Workers of this server that died or hung and were replaced; each of them tells the same",
    ["why"],
    registry=REGISTRY,
)
SAVING = ("record_response",)


class _Crowd(Protocol):
    """The hall, which counts here itself and so is not known by its type."""

    @property
    def sessions(self) -> Sized: ...


def text(hall: _Crowd) -> bytes:
    """Everything that is counted, as Prometheus reads it."""
    SESSIONS.set(len(hall.sessions))
    return generate_latest(REGISTRY)


def follow(seat: Seat | None) -> None:
    """Tell what the parent of the workers counted, if there is one."""
    for label, why in (("died", DIED), ("hung", HUNG)):
        told = partial(seat.board.replaced, why) if seat is not None else float
        REPLACED.labels(label).set_function(told)


def sign_in(outcome: str) -> None:
    """Count a sign-in: `in`, `refused` or `unable` (the database did not answer)."""
    SIGN_INS.labels(outcome).inc()


@contextmanager
def watched(use_case: str) -> Iterator[None]:
    """Count what becomes of a use case.

    Args:
        use_case: name of its function.
    """
    began = perf_counter()
    try:
        yield
    except CertifyError as problem:
        if isinstance(problem, NotSaved | HomeUnusable):
            UNREACHABLE.inc()
        if use_case in SAVING:
            NOT_SAVED.inc()
        raise
    if use_case in SAVING:
        SAVED.observe(perf_counter() - began)


class Pulse:
    """How late the event loop comes; `late` is the latest measurement in seconds."""

    SECONDS = 0.5

    def __init__(self) -> None:
        self.late = 0.0

    async def beat(self) -> None:
        """Measure for ever."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + self.SECONDS
            await asyncio.sleep(self.SECONDS)
            self.late = max(0.0, loop.time() - due)
            LAG.observe(self.late)
