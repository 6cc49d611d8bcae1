"""Classes of staff, who is a trainee, and who rates whom (R-EVA-03, R-EVA-04)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.person import PersonStatus
from certify.domain.rating_rules import (
    is_trainee,
    next_up,
    ratee_class,
    rating_supervisor,
    reports_by_supervisor,
)
from certify.policy import FULL_LADDER
from certify.storage.placements import PlacementRow

FIRST, LAST = date(2024, 4, 1), date(2024, 6, 30)


def placed(
    from_day: date, supervisor: int | None, status: PersonStatus = PersonStatus.EMPLOYED
) -> PlacementRow:
    return PlacementRow(from_day, "", 1, 1, supervisor, status)


@pytest.mark.parametrize(
    ("meets", "layer", "has_reports", "expected"),
    [
        (True, "experienced-front-line", False, "front-line"),
        (False, "new-front-line", False, "back-office"),
        (True, "new-front-line", True, "supervisor"),
        (True, "experienced-management", False, "supervisor"),
        (False, "new-management", True, "manager"),
        (False, "new-management", False, "manager"),
        (False, "experienced-front-line", True, "manager"),
    ],
)
def test_the_class_follows_from_customers_layer_and_reports(
    meets: bool, layer: str, has_reports: bool, expected: str
) -> None:
    assert ratee_class(meets_customers=meets, layer=layer, has_reports=has_reports) == expected


@pytest.mark.parametrize(
    ("levels", "is_open", "expected"),
    [
        ({"L0"}, False, True),
        ({"L0", "L1"}, True, False),
        ({"L3"}, True, False),
        (set(), True, True),
        (set(), False, False),
        ({"X9"}, False, False),
    ],
)
def test_a_trainee_holds_the_trainee_level_at_most(
    levels: set[str], is_open: bool, expected: bool
) -> None:
    assert is_trainee(levels, FULL_LADDER, is_onboarding_open=is_open) is expected


def test_of_several_supervisors_the_one_with_most_days_rates_and_the_others_comment() -> None:
    assert rating_supervisor({7: 40, 8: 51}, 7) == (8, [7])
    assert rating_supervisor({7: 45, 8: 45}, 8) == (8, [7])
    assert rating_supervisor({7: 45, 8: 45}, None) == (7, [8])
    assert rating_supervisor({}, 3) == (None, [])


@given(st.dictionaries(st.integers(1, 9), st.integers(1, 92), min_size=1), st.integers(1, 9))
def test_whoever_rates_had_the_person_for_the_most_days(days: dict[int, int], today: int) -> None:
    rater, others = rating_supervisor(days, today)

    assert rater is not None
    assert days[rater] == max(days.values())
    assert sorted([rater, *others]) == sorted(days)


def test_the_next_level_up_stands_in_for_who_is_gone_never_the_ratee() -> None:
    above = {1: 2, 2: 3, 3: 4, 4: None}

    assert next_up(1, 2, above, lambda one: True) == 2
    assert next_up(1, 2, above, lambda one: one == 4) == 4
    assert next_up(1, 2, above, lambda one: False) is None
    assert next_up(1, None, above, lambda one: True) is None
    # Old data may hold a circle; it must not hold the program.
    assert next_up(1, 2, {2: 3, 3: 2}, lambda one: False) is None
    assert next_up(1, 2, {2: 1, 1: 5}, lambda one: one == 1) is None


def test_a_subordinate_is_who_reported_directly_on_any_day_of_the_period() -> None:
    placements = {
        11: [placed(date(2024, 1, 1), 5)],
        12: [placed(date(2024, 1, 1), 5), placed(date(2024, 4, 2), 6)],
        13: [placed(date(2024, 1, 1), 5), placed(FIRST, 6)],
        14: [placed(LAST, 5)],
        15: [placed(LAST + timedelta(days=1), 5)],
        16: [placed(date(2024, 1, 1), 5, PersonStatus.LEFT)],
    }

    found = reports_by_supervisor(placements, FIRST, LAST)

    assert found == {5: {11, 12, 14}, 6: {12, 13}}
