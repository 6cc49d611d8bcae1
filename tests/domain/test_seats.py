"""Names of seats, and who may begin when."""

from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from certify.domain.registration import Cohort, Gate, gate, is_late
from certify.domain.seats import first_free, names

NOON = datetime(2024, 3, 4, 4, 0, tzinfo=UTC)
MINUTE, INSTANT = timedelta(minutes=1), timedelta(microseconds=1)


def test_rows_go_from_a_to_z_and_on() -> None:
    assert list(islice(names(2), 4)) == ["A-01", "A-02", "B-01", "B-02"]
    assert next(islice(names(1), 25, None)) == "Z-01"
    assert next(islice(names(1), 26, None)) == "AA-01"
    assert next(islice(names(100), 99, None)) == "A-100"


@given(st.integers(1, 30), st.sets(st.sampled_from(list(islice(names(5), 40)))))
def test_no_seat_is_given_twice(count: int, taken: set[str]) -> None:
    given_ = list(islice(first_free(taken, 5), count))

    assert len(set(given_)) == count
    assert not taken & set(given_)


def window(**what: Any) -> Cohort:
    return Cohort(
        exam_id=1, title="A", opens_at=NOON, closes_at=NOON + 60 * MINUTE, created_at=NOON, **what
    )


def test_the_door_opens_and_closes_to_the_instant() -> None:
    hall = window(needs_admission=True, late_minutes=10)
    for moment, waits, admitted in (
        (NOON - INSTANT, Gate.NOT_YET, Gate.NOT_YET),
        (NOON, Gate.WAITING, Gate.OPEN),
        (NOON + 10 * MINUTE - INSTANT, Gate.WAITING, Gate.OPEN),
        (NOON + 10 * MINUTE, Gate.LATE, Gate.OPEN),
        (NOON + 60 * MINUTE - INSTANT, Gate.LATE, Gate.OPEN),
        (NOON + 60 * MINUTE, Gate.OVER, Gate.OVER),
    ):
        assert gate(hall, moment, is_admitted=False) is waits
        assert gate(hall, moment, is_admitted=True) is admitted


def test_without_rules_everybody_may_begin_until_the_end() -> None:
    hall = window()

    assert gate(hall, NOON + 60 * MINUTE - INSTANT, is_admitted=False) is Gate.OPEN
    assert not is_late(hall, NOON + 59 * MINUTE)
