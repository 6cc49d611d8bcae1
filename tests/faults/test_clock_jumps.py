"""The clock jumps: nobody gets more time by it, and nobody's answer is lost (G7).

What a person has left is what their receipts say: the deadline less the moment at which the
attempt heard them.
"""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certify.errors import DeadlinePassed, NotFound
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import sitting
from certify.settings import Settings
from tests.faults.conftest import Tally
from tests.faults.exams import (
    LEARNER,
    answer_next,
    answered,
    open_exam,
    seconds_left,
    wait_until_saved,
)
from tests.faults.program import FakeTime, Machine, faketime_library
from tests.faults.schedules import Begun
from tests.faults.sizes import SOAK, size
from tests.platforms import actor, read_course, with_policy
from tests.services.steps import at, begin, check_books, clock_of, stored_attempt, take_over

SCHEDULES = size(100, 10_000)
JUMPS = st.one_of(
    st.sampled_from(
        [timedelta(days=-9), timedelta(hours=-1), timedelta(hours=1), timedelta(days=9)]
    ),
    st.timedeltas(timedelta(days=-9), timedelta(days=9)),
    st.timedeltas(timedelta(minutes=-2), timedelta(minutes=2)),
)
STEPS = st.lists(
    st.tuples(st.timedeltas(timedelta(0), timedelta(minutes=8)), st.none() | JUMPS, st.booleans()),
    min_size=2,
    max_size=6,
)


def test_no_jump_of_the_clock_gives_more_time_or_loses_an_answer(
    begun_attempt: Begun, tally: Tally
) -> None:
    jumps, acknowledged = 0, 0

    @settings(max_examples=SCHEDULES, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps=STEPS)
    def sit(steps: list[tuple[timedelta, timedelta | None, bool]]) -> None:
        nonlocal jumps, acknowledged
        with begun_attempt.copy() as one:
            deadline, left = one.sitting.deadline, one.sitting.deadline - one.sitting.started_at
            for passes, jump, restarts in steps:
                clock_of(one.platform).advance(passes + (jump or timedelta(0)))
                jumps += jump is not None
                try:
                    if restarts:
                        one = take_over(one.platform, one.who)
                    assert one.sitting.deadline == deadline
                    receipt = one.respond(0, None, flagged=True)
                except (DeadlinePassed, NotFound):
                    attempt = stored_attempt(one.platform, one.sitting.attempt_id)
                    assert (attempt.submitted_at, attempt.by_deadline) == (deadline, True)
                    break
                acknowledged += 1
                assert timedelta(0) < deadline - receipt.saved_at <= left
                left = deadline - receipt.saved_at
            assert stored_attempt(one.platform, one.sitting.attempt_id).sequence == one.sequence
            check_books(one.platform)

    sit()
    tally("clock jumps, -9 d to +9 d", faults=jumps, acknowledged=acknowledged, lost=0)


@pytest.mark.parametrize(
    ("begins", "zone"),
    [
        ("2024-03-31T00:45", "Europe/Berlin"),  # 02:00 becomes 03:00
        ("2024-10-27T00:45", "Europe/Berlin"),  # 03:00 becomes 02:00
        ("2024-02-28T15:45", "Asia/Shanghai"),  # into the leap day
        ("2024-02-29T15:45", "Asia/Shanghai"),  # out of it
        ("2024-12-31T15:45", "Asia/Shanghai"),
        ("1991-04-13T15:45", "Asia/Shanghai"),  # the last summer time there was
    ],
)
def test_a_sitting_over_a_change_of_the_wall_clock_or_of_the_day_has_its_full_time(
    sqlite_platform: Platform, begins: str, zone: str
) -> None:
    rules = sqlite_platform.policy
    organisation = rules.organisation.model_copy(update={"time_zone": zone})
    platform = with_policy(sqlite_platform, rules.model_copy(update={"organisation": organisation}))
    clock_of(platform).set(at(begins))
    learner = actor(platform, "E1001")
    read_course(platform, learner)

    terminal_ = begin(platform, learner)

    clock_of(platform).set(at(begins) + timedelta(minutes=29, seconds=59))
    terminal_.respond(0, terminal_.right(0))
    clock_of(platform).set(at(begins) + timedelta(minutes=30))
    with pytest.raises(DeadlinePassed):
        terminal_.respond(1, terminal_.right(1))


@pytest.fixture(params=["switch", "libfaketime"] if SOAK else ["switch"])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    """A machine whose clock is wrong at will."""
    if request.param == "switch":
        return Machine(tmp_path / "machine")
    if not faketime_library():
        pytest.skip("libfaketime is not installed (Debian's package: libfaketime)")
    return FakeTime(tmp_path / "machine")


BACK, AHEAD = timedelta(hours=-2), timedelta(days=9)


def test_no_jump_moves_the_time_left_in_a_running_program_or_loses_an_answer(
    company: Path, machine: Machine
) -> None:
    with machine.run(company) as screen:
        before, begun = seconds_left(open_exam(screen)), time.monotonic()
        screen.press("1")
        wait_until_saved(screen, 1)
        for count, jump in enumerate((BACK, AHEAD), start=2):
            machine.set_clock(jump)
            screen.read(2.2)  # the countdown was painted anew, twice
            left = seconds_left(answer_next(screen))
            assert abs(left - (before - (time.monotonic() - begun))) <= 3
            assert answered(screen.read(0)) == count
        machine.set_clock(BACK)
        screen.kill()
    with machine.run(company) as screen:
        assert answered(open_exam(screen)) == 3
        answer_next(screen)


def test_the_time_left_is_not_longer_after_a_restart_with_the_clock_set_back(
    company: Path, tmp_path: Path
) -> None:
    machine = Machine(tmp_path / "machine")
    platform = open_platform(Settings(home=Home(company)))
    learner = actor(platform, LEARNER)
    begun = sitting.start(platform, actor=learner, exam="foundations-written")
    left = (begun.deadline - begun.started_at).total_seconds()
    platform.close()
    machine.set_clock(BACK)
    with machine.run(company) as screen:
        assert seconds_left(open_exam(screen)) <= left
