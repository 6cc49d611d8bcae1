"""Reminders before the last valid day, each once, and what expires for HR (R-CRT-04)."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.message import PersonMessage
from certify.domain.person import CONSOLE, PersonStatus
from certify.domain.qualification import Qualification, QualificationChange, QualificationState
from certify.errors import BadInput, NotPermitted
from certify.platform import Platform
from certify.services import messages, reminders
from certify.services.home import home
from certify.services.messages import MessageView
from certify.services.placing.changing import change_person
from tests.platforms import actor, with_policy
from tests.services.learning_steps import pass_course

LAST = date(2025, 3, 4)
"""Last valid day of what is passed on 2024-03-04."""


@pytest.fixture
def held(platform: Platform) -> Platform:
    """E1001 holds one post qualification until `LAST`, and nothing else."""
    policy = platform.policy.model_copy(
        update={"qualification": platform.policy.qualification.model_copy(update={"ladder": ()})}
    )
    ladderless = with_policy(platform, policy)
    pass_course(ladderless, "E1001")
    return ladderless


def before(clock: SetClock, days: int) -> None:
    """Let it be so many days before the last valid day."""
    day = LAST - timedelta(days=days)
    clock.set(datetime(day.year, day.month, day.day, 4, tzinfo=UTC))


def told(platform: Platform) -> list[MessageView]:
    """What the home screen of E1001 tells."""
    return [
        one
        for one in home(platform, actor=actor(platform, "E1001")).told
        if one.kind == reminders.KIND
    ]


def read(platform: Platform) -> None:
    for one in told(platform):
        messages.read(platform, actor=actor(platform, "E1001"), message_id=one.id)


def test_each_reminder_is_shown_once_and_the_expiry_day_is_not_expired(
    held: Platform, clock: SetClock
) -> None:
    shown = []
    for days in range(63, -3, -1):
        before(clock, days)
        for one in told(held):
            assert LAST.isoformat() in messages.text(one)
            shown.append((days, one.facts["days"]))
        read(held)

    assert shown == [(60, 60), (30, 30), (7, 7)]
    assert reminders.expiring(held, actor=CONSOLE) == []
    before(clock, 0)
    [row] = reminders.expiring(held, actor=CONSOLE, days=0)
    assert (row.staff_no, row.days_left, row.valid_to) == ("E1001", 0, LAST)


def test_who_was_away_gets_the_most_urgent_reminder_alone(held: Platform, clock: SetClock) -> None:
    before(clock, 60)
    assert [one.facts["days"] for one in told(held)] == [60]
    before(clock, 5)
    assert [one.facts["days"] for one in told(held)] == [7]
    assert [one.facts["days"] for one in told(held)] == [7]  # until it is read


def test_the_list_of_hr_reminds_everybody_and_again_reminds_nobody(
    held: Platform, clock: SetClock
) -> None:
    before(clock, 61)
    assert reminders.remind(held) == 0
    before(clock, 59)
    hr = actor(held, "H0001")
    assert [row.days_left for row in reminders.expiring(held, actor=hr)] == [59]
    assert reminders.expiring(held, actor=hr, days=58) == []
    assert reminders.remind(held) == 0
    assert len(told(held)) == 1


def test_what_is_renewed_suspended_or_revoked_is_not_reminded_of(
    held: Platform, clock: SetClock
) -> None:
    before(clock, 20)
    with held.database.write() as session:
        found = session.exec(select(Qualification)).one()
        session.add(
            QualificationChange(
                qualification_id=found.id or 0,
                state=QualificationState.SUSPENDED,
                from_day=held.today(),
                at=held.clock.now(),
                reason="test",
            )
        )
    assert told(held) == []
    assert reminders.expiring(held, actor=CONSOLE) == []


def test_a_renewal_ends_the_reminders_and_its_own_end_brings_new_ones(
    held: Platform, clock: SetClock
) -> None:
    before(clock, 60)
    read(held)
    pass_course(held, "E1001")
    before(clock, 7)
    assert told(held) == []
    before(clock, 60 - 365)
    assert [one.facts["days"] for one in told(held)] == [60]


def test_the_list_leaves_out_leavers(held: Platform, clock: SetClock) -> None:
    before(clock, 10)
    change_person(held, actor=CONSOLE, staff_no="E1001", status=PersonStatus.LEFT)

    assert reminders.expiring(held, actor=CONSOLE) == []


def test_the_days_of_the_company_hold(held: Platform, clock: SetClock) -> None:
    policy = held.policy.model_copy(
        update={
            "qualification": held.policy.qualification.model_copy(update={"reminder_days": (3,)})
        }
    )
    other = dataclasses.replace(held, policy=policy)
    before(clock, 4)
    assert told(other) == []
    before(clock, 3)
    assert [one.facts["days"] for one in told(other)] == [3]


@pytest.mark.parametrize("days", [-1, reminders.MOST_DAYS + 1])
def test_only_a_number_of_days_that_makes_sense_is_taken(
    sqlite_platform: Platform, days: int
) -> None:
    with pytest.raises(BadInput):
        reminders.expiring(sqlite_platform, actor=CONSOLE, days=days)
    with pytest.raises(NotPermitted):
        reminders.expiring(sqlite_platform, actor=actor(sqlite_platform, "S0001"))


def test_two_screens_at_once_write_one_reminder(held: Platform, clock: SetClock) -> None:
    before(clock, 30)
    with ThreadPoolExecutor(4) as threads:
        made = [one.result() for one in [threads.submit(reminders.remind, held) for _ in range(4)]]

    assert sum(made) == 1
    with held.database.read() as session:
        assert len(session.exec(select(PersonMessage)).all()) == 1
