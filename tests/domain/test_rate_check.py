"""Rate checks and checklists: what a sample and a list of points come to."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from certify.domain.checklist import Mark, Point, Seen, judge_points, mark_of, written_points
from certify.domain.inspection import InspectionResult
from certify.domain.rate_check import checked_window, is_rate, judge_rate, rate
from certify.errors import BadInput

MET, NOT_MET = InspectionResult.MET, InspectionResult.NOT_MET
NOT_JUDGED = InspectionResult.NOT_JUDGED


def target(value: str, sign: str = ">=", unit: str = "%") -> dict[str, object]:
    return {"metric": {"zh": "率"}, "operator": sign, "value": value, "unit": {"zh": unit}}


@pytest.mark.parametrize(
    ("value", "sampled", "passed", "result"),
    [
        ("95", 20, 19, MET),
        ("98", 20, 17, NOT_MET),
        ("100", 20, 20, MET),
        ("100", 10_000_000, 9_999_999, NOT_MET),
        ("95", 0, 0, NOT_JUDGED),
        ("66.67", 3, 2, NOT_MET),
        ("66.66", 3, 2, MET),
    ],
)
def test_a_sample_is_held_against_the_target(
    value: str, sampled: int, passed: int, result: InspectionResult
) -> None:
    assert judge_rate(target(value), sampled, passed) is result


@pytest.mark.parametrize(("sampled", "passed"), [(20, 21), (0, 1), (-1, 0), (5, -1), (10**8, 5)])
def test_figures_that_cannot_be_are_refused(sampled: int, passed: int) -> None:
    with pytest.raises(BadInput):
        judge_rate(target("95"), sampled, passed)


@given(some.integers(1, 10_000_000), some.data(), some.decimals(0, 100, places=6))
def test_the_verdict_is_that_of_exact_fractions(
    sampled: int, data: some.DataObject, value: object
) -> None:
    passed = data.draw(some.integers(0, sampled))
    is_met = Fraction(100 * passed, sampled) >= Fraction(str(value))
    assert (judge_rate(target(str(value)), sampled, passed) is MET) == is_met
    assert rate(sampled, passed) == Fraction(100 * passed, sampled)


def test_only_a_target_in_percent_is_a_rate() -> None:
    assert is_rate(target("95"))
    assert is_rate(target("95", unit="％"))
    assert not is_rate(target("24", "<=", "小时"))
    assert not is_rate(None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("10:00-11:00", "10:00-11:00"), (" 10：00 至 11：00 ", "10:00-11:00"), ("", "")],
)
def test_a_window_is_read_as_people_write_it(typed: str, kept: str) -> None:
    assert checked_window(typed) == kept


@pytest.mark.parametrize("typed", ["10", "11:00-10:00", "10:00-10:00", "25:00-26:00", "a-b"])
def test_a_window_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        checked_window(typed)


@given(some.lists(some.sampled_from(Mark), max_size=8))
def test_one_fault_is_a_fault_and_nothing_seen_is_not_judged(marks: list[Mark]) -> None:
    found = judge_points(marks)
    assert (found is NOT_MET) == (Mark.FAULT in marks)
    assert (found is NOT_JUDGED) == (Mark.FAULT not in marks and Mark.OK not in marks)


@given(some.dictionaries(some.sampled_from(["a", "b", "c"]), some.sampled_from(Mark)))
def test_what_was_seen_of_a_point_is_kept_with_its_words(seen: dict[str, Mark]) -> None:
    points = [Point(code=code, text={"zh": f"第{code}条"}) for code in ("a", "b", "c")]
    rows = written_points(points, {code: Seen(mark, "x") for code, mark in seen.items()})
    assert [row["code"] for row in rows] == ["a", "b", "c"]
    assert {row["code"]: mark_of(row) for row in rows} == dict.fromkeys("abc", Mark.OK) | seen
