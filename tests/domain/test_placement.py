"""Where people were on any day, and how long they were there (R-PPL-01, R-EVA-03)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.person import PersonStatus
from certify.domain.placement import (
    Absence,
    Placement,
    days_present,
    days_under,
    is_absent,
    overlapping,
    placed_on,
    stretches,
)
from certify.domain.reminder import reminder_due

HIRED = date(2024, 2, 27)
AT = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = st.integers(0, 60).map(lambda days: HIRED + timedelta(days=days))


def placement(from_day: date, supervisor: int | None, status: PersonStatus) -> Placement:
    return Placement(
        person_id=1,
        from_day=from_day,
        name="n",
        department_id=1,
        post_id=1,
        supervisor_id=supervisor,
        status=status,
        at=AT,
    )


PLACEMENTS = st.lists(
    st.builds(
        placement,
        from_day=DAYS,
        supervisor=st.sampled_from([None, 1, 2, 3]),
        status=st.sampled_from(PersonStatus),
    ),
    min_size=1,
    max_size=8,
)
ABSENCES = st.lists(
    st.builds(
        lambda first, days, is_cancelled: Absence(
            person_id=1,
            from_day=first,
            to_day=first + timedelta(days=days),
            reason="leave",
            recorded_by=1,
            at=AT,
            cancelled_at=AT if is_cancelled else None,
        ),
        first=DAYS,
        days=st.integers(0, 9),
        is_cancelled=st.booleans(),
    ),
    max_size=4,
)


def days_of(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def replayed(day: date, written: list[Placement]) -> Placement | None:
    """What holds on a day when the rows are taken one after another, each overwriting its days."""
    diary: dict[date, Placement] = {}
    for place, one in enumerate(written):
        later = sorted(other.from_day for other in written[:place])
        end = next((start for start in later if start > one.from_day), date.max)
        for each in days_of(one.from_day, min(end - timedelta(days=1), HIRED + timedelta(days=90))):
            diary[each] = one
    return diary.get(day)


@given(PLACEMENTS, DAYS)
def test_any_day_has_exactly_the_placement_that_replaying_the_changes_gives(
    written: list[Placement], day: date
) -> None:
    assert placed_on(day, written) is replayed(day, written)


@given(PLACEMENTS, DAYS)
def test_before_the_first_row_nothing_held(written: list[Placement], day: date) -> None:
    first = min(one.from_day for one in written)

    assert (placed_on(day, written) is None) == (day < first)


@given(PLACEMENTS, DAYS, DAYS)
def test_stretches_cover_every_day_of_a_period_once(
    written: list[Placement], one: date, other: date
) -> None:
    first, last = min(one, other), max(one, other)
    covered = [
        (day, held)
        for start, end, held in stretches(first, last, written)
        for day in days_of(start, end)
    ]

    expected = [(day, placed_on(day, written)) for day in days_of(first, last)]
    assert covered == [(day, held) for day, held in expected if held is not None]


@given(PLACEMENTS, ABSENCES, DAYS, DAYS)
def test_days_are_counted_as_they_are_one_by_one(
    written: list[Placement], absences: list[Absence], one: date, other: date
) -> None:
    first, last = min(one, other), max(one, other)
    under: dict[int, int] = {}
    present = 0
    for day in days_of(first, last):
        held = placed_on(day, written)
        if held is None or held.status is PersonStatus.LEFT:
            continue
        present += not is_absent(day, absences)
        if held.supervisor_id:
            under[held.supervisor_id] = under.get(held.supervisor_id, 0) + 1

    assert days_under(first, last, written) == under
    assert days_present(first, last, written, absences) == present


@given(ABSENCES, DAYS, DAYS)
def test_an_absence_overlaps_when_one_of_its_days_is_shared(
    absences: list[Absence], one: date, other: date
) -> None:
    first, last = min(one, other), max(one, other)
    found = overlapping(first, last, absences)

    assert (found is not None) == any(is_absent(day, absences) for day in days_of(first, last))
    assert found is None or found.cancelled_at is None


def test_of_two_rows_from_one_day_the_later_one_holds() -> None:
    wrong = placement(HIRED, 1, PersonStatus.EMPLOYED)
    right = placement(HIRED, 2, PersonStatus.EMPLOYED)

    assert placed_on(HIRED, [wrong, right]) is right


def test_nobody_is_placed_without_any_row() -> None:
    assert placed_on(HIRED, []) is None
    assert list(stretches(HIRED, HIRED, [])) == []


@pytest.mark.parametrize(
    ("left", "due"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, None)],
)
def test_a_reminder_is_due_from_its_day_to_the_last_valid_day(left: int, due: int | None) -> None:
    assert reminder_due(left, (60, 30, 7)) == due
    assert reminder_due(left, (7, 60, 30)) == due
