"""The proof of a blueprint: what can be known of an exam before anybody sits it (R-ASM-02)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from certify.domain import parallel_forms
from certify.domain.blueprint import Cell, Drawable
from certify.domain.blueprint_fit import CellFit, Conflict, conflicts, fits, times
from certify.domain.parallel_forms import Exposure, ParallelOverlap, RetakeOverlap, Spread


@dataclass(frozen=True)
class Addition:
    """Items that the bank lacks: so many more for one of these cells."""

    places: tuple[int, ...]
    """The cells, counted from 0 in the order of the blueprint."""
    more: int


@dataclass(frozen=True)
class Comparison:
    """How the forms stand beside each other; there are none while a cell cannot be filled."""

    overlap: ParallelOverlap
    retakes: tuple[RetakeOverlap, ...]
    additions: tuple[Addition, ...]
    """What would keep the bound of retakes; empty when it is kept."""
    exposures: tuple[Exposure, ...]
    spread: Spread


@dataclass(frozen=True)
class Proof:
    """What a bank makes of a blueprint."""

    fits: tuple[CellFit, ...]
    conflicts: tuple[Conflict, ...]
    """Why no form can be drawn; empty when one can."""
    comparison: Comparison | None

    @property
    def is_feasible(self) -> bool:
        """Whether every cell can be filled."""
        return not self.conflicts


def prove(
    cells: Sequence[Cell],
    bank: Sequence[Drawable],
    *,
    forms: int,
    attempts: int,
    max_overlap: Fraction,
    expected_p: Mapping[str, Fraction],
) -> Proof:
    """Prove a blueprint against a bank.

    Args:
        forms: how many forms are drawn where figures cannot be computed; 2 at least.
        attempts: forms one person may see (R-REM-01).
        max_overlap: share of a retake that may have been seen before (R-REM-03).
        expected_p: by item code, the share of its points that candidates earn on average.
    """
    found, problems = fits(cells, bank), conflicts(cells, bank)
    if problems:
        return Proof(tuple(found), tuple(problems), None)
    drawn = parallel_forms.draw(cells, bank, forms)
    retakes = parallel_forms.retake_overlaps(found, bank, forms, attempts)
    comparison = Comparison(
        overlap=parallel_forms.parallel_overlap(found, bank, drawn),
        retakes=tuple(retakes),
        additions=tuple(_additions(cells, bank, retakes, max_overlap)),
        exposures=tuple(parallel_forms.exposures(found, bank, drawn)),
        spread=parallel_forms.spread(found, drawn, expected_p),
    )
    return Proof(tuple(found), (), comparison)


def _additions(
    cells: Sequence[Cell],
    bank: Sequence[Drawable],
    retakes: Sequence[RetakeOverlap],
    max_overlap: Fraction,
) -> list[Addition]:
    """Items more that keep the bound, the cells that need least first.

    Only the last retake counts: it shares most. A cell without items for the forms before it
    shares nothing less until it has them.
    """
    if not retakes or retakes[-1].most <= max_overlap:
        return []
    size, last = sum(cell.count for cell in cells), retakes[-1]
    too_many = math.ceil((last.most - max_overlap) * size)
    lacking = []
    for conflict in conflicts(times(cells, last.number), bank):
        before = conflict.wanted * (last.number - 1) // last.number
        in_vain = max(0, before - conflict.available)
        lacking.append((in_vain, in_vain - conflict.missing, conflict))
    found = []
    for in_vain, effect, conflict in sorted(lacking, key=lambda one: one[:2]):
        if too_many <= 0:
            break
        used = min(-effect, too_many)
        too_many -= used
        found.append(Addition(conflict.places, in_vain + used))
    return found
