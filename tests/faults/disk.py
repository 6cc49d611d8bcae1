"""A disk that loses its power: what was flushed stays, what was not may stay, go, or be torn.

A recording lists what SQLite did to its files, with what was acknowledged to the person in
between. `states` rebuilds what such a disk could hold at points of it.
"""

import pickle
import random
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECTOR = 512
"""Bytes that a disk writes whole or not at all."""


@dataclass(frozen=True)
class Event:
    """One thing that happened: opened, write, truncated, synced, deleted or acknowledged."""

    what: str
    path: str = ""
    offset: int = 0
    """Of a write; of a truncation the length that stays."""
    data: bytes = b""
    is_new: bool = False
    fact: Any = None
    """What was acknowledged."""


class Recorder:
    """A watcher of SQLite's files that writes everything down."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def opened(self, path: str, is_new: bool) -> None:
        self.events.append(Event("opened", path, is_new=is_new))

    def may_write(self, path: str, offset: int, data: bytes) -> bool:
        self.events.append(Event("write", path, offset, data))
        return True

    def truncated(self, path: str, length: int) -> None:
        self.events.append(Event("truncated", path, length))

    def synced(self, path: str) -> None:
        self.events.append(Event("synced", path))

    def deleted(self, path: str) -> None:
        self.events.append(Event("deleted", path))

    def acknowledged(self, fact: object) -> None:
        """The person was told that this is safe."""
        self.events.append(Event("acknowledged", fact=fact))

    def save(self, path: Path) -> None:
        """Write the recording to a file."""
        path.write_bytes(pickle.dumps(self.events))


@dataclass
class _File:
    flushed: bytearray
    waiting: list[Event] = field(default_factory=list)

    def apply(self, event: Event, data: bytes | None = None, skip: int = 0) -> None:
        if event.what == "truncated":
            del self.flushed[event.offset :]
            return
        data = event.data if data is None else data
        start = event.offset + skip
        if len(self.flushed) < start:
            self.flushed.extend(bytes(start - len(self.flushed)))
        self.flushed[start : start + len(data)] = data

    def flush(self) -> None:
        for event in self.waiting:
            self.apply(event)
        self.waiting.clear()

    def lose_power(self, chance: random.Random) -> None:
        """Keep any part of what waits: all, nothing, or some sectors of each write."""
        for event in self.waiting:
            fate = chance.randrange(3)
            if fate == 0:
                self.apply(event)
            elif fate == 1 and event.what == "write":
                for skip in range(0, len(event.data), SECTOR):
                    if chance.random() < 0.5:
                        self.apply(event, event.data[skip : skip + SECTOR], skip)
        self.waiting.clear()


class Disk:
    """Files by their names, and the names that are not sure yet."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = {path: _File(bytearray(data)) for path, data in files.items()}
        self.lasting = dict(self.files)
        """What the folder holds for sure; SQLite flushes it with a new file's first flush."""

    def take(self, event: Event) -> None:
        """Let one thing happen."""
        if event.what == "opened" and (event.is_new or event.path not in self.files):
            self.files[event.path] = _File(bytearray())
        elif event.what in ("write", "truncated"):
            self.files[event.path].waiting.append(event)
        elif event.what == "synced":
            self.files[event.path].flush()
            if self.lasting.get(event.path) is not self.files[event.path]:
                self.lasting = dict(self.files)
        elif event.what == "deleted":
            self.files.pop(event.path, None)

    def without_power(self, chance: random.Random) -> dict[str, bytes]:
        """What one may find on it when the power is back."""
        now = deepcopy(self)
        found = {}
        for path in sorted({*now.files, *now.lasting}):
            choices = [now.files.get(path), now.lasting.get(path)]
            file = chance.choice(choices)
            if file is not None:
                file.lose_power(chance)
                found[path] = bytes(file.flushed)
        return found


@dataclass(frozen=True)
class State:
    """What is on the disk after the power was lost, and what had been acknowledged by then."""

    files: dict[str, bytes]
    acknowledged: list[Any]


def states(
    before: dict[str, bytes], events: Sequence[Event], *, count: int, seed: int
) -> Iterator[State]:
    """Lose the power at random points of a recording.

    Args:
        before: the flushed files before the first event, by absolute path.
        seed: the same seed, the same states.
    """
    chance = random.Random(seed)
    points = sorted(chance.randrange(1, len(events) + 1) for _ in range(count))
    disk, acknowledged, done = Disk(before), list[Any](), 0
    for point in points:
        for event in events[done:point]:
            disk.take(event)
            if event.what == "acknowledged":
                acknowledged.append(event.fact)
        done = point
        yield State(disk.without_power(chance), list(acknowledged))
