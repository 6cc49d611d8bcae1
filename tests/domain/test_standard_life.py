"""The life of a standard: one text a day, opinions, trials, reviews, what differs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.delta_training import Side, compare, due_day, needed_right, suspended_from
from certify.domain.standard_change import DraftState
from certify.domain.standard_life import (
    DayBar,
    Opinion,
    Scene,
    TextState,
    bar_to_day,
    disagreeing_sides,
    failing_scenes,
    in_force_on,
    missing_scenes,
    missing_sides,
    review_due,
    state_after_opinions,
    text_state,
)

START = date(2024, 1, 1)
SIDES = ("sales", "technology", "customer-service", "quality")
STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 12), st.integers(-10, 40)), max_size=40)
"""Whether to withdraw rather than approve, days that go by before, and days until the day asked."""
TEXTS = st.text(alphabet="来电应在三十秒内接听 ab12,.。", max_size=40)


@given(STEPS)
def test_every_day_from_the_first_to_withdrawal_has_exactly_one_text(
    steps: list[tuple[bool, int, int]],
) -> None:
    today, withdrawn_on = START, None
    firsts: list[date] = []
    history: dict[date, date | None] = {}
    for is_withdrawal, passing, ahead in steps:
        for _day in range(passing):
            history[today] = in_force_on(today, firsts, withdrawn_on)
            today += timedelta(days=1)
        day = today + timedelta(days=ahead)
        if bar_to_day(day, today=today, firsts=firsts, withdrawn_on=withdrawn_on):
            continue
        if is_withdrawal and firsts:
            withdrawn_on = day
        elif not is_withdrawal:
            firsts.append(day)
    assert firsts == sorted(set(firsts))
    for offset in range(-5, 600):
        day = START + timedelta(days=offset)
        text = in_force_on(day, firsts, withdrawn_on)
        has_one = bool(firsts) and firsts[0] <= day and (withdrawn_on is None or day < withdrawn_on)
        assert (text is not None) is has_one
        states = [text_state(first, day, firsts, withdrawn_on) for first in firsts]
        assert states.count(TextState.EFFECTIVE) == has_one
        assert history.get(day, text) == text, "what was in force on a day gone by never changes"


@pytest.mark.parametrize(
    ("day", "withdrawn_on", "bar"),
    [
        ("2024-10-01", None, None),
        ("2024-09-10", None, DayBar.BACKDATED),
        ("2024-09-09", None, DayBar.BACKDATED),
        ("2024-06-01", None, DayBar.NOT_AFTER_NEWEST),
        ("2024-05-31", None, DayBar.NOT_AFTER_NEWEST),
        ("2024-10-01", date(2024, 12, 31), DayBar.WITHDRAWN),
    ],
)
def test_a_text_begins_after_today_and_after_the_newest_one(
    day: str, withdrawn_on: date | None, bar: DayBar | None
) -> None:
    found = bar_to_day(
        date.fromisoformat(day),
        today=date(2024, 9, 10),
        firsts=[date(2023, 1, 1), date(2024, 6, 1)],
        withdrawn_on=withdrawn_on,
    )
    assert found is bar


def test_a_later_opinion_of_a_side_replaces_its_earlier_one() -> None:
    said = [Opinion(side, True) for side in SIDES[:3]]
    assert missing_sides(SIDES, said) == ["quality"]
    assert state_after_opinions(SIDES, said) is DraftState.REVIEW
    said.append(Opinion("quality", False))
    assert disagreeing_sides(said) == ["quality"]
    assert state_after_opinions(SIDES, said) is DraftState.REVIEW
    said.append(Opinion("quality", True))
    assert state_after_opinions(SIDES, said) is DraftState.PILOT
    said.append(Opinion("sales", False))
    assert state_after_opinions(SIDES, said) is DraftState.REVIEW


def test_a_scene_counts_by_its_last_trial_and_only_once() -> None:
    tried = [Scene("夜班", False), Scene("夜班", True), Scene("夜班", True)]
    assert (failing_scenes(tried), missing_scenes(tried, 2)) == ([], 1)
    tried.append(Scene("高峰", False))
    assert (failing_scenes(tried), missing_scenes(tried, 2)) == (["高峰"], 1)


def test_the_review_is_due_months_after_the_first_day_or_the_last_review() -> None:
    assert review_due(date(2024, 8, 31), None, 6) == date(2025, 2, 28)
    assert review_due(date(2024, 1, 1), date(2024, 5, 15), 6) == date(2024, 11, 15)
    assert review_due(date(2024, 10, 1), date(2024, 5, 15), 6) == date(2025, 4, 1)


def test_thirty_days_of_effect_end_on_the_31st_and_the_suspension_begins_the_day_after() -> None:
    due = due_day(date(2024, 10, 1), 30)
    assert (due, suspended_from(due)) == (date(2024, 10, 31), date(2024, 11, 1))


def test_where_there_are_fewer_practice_items_all_of_them_are_needed() -> None:
    assert [needed_right(3, there) for there in (0, 1, 3, 9)] == [0, 1, 3, 3]


@given(TEXTS, TEXTS)
def test_the_pieces_of_a_comparison_make_both_texts_again(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert "".join(one.text for one in pieces if one.side is not Side.NEW) == old
    assert "".join(one.text for one in pieces if one.side is not Side.OLD) == new
    assert all(one.text for one in pieces)


@pytest.mark.parametrize(
    ("old", "new", "differing"),
    [
        ("来电应在 30 秒内接听。", "来电应在 20 秒内接听。", ["30", "20"]),
        ("answered within 30 seconds", "answered within 20 seconds", ["30", "20"]),
        ("24 小时内给出方案", "1.5 小时内给出方案", ["24", "1.5"]),
        ("当天答复", "当天书面答复", ["书面"]),
        ("同样", "同样", []),
    ],
)
def test_a_comparison_shows_whole_words_and_numbers(
    old: str, new: str, differing: list[str]
) -> None:
    assert [one.text for one in compare(old, new) if one.side is not Side.BOTH] == differing
