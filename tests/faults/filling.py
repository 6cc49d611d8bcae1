"""Answers E1001's exam on a disk that is full now and then, at any write of a commit.

Run as `python -m tests.faults.filling HOME URL TIMES`. Output: `["not saved"]` for each answer that
was refused, `[sequence, position, answer]` for each receipt.
"""

import random
import sys
from datetime import timedelta
from itertools import count
from pathlib import Path

from certify.clock import SetClock
from certify.errors import NotSaved
from certify.paths import Home
from certify.platform import open_platform
from certify.services import sign_in, sitting
from certify.settings import Settings
from tests.faults.answering import answer_at, respond, say
from tests.faults.sqlite_files import watch
from tests.platforms import NOON


class Full:
    """A watcher: after some writes there is no room for some writes."""

    def __init__(self) -> None:
        self.chance = random.Random(8)
        self.room = sys.maxsize
        """Writes that still fit."""

    def fill(self) -> None:
        """Let the disk be full soon."""
        self.room = self.chance.randrange(12)

    def free(self) -> None:
        """There is room again."""
        self.room = sys.maxsize

    def may_write(self, path: str, offset: int, data: bytes) -> bool:
        self.room -= 1
        return self.room >= 0

    def opened(self, path: str, is_new: bool) -> None: ...
    def truncated(self, path: str, length: int) -> None: ...
    def synced(self, path: str) -> None: ...
    def deleted(self, path: str) -> None: ...


def main(home: str, url: str, times: str) -> None:
    """Answer until the disk was full so many times."""
    disk = Full()
    watch(disk)
    settings = Settings(home=Home(Path(home)), db=url)
    platform = open_platform(settings, clock=SetClock(NOON + timedelta(minutes=1)))
    who = sign_in.act_as(platform, staff_no="E1001")
    begun = sitting.start(platform, actor=who, exam="sample-written")
    refused = 0
    disk.fill()
    for sequence in count(begun.sequence + 1):
        while True:
            try:
                respond(platform, who, begun, sequence)
                break
            except NotSaved:
                say("not saved")
                refused += 1
                if disk.chance.random() < 0.7:  # else it is still full when it is tried again
                    disk.free()
        say(sequence, *answer_at(begun, sequence))
        if refused >= int(times):
            return
        if disk.room > 12:
            disk.fill()


if __name__ == "__main__":
    main(*sys.argv[1:])
