"""Status lists: who was revoked or suspended (W3C Bitstring Status List)."""

import base64
import gzip
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.status_list import (
    LENGTH,
    MAX_UNPACKED,
    Purpose,
    decoded,
    encoded,
    entry,
    is_set,
    list_id,
    places,
    read_entries,
)


@given(st.sets(st.integers(0, LENGTH - 1), max_size=20))
def test_exactly_the_places_that_were_set_are_set(indices: set[int]) -> None:
    bits = decoded(encoded(indices))

    assert len(bits) * 8 == LENGTH
    assert all(is_set(bits, index) for index in indices)
    assert sum(byte.bit_count() for byte in bits) == len(indices)


def test_the_first_place_is_the_leftmost_bit() -> None:
    bits = decoded(encoded([0, 9]))

    assert bits[:2] == b"\x80\x40"


def test_an_empty_list_that_another_program_packed_is_an_empty_list() -> None:
    text = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"

    assert decoded(text) == decoded(encoded([]))


def test_a_list_that_unpacks_to_300_megabytes_is_refused_before_it_does() -> None:
    packed = gzip.compress(b"\0" * 300_000_000, 9)
    text = "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")
    tracemalloc.start()
    begin = time.perf_counter()

    with pytest.raises(ValueError, match="too much"):
        decoded(text)

    assert time.perf_counter() - begin < 1
    assert tracemalloc.get_traced_memory()[1] < 8 * MAX_UNPACKED
    tracemalloc.stop()


def _packed(data: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(data).decode().rstrip("=")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "u",
        "z6Mk",
        encoded([])[1:],
        _packed(b"no gzip"),
        _packed(gzip.compress(b"\0" * 16_383, mtime=0)),
        _packed(gzip.compress(b"\0" * 16_384, mtime=0)[:-9]),
        _packed(gzip.compress(b"\0" * 16_384, mtime=0) + b"more"),
        _packed(gzip.compress(b"\0" * 16_384, mtime=0)) + "é",
    ],
)
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decoded(text)


def test_a_place_outside_the_list_is_refused() -> None:
    bits = decoded(encoded([]))

    for index in (-1, LENGTH):
        with pytest.raises(ValueError, match="no such place"):
            is_set(bits, index)


@pytest.mark.parametrize("base", ["https://certs.example.com/status/", "urn:certify:status:"])
def test_every_certificate_has_one_place_for_each_purpose(base: str) -> None:
    first, second = places(base, LENGTH - 1, 1), places(base, LENGTH, 2)

    assert {place.purpose for place in first} == set(Purpose)
    assert {place.index for place in first} == {LENGTH - 1}
    assert {place.index for place in second} == {0}
    assert not {place.list_id for place in first} & {place.list_id for place in second}
    assert first[0].list_id == list_id(base, Purpose.REVOCATION, 0)
    assert read_entries({"credentialStatus": [entry(place) for place in first]}) == first


def test_only_a_list_of_newer_revisions_has_a_revision_of_its_own() -> None:
    old, new = places("urn:certify:status:", 5, 1), places("urn:certify:status:", 5, 2)

    assert [a.purpose for a, b in zip(old, new, strict=True) if a != b] == [Purpose.REFRESH]


@pytest.mark.parametrize(
    "change",
    [
        {"type": "StatusList2021Entry"},
        {"statusPurpose": "message"},
        {"statusListIndex": 5},
        {"statusListIndex": "-1"},
        {"statusListIndex": "１"},
        {"statusListIndex": "1" * 20},
        {"statusListCredential": None},
        {"statusSize": "2"},
    ],
)
def test_a_status_that_is_not_understood_is_no_good_status(change: dict[str, object]) -> None:
    known = entry(places("urn:certify:status:", 5, 1)[0])

    with pytest.raises(ValueError, match=r"."):
        read_entries({"credentialStatus": {**known, **change}})
