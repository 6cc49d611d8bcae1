"""The points of a rubric as an examiner types them (R-ASM-08)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from unicodedata import normalize

from certify.domain.clean import clean_line
from certify.domain.question_type import Criterion
from certify.domain.scoring import points_text
from certify.errors import BadInput
from certify.i18n import _, pick

MOST_REMARK = 500
"""Most characters of a remark."""


def wrong_points(criterion: Criterion, typed: str) -> str:
    """What is wrong with the points of one criterion, translated; empty when they will do."""
    if not typed.strip():
        return _("Every criterion needs points.")
    if read_points(criterion, typed) is None:
        text = _("Points lie between 0 and {maximum}, with two decimals at most.")
        return text.format(maximum=points_text(Fraction(criterion.points)))
    return ""


def read_points(criterion: Criterion, typed: str) -> Decimal | None:
    """The points that a text means, also in full-width digits; None where it means none."""
    plain = normalize("NFKC", typed).strip()
    if not set(plain) <= set("0123456789."):
        return None
    try:
        points = Decimal(plain)
    except InvalidOperation:
        return None
    if not 0 <= points <= criterion.points or points != round(points, 2):
        return None
    return points


def given_points(criteria: Sequence[Criterion], typed: Mapping[str, str]) -> dict[str, Decimal]:
    """The points by criterion code.

    Raises:
        BadInput: naming the first criterion without points that it can give.
    """
    given = {}
    for criterion in criteria:
        text = typed.get(criterion.code, "")
        if wrong := wrong_points(criterion, text):
            raise BadInput(wrong, place=pick(criterion.title))
        given[criterion.code] = read_points(criterion, text) or Decimal(0)
    return given


def given_remarks(criteria: Sequence[Criterion], typed: Mapping[str, str]) -> dict[str, str]:
    """The remarks by criterion code, without the empty ones.

    Raises:
        BadInput: one is too long.
    """
    remarks = {one.code: clean_line(typed.get(one.code, "")).strip() for one in criteria}
    for criterion in criteria:
        if len(remarks[criterion.code]) > MOST_REMARK:
            text = _("A remark has {most} characters at most.").format(most=MOST_REMARK)
            raise BadInput(text, place=pick(criterion.title))
    return {name: text for name, text in remarks.items() if text}
