"""What a question says beside its content: points, difficulty, where it comes from."""

import re
from decimal import Decimal

from certify_bank_text.line import folded

POINTS = re.compile(
    r"\s*[(（\[【]\s*(?:本小?题|每小?题|满分|共)?\s*[\d.０-９]+\s*(?:分|points?|marks?|pts)\s*[)）\]】]\s*",
    re.IGNORECASE,
)
EASY = re.compile(r"(?:较|比较|很|非常|极)?(?:容易|易|简单|低)|easy|simple|low", re.IGNORECASE)
MEDIUM = re.compile(r"中等?|一般|适中|普通|较?中|medium|moderate|normal|middle", re.IGNORECASE)
HARD = re.compile(
    r"(?:较|比较|很|非常|极|偏)?(?:困难|难|高|复杂)|hard|difficult|high", re.IGNORECASE
)

EASE_OF_EASY = Decimal("0.7")
"""Share of right answers from which a file's item counts as easy, and below as medium or hard."""
EASE_OF_MEDIUM = Decimal("0.4")


def without_points(stem: str) -> tuple[str, bool]:
    """The stem without points such as `（2分）` at its begin or end, and whether there were any."""
    if found := POINTS.match(stem):
        return stem[found.end() :], True
    found = next(reversed(list(POINTS.finditer(stem))), None)
    if found and not stem[found.end() :].strip(" 。.?？_＿"):
        return (stem[: found.start()] + stem[found.end() :]).strip(), True
    return stem, False


def difficulty_of(text: str) -> int | None:
    """1 easy, 2 medium, 3 hard; None where the words say nothing.

    Stars and whole numbers are of five; a share such as 0.85 is that of those who answer rightly.
    """
    plain = folded(text).strip().strip("。.;,级星 ")
    if stars := plain.count("★") + plain.count("⭐"):
        return _of_five(stars)
    if re.fullmatch(r"[1-5]", plain):
        return _of_five(int(plain))
    if re.fullmatch(r"0?\.\d+|[01]\.0+", plain):
        ease = Decimal(plain)
        return 1 if ease >= EASE_OF_EASY else 2 if ease >= EASE_OF_MEDIUM else 3
    for level, words in ((2, MEDIUM), (1, EASY), (3, HARD)):
        if words.fullmatch(plain):
            return level
    return 2 if re.fullmatch(r"(?:较|偏)?中(?:等)?(?:难度?|偏.)?", plain) else None


def _of_five(number: int) -> int:
    return 1 if number <= 2 else 2 if number == 3 else 3
