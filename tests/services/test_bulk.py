"""One deed for many certificates: tried first, done one by one, never twice."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from certify.clock import SetClock
from certify.domain.bulk import Deed
from certify.domain.certificate import Certificate
from certify.domain.ledger import LedgerEntry
from certify.domain.message import PersonMessage
from certify.domain.person import CONSOLE, PersonStatus
from certify.domain.qualification import QualificationState
from certify.domain.registration import CohortMember
from certify.errors import BadInput, NotPermitted
from certify.platform import Platform
from certify.services import cohorts, messages, reminders
from certify.services.bulk import Outcome, bulk
from certify.services.listing import ListFilter, qualification_list
from certify.services.placing.changing import change_person
from certify.services.qualifying import decisions
from tests.platforms import actor, with_full_ladder, with_policy
from tests.services.learning_steps import pass_course

LAST = date(2025, 3, 4)
"""Last valid day of what is passed on 2024-03-04."""


@pytest.fixture
def held(platform: Platform, clock: SetClock) -> Platform:
    """E1001 and E1002 hold a post qualification until `LAST`, 50 days from now."""
    policy = platform.policy.model_copy(
        update={"qualification": platform.policy.qualification.model_copy(update={"ladder": ()})}
    )
    ladderless = with_policy(platform, policy)
    for staff_no in ("E1001", "E1002"):
        pass_course(ladderless, staff_no)
    days_left(clock, 50)
    return ladderless


def days_left(clock: SetClock, days: int) -> None:
    day = LAST - timedelta(days=days)
    clock.set(datetime(day.year, day.month, day.day, 4, tzinfo=UTC))


def numbers(platform: Platform) -> list[str]:
    return [one.certificate for one in reminders.expiring(platform, actor=CONSOLE)]


def do(platform: Platform, deed: Deed, which: Sequence[str], **more: object) -> Sequence[Outcome]:
    options: dict[str, object] = {"apply": True, "reason": "年度安排", **more}
    return bulk(
        platform,
        actor=actor(platform, "H0001"),
        deed=deed,
        certificates=which,
        **options,  # type: ignore[arg-type]
    )


def refused(outcomes: Sequence[Outcome]) -> list[bool]:
    return [one.is_refused for one in outcomes]


def everything(platform: Platform) -> int:
    """How many entries the ledger has, and messages and registrations there are."""
    with platform.database.read() as session:
        kinds = (LedgerEntry, PersonMessage, CohortMember)
        return sum(len(session.exec(select(kind)).all()) for kind in kinds)


@pytest.mark.parametrize("deed", list(Deed))
def test_a_trial_says_what_will_happen_and_changes_nothing(
    held: Platform, clock: SetClock, deed: Deed
) -> None:
    which = numbers(held)
    read_all(held)
    days_left(clock, 45)
    before = everything(held)

    tried = do(held, deed, which, apply=False)

    assert everything(held) == before
    assert tried == do(held, deed, which, apply=False)
    assert [one.said for one in tried] == [one.said for one in do(held, deed, which)]


def read_all(platform: Platform) -> None:
    for staff_no in ("E1001", "E1002"):
        who = actor(platform, staff_no)
        for one in messages.unread(platform, actor=who):
            messages.read(platform, actor=who, message_id=one.id)


def test_a_reminder_waits_until_the_last_one_was_read_and_comes_once_a_day(
    held: Platform, clock: SetClock
) -> None:
    which = numbers(held)  # writes the reminder of the policy's day
    assert refused(do(held, Deed.REMIND, which)) == [True, True]
    read_all(held)
    assert refused(do(held, Deed.REMIND, which)) == [True, True]

    days_left(clock, 45)
    assert refused(do(held, Deed.REMIND, which)) == [False, False]
    assert refused(do(held, Deed.REMIND, which)) == [True, True]
    [first, _second] = reminders.expiring(held, actor=CONSOLE)
    assert (first.reminded_on, first.is_read) == (LAST - timedelta(days=45), False)

    days_left(clock, 29)  # the policy's own reminder still comes
    assert reminders.remind(held) == 2


def test_registering_makes_one_cohort_of_a_month_and_registers_once(held: Platform) -> None:
    which = numbers(held)

    assert refused(do(held, Deed.REGISTER, which)) == [False, False]
    assert refused(do(held, Deed.REGISTER, which)) == [True, True]

    made = cohorts.listed(held, actor=CONSOLE)
    assert [len(one.members) for one in made] == [2]
    assert made[0].title.endswith("2025-03")
    assert made[0].is_open


def test_the_exam_is_not_sat_before_its_window(held: Platform, clock: SetClock) -> None:
    which = numbers(held)
    days_left(clock, 61)
    assert refused(do(held, Deed.REGISTER, which)) == [True, True]
    days_left(clock, 60)
    assert refused(do(held, Deed.REGISTER, which)) == [False, False]


def test_a_post_qualification_is_neither_renewed_nor_extended_by_hand(held: Platform) -> None:
    for deed in (Deed.RENEW, Deed.EXTEND):
        assert refused(do(held, deed, numbers(held))) == [True, True]


def test_suspending_takes_away_what_can_be_and_names_the_rest(held: Platform) -> None:
    [first, second] = numbers(held)
    do(held, Deed.SUSPEND, [first])

    outcomes = do(held, Deed.SUSPEND, [first, second, second, "PQ-2099-0001"])

    assert [(one.certificate, one.is_refused) for one in outcomes] == [
        (first, True),
        (second, False),
        ("PQ-2099-0001", True),
    ]
    wanted = ListFilter(held.today(), QualificationState.SUSPENDED)
    suspended = qualification_list(held, actor=CONSOLE, wanted=wanted).rows
    assert sorted(one.certificate for one in suspended) == sorted([first, second])


def test_a_leaver_and_hr_themselves_are_refused(held: Platform) -> None:
    pass_course(held, "H0001")
    with held.database.read() as session:
        own = [
            one.number
            for one in session.exec(select(Certificate)).all()
            if one.facts["staff_no"] == "H0001"
        ]
    assert refused(do(held, Deed.SUSPEND, own)) == [True]
    which = numbers(held)
    change_person(held, actor=CONSOLE, staff_no="E1001", status=PersonStatus.LEFT)
    assert True in refused(do(held, Deed.SUSPEND, which))


def test_a_level_is_extended_once_and_not_twice_by_doing_it_again(platform: Platform) -> None:
    full = with_full_ladder(platform)
    hr = actor(full, "H0001")
    given = decisions.grant(
        full, actor=hr, staff_no="E1001", level="L0", reason="试用", exception=True
    )

    [done] = do(full, Deed.EXTEND, [given.number])
    assert not done.is_refused
    [again] = do(full, Deed.EXTEND, [given.number])
    assert again.is_refused
    [renewed] = do(full, Deed.RENEW, [given.number])
    assert renewed.is_refused  # far from its end


@pytest.mark.parametrize("deed", [Deed.RENEW, Deed.EXTEND, Deed.SUSPEND])
def test_a_decision_needs_a_reason(held: Platform, deed: Deed) -> None:
    with pytest.raises(BadInput):
        do(held, deed, numbers(held), reason="  ")


def test_only_hr_does_it(held: Platform) -> None:
    for staff_no in ("E1001", "S0001"):
        with pytest.raises(NotPermitted):
            bulk(held, actor=actor(held, staff_no), deed=Deed.REMIND, certificates=[])
