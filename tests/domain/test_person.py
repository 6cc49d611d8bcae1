"""Nobody is their own superior, however far up (R-PPL-01)."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from certify.domain.person import supervisor_cycle

people = st.sampled_from("ABCDEF")


def test_a_chain_that_ends_at_the_top_has_no_circle() -> None:
    assert supervisor_cycle("A", {"A": "B", "B": "C"}) == []
    assert supervisor_cycle("C", {"A": "B", "B": "C"}) == []


def test_a_circle_is_named_from_its_first_person_back_to_it() -> None:
    assert supervisor_cycle("A", {"A": "B", "B": "C", "C": "A"}) == ["A", "B", "C", "A"]
    assert supervisor_cycle("A", {"A": "A"}) == ["A", "A"]


def test_a_circle_further_up_is_found_too() -> None:
    assert supervisor_cycle("A", {"A": "B", "B": "C", "C": "B"}) == ["B", "C", "B"]


@given(people, st.dictionaries(people, people))
def test_a_circle_is_found_exactly_when_walking_up_never_ends(
    person: str, above: dict[str, str]
) -> None:
    at: str | None = person
    for _ in range(len(above) + 1):
        at = above.get(at) if at is not None else None

    circle = supervisor_cycle(person, above)

    assert bool(circle) == (at is not None)
    if circle:
        assert circle[0] == circle[-1]
        assert all(above[one] == two for one, two in pairwise(circle))
