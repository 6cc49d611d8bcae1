"""The life of a training plan: draft, HR review, in force (R-TRN-01, R-TRN-02)."""

from datetime import date
from enum import StrEnum

from certify.domain.training import PlanState

KINDS = ("onboarding", "in-service", "special", "customer")
"""Kinds of training; `customer` is for outside attendees, without levels (R-TRN-09)."""


class PlanStep(StrEnum):
    """What can be done to a plan."""

    CHANGE = "change"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"


_STEPS = {
    (PlanState.DRAFT, PlanStep.CHANGE): PlanState.DRAFT,
    (PlanState.RETURNED, PlanStep.CHANGE): PlanState.RETURNED,
    (PlanState.DRAFT, PlanStep.SUBMIT): PlanState.SUBMITTED,
    (PlanState.RETURNED, PlanStep.SUBMIT): PlanState.SUBMITTED,
    (PlanState.SUBMITTED, PlanStep.APPROVE): PlanState.APPROVED,
    (PlanState.SUBMITTED, PlanStep.RETURN): PlanState.RETURNED,
}


def after(state: PlanState, step: PlanStep) -> PlanState | None:
    """The state a step leads to; None where it cannot be done.

    What was approved never changes again: later wishes become ad-hoc plans (R-TRN-01).
    """
    return _STEPS.get((state, step))


def standing(state: PlanState, year: int, day: date) -> PlanState:
    """How an annual plan stands on a day: approved, it is in force from 1 January on."""
    if state is PlanState.APPROVED and day >= date(year, 1, 1):
        return PlanState.IN_FORCE
    return state


def may_plan(year: int, day: date) -> bool:
    """Whether a plan of a year may be drafted on a day.

    It is drafted at the end of the year before (S3-TR-11); a company that begins in mid-year may
    still draft one for the year that runs, never one for a year that is over.
    """
    return year in (day.year, day.year + 1)
