"""How the marking is said, the same on screens and in lines."""

from collections.abc import Mapping
from fractions import Fraction

from certify.domain.scoring import points_text
from certify.i18n import N_, _, _n
from certify.services.marking import AnswerToMark, Given, Waiting
from certify.services.marking_points import read_points

ROUNDS = {1: N_("1st"), 2: N_("2nd"), 3: N_("3rd")}


def number(waiting: Waiting) -> str:
    """Which examiner is wanted: the third one decides."""
    return _(ROUNDS[waiting.round])


def name(waiting: Waiting) -> str:
    """The name of an answer: its code."""
    return _("Paper {code}").format(code=waiting.code)


def total(view: AnswerToMark, typed: Mapping[str, str]) -> str:
    """What was typed so far out of all: `12 / 20`."""
    found = [read_points(one, typed.get(one.code, "")) for one in view.criteria]
    so_far = sum((Fraction(one) for one in found if one is not None), Fraction(0))
    return f"{points_text(so_far)} / {view.maximum}"


def barred(count: int) -> str:
    """That more waits than one may mark."""
    text = _n(
        "{count} more waits which somebody else must mark: your own, of a person you guide, of "
        "your own course, or marked by you already.",
        "{count} more wait which somebody else must mark: your own, of a person you guide, of "
        "your own course, or marked by you already.",
        count,
    )
    return text.format(count=count)


def done(given: Given) -> str:
    """What became of a marking."""
    text = (
        _("Kept: {points} / {maximum} points. The attempt has its result now.")
        if given.is_decided
        else _("Kept: {points} / {maximum} points. Other answers or examiners are still wanted.")
    )
    return text.format(points=given.points, maximum=given.maximum)
