"""A terminal for fault tests: answers E1001's exam without end and says what was acknowledged.

Run as `python -m tests.faults.answering HOME URL [BYTES]`. Each line on its input starts one
terminal, a process of its own, so that many can be killed in a short time; on the output come
`["pid", number]`, a line `[sequence, position, answer]` for each receipt, and `["ended", status]`.
With BYTES no file may grow beyond that size until an answer was refused once.
"""

import json
import os
import resource
import sys
import traceback
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from certify.clock import SetClock
from certify.domain.person import Actor
from certify.errors import NotSaved
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import sign_in, sitting
from certify.services.sitting import Receipt, Sitting
from certify.settings import Settings
from tests.platforms import NOON


def say(*what: object) -> None:
    """One line, out at once, in one piece."""
    os.write(1, f"{json.dumps(what)}\n".encode())


def answer_at(begun: Sitting, sequence: int) -> tuple[int, dict[str, Any]]:
    """The position and the answer that the response of this number has; every one another."""
    position = sequence % len(begun.items)
    options = begun.items[position].shown["options"]
    return position, {"chosen": [options[sequence % len(options)]["id"]]}


def respond(platform: Platform, who: Actor, begun: Sitting, sequence: int) -> Receipt:
    """Send the response of this number."""
    position, answer = answer_at(begun, sequence)
    return sitting.record_response(
        platform,
        actor=who,
        attempt_id=begun.attempt_id,
        fence=begun.fence,
        sequence=sequence,
        position=position,
        answer=answer,
        flagged=bool(sequence % 2),
    )


def answer_on(home: str, url: str, most_bytes: str = "") -> None:
    """Answer for ever, or until an answer that a full disk refused was taken after all."""
    settings = Settings(home=Home(Path(home)), db=url)
    platform = open_platform(settings, clock=SetClock(NOON + timedelta(minutes=1)))
    who = sign_in.act_as(platform, staff_no="E1001")
    begun = sitting.start(platform, actor=who, exam="sample-written")
    if most_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most_bytes), resource.RLIM_INFINITY))
    was_full = False
    for sequence in count(begun.sequence + 1):
        try:
            respond(platform, who, begun, sequence)
        except NotSaved:
            say("not saved")
            was_full = True
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
            respond(platform, who, begun, sequence)
        say(sequence, *answer_at(begun, sequence))
        if was_full:
            return


def main(*arguments: str) -> None:
    """Start a terminal for each line on the input."""
    for _line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                say("pid", os.getpid())
                answer_on(*arguments)
            except BaseException:
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        _pid, status = os.waitpid(pid, 0)
        say("ended", os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(*sys.argv[1:])
