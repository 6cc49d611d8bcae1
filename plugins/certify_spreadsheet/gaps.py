"""Blanks of a stem, and what fills them."""

import re

from certify.api import plain_markdown, tidy_line
from certify_spreadsheet.answers import no_gaps

GAP = re.compile(r"\{\{[^{}]*\}\}")
_BLANK = re.compile(
    r"_{2,}|＿{1,}|[(（]\s*[_＿]*\s*[)）]|【\s*】|\[\s*\]|《\s*》|“\s*”|\.{6,}|…{2,}|-{4,}|—{3,}"
)
_PARTS = (r"\n", r"[;；]", r"\|", r"、", r"[,，]", r"\s+", r"[/／]")
_NUMBERED = re.compile(
    r"(?:^|(?<=[\s;；,，、。]))\s*(?:[(（]\d{1,2}[)）]|\d{1,2}[.、．)](?!\d)|[①-⑳])"
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
FIRST = 0xE000


def has_gaps(stem: str) -> bool:
    """Whether a stem says itself what fills its gaps, as in `{{24|twenty-four}}`."""
    return GAP.search(stem) is not None


def filled(stem: str, key: str) -> str:
    """A stem with its blanks filled by the answers of a key, as gaps.

    Raises:
        Wrong: there are more or fewer answers than blanks.
    """
    blanks = _BLANK.findall(stem)
    answers = _answers(key, max(len(blanks), 1))
    if not answers:
        raise no_gaps(len(blanks), 0)
    if not blanks:
        return f"{stem} {{{{{answers[0]}}}}}"
    rest = iter(answers)

    def gap(found: re.Match[str]) -> str:
        inside = f"{{{{{next(rest)}}}}}"
        sign = found[0]
        return f"{sign[0]}{inside}{sign[-1]}" if sign[0] in "(（【[《“" else inside

    return _BLANK.sub(gap, stem)


def markdown(text: str) -> str:
    """A plain text as Markdown with its gaps untouched."""
    gaps: list[str] = GAP.findall(text)
    if not gaps or len(gaps) > 1_000:
        return plain_markdown(text)
    rest = iter(range(len(gaps)))
    held = GAP.sub(lambda _found: chr(FIRST + next(rest)), _PRIVATE.sub("�", text))
    return _PRIVATE.sub(lambda found: gaps[ord(found[0]) - FIRST], plain_markdown(held))


def _answers(key: str, count: int) -> list[str]:
    """As many answers as there are blanks; none where the key does not have so many."""
    if count == 1:
        one = tidy_line(_NUMBERED.sub("", key, count=1) if _NUMBERED.match(key) else key)
        return [one] if one and not re.search(r"[;；{}]", one) else []
    if len(_NUMBERED.findall(key)) == count:
        parts = [part.strip().rstrip("；;，,、。") for part in _NUMBERED.split(key)]
        found = [tidy_line(part) for part in parts if part]
        return found if len(found) == count else []
    for separator in _PARTS:
        found = [tidy_line(part) for part in re.split(separator, key.strip())]
        if (
            len(found) == count
            and all(found)
            and not any("{" in one or ";" in one for one in found)
        ):
            return found
    return []
