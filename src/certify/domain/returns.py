"""Whether goods may be returned, and at which price (R-SIM-04).

The sources leave open how the 7th day is counted and which price rule wins where two fit. The
company's answers are proposals (P): the day of sale is day 0 and day 7 still counts; company
fault (original price) comes before season (current price), season before discount (price paid).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

GUARANTEE_DAYS = 7
"""Days within which three-guarantees goods are treated as normal goods [S3-RX-04]."""


class Verdict(StrEnum):
    """What becomes of a request to return goods."""

    ALLOWED = "allowed"
    EXCLUDED = "excluded"
    """The kind of goods is never taken back without fault of the company [S3-RX-03]."""
    NO_PROOF = "no-proof"
    """Neither invoice nor other proof that it was sold here [S3-RX-02, S3-RX-04]."""
    CUSTOMER_DAMAGE = "customer-damage"
    """Damaged by use, washing or care: help with repair, negotiate sincerely [S3-RX-08]."""
    NOT_RESALEABLE = "not-resaleable"
    """Not clean, not whole or not fit to be sold again [S3-RX-02]."""
    NEEDS_REPORT = "needs-report"
    """Three-guarantees goods after 7 days, without an inspection report [S3-RX-04]."""


class PriceBasis(StrEnum):
    """The price that is given back."""

    ORIGINAL = "original"
    CURRENT = "current"
    PAID = "paid"


@dataclass(frozen=True)
class ReturnCase:
    """What is known about goods that a customer brings back."""

    sold_on: date
    asked_on: date
    has_proof: bool = True
    is_resaleable: bool = True
    is_excluded_kind: bool = False
    has_three_guarantees: bool = False
    has_report: bool = False
    """Whether a quality inspection report is at hand."""
    damaged_by_company: bool = False
    damaged_by_customer: bool = False
    is_late_seasonal: bool = False
    is_discounted: bool = False


@dataclass(frozen=True)
class ReturnDecision:
    """The verdict and, where goods are taken back, the price basis."""

    verdict: Verdict
    basis: PriceBasis | None = None


def return_decision(case: ReturnCase) -> ReturnDecision:
    """Decide a return.

    Goods damaged by the company are taken back even where their kind is excluded: the exclusion
    [S3-RX-03] limits returns without a reason, and this one has a reason [S3-RX-07].
    """
    if (refusal := _refusal(case)) is not None:
        return ReturnDecision(refusal)
    return ReturnDecision(Verdict.ALLOWED, _basis(case))


def _refusal(case: ReturnCase) -> Verdict | None:
    if not case.has_proof:
        return Verdict.NO_PROOF
    if case.damaged_by_company:
        return None
    if case.is_excluded_kind:
        return Verdict.EXCLUDED
    if case.damaged_by_customer:
        return Verdict.CUSTOMER_DAMAGE
    if case.has_three_guarantees and (case.asked_on - case.sold_on).days > GUARANTEE_DAYS:
        return None if case.has_report else Verdict.NEEDS_REPORT
    return None if case.is_resaleable else Verdict.NOT_RESALEABLE


def _basis(case: ReturnCase) -> PriceBasis:
    if case.damaged_by_company:
        return PriceBasis.ORIGINAL
    if case.is_late_seasonal:
        return PriceBasis.CURRENT
    return PriceBasis.PAID if case.is_discounted else PriceBasis.ORIGINAL
