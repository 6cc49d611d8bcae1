"""Numeric answers, exactly."""

import re
from collections.abc import Sequence
from decimal import Context, Decimal

from certify.api import _
from certify_gift.answers import Answer, Unusable, cut_answers, cut_first
from certify_gift.escapes import unescaped
from certify_gift.texts import Texts

_EXACT = Context(prec=80)
_NUMBER = r"([+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE][+-]?[0-9]{1,2})?)"
_VALUE = re.compile(rf"{_NUMBER}\s*(?::\s*{_NUMBER})?")
_RANGE = re.compile(rf"{_NUMBER}\s*\.\.\s*{_NUMBER}")
_PLAIN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def number_answers(text: str) -> Sequence[Answer]:
    """The answers of a numeric question.

    Args:
        text: what stands after its first `#`.
    """
    text = text.strip()
    if text[:1] in ("=", "~"):
        return cut_answers(text)
    try:
        value, feedback, more = cut_first(text)
    except Unusable:  # “#3:2 ~#wrong”: only the first number has no sign
        return cut_answers(f"={text}")
    return [Answer("=", "", value, f"{feedback} {more}".strip())]


def number_line(answers: Sequence[Answer], texts: Texts) -> str:
    """The line of the one number that is right, such as `= 3 ± 0.5`.

    Of several that are right, one must hold the others.

    Raises:
        Unusable: there is no such number.
    """
    right = [answer for answer in answers if answer.sign == "=" and answer.share() == 100]
    if any(0 < answer.share() < 100 for answer in answers):
        texts.losses[_("A partly right answer counts as wrong.")] = False
    if not right:
        raise Unusable(
            _("No number is right."), _("Write the right number after “#”, such as #3 or #3:0.5.")
        )
    lines = {_line(unescaped(answer.text).strip()) for answer in right}
    low = min(line[0] for line in lines)
    high = max(line[1] for line in lines)
    widest = [text for least, most, text in lines if (least, most) == (low, high)]
    if not widest:
        raise Unusable(
            _("Several numbers are right that no single range holds."),
            _("Give one number or one range, or make several questions of it."),
        )
    return min(widest)


def _line(text: str) -> tuple[Decimal, Decimal, str]:
    """Least and greatest number that are right, and the line that says so."""
    if found := _RANGE.fullmatch(text):
        low, high = sorted(map(Decimal, found.groups()))
        value = _EXACT.divide(_EXACT.add(low, high), Decimal(2))
        tolerance = _EXACT.subtract(high, value)
        return low, high, f"= {_shown(value)} ± {_shown(tolerance)}"
    if found := _VALUE.fullmatch(text):
        value, tolerance = Decimal(found[1]), abs(Decimal(found[2] or 0))
        line = f"= {found[1] if _PLAIN.fullmatch(found[1]) else _shown(value)}"
        if found[2]:
            line += f" ± {found[2] if _PLAIN.fullmatch(found[2]) else _shown(tolerance)}"
        return _EXACT.subtract(value, tolerance), _EXACT.add(value, tolerance), line
    raise Unusable(
        _("“{text}” is no number.").format(text=text[:40]),
        _("Write digits with a point for decimals, such as 3.5, 3.5:0.1 or 3..4."),
    )


def _shown(number: Decimal) -> str:
    """A number in digits, without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text
