"""The order of onboarding: head office, department, on-site practice (S3-TR-05, R-LRN-01)."""

from collections.abc import Collection
from datetime import date

from certify.domain.validity import add_months

PHASES = ("head-office", "department", "on-site-practice")
"""In the order in which a newcomer goes through them."""
ON_SITE = "on-site-practice"


def phases_before(phase: str) -> tuple[str, ...]:
    """The phases that come before one; none before what is no phase."""
    return PHASES[: PHASES.index(phase)] if phase in PHASES else ()


def locking_phase(phase: str, incomplete: Collection[str]) -> str:
    """The first phase that keeps another one closed; empty when it is open.

    Args:
        incomplete: phases that have something still to do.
    """
    return next((one for one in phases_before(phase) if one in incomplete), "")


def is_rehire(left_on: date | None, hired_on: date, months: int) -> bool:
    """Whether somebody came back within so many months of leaving (`onboarding.rehire_months`)."""
    if left_on is None or hired_on < left_on:
        return False
    return hired_on <= add_months(left_on, months)
