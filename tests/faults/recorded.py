"""Several people sit an exam at once while all that SQLite does to its files is recorded.

Run as `python -m tests.faults.recorded HOME DATABASE OUT ANSWERS [SYNCHRONOUS]`. What was
acknowledged: `["begun", attempt, staff number]`, `["answer", attempt, [sequence, position,
answer]]`, `["submitted", attempt]`.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count, islice
from pathlib import Path

from certify.clock import SetClock
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import sign_in, sitting
from certify.settings import Settings
from tests.faults.answering import answer_at, respond
from tests.faults.checks import prepared
from tests.faults.disk import Recorder
from tests.faults.sqlite_files import watch
from tests.platforms import NOON

LEARNERS = ("E1001", "E1002", "S0001", "H0001")
CHECKPOINT_PAGES = 40
"""Small, so that many checkpoints fall into a short recording; SQLite's own is 1000."""


def main(home: str, database: str, out: str, answers: str, synchronous: str = "") -> None:
    """Record sittings with so many answers each."""
    recorder = Recorder()
    watch(recorder)
    settings = Settings(home=Home(Path(home)), db=f"sqlite:///{database}")
    platform = open_platform(settings, clock=SetClock(NOON + timedelta(minutes=1)))

    statements = [f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}"]
    if synchronous:
        statements.append(f"PRAGMA synchronous={synchronous}")
    prepared(platform.database, *statements)
    with ThreadPoolExecutor(len(LEARNERS)) as pool:
        sat = [pool.submit(sit, platform, recorder, who, int(answers)) for who in LEARNERS]
    for one in sat:
        one.result()
    platform.close()
    recorder.save(Path(out))


def sit(platform: Platform, recorder: Recorder, staff_no: str, answers: int) -> None:
    """One person's exam."""
    who = sign_in.act_as(platform, staff_no=staff_no)
    begun = sitting.start(platform, actor=who, exam="sample-written")
    recorder.acknowledged(["begun", begun.attempt_id, staff_no])
    for sequence in islice(count(begun.sequence + 1), answers):
        respond(platform, who, begun, sequence)
        fact = [sequence, *answer_at(begun, sequence)]
        recorder.acknowledged(["answer", begun.attempt_id, fact])
    sitting.submit(platform, actor=who, attempt_id=begun.attempt_id, fence=begun.fence)
    recorder.acknowledged(["submitted", begun.attempt_id])


if __name__ == "__main__":
    main(*sys.argv[1:])
