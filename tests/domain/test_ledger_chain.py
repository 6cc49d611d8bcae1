"""Where a chain breaks and what was done there: the first false entry and its fault (G16)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.ledger import entry_hash
from certify.domain.ledger_chain import Chain, FalseEntry, Fault, Line

START = datetime(2024, 3, 4, 4, 0, tzinfo=UTC)
LENGTH = 9


def lines(length: int = LENGTH) -> list[Line]:
    """A ledger whose entries are all right."""
    made: list[Line] = []
    previous = ""
    for sequence in range(1, length + 1):
        at, subject = START + timedelta(minutes=sequence), f"person:{sequence}"
        right = entry_hash(
            previous,
            sequence=sequence,
            at=at,
            actor_id=1,
            action="a",
            subject=subject,
            facts={"课程": sequence},
        )
        facts = {"课程": sequence}
        made.append(Line(sequence, at, 1, "a", subject, facts, previous, right))
        previous = right
    return made


def rehashed(line: Line) -> Line:
    """The same entry with the hash that it must have."""
    return line._replace(
        hash=entry_hash(
            line.previous_hash,
            sequence=line.sequence,
            at=line.at,
            actor_id=line.actor_id,
            action=line.action,
            subject=line.subject,
            facts=line.facts,
        )
    )


def checked(found: list[Line], head: tuple[int, str] | None = None) -> FalseEntry | None:
    """What a chain says of these entries below the head of the untouched ledger."""
    chain = Chain()
    for line in found:
        chain.take(line)
    return chain.first_false(head or (LENGTH, lines()[-1].hash))


def renumbered(found: list[Line]) -> list[Line]:
    return [line._replace(sequence=number) for number, line in enumerate(found, start=1)]


places = st.integers(1, LENGTH)


def test_an_untouched_ledger_holds() -> None:
    assert checked(lines()) is None
    assert Chain().first_false(None) is None


@given(places, st.booleans())
def test_a_changed_entry_is_named_also_with_its_own_hash(place: int, is_rehashed: bool) -> None:
    found = lines()
    forged = found[place - 1]._replace(action="forged")
    found[place - 1] = rehashed(forged) if is_rehashed else forged

    wrong = checked(found)

    is_last = is_rehashed and place == LENGTH
    assert wrong == FalseEntry(place, Fault.HEAD if is_last else Fault.CHANGED)


@given(st.integers(1, LENGTH - 1), st.booleans())
def test_a_missing_entry_is_named_also_when_the_rest_is_renumbered(
    place: int, is_renumbered: bool
) -> None:
    found = lines()
    del found[place - 1]

    assert checked(renumbered(found) if is_renumbered else found) == FalseEntry(
        place, Fault.MISSING
    )


@given(st.lists(places, min_size=2, max_size=2, unique=True))
def test_entries_that_changed_places_are_named(pair: list[int]) -> None:
    one, two = sorted(pair)
    found = lines()
    found[one - 1], found[two - 1] = found[two - 1], found[one - 1]

    assert checked(renumbered(found)) == FalseEntry(one, Fault.REORDERED)


@given(places, st.booleans())
def test_an_inserted_entry_is_named_also_when_it_is_well_made(
    place: int, is_well_made: bool
) -> None:
    found = lines()
    previous = found[place - 2].hash if place > 1 else ""
    forged = Line(place, START, 7, "forged", "person:7", {}, previous, "0" * 64)
    found.insert(place - 1, rehashed(forged) if is_well_made else forged)

    assert checked(renumbered(found)) == FalseEntry(place, Fault.INSERTED)


@pytest.mark.parametrize("left", range(LENGTH))
def test_a_cut_tail_is_found_by_the_head(left: int) -> None:
    assert checked(lines()[:left]) == FalseEntry(left + 1, Fault.CUT)


def test_a_tail_that_was_cut_with_the_head_is_not_found_by_the_chain() -> None:
    found = lines()[:5]

    assert checked(found, (5, found[-1].hash)) is None


def test_a_head_that_is_gone_or_another_one_is_found() -> None:
    chain = Chain()
    for line in lines():
        chain.take(line)

    assert chain.first_false(None) == FalseEntry(LENGTH, Fault.HEAD)
    assert checked(lines(), (LENGTH, "x")) == FalseEntry(LENGTH, Fault.HEAD)
    assert checked(lines(), (LENGTH - 1, "x")) == FalseEntry(LENGTH, Fault.INSERTED)
