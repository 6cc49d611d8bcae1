"""Pass rate (合格率) of persons counted together; never to be mixed up with the pass mark.

The pass mark (合格线) judges one attempt. The pass rate judges a training by the share of its
group that passed (R-ASM-04): with a mean mark of 90 it may still be missed, and the reverse.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Counted:
    """What the pass rate needs to know of one person registered in a cohort."""

    excused: bool = False
    """Excused absence (准假缺考): the person does not count."""
    attempts: tuple[bool | None, ...] = ()
    """In order, whether each was passed; None while it has no result. Without any the person did
    not come (缺考), which counts as not passed."""


@dataclass(frozen=True)
class PassRate:
    """The pass rate of a cohort. Rates are shares between 0 and 1, exact."""

    registered: int
    excused: int
    awaiting: int
    """First attempts that await marking; they stand outside the rate (R-ASM-10)."""
    no_shows: int
    counted: int
    """The denominator: registered, less excused, less awaiting."""
    passed: int
    """Passed with the first attempt."""
    passed_in_the_end: int
    """Passed with the first or a later attempt."""
    rate: Fraction | None
    """Of first attempts, which decides; None (“n/a”) when nobody counts."""
    final_rate: Fraction | None
    """With retakes; shown beside, decides nothing."""
    met: bool | None
    """Whether the rate reaches the target, the boundary included; None when nobody counts."""


def pass_rate(members: Iterable[Counted], target: Fraction) -> PassRate:
    """The pass rate of a cohort by R-ASM-04.

    Args:
        members: everybody registered.
        target: the share that must pass, 0 to 1, of the policy.
    """
    everybody = list(members)
    expected = [member for member in everybody if not member.excused]
    counted = [member for member in expected if member.attempts[:1] != (None,)]
    passed = sum(member.attempts[:1] == (True,) for member in counted)
    in_the_end = sum(True in member.attempts for member in counted)
    rate = Fraction(passed, len(counted)) if counted else None
    return PassRate(
        registered=len(everybody),
        excused=len(everybody) - len(expected),
        awaiting=len(expected) - len(counted),
        no_shows=sum(not member.attempts for member in counted),
        counted=len(counted),
        passed=passed,
        passed_in_the_end=in_the_end,
        rate=rate,
        final_rate=Fraction(in_the_end, len(counted)) if counted else None,
        met=None if rate is None else rate >= target,
    )
