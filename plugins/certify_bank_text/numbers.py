"""The number with which a question begins."""

import re
from dataclasses import dataclass

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
VERDICT_FIRST = r"(?P<before>[\[(【]\s*[A-L√×✓✗✔✘对错TF]{0,6}\s*[\])】]\s*)?"
STYLES = (
    ("word", r"第\s*(\d{1,4})\s*[题道问](?!型|库)\s*[.、:,)]?\s*"),
    ("word", r"(?:Question|Q|题目?|试题|No\.?|问题)\s*(\d{1,4})\s*[.、:,)]+\s*"),
    ("word", r"(?:Question|Q)\s*(\d{1,4})(?:\s+|\Z)"),
    ("both", r"\(\s*(\d{1,4})\s*\)\s*[.、:,]?\s*"),
    ("square", r"[\[【]\s*(\d{1,4})\s*[\]】]\s*[.、:,]?\s*"),
    ("plain", r"(\d{1,4})\s*[.、:。．,]+(?:\s*[)])?\s*"),
    ("paren", r"(\d{1,4})\s*\)\s*[.、:]?\s*"),
    ("space", r"(\d{1,4})(?:\s+(?=\S)|(?=[【\[(“《]|[\u4e00-\u9fff]))"),
)
NUMBER = [(style, re.compile(VERDICT_FIRST + form, re.IGNORECASE)) for style, form in STYLES]
CIRCLE = re.compile(rf"([{CIRCLED}])\s*[.、:]?\s*")
UNIT = re.compile(
    r"[年月日号天周个小时分秒元次人名种项条级米%℃]|公里|千米|[%‰°~+*/<>=×-]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at the beginning of a line."""

    style: str
    """Numbers of one style belong together; `space` has nothing but a blank behind it."""
    value: int
    end: int
    before: str = ""
    """What stands in brackets before it, as in `（√）1、`."""
    is_doubtful: bool = False
    """Whether it may be a figure, such as `3.5`, and no number of a question."""


def number_of(plain: str) -> Number | None:
    """The number a line begins with; None where there is none."""
    for style, form in NUMBER:
        if found := form.match(plain):
            before = (found["before"] or "").strip("[]()【】 \t")
            rest = plain[found.end() :]
            last = plain[found.end() - 1]
            doubtful = (last in ".:," and rest[:1].isdigit()) or (
                style == "space" and bool(UNIT.match(rest))
            )
            return Number(style, int(found[2]), found.end(), before, doubtful)
    if found := CIRCLE.match(plain):
        return Number("circle", CIRCLED.index(found[1]) + 1, found.end())
    return None
