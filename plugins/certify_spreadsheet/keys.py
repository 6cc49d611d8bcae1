"""What a cell with a key means; a key that could mean two things is no key."""

import re
import unicodedata
from collections.abc import Mapping

from certify.api import ContentError, _

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BETWEEN = r"[\s,，、;；/|&和与+.。→>\-—]*"
_LETTERS = re.compile(rf"[A-Z](?:{_BETWEEN}[A-Z])*[.。]?")
_DIGITS = re.compile(r"[1-9](?:[\s,，、;；/|&和与+→>\-—]*[1-9])*")
_LABELLED = re.compile(r"([A-Z])\s*[.．、:：)）]\s*(\S.*)", re.DOTALL)
_INTRODUCED = re.compile(
    r"(?:正确|标准|参考)?答案\s*(?:[:：]|[是为]\s*[:：]?)|选项?\s*(?=[A-Z])|answer\s*:|option\s*(?=[A-Z1-9]$)",
    re.IGNORECASE,
)
_WRAPPED = re.compile(r"[(\[【{「“\"'](.*)[)\]】}」”\"']", re.DOTALL)
_RIGHT = "√ ✓ ✔ ☑ v 对 正确 是 对的 正确的 t true y yes right correct 真 1 r"
_WRONG = "× ✗ ✘ ☒ x 错 错误 否 错的 错误的 不对 不正确 f false n no wrong incorrect 假 0 w"
_VERDICT = re.compile(r"(√|✓|×|✗|对|正确|错|错误)\s*[，,。；;：:（(\n]\s*(\S.*)", re.DOTALL)
_TRUTH = {word: True for word in _RIGHT.split()} | {word: False for word in _WRONG.split()}
_SPLIT_TEXTS = re.compile(r"\n|[;；|]")


def bare(text: str) -> str:
    """A key without what only introduces or wraps it."""
    text = unicodedata.normalize("NFKC", text).strip()
    text = _INTRODUCED.sub("", text, count=1).strip() if _INTRODUCED.match(text) else text
    for _depth in range(2):
        if wrapped := _WRAPPED.fullmatch(text):
            text = wrapped[1].strip()
    return text


def truth(text: str) -> bool | None:
    """Whether a key says right or wrong; None where it says neither."""
    return _TRUTH.get(bare(text).strip("。.!;,").casefold())


def verdict(text: str) -> tuple[str, str]:
    """A key such as `错误，应为 24 小时` as the verdict and its reason; else itself and nothing."""
    if truth(text) is None and (found := _VERDICT.fullmatch(text.strip())):
        return found[1], found[2].strip().rstrip(")）")
    return text, ""


def chosen(text: str, options: Mapping[int, str], *, in_order: bool = False) -> tuple[int, ...]:
    """The places of the options that a key names, from 0.

    Args:
        options: place → text.
        in_order: whether their order is the key.
    Raises:
        ContentError: it names none, or could mean different ones.
    """
    ways = [_letters(text), _digits(text), _texts(text, options)]
    readings = {tuple(way if in_order else sorted(set(way))) for way in ways if way}
    possible = {reading for reading in readings if set(reading) <= set(options)}
    if len(possible) == 1:
        return possible.pop()
    if possible:
        raise ContentError(_("The key “{key}” can be read in two ways.").format(key=text))
    if readings:
        raise ContentError(_("The key “{key}” names an option that is not there.").format(key=text))
    raise ContentError(_("The key “{key}” names none of the options.").format(key=text))


def is_letters(text: str) -> bool:
    """Whether a key consists of option letters."""
    return bool(_letters(text))


def _letters(text: str) -> list[int]:
    plain = bare(text).upper()
    if not _LETTERS.fullmatch(plain):
        return []
    return [LETTERS.index(letter) for letter in plain if "A" <= letter <= "Z"]


def _digits(text: str) -> list[int]:
    plain = bare(text).removesuffix(".0")
    found = _DIGITS.fullmatch(plain)
    digits = [int(digit) - 1 for digit in plain if digit.isdecimal()] if found else []
    # A row of digits may be a number; as places they would rise.
    return digits if not plain.isdecimal() or digits == sorted(set(digits)) else []


def _texts(text: str, options: Mapping[int, str]) -> list[int]:
    """The options whose own text a key is, with its letter before it or not."""
    known = {_same(option): place for place, option in options.items()}
    if (place := known.get(_same(text))) is not None:
        return [place]
    if labelled := _LABELLED.fullmatch(bare(text)):
        place = LETTERS.index(labelled[1])
        return [place] if known.get(_same(labelled[2])) == place else []
    places = []
    for part in _SPLIT_TEXTS.split(text):
        if not part.strip():
            continue
        labelled = _LABELLED.fullmatch(bare(part))
        found = known.get(_same(labelled[2] if labelled else part))
        if found is None or (labelled and found != LETTERS.index(labelled[1])):
            return []
        places.append(found)
    return places


def _same(text: str) -> str:
    """A text as it is compared with another: without differences of width, case and blanks."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(plain.split()).rstrip("。.;,")
