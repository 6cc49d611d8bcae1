"""Rates of service quality and of cohorts, exact shares from 0 to 1 (R-SUP-02, R-SUP-05)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from certify.domain.cohort import PassRate
from certify.domain.inspection import InspectionResult


@dataclass(frozen=True)
class Check:
    """What the rates need to know of one inspection."""

    result: InspectionResult
    sampled: int | None = None
    passed: int | None = None
    points: int = 0
    """Points of the checklist, and how many of them were in order."""
    points_ok: int = 0


def share(part: int, whole: int) -> Fraction | None:
    """A part of a whole; None where there is nothing to share.

    Raises:
        ValueError: a negative count, or a part larger than its whole.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole}")
    return Fraction(part, whole) if whole else None


def attainment_rate(checks: Iterable[Check]) -> Fraction | None:
    """The share of judged checks that met their target (标准达标率)."""
    judged = [one for one in checks if one.result is not InspectionResult.NOT_JUDGED]
    return share(sum(one.result is InspectionResult.MET for one in judged), len(judged))


def execution_rate(checks: Iterable[Check]) -> Fraction | None:
    """The share of what was looked at that was done as laid down (流程执行率).

    Looked at are the cases of a sample and the points of a checklist.
    """
    every = list(checks)
    looked_at = sum((one.sampled or 0) + one.points for one in every)
    return share(sum((one.passed or 0) + one.points_ok for one in every), looked_at)


def complaint_rate(complaints: int, services: int) -> Fraction | None:
    """Complaints for each service given (投诉率); None where no service was counted.

    One service may bring several complaints, so it may exceed 1.
    """
    return Fraction(complaints, services) if services else None


def naming(standard: str, texts: Iterable[str]) -> int:
    """How many texts name a standard by its number; CS-0011 does not name CS-001."""
    number = re.compile(rf"(?<![A-Z0-9-]){re.escape(standard)}(?![A-Z0-9-])")
    return sum(number.search(text) is not None for text in texts)


@dataclass(frozen=True)
class CohortCounts:
    """The members of one cohort, counted where they are kept."""

    registered: int
    excused: int
    absent: int
    """Not excused and without an attempt in the cohort's window."""
    passed: int
    """Passed at the first attempt."""
    failed: int
    """Did not pass at the first attempt."""
    awaiting: int
    """The first attempt has no result."""
    passed_later: int
    """Among the failed: passed with a later attempt."""
    is_over: bool = True
    """Whether the window has ended; until then who did not come may still come."""


def rate_of(counts: Iterable[CohortCounts], target: Fraction) -> PassRate:
    """The pass rate (R-ASM-04) from counts; of several cohorts together.

    Args:
        target: the share that must pass, 0 to 1, of the policy.
    """
    every = list(counts)
    no_shows = sum(one.absent for one in every if one.is_over)
    to_come = sum(one.absent for one in every if not one.is_over)
    passed = sum(one.passed for one in every)
    in_the_end = passed + sum(one.passed_later for one in every)
    counted = passed + sum(one.failed for one in every) + no_shows
    rate = share(passed, counted)
    return PassRate(
        registered=sum(one.registered for one in every),
        excused=sum(one.excused for one in every),
        awaiting=sum(one.awaiting for one in every) + to_come,
        no_shows=no_shows,
        counted=counted,
        passed=passed,
        passed_in_the_end=in_the_end,
        rate=rate,
        final_rate=share(in_the_end, counted),
        met=None if rate is None else rate >= target,
    )
