"""Money of training in fen: read exactly as written, added up without a rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.training_cost import MOST_FEN, SessionCost, fen_text, read_fen, year_cost

costs = st.builds(
    SessionCost,
    planned=st.integers(0, 10**8),
    actual=st.none() | st.integers(0, 10**8),
    is_held=st.booleans(),
    is_cancelled=st.booleans(),
).filter(lambda cost: not (cost.is_held and cost.is_cancelled))


@pytest.mark.parametrize(
    "text",
    [
        "2000",
        "2,000.00",
        "2000 元",
        "2,000元",
        "￥2,000",
        "¥2000.0",
        "２０００",
        "2000 yuan",
        " 2000 ",
    ],
)
def test_two_thousand_yuan_are_read_however_they_are_written(text: str) -> None:
    assert read_fen(text) == 200_000


@pytest.mark.parametrize(
    "text",
    ["", "-1", "2,00", "20,00.00", "1.234", "2000.", ".5", "1e3", "2 000", "两千", "1000000000.01"],
)
def test_what_is_no_amount_is_not_guessed(text: str) -> None:
    assert read_fen(text) is None


def test_the_smallest_coin_and_the_largest_amount_are_kept() -> None:
    assert read_fen("0.01") == 1
    assert read_fen("0.1") == 10
    assert read_fen(fen_text(MOST_FEN)) == MOST_FEN
    assert read_fen("9" * 16) is None


@given(st.integers(0, MOST_FEN))
def test_what_is_shown_is_read_back_exactly(fen: int) -> None:
    assert read_fen(fen_text(fen)) == fen
    assert fen_text(-fen).lstrip("-") == fen_text(fen)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.lists(costs))
def test_a_year_is_the_sum_of_its_sessions(
    annual: int, ad_hoc: int, sessions: list[SessionCost]
) -> None:
    year = year_cost(annual, ad_hoc, sessions)
    billed = [one for one in sessions if one.actual is not None]

    assert year.planned == annual + ad_hoc
    assert year.to_date == year.estimated + sum(one.actual or 0 for one in billed)
    assert year.variance == year.to_date - year.planned
    assert year.cancelled <= year.to_date
    for one in billed:
        assert (one.variance or 0) + one.planned == one.actual


def test_a_cancelled_session_counts_with_its_bill_and_only_with_it() -> None:
    with_bill = SessionCost(200_000, 50_000, is_held=False, is_cancelled=True)
    without = SessionCost(200_000, None, is_held=False, is_cancelled=True)

    year = year_cost(2_400_000, 0, [with_bill, without])

    assert (year.to_date, year.cancelled) == (50_000, 50_000)
    assert year.variance == -2_350_000
