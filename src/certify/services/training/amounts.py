"""Money, hours and marks as people type them."""

import re
import unicodedata
from fractions import Fraction

from certify.domain.training_cost import read_fen
from certify.errors import BadInput
from certify.i18n import _

_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,4})?", re.ASCII)
MOST_HOURS = 2000


def fen_of(text: str) -> int:
    """An amount of yuan in fen; nothing typed is 0.

    Raises:
        BadInput: it is no amount.
    """
    if not text.strip():
        return 0
    found = read_fen(text)
    if found is None:
        raise BadInput(
            _("“{text}” is no amount of money.").format(text=text),
            mend=_("Write it like 2000, 2,000.00 or 2000 元."),
        )
    return found


def hours_of(text: str) -> Fraction | None:
    """Hours; None when nothing was typed.

    Raises:
        BadInput: it is no number above 0 and up to 2000.
    """
    if not text.strip():
        return None
    found = _number(text)
    if found is None or not 0 < found <= MOST_HOURS:
        raise BadInput(
            _("“{text}” is no number of hours.").format(text=text),
            mend=_("Write it like 2 or 1.5."),
        )
    return found


def mark_of(text: str) -> Fraction:
    """A mark from 0 to 100.

    Raises:
        BadInput: it is none.
    """
    found = _number(text)
    if found is None or found > 100:
        raise BadInput(
            _("“{text}” is no mark.").format(text=text),
            mend=_("Write a number from 0 to 100, like 85 or 84.5."),
        )
    return found


def _number(text: str) -> Fraction | None:
    plain = unicodedata.normalize("NFKC", text).strip()
    return Fraction(plain) if _NUMBER.fullmatch(plain) else None
