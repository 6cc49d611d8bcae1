"""Scores and raw values as people and files write them, read exactly."""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from certify.domain.clean import clean_line
from certify.errors import BadInput
from certify.i18n import _

_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,15})?", re.ASCII)
SCORE_PLACES = 2
NONE_WORDS = frozenset({"-", "–", "—", "/", "无", "不适用", "none", "n/a"})
"""What says that something is not applicable, while an empty cell says nothing."""


def read_number(text: str | Decimal) -> Fraction:
    """A number of 0 or more as spreadsheets keep it; full-width digits and a percent sign may be.

    Raises:
        BadInput: it is no such number.
    """
    plain = unicodedata.normalize("NFKC", f"{text:f}" if isinstance(text, Decimal) else text)
    plain = plain.strip().removesuffix("%").strip()
    if not _NUMBER.fullmatch(plain):
        raise BadInput(
            _("“{value}” is no number of 0 or more.").format(value=clean_line(str(text))[:40]),
            mend=_("Write it in digits, such as 96.5."),
        )
    return Fraction(plain)


def read_score(text: str | Decimal) -> Fraction:
    """A score from 0 to 100 with at most 2 places.

    Raises:
        BadInput: it is no such number.
    """
    score = read_number(text)
    check_range(score, Fraction(0), Fraction(100))
    if (score * 10**SCORE_PLACES).denominator != 1:
        raise BadInput(
            _("A score has at most two decimal places."), mend=_("Write it such as 86.5.")
        )
    return score


def check_range(value: Fraction, least: Fraction, most: Fraction | None) -> None:
    """Refuse what there cannot be.

    Raises:
        BadInput: naming what may be.
    """
    if value >= least and (most is None or value <= most):
        return
    shown = f"{float(value):g}"
    if most is None:
        raise BadInput(_("{value} is less than {least}.").format(value=shown, least=least))
    raise BadInput(
        _("{value} is not between {least} and {most}.").format(value=shown, least=least, most=most),
        mend=_("Correct it; nothing out of range is taken."),
    )


def share_of(part: Fraction, whole: Fraction) -> Fraction | None:
    """Numerator and denominator as a rate in percent; None, not applicable, of nothing.

    Raises:
        BadInput: the part is greater than the whole.
    """
    if part > whole:
        raise BadInput(_("The part is greater than the whole."), mend=_("Correct one of the two."))
    return 100 * part / whole if whole else None
