"""Rate checks: a sample held against the target of a standard (R-INS-05, S2-IN-01 … S2-IN-04)."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from certify.domain.inspection import InspectionResult
from certify.domain.standard import is_met
from certify.errors import BadInput
from certify.i18n import _

MOST_SAMPLED = 10_000_000
PERCENT = frozenset({"%", "％"})
_WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


def is_rate(target: Mapping[str, Any] | None) -> bool:
    """Whether a target is a share of something, in percent."""
    units = target["unit"].values() if target else ()
    return any(unit.strip() in PERCENT for unit in units)


def check_sample(sampled: int, passed: int) -> None:
    """Refuse figures that cannot be.

    Raises:
        BadInput: negative, too many, or more passes than were sampled.
    """
    if not 0 <= sampled <= MOST_SAMPLED:
        raise BadInput(
            _("A sample of {count} cannot be.").format(count=sampled),
            mend=_("Write a whole number from 0 to {most}.").format(most=MOST_SAMPLED),
        )
    if not 0 <= passed <= sampled:
        raise BadInput(
            _("{passed} of {sampled} cannot have passed.").format(passed=passed, sampled=sampled),
            mend=_("The passes are from 0 to the number sampled."),
        )


def judge_rate(target: Mapping[str, Any], sampled: int, passed: int) -> InspectionResult:
    """Whether a sample meets a target in percent; nothing is judged from no sample.

    The division is rounded correctly to 28 digits: with samples of at most ten million it falls on
    the same side of every target that is written with less than 15 decimals.

    Raises:
        BadInput: figures that cannot be.
    """
    check_sample(sampled, passed)
    if sampled == 0:
        return InspectionResult.NOT_JUDGED
    measured = Decimal(100 * passed) / Decimal(sampled)
    return InspectionResult.MET if is_met(target, measured) else InspectionResult.NOT_MET


def rate(sampled: int | None, passed: int | None) -> Fraction | None:
    """The exact share in percent; None where nothing was sampled."""
    return Fraction(100 * (passed or 0), sampled) if sampled else None


def checked_window(text: str) -> str:
    """A time of the day such as `10:00-11:00`; empty for the whole day.

    Raises:
        BadInput: it is none, or ends before it begins.
    """
    tidy = re.sub(r"\s*[-–—~～至]\s*", "-", text.strip().replace("：", ":"))
    if not tidy:
        return ""
    found = _WINDOW.fullmatch(tidy)
    if found is None or tidy[:5] >= tidy[6:]:
        raise BadInput(
            _("“{text}” is no time of the day.").format(text=text.strip()),
            mend=_("Write it like 10:00-11:00, the earlier time first."),
        )
    return tidy
