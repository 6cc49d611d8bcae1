"""What is kept of a submitted attempt for item analysis: rows that only ever need adding.

A row counts the attempts that agree in item version, exact total and option chosen. Every figure
of `item_analysis` follows from sums of such rows, so a report never reads a response again, and a
corrected attempt is taken out by adding its rows with their signs turned. Points and totals are
whole thousandths of a point, so that sums stay exact.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from operator import attrgetter

THOUSAND = 1000


def thousandths(points: Fraction) -> int:
    """Points in the unit of the sums, a third of one as 333: no mark or verdict is made of them."""
    return round(points * THOUSAND)


@dataclass(frozen=True)
class ItemScore:
    """What one item of one attempt brought, in thousandths of a point."""

    version: int
    earned: int
    choice: str = ""
    """The option chosen, several joined as `a+c`; empty when omitted or not a choice type."""


@dataclass(frozen=True)
class AttemptScores:
    """The items of one closed attempt that count, none of them awaiting marking (R-ASM-10)."""

    items: tuple[ItemScore, ...]

    @property
    def total(self) -> int:
        """Sum over the items, in thousandths of a point."""
        return sum(item.earned for item in self.items)


@dataclass(frozen=True)
class TotalTally:
    """How many attempts at an exam ended with this total."""

    total: int
    n: int


@dataclass(frozen=True)
class Tally:
    """How many attempts with this total chose this option of an item version, and earned what."""

    version: int
    total: int
    choice: str
    n: int
    sum_x: int
    """Sum of the thousandths earned on the item."""
    sum_xx: int
    """Sum of their squares."""


def tally(attempt: AttemptScores) -> tuple[TotalTally, list[Tally]]:
    """The rows that one attempt adds."""
    total = attempt.total
    rows = [
        Tally(item.version, total, item.choice, 1, item.earned, item.earned**2)
        for item in attempt.items
    ]
    return TotalTally(total, 1), rows


def turned(row: Tally) -> Tally:
    """The row which takes this one out again when it is added."""
    return replace(row, n=-row.n, sum_x=-row.sum_x, sum_xx=-row.sum_xx)


def merged(rows: Iterable[Tally]) -> list[Tally]:
    """Rows of the same version, total and choice added up; what came to nothing is left out."""
    sums: dict[tuple[int, int, str], list[int]] = {}
    for row in rows:
        kept = sums.setdefault((row.version, row.total, row.choice), [0, 0, 0])
        kept[0] += row.n
        kept[1] += row.sum_x
        kept[2] += row.sum_xx
    return [Tally(*key, *numbers) for key, numbers in sorted(sums.items()) if any(numbers)]


@dataclass(frozen=True)
class Groups:
    """The best and the worst of an exam by total, ties at a border counted in proportion.

    Whoever stands exactly on a border counts with the same part as everybody else there, so that
    the groups do not hang on the order of the rows. None at both borders: nobody sat the exam.
    """

    upper_border: int | None
    upper_part: Fraction
    """Part, 0 to 1, with which a total on the upper border belongs to the upper group."""
    lower_border: int | None
    lower_part: Fraction


def _border(totals: Iterable[tuple[int, int]], size: Fraction) -> tuple[int | None, Fraction]:
    """The total at which a group of this size ends, and the part of it that still belongs."""
    for total, n in totals:
        if n >= size:
            return total, size / n
        size -= n
    return None, Fraction(0)


def group_weights(totals: Iterable[TotalTally], share: Fraction = Fraction(27, 100)) -> Groups:
    """The upper and the lower group of an exam, each this share of all attempts.

    27 % is Kelley's (1939) compromise between groups that differ and groups that are large.
    """
    counts: Counter[int] = Counter()
    for row in totals:
        counts[row.total] += row.n
    ascending = sorted((total, n) for total, n in counts.items() if n > 0)
    size = share * sum(n for _, n in ascending)
    return Groups(*_border(reversed(ascending), size), *_border(ascending, size))


@dataclass(frozen=True)
class ChoiceSums:
    """The attempts at an item that chose one option (or one set of options)."""

    n: int = 0
    sum_x: int = 0
    sum_t: int = 0
    """Sum of their totals."""
    upper_n: Fraction = Fraction(0)
    lower_n: Fraction = Fraction(0)

    def __add__(self, other: "ChoiceSums") -> "ChoiceSums":
        return ChoiceSums(
            self.n + other.n,
            self.sum_x + other.sum_x,
            self.sum_t + other.sum_t,
            self.upper_n + other.upper_n,
            self.lower_n + other.lower_n,
        )


@dataclass(frozen=True)
class ItemSums:
    """All that the figures of one item version need; x is the item, t the attempt's total."""

    version: int
    points: int
    """What the item is worth, in thousandths."""
    n: int
    sum_x: int
    sum_xx: int
    sum_t: int
    sum_tt: int
    sum_xt: int
    upper_n: Fraction
    """Attempts at the item that belong to the exam's upper group, ties in part."""
    upper_x: Fraction
    lower_n: Fraction
    lower_x: Fraction
    choices: Mapping[str, ChoiceSums] = field(default_factory=dict)

    def __add__(self, other: "ItemSums") -> "ItemSums":
        """Both together: the same version, worth the same, on forms of different points."""
        choices = dict(self.choices)
        for choice, chosen in other.choices.items():
            choices[choice] = choices.get(choice, ChoiceSums()) + chosen
        names = {one.name for one in fields(self)} - {"version", "points", "choices"}
        added = {name: getattr(self, name) + getattr(other, name) for name in names}
        return replace(self, **added, choices=dict(sorted(choices.items())))


@dataclass(frozen=True)
class ExamSums:
    """All that mean and spread of an exam need, in thousandths of a point."""

    n: int
    sum_t: int
    sum_tt: int
    possible: int


def exam_sums(totals: Iterable[TotalTally], possible: int) -> ExamSums:
    """The sums over all attempts at an exam on whose forms so much could be earned."""
    n = sum_t = sum_tt = 0
    for row in totals:
        n += row.n
        sum_t += row.n * row.total
        sum_tt += row.n * row.total * row.total
    return ExamSums(n, sum_t, sum_tt, possible)


@dataclass(slots=True)
class Gathering:
    """The sums of one choice of one version; attempts on a border still wait for their part."""

    n: int = 0
    sum_x: int = 0
    sum_xx: int = 0
    sum_t: int = 0
    sum_tt: int = 0
    sum_xt: int = 0
    upper: int = 0
    """Attempts above the upper border."""
    upper_x: int = 0
    on_upper: int = 0
    on_upper_x: int = 0
    lower: int = 0
    lower_x: int = 0
    on_lower: int = 0
    on_lower_x: int = 0


_NUMBERS = attrgetter(*(one.name for one in fields(Gathering)))


def item_sums(rows: Iterable[Tally], groups: Groups, points: Mapping[int, int]) -> list[ItemSums]:
    """The sums of every item version in the rows, in the order of the versions.

    Args:
        rows: of one exam; they need not be merged.
        groups: of the same exam.
        points: what each version is worth, in thousandths.
    """
    upper_border, lower_border = groups.upper_border, groups.lower_border
    gathered: defaultdict[int, defaultdict[str, Gathering]]
    gathered = defaultdict(lambda: defaultdict(Gathering))
    for row in rows:
        one, total, n, x = gathered[row.version][row.choice], row.total, row.n, row.sum_x
        one.n += n
        one.sum_x += x
        one.sum_xx += row.sum_xx
        one.sum_t += n * total
        one.sum_tt += n * total * total
        one.sum_xt += x * total
        if upper_border is None or lower_border is None:
            continue
        if total > upper_border:
            one.upper += n
            one.upper_x += x
        elif total == upper_border:
            one.on_upper += n
            one.on_upper_x += x
        if total < lower_border:
            one.lower += n
            one.lower_x += x
        elif total == lower_border:
            one.on_lower += n
            one.on_lower_x += x
    return [
        one_item(version, points[version], gathered[version], groups)
        for version in sorted(gathered)
    ]


def _part(whole: int, on_border: int, part: Fraction) -> Fraction:
    """What counts whole, and this part of what lies on the border."""
    bottom = part.denominator
    return Fraction(whole * bottom + on_border * part.numerator, bottom)


def one_item(
    version: int, points: int, gathered: Mapping[str, Gathering], groups: Groups
) -> ItemSums:
    """The sums of one item version from those of its choices."""
    whole = Gathering(*map(sum, zip(*map(_NUMBERS, gathered.values()), strict=True)))
    upper, lower = groups.upper_part, groups.lower_part
    return ItemSums(
        version=version,
        points=points,
        n=whole.n,
        sum_x=whole.sum_x,
        sum_xx=whole.sum_xx,
        sum_t=whole.sum_t,
        sum_tt=whole.sum_tt,
        sum_xt=whole.sum_xt,
        upper_n=_part(whole.upper, whole.on_upper, upper),
        upper_x=_part(whole.upper_x, whole.on_upper_x, upper),
        lower_n=_part(whole.lower, whole.on_lower, lower),
        lower_x=_part(whole.lower_x, whole.on_lower_x, lower),
        choices={
            choice: ChoiceSums(
                n=one.n,
                sum_x=one.sum_x,
                sum_t=one.sum_t,
                upper_n=_part(one.upper, one.on_upper, upper),
                lower_n=_part(one.lower, one.on_lower, lower),
            )
            for choice, one in sorted(gathered.items())
            if one.n
        },
    )
