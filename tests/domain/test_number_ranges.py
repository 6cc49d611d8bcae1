"""Numbers in short: what stands there means exactly the numbers that were given."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from certify.domain.number_ranges import ranges

NUMBERS = st.sets(st.integers(1, 120)).map(sorted)


def runs(text: str) -> list[tuple[int, int]]:
    """The ends of every run that stands there."""
    ends = [part.split("–") for part in text.split(", ") if part]
    return [(int(one[0]), int(one[-1])) for one in ends]


def test_neighbours_are_one_range() -> None:
    assert ranges([3, 4, 5, 6, 7, 9, *range(12, 41)]) == "3–7, 9, 12–40"
    assert ranges([]) == ""
    assert ranges([8]) == "8"


@given(NUMBERS)
def test_nothing_is_lost_and_nothing_is_added(numbers: list[int]) -> None:
    found = [number for low, high in runs(ranges(numbers)) for number in range(low, high + 1)]
    assert found == numbers


@given(NUMBERS)
def test_no_two_ranges_could_be_one(numbers: list[int]) -> None:
    assert all(high + 1 < low for (_, high), (low, _) in pairwise(runs(ranges(numbers))))
