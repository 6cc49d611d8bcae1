"""Weekly until skilled, then at normal frequency: the rules on weeks, faults and leave."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from certify.domain.inspection_schedule import (
    Check,
    Decision,
    Newcomer,
    Rule,
    WeekKind,
    monday_of,
    newcomer,
)
from certify.domain.inspection_turns import Frequency, LastSeen, turns

RULE = Rule(skilled_weeks=4, undecided_weeks=12)
START = date(2024, 4, 1)
"""Monday of 2024-W14."""
WEEK = timedelta(days=7)
FREQUENCY = Frequency(per_week=1, people_each=3, per_month=4, everyone_days=92)

Week = WeekKind
PLANS = some.lists(some.sampled_from([Week.CLEAN, Week.FAULT, Week.AWAY, Week.MISSED]), max_size=16)


def always(_day: date) -> bool:
    return True


def never(_day: date) -> bool:
    return False


def played(
    plan: list[WeekKind],
    *,
    level_from: date = date.min,
    today: date | None = None,
    decisions: tuple[Decision, ...] = (),
) -> Newcomer:
    """A newcomer whose weeks from START on went like this, on the Monday after them."""
    days = [(START + WEEK * number, kind) for number, kind in enumerate(plan)]
    return newcomer(
        START,
        [
            Check(day + timedelta(days=2), kind is Week.CLEAN)
            for day, kind in days
            if kind in (Week.CLEAN, Week.FAULT)
        ],
        [(day, day + timedelta(days=6)) for day, kind in days if kind is Week.AWAY],
        lambda day: day >= level_from,
        today or START + WEEK * len(plan),
        RULE,
        decisions=decisions,
    )


def test_four_clean_weeks_and_the_level_lead_to_normal_frequency_on_the_next_monday() -> None:
    assert played([Week.CLEAN] * 4).skilled_from == date(2024, 4, 29)
    assert played([Week.CLEAN] * 4, today=date(2024, 4, 28)).skilled_from is None
    assert played([Week.CLEAN] * 3).skilled_from is None


def test_a_fault_in_the_third_week_starts_the_count_anew() -> None:
    plan = [Week.CLEAN, Week.CLEAN, Week.FAULT, Week.CLEAN]
    assert played(plan).run == 1
    assert played([*plan, *[Week.CLEAN] * 3]).skilled_from == START + WEEK * 7


def test_a_week_with_a_clean_and_a_faulty_check_is_a_fault() -> None:
    checks = [Check(START, True), Check(START + timedelta(days=4), False)]
    found = newcomer(START, checks, [], always, START + WEEK, RULE)
    assert [one.kind for one in found.weeks] == [Week.FAULT]


def test_a_week_of_leave_neither_counts_nor_breaks() -> None:
    plan = [Week.CLEAN, Week.CLEAN, Week.AWAY, Week.CLEAN, Week.CLEAN]
    assert played(plan).skilled_from == START + WEEK * 5
    assert played(plan[:4]).run == 3


def test_a_week_that_nobody_checked_breaks_the_run_and_makes_the_check_overdue() -> None:
    found = played([Week.CLEAN, Week.CLEAN, Week.MISSED, Week.CLEAN])
    assert (found.run, found.skilled_from) == (1, None)
    missed = played([Week.CLEAN, Week.MISSED, Week.MISSED])
    assert missed.due_on == START + WEEK * 2 - timedelta(days=1)
    assert played([Week.CLEAN]).due_on == START + WEEK * 2 - timedelta(days=1)


def test_a_check_this_week_or_leave_until_its_end_leaves_nothing_due() -> None:
    today = START + timedelta(days=2)
    assert newcomer(START, [Check(today, True)], [], always, today, RULE).due_on is None
    whole = [(START, START + timedelta(days=4))]
    assert newcomer(START, [], whole, always, today, RULE).due_on is None
    part = [(START, START + timedelta(days=3))]
    assert newcomer(START, [], part, always, today, RULE).due_on == START + timedelta(days=6)


def test_without_the_level_nobody_is_skilled_until_the_day_they_hold_it() -> None:
    plan = [Week.CLEAN] * 6
    assert newcomer(START, [], [], never, START, RULE).skilled_from is None
    day = START + WEEK * 5 + timedelta(days=2)
    assert played(plan, level_from=day).skilled_from == day


def test_a_fault_before_the_level_comes_is_not_forgotten() -> None:
    thursday = START + WEEK * 4 + timedelta(days=3)
    found = played([*[Week.CLEAN] * 4, Week.FAULT], level_from=thursday)
    assert (found.skilled_from, found.run) == (None, 0)


def test_who_is_skilled_stays_so() -> None:
    plan = [*[Week.CLEAN] * 4, Week.FAULT, Week.MISSED]
    assert played(plan).skilled_from == START + WEEK * 4


@pytest.mark.parametrize(("leave", "asked"), [(0, True), (1, False)])
def test_after_twelve_weeks_without_leave_the_supervisor_decides(leave: int, asked: bool) -> None:
    plan = [Week.FAULT] * (12 - leave) + [Week.AWAY] * leave
    assert played(plan).needs_decision is asked
    assert not played([Week.FAULT] * 11).needs_decision


def test_a_yes_of_the_supervisor_counts_from_its_day_and_a_no_asks_again_later() -> None:
    day = START + WEEK * 12 + timedelta(days=1)
    plan = [Week.FAULT] * 13
    assert played(plan, decisions=(Decision(day, True),)).skilled_from == day
    no = played(plan, decisions=(Decision(day, False),))
    assert (no.skilled_from, no.needs_decision) == (None, False)
    again = [Week.FAULT] * 25
    assert played(again, decisions=(Decision(day, False),)).needs_decision


@given(PLANS, some.data())
def test_a_fault_never_shortens(plan: list[WeekKind], data: some.DataObject) -> None:
    before = played(plan)
    at_fault = data.draw(some.sets(some.integers(0, len(plan))))
    worse = [Week.FAULT if place in at_fault else kind for place, kind in enumerate(plan)]
    assert _or_never(played(worse)) >= _or_never(before)


@given(PLANS, some.integers(0, 15))
def test_leave_in_place_of_a_clean_check_never_shortens(plan: list[WeekKind], place: int) -> None:
    clean = [*plan[:place], Week.CLEAN, *plan[place + 1 :]]
    away = [*plan[:place], Week.AWAY, *plan[place + 1 :]]
    assert _or_never(played(away)) >= _or_never(played(clean))


@given(PLANS, some.integers(0, 16))
def test_a_week_of_leave_between_others_never_shortens(plan: list[WeekKind], place: int) -> None:
    longer = [*plan[:place], Week.AWAY, *plan[place:]]
    assert _or_never(played(longer)) >= _or_never(played(plan))


@given(PLANS, some.integers(0, 60))
def test_time_takes_nothing_back(plan: list[WeekKind], days: int) -> None:
    now = played(plan)
    later = played(plan, today=START + WEEK * len(plan) + timedelta(days=days))
    if now.skilled_from:
        assert later.skilled_from == now.skilled_from
    assert later.weeks[: len(now.weeks)] == now.weeks


@given(PLANS, some.integers(0, 200))
def test_a_later_level_never_shortens(plan: list[WeekKind], days: int) -> None:
    later = played(plan, level_from=START + timedelta(days=days))
    assert _or_never(later) >= _or_never(played(plan))


@given(some.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_weeks_are_monday_to_sunday(day: date) -> None:
    assert monday_of(day).weekday() == 0
    assert 0 <= (day - monday_of(day)).days <= 6
    assert monday_of(day).isocalendar().week == day.isocalendar().week


def test_everybody_is_due_before_the_quarter_is_over_and_then_overdue() -> None:
    today = date(2024, 7, 3)
    monday = monday_of(today)
    people = [
        LastSeen(1, monday + timedelta(days=6 - 92)),
        LastSeen(2, monday + timedelta(days=7 - 92)),
        LastSeen(3, date(2024, 1, 2)),
    ]
    found = turns(people, [monday], today, FREQUENCY)
    assert [(one.person_id, one.is_quarter) for one in found] == [(3, True), (1, True)]
    assert found[0].due_on < today <= found[1].due_on


@pytest.mark.parametrize(
    ("rounds", "count"),
    [
        ([], 3),
        ([date(2024, 7, 1)], 0),
        ([date(2024, 6, 28)], 3),
    ],
)
def test_the_round_of_the_week_goes_to_the_longest_unseen(rounds: list[date], count: int) -> None:
    people = [LastSeen(number, date(2024, 6, number)) for number in (5, 4, 3, 2, 1)]
    found = turns(people, rounds, date(2024, 7, 3), FREQUENCY)
    assert [one.person_id for one in found] == [1, 2, 3][:count]


def test_a_month_with_all_its_rounds_asks_for_none_more() -> None:
    people = [LastSeen(1, date(2024, 7, 1))]
    rounds = [date(2024, 7, day) for day in (2, 9, 16, 23)]
    assert turns(people, rounds, date(2024, 7, 30), FREQUENCY) == []
    assert turns(people, rounds[:3], date(2024, 7, 30), FREQUENCY)


@given(
    some.lists(some.dates(date(2024, 1, 1), date(2024, 12, 31)), max_size=12),
    some.lists(some.dates(date(2024, 10, 1), date(2024, 12, 31)), max_size=6, unique=True),
    some.dates(date(2024, 10, 1), date(2024, 12, 31)),
)
def test_nobody_is_due_twice_and_nobody_out_of_turn(
    days: list[date], rounds: list[date], today: date
) -> None:
    people = [LastSeen(number, day) for number, day in enumerate(days) if day <= today]
    found = turns(people, rounds, today, FREQUENCY)
    ids = [one.person_id for one in found]
    assert len(ids) == len(set(ids))
    seen = {one.person_id: one.day for one in people}
    left = [day for person_id, day in seen.items() if person_id not in ids]
    assert all(seen[person_id] <= day for person_id in ids for day in left)


def _or_never(found: Newcomer) -> date:
    return found.skilled_from or date.max
