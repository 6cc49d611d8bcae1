"""Options that stand in one cell, and what a stem carries that is not part of it."""

import re
import unicodedata

from certify.api import tidy_line
from certify_spreadsheet.keys import LETTERS, truth

_MARKS = "[.．、:：)）,，]"
_NUMBER = re.compile(r"\s*[(（]?(\d{1,4})\s*(?:[.．、](?!\d)|[)）])\s*(?=\S)")
_KEY_IN_STEM = re.compile(r"[(（]\s*([A-ZＡ-Ｚ](?:[\s,，、]*[A-ZＡ-Ｚ]){0,8}|[√×✓✗对错])\s*[)）]")
_SEPARATORS = (r"\n", r"\$;\$|###|@@", r"\|", r"[;；]")
_LABELS = {
    letter: re.compile(
        rf"(?<![A-Za-z0-9])[(（【\[]?[{letter}{chr(ord(letter) + 0xFEE0)}]\s*"
        r"(?:[.．、:：,，]|[)）】\]][.．、:：]?)\s*"
    )
    for letter in LETTERS
}
"""How the label of an option is written, with the blanks after it."""


def without_label(text: str, place: int) -> str:
    """An option's text without its own letter before it, such as `A.` in the column of A."""
    plain = tidy_line(text)
    label = re.match(rf"[(（]?([A-ZＡ-Ｚ])\s*{_MARKS}\s*(?=\S)", plain)
    if label and unicodedata.normalize("NFKC", label[1]) == LETTERS[place]:
        return plain[label.end() :]
    return plain


def split_options(text: str) -> list[str]:
    """The options that one cell holds: labelled, on lines of their own, or parted by signs."""
    if labelled := _labelled(text)[1]:
        return labelled
    for separator in _SEPARATORS:
        parts = [tidy_line(part) for part in re.split(separator, text)]
        if len(parts := [part for part in parts if part]) > 1:
            return parts
    return [tidy_line(text)]


def split_stem(text: str) -> tuple[str, list[str]]:
    """A stem and the labelled options that stand in the same cell; none where there are none."""
    return _labelled(text)


def _labelled(text: str) -> tuple[str, list[str]]:
    """What stands before `A.`, and the texts after `A.`, `B.` … in their order."""
    starts: list[tuple[int, int]] = []
    place = 0
    for letter in LETTERS:
        found = _LABELS[letter].search(text, place)
        if found is None or (not starts and not _begins(text, found.start())):
            break
        starts.append((found.start(), found.end()))
        place = found.end()
    if len(starts) < 2:
        return text, []
    ends = [start for start, _end in starts[1:]] + [len(text)]
    parts = [
        tidy_line(text[begin:end]).rstrip(";；|").strip()
        for (_start, begin), end in zip(starts, ends, strict=True)
    ]
    return text[: starts[0][0]].strip(), parts


def _begins(text: str, start: int) -> bool:
    """Whether a label stands where options may begin."""
    return start == 0 or text[start - 1].isspace() or text[start - 1] in ")）。？?:：;；|"


def without_number(text: str) -> tuple[str, str]:
    """A stem without its number before it, and that number."""
    found = _NUMBER.match(text)
    return (text[found.end() :], found[1]) if found else (text, "")


def key_in_stem(stem: str) -> str:
    """The key that stands in brackets in a stem such as `……（ D ）。`; empty where none does."""
    found = _KEY_IN_STEM.findall(stem)
    return unicodedata.normalize("NFKC", found[0]) if len(found) == 1 else ""


def without_key(stem: str, key: str) -> str:
    """A stem with empty brackets where they held its key, which would tell it."""
    inside = key_in_stem(stem)
    if not inside:
        return stem
    same = _letters(inside) == _letters(key) if _letters(inside) else truth(inside) == truth(key)
    return _KEY_IN_STEM.sub("（　）", stem) if same else stem


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(sorted(sign for sign in plain if "A" <= sign <= "Z"))
