"""The chain of the ledger shows any entry that was edited, deleted, inserted or moved (G16)."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from certify.domain.attempt import chain_hash
from certify.domain.ledger import LedgerEntry, entry_hash, first_false

START = datetime(2024, 3, 4, 4, 0, tzinfo=UTC)


def chain(length: int) -> list[LedgerEntry]:
    """A ledger whose entries are all right."""
    entries: list[LedgerEntry] = []
    previous = ""
    for sequence in range(1, length + 1):
        facts: dict[str, Any] = {
            "sequence": sequence,
            "at": START + timedelta(minutes=sequence),
            "actor_id": sequence % 3,
            "action": "lesson-finished",
            "subject": f"person:{sequence}",
            "facts": {"课程": sequence},
        }
        right = entry_hash(previous, **facts)
        entries.append(LedgerEntry(previous_hash=previous, hash=right, **facts))
        previous = right
    return entries


lengths = st.integers(2, 8)


def test_a_ledger_without_entries_and_an_untouched_one_hold() -> None:
    assert first_false([]) is None
    assert first_false(chain(8)) is None


@given(lengths, st.data())
def test_an_edited_entry_is_named(length: int, data: st.DataObject) -> None:
    entries = chain(length)
    place = data.draw(st.integers(0, length - 1))
    field = data.draw(
        st.sampled_from(["at", "actor_id", "action", "subject", "facts", "previous_hash", "hash"])
    )
    values: dict[str, Any] = {
        "at": START,
        "actor_id": 99,
        "action": "x",
        "subject": "x",
        "facts": {},
        "previous_hash": "x",
        "hash": "0" * 64,
    }
    setattr(entries[place], field, values[field])

    assert first_false(entries) == place + 1


@given(lengths, st.data())
def test_an_entry_that_was_edited_together_with_its_own_hash_breaks_the_next(
    length: int, data: st.DataObject
) -> None:
    entries = chain(length)
    place = data.draw(st.integers(0, length - 2))
    edited = entries[place]
    edited.action = "forged"
    edited.hash = entry_hash(
        edited.previous_hash,
        sequence=edited.sequence,
        at=edited.at,
        actor_id=edited.actor_id,
        action=edited.action,
        subject=edited.subject,
        facts=edited.facts,
    )

    assert first_false(entries) == place + 2


@given(lengths, st.data())
def test_a_deleted_entry_is_found_unless_it_was_the_last(length: int, data: st.DataObject) -> None:
    entries = chain(length)
    place = data.draw(st.integers(0, length - 2))
    del entries[place]

    assert first_false(entries) == place + 1


@given(lengths, st.data())
def test_an_inserted_or_repeated_entry_is_found(length: int, data: st.DataObject) -> None:
    entries = chain(length)
    place = data.draw(st.integers(0, length))
    entries.insert(place, data.draw(st.sampled_from(chain(length))))

    assert first_false(entries) is not None


@given(lengths, st.data())
def test_two_entries_that_changed_places_are_found(length: int, data: st.DataObject) -> None:
    entries = chain(length)
    place = data.draw(st.integers(0, length - 2))
    entries[place], entries[place + 1] = entries[place + 1], entries[place]

    assert first_false(entries) == place + 1


@given(
    st.fixed_dictionaries(
        {
            "attempt_id": st.integers(1, 9),
            "sequence": st.integers(1, 9),
            "position": st.integers(0, 9),
            "answer": st.none() | st.fixed_dictionaries({"chosen": st.lists(st.text(max_size=3))}),
            "flagged": st.booleans(),
            "received_at": st.datetimes(timezones=st.just(UTC)),
        }
    ),
    st.data(),
)
def test_the_hash_of_a_response_covers_each_of_its_facts(
    facts: dict[str, Any], data: st.DataObject
) -> None:
    changed: dict[str, Any] = {
        "attempt_id": 10,
        "sequence": 10,
        "position": 10,
        "answer": {"chosen": ["other"]},
        "flagged": not facts["flagged"],
        "received_at": facts["received_at"] + timedelta(microseconds=1)
        if facts["received_at"].year < 9999
        else facts["received_at"] - timedelta(microseconds=1),
    }
    name = data.draw(st.sampled_from(sorted(facts)))

    right = chain_hash("before", **facts)

    assert right == chain_hash("before", **facts)
    assert right != chain_hash("other", **facts)
    assert right != chain_hash("before", **(facts | {name: changed[name]}))
