"""How far two markers agree: weighted kappa for categories, intraclass correlation for points."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

Category = TypeVar("Category", bound=Hashable)
Disagreement = Callable[[int, int], int]
"""How grave it is that one marker chose the i-th category and the other the j-th; 0 if equal."""


def unweighted(first: int, second: int) -> int:
    """Any difference is as grave as any other (Cohen 1960)."""
    return int(first != second)


def linear(first: int, second: int) -> int:
    """Twice as far apart is twice as grave (Cicchetti and Allison 1971)."""
    return abs(first - second)


def quadratic(first: int, second: int) -> int:
    """Twice as far apart is four times as grave (Fleiss and Cohen 1973)."""
    return (first - second) ** 2


@dataclass(frozen=True)
class Agreement:
    """Two markers compared over the same answers."""

    n: int
    observed: Fraction | None
    """Share of the answers to which both gave the same; None without answers."""
    kappa: Fraction | None
    """Agreement beyond chance: 1 is full, 0 what chance gives, below 0 worse than chance. None
    when chance alone must agree, as when both used one and the same category throughout."""


def weighted_kappa(
    pairs: Iterable[tuple[Category, Category]],
    categories: Sequence[Category],
    disagreement: Disagreement = quadratic,
) -> Agreement:
    """Cohen's (1968) weighted kappa, exact.

    Args:
        pairs: what the first and the second marker gave to each answer.
        categories: every category that could be given, in order.
        disagreement: the weights; `linear`, `quadratic` or one's own.

    Raises:
        ValueError: a rating is none of the categories.
    """
    place = {category: index for index, category in enumerate(categories)}
    cells: Counter[tuple[int, int]] = Counter()
    for first, second in pairs:
        if first not in place or second not in place:
            raise ValueError(f"{first!r} or {second!r} is not among the categories")
        cells[place[first], place[second]] += 1
    firsts: Counter[int] = Counter()
    seconds: Counter[int] = Counter()
    for (i, j), count in cells.items():
        firsts[i] += count
        seconds[j] += count
    n = cells.total()
    seen = sum(count * disagreement(i, j) for (i, j), count in cells.items())
    expected = sum(
        one * other * disagreement(i, j)
        for i, one in firsts.items()
        for j, other in seconds.items()
    )
    same = sum(count for (i, j), count in cells.items() if i == j)
    return Agreement(
        n=n,
        observed=Fraction(same, n) if n else None,
        kappa=1 - Fraction(seen * n, expected) if expected else None,
    )


def intraclass(ratings: Sequence[Sequence[Fraction | int]]) -> Fraction | None:
    """ICC(2,1) of Shrout and Fleiss (1979): one marker's points, absolute agreement, exact.

    Markers count as drawn from many, so one who is stricter throughout lowers the figure. None
    below two answers or two markers, or when all points are the same.

    Args:
        ratings: for each answer the points of every marker, in the same order.
    """
    n, k = len(ratings), len(ratings[0]) if ratings else 0
    if n < 2 or k < 2:
        return None
    rows = [Fraction(sum(row)) for row in ratings]
    columns = [Fraction(sum(row[j] for row in ratings)) for j in range(k)]
    grand = Fraction(sum(rows)) ** 2 / (n * k)
    whole = Fraction(sum(value**2 for row in ratings for value in row)) - grand
    between = Fraction(sum(one**2 for one in rows)) / k - grand
    markers = Fraction(sum(one**2 for one in columns)) / n - grand
    by_answer = between / (n - 1)
    by_marker = markers / (k - 1)
    left = (whole - between - markers) / ((n - 1) * (k - 1))
    bottom = by_answer + (k - 1) * left + k * (by_marker - left) / n
    return (by_answer - left) / bottom if bottom else None
