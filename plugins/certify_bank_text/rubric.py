"""What a person marks by, from a reference answer."""

import re
from decimal import Decimal

from certify.api import _, clean_line
from certify_bank_text.joining import one_line
from certify_bank_text.line import folded

HEADS = {"zh": ("评分点", "分值"), "en": ("Criterion", "Points")}
WHOLE = {"zh": "答出参考答案的要点", "en": "Gives the points of the reference answer"}
POINTS = "10"
MOST = 12
POINT = re.compile(
    r"(?:[(]?\d{1,2}[.、)]+|[①-⑳]|[一二三四五六七八九十][、.]|[(][一二三四五六七八九十][)])\s*(?P<text>.+)"
)
WORTH = re.compile(
    r"\s*[(\[【]?\s*(?P<points>\d{1,2}(?:\.\d)?)\s*(?:分|points?|marks?)\s*[)\]】]?\s*[。.;]?\s*\Z"
)


def rubric(answer: str, language: str) -> tuple[tuple[tuple[str, str], ...], bool]:
    """Head and rows of a table of criteria, and whether the points are those of the file."""
    rows = _points(answer)
    return ((HEADS[language], *(rows or [(WHOLE[language], POINTS)])), bool(rows))


def points_note() -> str:
    """What is said where the points are ours."""
    return _(
        "The reference answer stands in the explanation; the question has one criterion of 10 "
        "points."
    )


def _points(answer: str) -> list[tuple[str, str]]:
    """The numbered points of an answer, if each says what it is worth; else none."""
    parts = [
        part for part in re.split(r"\n|(?<=分[)）])[；;。]?\s*", answer) if part.strip(" 。；;")
    ]
    rows = []
    for part in parts:
        plain = folded(part).strip()
        point, worth = POINT.match(plain), WORTH.search(plain)
        if not point or not worth or Decimal(worth["points"]) <= 0:
            return []
        text = clean_line(one_line(part.strip()[point.start("text") : worth.start()]))
        rows.append((text.rstrip("，,：: "), worth["points"]))
    texts = [text for text, _points in rows]
    if not 2 <= len(rows) <= MOST or len(set(texts)) != len(texts) or not all(texts):
        return []
    return rows
