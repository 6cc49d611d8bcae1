"""States, days and bars of a standard's life in words."""

from collections.abc import Iterable
from datetime import date

from certify.domain.delta_training import How
from certify.domain.standard_change import DraftState
from certify.domain.standard_life import DayBar, TextState
from certify.errors import Refused
from certify.i18n import N_, _

DRAFT_STATES = {
    DraftState.DRAFT: N_("draft"),
    DraftState.REVIEW: N_("in review"),
    DraftState.PILOT: N_("on trial"),
    DraftState.APPROVED: N_("approved"),
    DraftState.DROPPED: N_("dropped"),
}
TEXT_STATES = {
    TextState.APPROVED: N_("approved"),
    TextState.EFFECTIVE: N_("in force"),
    TextState.SUPERSEDED: N_("superseded"),
    TextState.WITHDRAWN: N_("withdrawn"),
}
STATES = {
    "drafting": N_("in the making"),
    "approved": N_("approved"),
    "effective": N_("in force"),
    "withdrawn": N_("withdrawn"),
}
"""What a standard as a whole is, by code."""
SIDES = {
    "sales": N_("Sales"),
    "technology": N_("Technology"),
    "customer-service": N_("Customer service"),
    "quality": N_("Quality"),
}
HOWS = {
    How.PRACTICE: N_("by practice"),
    How.EXAM: N_("by an exam"),
    How.RECORDED: N_("in a training session"),
}


def side(code: str) -> str:
    """A side that gives opinions, translated; one that only the company's policy knows as it is."""
    return _(SIDES[code]) if code in SIDES else code


def sides(codes: Iterable[str]) -> str:
    """Several sides in one line."""
    return _(", ").join(side(code) for code in codes)


def confidential() -> str:
    """The mark on everything printed of a restricted standard (R-STD-06, S4-DC-04)."""
    return _("CONFIDENTIAL: no copying or passing on without permission")


def day_refusal(bar: DayBar, day: date, *, newest: date | None, today: date) -> Refused:
    """Why nothing can change on a day, naming the days (R-STD-02)."""
    if bar is DayBar.WITHDRAWN:
        return Refused(
            _("The standard is withdrawn; nothing of it changes any more."),
            mend=_("Give a new standard a number of its own."),
        )
    if bar is DayBar.NOT_AFTER_NEWEST and newest is not None:
        return Refused(
            _("{day} is not later than {newest}, the first day of the newest text.").format(
                day=day.isoformat(), newest=newest.isoformat()
            ),
            mend=_("Choose a day after {newest}.").format(newest=newest.isoformat()),
        )
    return Refused(
        _("{day} is not to come: today is {today}, and a text changes at 00:00.").format(
            day=day.isoformat(), today=today.isoformat()
        ),
        mend=_("Choose a day after {newest}.").format(newest=today.isoformat()),
    )
