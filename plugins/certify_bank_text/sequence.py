"""Questions in which things are put in order or joined."""

import re
from collections.abc import Sequence

from certify.api import _
from certify_bank_text.draft import Draft
from certify_bank_text.joining import one_line
from certify_bank_text.line import folded
from certify_bank_text.numbers import CIRCLED
from certify_bank_text.trouble import Trouble, no_key, unclear_key

PART = re.compile(rf"(?m)(?:^|(?<=[\s:;。]))[ \t]*(?:([{CIRCLED}])|[(]?(\d{{1,2}})[.、)]+)[ \t]*")
JOINED = re.compile(
    rf"[(]?([{CIRCLED}]|\d{{1,2}})[)]?\s*(?:-|—|–|→|:|\.|、|=|和)*\s*([A-L])(?![A-Za-z])"
)
BESIDE = re.compile(r"(?P<left>.+?)\s+[(]?(?P<letter>[A-L])[.、:)]\s*(?P<right>.+)", re.DOTALL)
LEFT, RIGHT = {"zh": "左", "en": "Left"}, {"zh": "右", "en": "Right"}


def _value(sign: str) -> int:
    return CIRCLED.index(sign) + 1 if sign in CIRCLED else int(sign)


def _parts(stem: str) -> tuple[str, dict[int, str]]:
    """The stem before its numbered parts, and the parts by number."""
    plain = folded(stem)
    marks = list(PART.finditer(plain))
    numbers = [_value(mark[1] or mark[2]) for mark in marks]
    if numbers != list(range(1, len(numbers) + 1)) or len(numbers) < 2:
        return stem, {}
    ends = [*(mark.start() for mark in marks[1:]), len(stem)]
    texts = [
        stem[mark.end() : end].strip().rstrip("；;，,。")
        for mark, end in zip(marks, ends, strict=True)
    ]
    return stem[: marks[0].start()].strip(), dict(zip(numbers, texts, strict=True))


def in_order(
    draft: Draft, stem: str, letters: Sequence[str], texts: Sequence[str]
) -> tuple[str, list[str]]:
    """The stem and the lines in their right order.

    Raises:
        Trouble: the key is missing or does not name every line once.
    """
    keys = [key for key in draft.keys if key.strip()]
    if not keys:
        raise no_key()
    plain = folded(keys[0])
    if letters:
        named = re.findall(r"[A-L]", plain.upper())
        by_name = dict(zip(letters, texts, strict=True))
        if sorted(named) == sorted(letters):
            return stem, [by_name[one] for one in named]
    else:
        stem, parts = _parts(stem)
        order = [_value(one) for one in re.findall(rf"[{CIRCLED}]|\d{{1,2}}", plain)]
        if parts and sorted(order) == sorted(parts):
            return stem, [one_line(parts[one]) for one in order]
    raise Trouble(
        _("The key “{text}” does not name every line to be put in order once.").format(
            text=keys[0][:40]
        ),
        _("Letter the lines A, B, C, … and write the right order after “答案：”, such as “BADC”."),
    )


def pairs(
    draft: Draft, stem: str, letters: Sequence[str], texts: Sequence[str], language: str
) -> tuple[str, list[tuple[str, str]]]:
    """The stem and the rows of a matching, head first.

    Raises:
        Trouble: the two sides or the key cannot be read.
    """
    keys = [key for key in draft.keys if key.strip()]
    if not keys:
        raise no_key()
    stem, left = _parts(stem)
    right = dict(zip(letters, texts, strict=True))
    for number, text in list(left.items()):
        if not letters and (beside := BESIDE.fullmatch(folded(text))):
            left[number] = text[: beside.end("left")]
            right[beside["letter"]] = text[beside.start("right") :]
    joined = {_value(one): letter for one, letter in JOINED.findall(folded(keys[0]))}
    if not left or not right:
        raise Trouble(
            _("The two sides of this matching cannot be told apart."),
            _("Number the left side 1, 2, 3, letter the right side A, B, C, each on its own line."),
        )
    if set(joined) != set(left) or not set(joined.values()) <= set(right):
        raise unclear_key(keys[0])
    rows = [(one_line(text), one_line(right[joined[number]])) for number, text in left.items()]
    rest = [("", one_line(right[one])) for one in sorted(set(right) - set(joined.values()))]
    return stem, [(LEFT[language], RIGHT[language]), *rows, *rest]
