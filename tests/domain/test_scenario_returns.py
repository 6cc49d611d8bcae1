"""Whether goods may be returned and at which price (R-SIM-04), and that the scenario agrees."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.courseware.scenario_file import read_scenario
from certify.domain.returns import (
    PriceBasis,
    ReturnCase,
    ReturnDecision,
    Verdict,
    return_decision,
)
from certify.domain.scenario import Scenario

SOLD = date(2024, 5, 11)
COURSE = Path(__file__).parents[2] / "courses" / "special-home-visit-repair"
YES = Verdict.ALLOWED


def decide(days: int = 3, **facts: Any) -> ReturnDecision:
    return return_decision(ReturnCase(sold_on=SOLD, asked_on=SOLD + timedelta(days), **facts))


@pytest.mark.parametrize(
    ("facts", "verdict", "basis"),
    [
        ({}, YES, PriceBasis.ORIGINAL),
        ({"is_discounted": True}, YES, PriceBasis.PAID),
        ({"is_late_seasonal": True}, YES, PriceBasis.CURRENT),
        ({"is_late_seasonal": True, "is_discounted": True}, YES, PriceBasis.CURRENT),
        (
            {"damaged_by_company": True, "is_late_seasonal": True, "is_discounted": True},
            YES,
            PriceBasis.ORIGINAL,
        ),
        ({"has_proof": False}, Verdict.NO_PROOF, None),
        ({"is_resaleable": False}, Verdict.NOT_RESALEABLE, None),
        ({"damaged_by_customer": True}, Verdict.CUSTOMER_DAMAGE, None),
        ({"is_excluded_kind": True}, Verdict.EXCLUDED, None),
        ({"is_excluded_kind": True, "damaged_by_company": True}, YES, PriceBasis.ORIGINAL),
        ({"damaged_by_company": True, "is_resaleable": False}, YES, PriceBasis.ORIGINAL),
        ({"damaged_by_company": True, "has_proof": False}, Verdict.NO_PROOF, None),
    ],
)
def test_a_return_is_decided_by_kind_state_proof_and_fault(
    facts: dict[str, Any], verdict: Verdict, basis: PriceBasis | None
) -> None:
    assert decide(**facts) == ReturnDecision(verdict, basis)


@pytest.mark.parametrize(
    ("days", "has_report", "verdict"),
    [
        (0, False, YES),
        (7, False, YES),
        (8, False, Verdict.NEEDS_REPORT),
        (8, True, YES),
        (400, True, YES),
    ],
)
def test_day_7_still_counts_and_from_day_8_a_report_is_needed(
    days: int, has_report: bool, verdict: Verdict
) -> None:
    found = decide(days, has_three_guarantees=True, has_report=has_report)

    assert found.verdict is verdict


@given(st.integers(0, 100), st.booleans(), st.booleans(), st.booleans())
def test_what_the_company_damaged_goes_back_at_the_original_price_whatever_else_is_true(
    days: int, excluded: bool, discounted: bool, seasonal: bool
) -> None:
    found = decide(
        days,
        damaged_by_company=True,
        is_excluded_kind=excluded,
        is_discounted=discounted,
        is_late_seasonal=seasonal,
    )

    assert found == ReturnDecision(YES, PriceBasis.ORIGINAL)


@pytest.mark.parametrize(
    ("node", "facts", "words"),
    [
        ("humidifier", {"is_discounted": True}, "可以退，不追问理由，按实付"),
        ("tv-seven", {"days": 7, "has_three_guarantees": True}, "第 7 天，含在内"),
        ("tv-eight", {"days": 8, "has_three_guarantees": True}, "要有质量检验报告"),
        (
            "bookcase",
            {"damaged_by_company": True, "is_discounted": True, "is_late_seasonal": True},
            "按原价",
        ),
        ("cream", {"damaged_by_company": True, "is_excluded_kind": True}, "可以退，按原价"),
        ("sweater", {"damaged_by_customer": True}, "不能退"),
    ],
)
def test_the_return_scenario_gives_its_points_to_what_the_rule_decides(
    node: str, facts: dict[str, Any], words: str
) -> None:
    data = read_scenario(COURSE / "scenarios" / "return-counter.toml", [])
    best = max(Scenario.model_validate(data).nodes[node].choices, key=lambda one: one.points)

    found = decide(**facts)

    assert words in best.text["zh"]
    assert (found.verdict is YES) == ("可以退" in best.text["zh"] or node == "bookcase")
    if node in ("bookcase", "cream"):
        assert found.basis is PriceBasis.ORIGINAL
