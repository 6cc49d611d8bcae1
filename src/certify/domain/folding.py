"""Makes typed text comparable: what does not count when people write (R-SIM-07).

Every character is folded by itself, whatever stands beside it, so that a part of a text folds
to a part of the folded text.
"""

import re
import unicodedata
from functools import cache
from typing import Any

CJK = "\u2e80"
"""From here on scripts are written without spaces between words; before it, with them."""
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_DROPPED = frozenset("'’‘ʼ`´~�")
"""Apostrophes join what they stand in; waves and the sign for a cleaned character mean nothing."""
_KEPT = frozenset("%‰")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_DOT = re.compile(r"(?<![0-9])\.|\.(?![0-9])")
_LOOSE = re.compile(rf"(?<=[{CJK}-\U0010ffff]) | (?=[{CJK}-\U0010ffff])")


def fold(text: str) -> str:
    """A text without differences of width, case, script (traditional) and punctuation.

    Full-width forms become half-width, traditional characters simplified, capitals small.
    Punctuation and blanks become one space, and none at all beside a Chinese character. A point
    between two digits and a percent sign stay: 3.5 is not 35, and 5 % is not 5; a comma that sets
    off thousands goes: 1,000 is 1000.
    """
    plain = text.casefold() if text.isascii() else _compatible(text)
    if not plain.isascii():
        plain = _HAN.sub(lambda found: _simplified(found[0]), plain)
    plain = _THOUSANDS.sub("", plain).translate(_FOLDED)
    plain = _DOT.sub(" ", unicodedata.normalize("NFKC", plain))
    return _LOOSE.sub("", " ".join(plain.split()))


def _compatible(text: str) -> str:
    plain = unicodedata.normalize("NFD", text).casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", plain).casefold())


class _Folded(dict[int, str]):
    """Characters by what they fold to; each is looked up once."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _folded(chr(code))
        return found


_FOLDED = _Folded()


def _folded(character: str) -> str:
    if character in _DROPPED:
        return ""
    if character == "." or character in _KEPT:
        return character
    kind = unicodedata.category(character)
    if kind == "Cf":
        return ""
    return " " if kind[0] in "PZC" else character


@cache
def _simplified(character: str) -> str:
    """One Chinese character in its simplified form; most are met often, so they are kept."""
    simple: str = _converter().convert(character)
    return simple if simple == character else _simplified(simple)


@cache
def _converter() -> Any:
    from opencc import OpenCC  # 30 ms, paid by the first Chinese text that is compared

    return OpenCC("t2s")
