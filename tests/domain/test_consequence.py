"""What a grade brings, in a series of grades (R-EVA-08), and the days of an appeal (R-EVA-06)."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from certify.domain.calendar import WorkingCalendar
from certify.domain.consequence import (
    LABELS,
    in_a_row,
    last_day_to_appeal,
    may_decide_appeal,
    needs_row,
    proposed,
)
from certify.domain.department_sheet import may_score, sheet_score
from certify.domain.grade import Grade
from certify.policy import Consequence, ConsequencePolicy

POLICY = ConsequencePolicy()
GRADES = some.sampled_from(list(Grade))
SERIES = some.lists(some.none() | GRADES, max_size=8)
BAD = Grade.UNQUALIFIED


def kinds(*found: Consequence) -> list[str]:
    return [one.kind for one in found]


@pytest.mark.parametrize(
    ("grade", "expected"),
    [
        (Grade.EXCELLENT, ["bonus", "commendation", "promotion-priority"]),
        (Grade.GOOD, ["bonus"]),
        (Grade.FAIR, ["bonus", "coaching-plan"]),
        (Grade.UNQUALIFIED, ["bonus", "warning", "suspension", "remedial"]),
    ],
)
def test_a_first_grade_brings_what_the_table_says(grade: Grade, expected: list[str]) -> None:
    assert kinds(*proposed(grade, [], POLICY)) == expected


def test_two_unqualified_in_a_row_bring_a_transfer() -> None:
    assert kinds(*proposed(BAD, [BAD], POLICY))[-1] == "transfer-or-level-down"
    assert "transfer-or-level-down" not in kinds(*proposed(BAD, [Grade.FAIR, BAD], POLICY))


def test_a_period_without_grade_neither_counts_nor_ends_a_row() -> None:
    assert in_a_row(BAD, [None, BAD, None]) == 2
    assert in_a_row(BAD, [None, Grade.GOOD, BAD]) == 1


def test_an_ad_hoc_grade_is_never_part_of_a_row() -> None:
    found = proposed(BAD, [BAD, BAD], POLICY, is_regular=False)
    assert found == proposed(BAD, [], POLICY)


@given(GRADES, SERIES)
def test_more_of_the_same_before_never_brings_less(
    grade: Grade, before: list[Grade | None]
) -> None:
    fewer = set(kinds(*proposed(grade, before, POLICY)))
    assert fewer <= set(kinds(*proposed(grade, [grade, *before], POLICY)))


@given(GRADES, SERIES)
def test_only_the_run_of_the_same_grade_matters(grade: Grade, before: list[Grade | None]) -> None:
    graded = [one for one in before if one is not None]
    run = 1
    for one in graded:
        if one is not grade:
            break
        run += 1
    assert in_a_row(grade, before) == run
    wanted = getattr(POLICY, grade.value)
    assert proposed(grade, before, POLICY) == tuple(one for one in wanted if one.in_a_row <= run)


@given(GRADES, SERIES)
def test_the_grades_before_count_only_where_a_row_is_asked_for(
    grade: Grade, before: list[Grade | None]
) -> None:
    if not needs_row(grade, POLICY):
        assert proposed(grade, before, POLICY) == proposed(grade, [], POLICY)
    assert needs_row(grade, POLICY) == (grade is BAD)


def test_every_kind_of_the_policy_has_a_name() -> None:
    every = [one for grade in Grade for one in getattr(POLICY, grade.value)]
    assert {one.kind for one in every} == set(LABELS)


def test_five_working_days_leave_out_the_weekend() -> None:
    thursday = date(2024, 7, 4)
    assert last_day_to_appeal(thursday, 5, WorkingCalendar()) == date(2024, 7, 11)
    holiday = WorkingCalendar(years=(2024,), holidays=(date(2024, 7, 11),))
    assert last_day_to_appeal(thursday, 5, holiday) == date(2024, 7, 12)


@given(some.dates(date(2020, 1, 1), date(2030, 1, 1)), some.integers(1, 60))
def test_the_last_day_to_appeal_is_a_working_day_that_many_after(told: date, days: int) -> None:
    calendar = WorkingCalendar()
    last = last_day_to_appeal(told, days, calendar)
    between = [told + timedelta(days=n) for n in range(1, (last - told).days + 1)]
    assert sum(calendar.is_working_day(day) for day in between) == days
    assert calendar.is_working_day(last)


@given(some.integers(1, 9), some.integers(1, 9), some.sets(some.integers(1, 9)))
def test_nobody_near_the_ratee_decides_an_appeal(
    decider: int, ratee: int, others: set[int]
) -> None:
    may = may_decide_appeal(decider, ratee, others, ())
    assert may == (decider != ratee and decider not in others)
    assert may == may_decide_appeal(decider, ratee, (), others)


SCORE = some.fractions(0, 100, max_denominator=100)
PARTS = some.dictionaries(some.sampled_from("abcdef"), some.none() | SCORE, min_size=1)


@given(PARTS, some.data())
def test_a_department_lies_between_its_lowest_and_highest_score(
    scores: dict[str, Fraction | None], data: some.DataObject
) -> None:
    weights = {code: Fraction(data.draw(some.integers(1, 100))) for code in scores}
    found = sheet_score(scores, weights)
    there = [one for one in scores.values() if one is not None]
    if not there:
        assert found is None
    else:
        assert found is not None
        assert min(there) <= found <= max(there)


def test_a_department_has_no_score_while_an_indicator_is_left_out() -> None:
    weights = {"a": Fraction(40), "b": Fraction(60)}
    assert sheet_score({"a": Fraction(90)}, weights) is None
    assert sheet_score({"a": Fraction(90), "b": None}, weights) == 90
    assert sheet_score({"a": Fraction(90), "b": Fraction(80)}, weights) == 84


def test_nobody_scores_the_own_department_while_another_can() -> None:
    assert may_score(1, 2, [1])
    assert not may_score(1, 1, [1, 2])
    assert may_score(1, 1, [1, 1])
    assert may_score(1, 1, [])
