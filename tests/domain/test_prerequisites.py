"""Circles among prerequisites, and the order of the phases."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from certify.domain.onboarding import PHASES, is_rehire, locking_phase, phases_before
from certify.domain.prerequisites import circle

GRAPHS = some.dictionaries(some.sampled_from("abcdef"), some.lists(some.sampled_from("abcdef")))


@given(GRAPHS)
def test_a_circle_that_is_named_is_a_way_along_prerequisites_back_to_its_start(
    needs: dict[str, list[str]],
) -> None:
    for code in needs:
        way = circle(code, needs)
        if way:
            assert way[0] == way[-1] == code
            assert all(after in needs[before] for before, after in pairwise(way))
            assert len(set(way)) == len(way) - 1


@given(GRAPHS)
def test_there_is_no_circle_exactly_where_the_courses_can_be_put_in_an_order(
    needs: dict[str, list[str]],
) -> None:
    left = {code: set(after) & set(needs) for code, after in needs.items()}
    while free := [code for code, after in left.items() if not after]:
        for code in free:
            del left[code]
        left = {code: after - set(free) for code, after in left.items()}
    assert bool(left) == any(circle(code, needs) for code in needs)


def test_the_first_incomplete_phase_locks_those_after_it() -> None:
    assert [phases_before(phase) for phase in PHASES] == [(), PHASES[:1], PHASES[:2]]
    assert locking_phase("on-site-practice", {"department"}) == "department"
    assert locking_phase("on-site-practice", {"department", "head-office"}) == "head-office"
    assert locking_phase("department", {"department", "on-site-practice"}) == ""
    assert phases_before("") == ()


@pytest.mark.parametrize(
    ("left", "hired", "expected"),
    [
        (None, date(2024, 3, 4), False),
        (date(2023, 3, 4), date(2024, 3, 4), True),
        (date(2023, 3, 3), date(2024, 3, 4), False),
        (date(2024, 2, 29), date(2025, 3, 1), False),
        (date(2024, 3, 5), date(2024, 3, 4), False),
        (date(2024, 3, 4), date(2024, 3, 4), True),
    ],
)
def test_who_comes_back_within_the_months_of_policy_is_a_rehire(
    left: date | None, hired: date, expected: bool
) -> None:
    assert is_rehire(left, hired, 12) is expected
