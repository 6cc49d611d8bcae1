"""A typed number with its unit, and the values that are accepted for it."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from certify.api import ContentError, _, fold

NUMBER = re.compile(r"([+\-\u2212]?)\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(\.[0-9]+)?(?![0-9,.])")
KEY = re.compile(
    r"=\s*(?P<value>[+-]?[0-9]{1,15}(?:\.[0-9]{1,9})?)\s*"
    r"(?:±\s*(?P<tolerance>[0-9]{1,15}(?:\.[0-9]{1,9})?)\s*)?(?P<units>[^\s0-9.,±+\-][^±]*)?"
)


@dataclass(frozen=True)
class Quantity:
    """An exact number and the unit typed after it, folded; empty where there was none."""

    value: Fraction
    unit: str


class Accepted(BaseModel):
    """One value that is right, in one unit with all its spellings."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    value: str
    """Exact decimal number."""
    tolerance: str
    """How far an answer may lie from it, the ends included."""
    units: dict[str, tuple[str, ...]]
    """By language the spellings of the unit, the one to show first; empty for a bare number."""

    def holds(self, value: Fraction) -> bool:
        """Whether a number lies within the tolerance."""
        return abs(value - Fraction(self.value)) <= Fraction(self.tolerance)

    def has_unit(self, unit: str) -> bool:
        """Whether a folded text is a spelling of the unit, in any language."""
        known = {fold(one) for spellings in self.units.values() for one in spellings}
        return unit in known or unit.removeprefix("个") in known


def parse(typed: str) -> Quantity:
    """The number and unit that a person typed.

    Full-width digits count as digits; a comma may only set off thousands, since 1,5 could mean
    1.5 and 15.

    Raises:
        ValueError: it is no number; says what to type.
    """
    text = unicodedata.normalize("NFKC", typed).strip().rstrip(".,。 ")
    found = NUMBER.match(text)
    unit = fold(text[found.end() :]) if found else ""
    if found is None or not (found[2] or found[3]) or unit[:1].isdecimal():
        raise ValueError(
            _("Begin with a number in digits, such as 24 or 1.5; a comma only sets off thousands.")
        )
    digits = (found[2] or "0").replace(",", "") + (found[3] or "")
    value = Fraction(digits)
    return Quantity(-value if found[1] in ("-", "\u2212") else value, unit)


def read_key(line: str) -> tuple[str, str, tuple[str, ...]]:
    """Value, tolerance and spellings of the unit of a line such as `= 24 ± 0.5 小时 | h`.

    Raises:
        ContentError: it is no such line.
    """
    found = KEY.fullmatch(unicodedata.normalize("NFKC", line))
    if found is None:
        raise ContentError(
            _("“{line}” is no number; write for instance: = 24 ± 0 hours").format(line=line)
        )
    return found["value"], found["tolerance"] or "0", read_units(found["units"] or "")


def read_units(text: str) -> tuple[str, ...]:
    """The spellings of a unit, separated by `|`."""
    return tuple(part.strip() for part in re.split(r"[|｜]", text) if fold(part))
