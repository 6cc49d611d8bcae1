"""The steps of a rectification notice and its deadline (R-INS-06, S2-ST7-04)."""

from datetime import date, timedelta
from enum import StrEnum

from certify.domain.inspection import NoticeState
from certify.errors import Refused
from certify.i18n import N_, _


class NoticeAction(StrEnum):
    """What may be done to a notice, each in its own state alone."""

    ANSWER = "answer"
    DO = "do"
    VERIFY = "verify"
    CLOSE = "close"


FROM = {
    NoticeAction.ANSWER: NoticeState.ISSUED,
    NoticeAction.DO: NoticeState.ANSWERED,
    NoticeAction.VERIFY: NoticeState.DONE,
    NoticeAction.CLOSE: NoticeState.VERIFIED,
}
"""The state in which an action is the next one."""
_TO = {
    NoticeAction.ANSWER: NoticeState.ANSWERED,
    NoticeAction.DO: NoticeState.DONE,
    NoticeAction.VERIFY: NoticeState.VERIFIED,
    NoticeAction.CLOSE: NoticeState.CLOSED,
}
STATES = {
    NoticeState.ISSUED: N_("issued"),
    NoticeState.ANSWERED: N_("answer given"),
    NoticeState.DONE: N_("done"),
    NoticeState.VERIFIED: N_("verified"),
    NoticeState.CLOSED: N_("closed"),
}
NEXT = {
    NoticeState.ISSUED: N_("The owner names cause and measure."),
    NoticeState.ANSWERED: N_("The owner does it and says so."),
    NoticeState.DONE: N_("An inspector who is not the owner verifies it."),
    NoticeState.VERIFIED: N_("An inspector who is not the owner closes it."),
    NoticeState.CLOSED: N_("Nothing is left to do."),
}
"""What comes next, and who does it."""


def next_action(state: NoticeState) -> NoticeAction | None:
    """The one action that is possible; None when the notice is closed."""
    return next((action for action, begins in FROM.items() if begins is state), None)


def after(state: NoticeState, action: NoticeAction, *, passed: bool = True) -> NoticeState:
    """The state after an action; a failed verification opens the notice again.

    Raises:
        Refused: it is not the next step: none can be skipped or repeated.
    """
    if FROM[action] is not state:
        raise Refused(
            _("This notice is “{state}”; that is not its next step.").format(
                state=_(STATES[state])
            ),
            mend=_(NEXT[state]),
        )
    if action is NoticeAction.VERIFY and not passed:
        return NoticeState.ISSUED
    return _TO[action]


def deadline(day: date, days: int) -> date:
    """The last day to have it done, inclusive."""
    return day + timedelta(days=days)


def is_overdue(state: NoticeState, due_on: date, today: date) -> bool:
    """Whether it is not done although the deadline is over; done on the deadline is in time."""
    return state in (NoticeState.ISSUED, NoticeState.ANSWERED) and today > due_on
