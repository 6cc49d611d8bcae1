"""What of a score its ratee may see, so that no single rater's score can be worked out (R-PLT-07).

Who knows the final score, the measured one, the own rating and every other mean has the
supervisor's by subtraction. So at least two figures stay unknown, or the final score does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from certify.domain.evaluation import RaterType

SINGLE = (RaterType.SUPERVISOR,)
"""Types of which one person alone gives the score; the own one is known anyway."""


@dataclass(frozen=True)
class Shown:
    """What the ratee sees beside the grade and the measured score."""

    groups: bool
    """The means of subordinates and customers."""
    final: bool
    """The final score."""


def shown_to_ratee(counted: Iterable[tuple[RaterType, Fraction]]) -> Shown:
    """What may be shown of a result.

    Args:
        counted: each type of rater with the share of 100 it counted with; 0 where it did not.
    """
    types = {rater for rater, share in counted if share > 0}
    if not types.intersection(SINGLE):
        return Shown(groups=True, final=True)
    has_group = bool(types - {*SINGLE, RaterType.SELF})
    return Shown(groups=False, final=has_group)
