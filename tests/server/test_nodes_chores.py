"""What a server does by itself: overdue attempts, checkpoints, and going on after a failure."""

import asyncio
import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from certify.clock import SetClock
from certify.domain.attempt import Attempt
from certify.platform import Platform
from certify.server import chores
from certify.server.chores import Chores
from certify.services import downtime, sitting
from tests.platforms import actor, read_course


def open_attempts(platform: Platform) -> int:
    """How many attempts nobody has handed in."""
    with platform.database.read() as session:
        found = session.exec(select(Attempt)).all()
        return sum(one.submitted_at is None for one in found)


def test_one_server_hands_in_what_ran_out_of_time_while_nobody_looked(
    platform: Platform, clock: SetClock
) -> None:
    who = actor(platform, "E1001")
    read_course(platform, who)
    begun = sitting.start(platform, actor=who, exam="sample-written")
    with platform.database.read() as session:
        deadline = session.get_one(Attempt, begun.attempt_id).deadline
    clock.set(deadline + timedelta(seconds=1))
    names = [downtime.join(platform, name="hall") for _each in range(2)]
    with ThreadPoolExecutor(1) as signs:
        first, second = (Chores(platform, name, signs) for name in names)

        second._close()
        assert open_attempts(platform) == 1
        downtime.stop(platform, node=names[0])
        second._close()
        assert open_attempts(platform) == 0
        first._close()


def test_each_day_has_its_checkpoint_while_the_server_runs_on(
    sqlite_platform: Platform, clock: SetClock, tmp_path: Path
) -> None:
    kept = tmp_path / "elsewhere"
    settings = dataclasses.replace(sqlite_platform.settings, checkpoints=str(kept))
    platform = dataclasses.replace(sqlite_platform, settings=settings)
    node = downtime.join(platform, name="hall")
    with ThreadPoolExecutor(1) as signs:
        own = Chores(platform, node, signs)
        for _each in range(2):
            own._day()
        clock.set(clock.now() + timedelta(days=1))
        downtime.beat(platform, node=node)
        own._day()
    assert [one.name for one in sorted(kept.iterdir())] == [
        "ledger-2024-03-04.json",
        "ledger-2024-03-05.json",
    ]


async def test_what_fails_once_is_done_again() -> None:
    done = asyncio.Event()
    tries = []

    async def work() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise RuntimeError("not this time")
        done.set()

    doing = asyncio.create_task(chores._every(0, "something", work))
    await asyncio.wait_for(done.wait(), 20)
    doing.cancel()
    assert len(tries) >= 3


def test_a_rule_that_changes_in_the_file_is_in_force_and_a_broken_one_changes_nothing(
    sqlite_platform: Platform,
) -> None:
    platform = dataclasses.replace(sqlite_platform)
    file = platform.settings.home.policy
    was = file.read_text(encoding="utf-8")
    rules = chores._Rules(platform)

    file.write_text(was + "[exam]\npass_mark = 97\n", encoding="utf-8")
    rules.look()
    assert platform.policy.exam.pass_mark == 97

    file.write_text(was + "[exam]\npass_mark = 1000\n", encoding="utf-8")
    rules.look()
    assert platform.policy.exam.pass_mark == 97
