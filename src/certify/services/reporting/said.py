"""Sentences kept with their facts, so that they can be said in any language later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from certify.domain.scoring import cut, points_text
from certify.i18n import _, pick


@dataclass(frozen=True)
class Said:
    """A message and what is filled in; `str` says it in the language being spoken."""

    text: str
    """English source text, marked with `N_`."""
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        said = _(self.text)
        facts = {name: shown(value) for name, value in self.facts.items()}
        return said.format(**facts) if facts else said


def shown(value: object) -> str:
    """A fact for the eye: texts by language, days, exact numbers (cut), other sentences."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return pick(value)
    if isinstance(value, (Fraction, int)) and not isinstance(value, bool):
        return points_text(Fraction(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return _(", ").join(shown(one) for one in value)
    return str(value)


@dataclass(frozen=True)
class Percent:
    """A share for the eye: in percent, cut to two places; “n/a” where there is none."""

    share: Fraction | None

    def __str__(self) -> str:
        return _("n/a") if self.share is None else f"{cut(self.share * 100)} %"
