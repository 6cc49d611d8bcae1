"""The rules of personal data: when they are due, and what is left of them."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.person import PersonStatus
from certify.domain.privacy import (
    due_on,
    emptied,
    is_pseudonym,
    mentions_removed,
    pseudonym,
    without_mentions,
)
from certify.services.privacy.retention import left_on

DAYS = st.dates(date(1990, 1, 1), date(2150, 12, 31))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(DAYS, st.integers(0, 100))
def test_nothing_is_due_a_day_too_early_or_more_than_a_day_late(left: date, years: int) -> None:
    due = due_on(left, years)
    assert due.year == left.year + years
    assert (due.month, due.day) in {(left.month, left.day), (3, 1)}
    assert (due.month, due.day) >= (left.month, left.day)


@pytest.mark.parametrize(
    ("left", "years", "due"),
    [
        (date(2024, 2, 29), 3, date(2027, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2096, 2, 29), 4, date(2100, 3, 1)),
        (date(2023, 2, 28), 1, date(2024, 2, 28)),
        (date(2024, 12, 31), 0, date(2024, 12, 31)),
    ],
)
def test_leap_days(left: date, years: int, due: date) -> None:
    assert due_on(left, years) == due


@given(st.integers(1, 10**9))
def test_a_pseudonym_is_known_as_one_and_belongs_to_one_person(person_id: int) -> None:
    assert is_pseudonym(pseudonym(person_id))
    assert int(pseudonym(person_id)[2:]) == person_id


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("王小兰迟到", "X-1迟到"),
        ("E1001迟到，E10012没有", "X-1迟到，E10012没有"),
        ("TA-E1001 与 E1001", "TA-E1001 与 X-1"),
        ("nothing", "nothing"),
    ],
)
def test_a_number_is_replaced_where_it_stands_alone(text: str, left: str) -> None:
    assert without_mentions(text, ("E1001", "王小兰"), "X-1") == left


@given(JSON)
def test_what_was_emptied_says_nothing(value: object) -> None:
    assert emptied(value) in ("", [], {}, None)


@given(JSON)
def test_only_texts_with_the_name_change(value: object) -> None:
    if "王小兰" not in repr(value):
        assert mentions_removed(value, ("王小兰",), "X-1") == value
    assert "王小兰" not in repr(mentions_removed([value, "王小兰"], ("王小兰",), "X-1")) or (
        "王小兰" in repr(value)  # in a key, which is no text of anybody
    )


def test_only_the_named_keys_are_emptied() -> None:
    facts = {"name": "王小兰", "code": "L1", "parts": [{"name": {"zh": "x"}, "mark": "90"}]}
    left = {"name": "", "code": "L1", "parts": [{"name": {}, "mark": "90"}]}
    assert emptied(facts, "name staff_no") == left


@dataclass
class Row:
    from_day: date
    status: PersonStatus


def test_the_last_leaving_counts_from_its_first_day() -> None:
    here, away = PersonStatus.EMPLOYED, PersonStatus.LEFT
    days = [date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1)]
    rows = [Row(days[0], here), Row(days[1], away), Row(days[2], here)]
    assert left_on(rows) is None
    assert left_on([*rows, Row(days[3], away)]) == days[3]
    assert left_on([*rows[:2], Row(days[3], away)]) == days[1]  # a change while away
    assert left_on([]) is None
