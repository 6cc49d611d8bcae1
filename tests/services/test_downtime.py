"""What an outage of the server took is given back, and nothing more (G7)."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from certify.clock import ClockJump, SetClock
from certify.domain.attempt import Attempt, AttemptState
from certify.domain.ledger import LedgerEntry
from certify.domain.sitting_rules import outage_credit
from certify.domain.sitting_time import Beat, Outage, TimeGrant
from certify.platform import Platform
from certify.policy import Policy, SittingPolicy
from certify.services import closing, downtime, results, sitting
from certify.storage import sitting_time
from tests.platforms import NOON, actor, read_course, with_policy
from tests.services.steps import (
    Terminal,
    begin,
    check_books,
    clock_of,
    count,
    stored_attempt,
)

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def learner_of(platform: Platform) -> Terminal:
    who = actor(platform, "E1001")
    read_course(platform, who)
    return begin(platform, who)


def left_of(terminal: Terminal) -> timedelta:
    """Time left by the attempt's own deadline."""
    attempt = stored_attempt(terminal.platform, terminal.sitting.attempt_id)
    return attempt.deadline - terminal.platform.clock.now()


def test_an_outage_is_given_back_to_who_sat_then(platform: Platform) -> None:
    downtime.beat(platform, node="a")
    begun = learner_of(platform)
    clock = clock_of(platform)
    clock.advance(5 * SECOND)
    downtime.beat(platform, node="a")
    clock.advance(10 * MINUTE)

    assert downtime.beat(platform, node="a") == 1

    assert left_of(begun) == 30 * MINUTE - 5 * SECOND
    with platform.database.read() as session:
        (outage,) = session.exec(select(Outage)).all()
        (grant,) = session.exec(select(TimeGrant)).all()
    assert (outage.began_at, outage.ended_at) == (NOON + 5 * SECOND, clock.now())
    assert (grant.seconds, grant.outage_id) == (600, outage.id)
    check_books(platform)


def test_who_would_have_been_closed_in_the_outage_goes_on_with_the_time_that_was_left(
    platform: Platform,
) -> None:
    begun = learner_of(platform)
    clock = clock_of(platform)
    clock.advance(28 * MINUTE)
    downtime.beat(platform, node="a")
    clock.advance(60 * MINUTE)

    results.record(platform, actor=begun.who)  # somebody looks before any server is back
    assert closing.close_overdue(platform) == 0
    downtime.beat(platform, node="b")

    assert closing.close_overdue(platform) == 0
    assert left_of(begun) == 2 * MINUTE
    begun.respond(0, begun.right(0))
    clock.advance(2 * MINUTE)
    downtime.stop(platform, node="b")
    assert closing.close_overdue(platform) == 1


@pytest.mark.parametrize(
    ("silence", "credited"), [(29, False), (30, False), (30.000001, True), (31, True)]
)
def test_an_outage_counts_only_from_the_length_in_the_policy(
    sqlite_platform: Platform, silence: float, credited: bool
) -> None:
    begun = learner_of(sqlite_platform)
    downtime.beat(sqlite_platform, node="a")
    clock_of(sqlite_platform).advance(timedelta(seconds=silence))

    assert downtime.beat(sqlite_platform, node="a") == credited
    assert count(sqlite_platform, Outage) == credited
    lost = 30 * MINUTE - left_of(begun)
    assert lost < SECOND if credited else lost == timedelta(seconds=silence)


def test_a_server_stopped_in_order_is_no_outage(platform: Platform) -> None:
    begun = learner_of(platform)
    downtime.beat(platform, node="a")
    downtime.stop(platform, node="a")
    clock_of(platform).advance(10 * MINUTE)

    assert downtime.beat(platform, node="a") == 0
    assert left_of(begun) == 20 * MINUTE


def test_one_server_that_lives_keeps_the_house_open(platform: Platform) -> None:
    begun = learner_of(platform)
    downtime.beat(platform, node="a")
    for _beat in range(20):
        clock_of(platform).advance(5 * SECOND)
        downtime.beat(platform, node="b")

    assert downtime.beat(platform, node="a") == 0
    assert count(platform, Outage) == 0
    assert left_of(begun) == 30 * MINUTE - 100 * SECOND


def test_the_last_server_alive_counts_though_another_was_stopped_before(
    platform: Platform,
) -> None:
    learner_of(platform)
    downtime.beat(platform, node="a")
    downtime.beat(platform, node="b")
    downtime.stop(platform, node="a")
    clock_of(platform).advance(MINUTE)

    assert downtime.beat(platform, node="a") == 1


def test_who_runs_the_screens_alone_earns_no_time_by_closing_them(platform: Platform) -> None:
    begun = learner_of(platform)
    clock_of(platform).advance(29 * MINUTE)

    again = sitting.resume(platform, actor=begun.who, exam=begun.sitting.exam)

    assert again.deadline == NOON + 30 * MINUTE
    assert count(platform, Beat) == 0
    clock_of(platform).advance(MINUTE)
    assert closing.close_overdue(platform) == 1


def test_one_attempt_is_given_no_more_than_the_policy_says_and_is_then_closed(
    platform: Platform,
) -> None:
    rules = SittingPolicy(max_credit_minutes=20)
    platform = with_policy(platform, Policy(sitting=rules))
    begun = learner_of(platform)
    clock = clock_of(platform)
    for _outage in range(3):
        downtime.beat(platform, node="a")
        clock.advance(15 * MINUTE)
    downtime.beat(platform, node="a")

    with platform.database.read() as session:
        seconds = [grant.seconds for grant in session.exec(select(TimeGrant)).all()]
    assert seconds == [900, 300]
    clock.set(NOON + 50 * MINUTE)
    downtime.beat(platform, node="a")
    assert closing.close_overdue(platform) == 1
    assert stored_attempt(platform, begun.sitting.attempt_id).state is AttemptState.SUBMITTED


def test_while_no_server_comes_back_an_attempt_waits_only_as_long_as_there_can_be_credit(
    sqlite_platform: Platform,
) -> None:
    learner_of(sqlite_platform)
    downtime.beat(sqlite_platform, node="a")
    clock = clock_of(sqlite_platform)
    clock.set(NOON + 150 * MINUTE - SECOND)
    assert closing.close_overdue(sqlite_platform) == 0
    clock.set(NOON + 150 * MINUTE)
    assert closing.close_overdue(sqlite_platform) == 1


def test_an_attempt_that_ended_before_the_outage_is_not_kept_open(platform: Platform) -> None:
    begun = learner_of(platform)
    clock = clock_of(platform)
    clock.advance(30 * MINUTE)
    downtime.beat(platform, node="a")
    clock.advance(10 * MINUTE)

    assert closing.close_overdue(platform) == 1
    assert downtime.beat(platform, node="a") == 0
    assert stored_attempt(platform, begun.sitting.attempt_id).submitted_at == NOON + 30 * MINUTE


def test_two_servers_that_come_back_together_count_the_outage_once(platform: Platform) -> None:
    begun = learner_of(platform)
    downtime.beat(platform, node="a")
    clock_of(platform).advance(10 * MINUTE)

    with ThreadPoolExecutor(4) as pool:
        names = ["a", "b", "c", "d"]
        credited = list(pool.map(lambda name: downtime.beat(platform, node=name), names))

    assert sorted(credited) == [0, 0, 0, 1]
    assert count(platform, Outage) == 1
    assert left_of(begun) == 30 * MINUTE
    check_books(platform)


def test_a_break_stands_still_in_an_outage_too(platform: Platform) -> None:
    from certify.services import accommodations, breaks

    hr = actor(platform, "H0001")
    accommodations.grant(platform, actor=hr, staff_no="E1001", reason=".", break_minutes=10)
    begun = learner_of(platform)
    mine: dict[str, Any] = {
        "actor": begun.who,
        "attempt_id": begun.sitting.attempt_id,
        "fence": begun.sitting.fence,
    }
    breaks.begin_break(platform, **mine)
    clock = clock_of(platform)
    clock.advance(MINUTE)
    downtime.beat(platform, node="a")
    clock.advance(7 * MINUTE)
    downtime.beat(platform, node="a")
    clock.advance(MINUTE)

    assert breaks.end_break(platform, **mine).break_left == 8 * 60
    assert left_of(begun) == 30 * MINUTE


steps = st.lists(
    st.tuples(st.sampled_from(["alive", "out", "answer"]), st.integers(1, 900)), max_size=8
)


@given(steps)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_any_row_of_outages_the_time_left_is_that_of_their_beginning(
    sqlite_platform: Platform, schedule: list[tuple[str, int]]
) -> None:
    platform, clock = sqlite_platform, clock_of(sqlite_platform)
    with platform.database.write() as session:
        for beat in sitting_time.beats(session):
            session.delete(beat)
        for attempt in session.exec(select(Attempt)).all():
            attempt.state = AttemptState.SUBMITTED
            session.add(attempt)
    clock.advance(timedelta(days=100))
    who = actor(platform, "E1002")
    read_course(platform, who)
    begun = begin(platform, who)
    limit = platform.policy.sitting.max_credit_minutes * 60
    downtime.beat(platform, node="a")
    left, given_back = left_of(begun), 0
    for kind, seconds in schedule:
        if left <= timedelta(0):
            break
        if kind == "alive":
            for _second in range(0, seconds, 5):
                clock.advance(5 * SECOND)
                downtime.beat(platform, node="a")
            left -= 5 * SECOND * len(range(0, seconds, 5))
        elif kind == "answer":
            begun.respond(0, begun.right(0))
        else:
            clock.advance(seconds * SECOND)
            downtime.beat(platform, node="a")
            credit = seconds if seconds > platform.policy.sitting.credit_from_seconds else 0
            credit = min(credit, limit - given_back)
            given_back += credit
            left -= (seconds - credit) * SECOND
        assert left_of(begun) == left


moments = st.integers(0, 5000).map(lambda second: NOON + second * SECOND)


@given(moments, moments, moments, moments)
def test_the_credit_is_never_more_than_the_outage_nor_less_than_nothing(
    began: Any, ended: Any, heard: Any, deadline: Any
) -> None:
    seconds = outage_credit(began_at=began, ended_at=ended, last_heard=heard, deadline=deadline)

    assert 0 <= seconds <= max(0, (ended - began).total_seconds())
    if deadline <= began:
        assert seconds == 0


class JumpyClock(SetClock):
    """A set clock that was told of jumps."""

    def __init__(self) -> None:
        super().__init__(NOON)
        self.jumps = [ClockJump(NOON, timedelta(days=9))]

    def take_jumps(self) -> list[ClockJump]:
        taken, self.jumps = self.jumps, []
        return taken


def test_a_jump_of_the_clock_is_written_down_once_and_moves_nobodys_time(
    platform: Platform,
) -> None:
    platform = dataclasses.replace(platform, clock=JumpyClock())
    begun = learner_of(platform)
    for _look in range(3):
        sitting.time_of(platform, actor=begun.who, attempt_id=begun.sitting.attempt_id)

    with platform.database.read() as session:
        query = select(LedgerEntry).where(LedgerEntry.action == "clock-jumped")
        (entry,) = session.exec(query).all()
    assert entry.facts == {"seconds": "777600.0"}
    assert begun.sitting.deadline == NOON + 30 * MINUTE
    check_books(platform)


def test_time_given_while_an_attempt_is_being_closed_keeps_it_open(platform: Platform) -> None:
    begun = learner_of(platform)
    clock_of(platform).advance(29 * MINUTE)

    closing.close_attempt(platform, attempt_id=begun.sitting.attempt_id)

    assert stored_attempt(platform, begun.sitting.attempt_id).state is AttemptState.OPEN
