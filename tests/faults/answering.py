"""A terminal for fault tests: answers E1001's exam without end and says what was acknowledged.

Run as `python -m tests.faults.answering HOME URL [BYTES]`; each line on the output is one receipt:
sequence, position and answer. With BYTES no file may grow beyond that size.
"""

import json
import os
import resource
import signal
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
from tests.platforms import NOON


def say(what: object) -> None:
    """One line, out at once, in one piece."""
    os.write(1, f"{json.dumps(what)}\n".encode())


def main(home: str, url: str, most_bytes: str = "") -> None:
    """Answer for ever, or until a file is full."""
    settings = Settings(home=Home(Path(home)), db=url)
    platform = open_platform(settings, clock=SetClock(NOON + timedelta(minutes=1)))
    who = sign_in.act_as(platform, staff_no="E1001")
    begun = sitting.start(platform, actor=who, exam="sample-written")
    if most_bytes:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most_bytes), resource.RLIM_INFINITY))
    for sequence in count(begun.sequence + 1):
        position = sequence % len(begun.items)
        options = begun.items[position].shown["options"]
        answer = {"chosen": [options[sequence % len(options)]["id"]]}
        try:
            receipt = sitting.record_response(
                platform,
                actor=who,
                attempt_id=begun.attempt_id,
                fence=begun.fence,
                sequence=sequence,
                position=position,
                answer=answer,
                flagged=bool(sequence % 2),
            )
        except NotSaved:
            say("not saved")
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
            most_bytes = ""
            break
        say([receipt.sequence, position, answer])
    receipt = sitting.record_response(
        platform,
        actor=who,
        attempt_id=begun.attempt_id,
        fence=begun.fence,
        sequence=sequence,
        position=position,
        answer=answer,
        flagged=bool(sequence % 2),
    )
    say([receipt.sequence, position, answer])


if __name__ == "__main__":
    main(*sys.argv[1:])
