"""Codes and days of periods, overlap, states (R-EVA-06)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.evaluation import EvaluationPeriod, PeriodKind, PeriodState
from certify.domain.evaluation_period import STEPS, days_of, overlapping


@pytest.mark.parametrize(
    ("kind", "code", "days"),
    [
        (PeriodKind.MONTH, "2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        (PeriodKind.MONTH, "2023-12", (date(2023, 12, 1), date(2023, 12, 31))),
        (PeriodKind.QUARTER, "2024-Q2", (date(2024, 4, 1), date(2024, 6, 30))),
        (PeriodKind.QUARTER, "2024-Q4", (date(2024, 10, 1), date(2024, 12, 31))),
        (PeriodKind.MONTH, "2024-13", None),
        (PeriodKind.MONTH, "2024-00", None),
        (PeriodKind.MONTH, "0000-01", None),
        (PeriodKind.MONTH, "2024-Q2", None),
        (PeriodKind.QUARTER, "2024-Q5", None),
        (PeriodKind.QUARTER, "2024-06", None),
        (PeriodKind.QUARTER, "２０２４-Q2 ", None),
        (PeriodKind.AD_HOC, "2024-Q2", None),
    ],
)
def test_the_code_of_a_regular_period_gives_its_days(
    kind: PeriodKind, code: str, days: tuple[date, date] | None
) -> None:
    assert days_of(kind, code) == days


@given(st.integers(1, 9998), st.integers(1, 4))
def test_quarters_follow_each_other_without_gap_or_overlap(year: int, quarter: int) -> None:
    here = days_of(PeriodKind.QUARTER, f"{year:04}-Q{quarter}")
    following = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
    after = days_of(PeriodKind.QUARTER, f"{following[0]:04}-Q{following[1]}")

    assert here is not None
    assert after is not None
    assert here[1] + timedelta(days=1) == after[0]
    assert 90 <= (here[1] - here[0]).days + 1 <= 92


def period(first: date, last: date) -> EvaluationPeriod:
    return EvaluationPeriod(
        code="other",
        kind=PeriodKind.MONTH,
        scheme="sample",
        first_day=first,
        last_day=last,
        opened_by=1,
        opened_at=datetime(2024, 1, 1, tzinfo=UTC),
    )


@given(
    st.dates(date(2024, 1, 1), date(2024, 3, 1)),
    st.integers(0, 40),
    st.dates(date(2024, 1, 1), date(2024, 3, 1)),
    st.integers(0, 40),
)
def test_periods_overlap_exactly_when_they_share_a_day(
    a: date, a_days: int, b: date, b_days: int
) -> None:
    a_last, b_last = a + timedelta(days=a_days), b + timedelta(days=b_days)
    mine = {a + timedelta(days=n) for n in range(a_days + 1)}
    other = {b + timedelta(days=n) for n in range(b_days + 1)}

    found = overlapping(a, a_last, [period(b, b_last)])

    assert (found is not None) == bool(mine & other)


def test_closed_leads_nowhere_and_only_review_goes_back() -> None:
    assert STEPS[PeriodState.CLOSED] == ()
    back = [one for one, to in STEPS.items() if PeriodState.SCORING in to]
    assert back == [PeriodState.OPEN, PeriodState.REVIEW]
    assert set(STEPS) == set(PeriodState)
