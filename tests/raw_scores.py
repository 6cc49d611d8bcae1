"""Raw scores, their sums, and the textbook formulas over the raw numbers."""

import math
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from certify.domain.exam_analysis import ExamAnalysis, analyse_exam
from certify.domain.tally import (
    AttemptScores,
    ItemScore,
    ItemSums,
    TotalTally,
    group_weights,
    item_sums,
    merged,
    tally,
)
from certify.policy import AnalysisPolicy

POINT = 1000
LIMITS = AnalysisPolicy()
CUT = Fraction(85, 100)

# Bock and Lieberman (1970), Psychometrika 35, section 6 of the LSAT: 1,000 persons, five items,
# how often each pattern 00000, 00001, … 11111 occurred.
LSAT6 = [
    3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15,
    10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298,
]  # fmt: skip
# What R prints for these data: `descript(LSAT)` of the package ltm.
LSAT6_P = [0.924, 0.709, 0.553, 0.763, 0.870]
LSAT6_ITEM_REST = [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]
LSAT6_ALPHA = 0.2950
# Wuensch, The Kuder-Richardson 20 (East Carolina University, StatHelp/KR20.txt): ten students,
# ten items; the item variances add up to 2.18, the variance of the totals is 5.84.
WUENSCH = [
    "1111110110", "1011011101", "1111011001", "0010001000", "0000010010",
    "1110111111", "1101110111", "1111111101", "0101111101", "1101101110",
]  # fmt: skip


@dataclass(frozen=True)
class Sums:
    """Everything summed up, as a report would get it."""

    totals: list[TotalTally]
    items: list[ItemSums]


def summed(attempts: list[AttemptScores], points: int = POINT) -> Sums:
    tallied = [tally(attempt) for attempt in attempts]
    totals = [total for total, _ in tallied]
    rows = merged(row for _, of_one in tallied for row in of_one)
    worth = {row.version: points for row in rows}
    return Sums(totals, item_sums(rows, group_weights(totals), worth))


def attempt(earned: list[int], choices: str = "") -> AttemptScores:
    letters = choices or " " * len(earned)
    scores = zip(earned, letters, strict=True)
    return AttemptScores(
        tuple(ItemScore(at, x, letter.strip()) for at, (x, letter) in enumerate(scores))
    )


def right_or_wrong(pattern: str) -> AttemptScores:
    return attempt([POINT * int(mark) for mark in pattern])


def lsat6() -> list[AttemptScores]:
    patterns = [f"{number:05b}" for number in range(32)]
    return [
        right_or_wrong(pattern)
        for pattern, n in zip(patterns, LSAT6, strict=True)
        for _ in range(n)
    ]


def exam(sums: Sums, items: int, points: int = POINT, min_n: int = 2) -> ExamAnalysis:
    return analyse_exam(sums.totals, sums.items, possible=items * points, cut=CUT, min_n=min_n)


# ── The textbook formulas over the raw numbers ──────────────────────────────────────────────────


def variance(values: list[int]) -> Fraction:
    mean = Fraction(sum(values), len(values))
    return sum(((value - mean) ** 2 for value in values), Fraction(0)) / len(values)


def pearson(left: list[int], right: list[int]) -> float | None:
    n = len(left)
    mean_left, mean_right = Fraction(sum(left), n), Fraction(sum(right), n)
    together = sum(
        ((a - mean_left) * (b - mean_right) for a, b in zip(left, right, strict=True)), Fraction(0)
    )
    spread = variance(left) * variance(right)
    return float(together / n) / math.sqrt(spread) if spread else None


def textbook_alpha(matrix: list[list[int]]) -> Fraction | None:
    k = len(matrix[0])
    spread = variance([sum(row) for row in matrix])
    within = sum((variance([row[j] for row in matrix]) for j in range(k)), Fraction(0))
    return Fraction(k, k - 1) * (1 - within / spread) if spread else None


def textbook_d(matrix: list[list[int]], item: int) -> Fraction:
    """Upper minus lower 27 %; whoever is tied at a border counts with the part that is left."""
    totals = [sum(row) for row in matrix]
    size = Fraction(27, 100) * len(matrix)

    def mean(better: bool) -> Fraction:
        earned = Fraction(0)
        for row, total in zip(matrix, totals, strict=True):
            ahead = sum(other > total if better else other < total for other in totals)
            level = totals.count(total)
            earned += row[item] * max(Fraction(0), min(Fraction(1), (size - ahead) / level))
        return earned / size

    return (mean(True) - mean(False)) / POINT


matrices = st.integers(2, 5).flatmap(
    lambda k: st.lists(
        st.lists(st.sampled_from([0, 333, 500, 1000]), min_size=k, max_size=k),
        min_size=2,
        max_size=25,
    )
)
