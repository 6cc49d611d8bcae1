"""kill -9 while answers are saved as fast as they can be: what was acknowledged is there (G1)."""

import os
import random
import signal
import time
from typing import Any

from certify.domain.person import Actor
from certify.platform import Platform
from tests.faults.checks import answering, check_nothing_lost
from tests.faults.conftest import Tally
from tests.faults.sizes import size
from tests.services.steps import begin, stored_attempt, stored_responses, take_over

KILLS = {"sqlite": size(30, 1000), "postgresql": size(12, 1000)}
BOOKS_EVERY = size(5, 100)
"""All that is stored is checked after so many kills: nightly it is tens of thousands of answers."""


def test_no_kill_loses_an_acknowledged_answer(
    platform: Platform, learner: Actor, tally: Tally
) -> None:
    attempt_id = begin(platform, learner).sitting.attempt_id
    form = stored_attempt(platform, attempt_id).form
    acked: list[list[Any]] = []
    chance = random.Random(9)
    kind = platform.database.engine.dialect.name
    with answering(platform) as terminals:
        for number in range(1, KILLS[kind] + 1):
            platform.database.close()  # the killed one is the last that had the file open
            terminals.start()
            acked += terminals.said(chance.randrange(20))
            time.sleep(chance.uniform(0, 0.004))  # anywhere in the next answer
            os.kill(terminals.pid, signal.SIGKILL)
            acked += terminals.said()
            assert terminals.status == -signal.SIGKILL
            if number % BOOKS_EVERY == 0:
                check_nothing_lost(platform, attempt_id, acked)

    check_nothing_lost(platform, attempt_id, acked)
    assert len(acked) > KILLS[kind]
    tally(f"kill -9 while saving, {kind}", faults=KILLS[kind], acknowledged=len(acked), lost=0)
    resumed = take_over(platform, learner)
    assert resumed.sitting.attempt_id == attempt_id
    assert stored_attempt(platform, attempt_id).form == form
    assert resumed.sequence == len(stored_responses(platform, attempt_id))
    resumed.answer_all()
    assert stored_attempt(platform, resumed.submit()).passed
