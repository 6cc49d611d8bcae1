"""How much the forms drawn from one blueprint differ: exact where cells share no items, else drawn.

Where no item fits two cells, each cell is a simple random sample of its own items, and the figures
follow from that; where cells share items they are taken from forms that were really drawn.
"""

import math
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from certify.domain.blueprint import Cell, Drawable, FormItem, assemble, fill, overlap, places
from certify.domain.blueprint_fit import CellFit, times

Form = Sequence[FormItem]


@dataclass(frozen=True)
class ParallelOverlap:
    """Shares of a form that another form, drawn for somebody else, has too."""

    mean: Fraction
    is_exact: bool
    """Whether `mean` is exact, not the mean of the drawn forms."""
    most: Fraction
    """The most that two of the drawn forms had in common."""
    least: Fraction
    """What any two forms must have in common, however they are drawn; always exact."""


@dataclass(frozen=True)
class RetakeOverlap:
    """The share of a retake's items that stood on earlier forms of the same person (R-REM-03)."""

    number: int
    """Which attempt, 2 for the first retake."""
    mean: Fraction
    most: Fraction
    is_exact: bool
    """Whether every retake has exactly this share, not only the drawn ones."""


@dataclass(frozen=True)
class Exposure:
    """How likely an item is to stand on a form."""

    code: str
    places: tuple[int, ...]
    """The cells it may fill, counted from 0."""
    share: Fraction
    is_exact: bool


@dataclass(frozen=True)
class Spread:
    """The mark that candidates of average ability may expect, form by form, 0 to 100."""

    mean: Fraction
    deviation: float
    """Standard deviation, in marks."""
    lowest: Fraction
    highest: Fraction
    is_exact: bool
    """Whether all forms there can be are counted, not only the drawn ones."""


def draw(cells: Sequence[Cell], bank: Sequence[Drawable], forms: int) -> list[Form]:
    """So many first forms as `assemble` draws them; the same ones each time."""
    return [assemble(cells, bank, f"parallel-{number}", {}) for number in range(forms)]


def parallel_overlap(
    fits: Sequence[CellFit], bank: Sequence[Drawable], drawn: Sequence[Form]
) -> ParallelOverlap:
    """What two forms have in common. Needs two drawn forms at least."""
    cells = [fit.cell for fit in fits]
    size = sum(cell.count for cell in cells)
    most = total = 0
    bit = {item.code: 1 << number for number, item in enumerate(bank)}
    masks = [sum(bit[item.code] for item in form) for form in drawn]
    for one, other in combinations(masks, 2):
        common = (one & other).bit_count()
        total += common
        most = max(most, common)
    is_exact = all(fit.is_alone for fit in fits)
    if is_exact:
        common_on_average = sum(
            (Fraction(fit.cell.count**2, len(fit.codes)) for fit in fits), Fraction(0)
        )
    else:
        common_on_average = Fraction(total, math.comb(len(drawn), 2))
    in_either = len(fill(times(cells, 2), places(cells, bank)))
    return ParallelOverlap(
        mean=common_on_average / size,
        is_exact=is_exact,
        most=Fraction(most, size),
        least=Fraction(2 * size - in_either, size),
    )


def retake_overlaps(
    fits: Sequence[CellFit], bank: Sequence[Drawable], persons: int, attempts: int
) -> list[RetakeOverlap]:
    """What each retake has in common with all earlier forms of the person.

    Args:
        persons: how many sequences of forms are drawn where cells share items.
        attempts: forms of one person, the first included.
    """
    numbers = range(2, attempts + 1)
    if all(fit.is_alone for fit in fits):
        size = sum(fit.cell.count for fit in fits)
        shares = [Fraction(sum(_again(fit, number) for fit in fits), size) for number in numbers]
        return [
            RetakeOverlap(number, share, share, True)
            for number, share in zip(numbers, shares, strict=True)
        ]
    cells = [fit.cell for fit in fits]
    by_person = [_person(cells, bank, number, attempts) for number in range(persons)]
    return [
        RetakeOverlap(number, sum(shares, Fraction(0)) / persons, max(shares), False)
        for number, shares in zip(numbers, zip(*by_person, strict=True), strict=False)
    ]


def exposures(
    fits: Sequence[CellFit], bank: Sequence[Drawable], drawn: Sequence[Form]
) -> list[Exposure]:
    """How likely each item of the bank is to stand on a first form, in the order of the bank."""
    fitting = places([fit.cell for fit in fits], bank)
    times_drawn = Counter(item.code for form in drawn for item in form)
    found = []
    for code, taken_by in fitting.items():
        alone = [fits[place] for place in taken_by if fits[place].is_alone]
        if not taken_by:
            share, is_exact = Fraction(0), True
        elif alone:
            share, is_exact = Fraction(alone[0].cell.count, len(alone[0].codes)), True
        else:
            share, is_exact = Fraction(times_drawn[code], len(drawn)), False
        found.append(Exposure(code, tuple(taken_by), share, is_exact))
    return found


def spread(
    fits: Sequence[CellFit], drawn: Sequence[Form], expected_p: Mapping[str, Fraction]
) -> Spread:
    """How hard the forms are beside each other.

    Args:
        expected_p: by item code, the share of its points that candidates earn on average.
    """
    possible = Fraction(sum(fit.cell.count * fit.cell.points for fit in fits))
    scale = 100 / possible
    if all(fit.is_alone for fit in fits):
        samples = [_Sample.of(fit, expected_p) for fit in fits]
        return Spread(
            mean=scale * sum(one.mean for one in samples),
            deviation=float(scale) * math.sqrt(sum(one.variance for one in samples)),
            lowest=scale * sum(one.lowest for one in samples),
            highest=scale * sum(one.highest for one in samples),
            is_exact=True,
        )
    marks = [
        scale * sum(Fraction(item.points) * expected_p[item.code] for item in form)
        for form in drawn
    ]
    return Spread(
        mean=sum(marks, Fraction(0)) / len(marks),
        deviation=statistics.stdev(map(float, marks)),
        lowest=min(marks),
        highest=max(marks),
        is_exact=False,
    )


@dataclass(frozen=True)
class _Sample:
    """The points expected of a cell that draws from its own items, without replacement."""

    mean: Fraction
    variance: Fraction
    lowest: Fraction
    highest: Fraction

    @classmethod
    def of(cls, fit: CellFit, expected_p: Mapping[str, Fraction]) -> "_Sample":
        points, count = Fraction(fit.cell.points), fit.cell.count
        values = sorted(expected_p[code] * points for code in fit.codes)
        mean = sum(values, Fraction(0)) / len(values)
        squares = sum(((value - mean) ** 2 for value in values), Fraction(0))
        left_out = len(values) - count
        return cls(
            mean=count * mean,
            variance=(
                squares * count * left_out / (len(values) * (len(values) - 1))
                if left_out
                else Fraction(0)
            ),
            lowest=sum(values[:count], Fraction(0)),
            highest=sum(values[-count:], Fraction(0)),
        )


def _again(fit: CellFit, number: int) -> int:
    """Items of a cell that attempt `number` must show again when earlier ones showed new ones."""
    unseen = max(0, len(fit.codes) - (number - 1) * fit.cell.count)
    return max(0, fit.cell.count - unseen)


def _person(
    cells: Sequence[Cell], bank: Sequence[Drawable], number: int, attempts: int
) -> list[Fraction]:
    """Shares of the retakes of one drawn person."""
    seen: Counter[str] = Counter()
    shares = []
    for attempt in range(1, attempts + 1):
        form = assemble(cells, bank, f"person-{number}/{attempt}", seen)
        shares.append(overlap(form, seen))
        seen.update(item.code for item in form)
    return shares[1:]
