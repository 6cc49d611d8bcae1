"""What can be done to a session now, so that only those keys are offered."""

from certify.domain.attendance import Presence
from certify.domain.training import SessionState
from certify.services.training.session_views import AttendeeView, SessionView

ACTIONS = frozenset(
    {
        "sign_in",
        "sign_out",
        "confirm",
        "take_back",
        "assess",
        "excuse",
        "add",
        "agreement",
        "bill",
        "close",
        "cancel",
    }
)


def possible(one: SessionView, line: AttendeeView | None, *, holds: bool) -> set[str]:
    """The actions that make sense; the service has the last word.

    Args:
        line: the line of the list that is chosen.
        holds: whether the actor runs training.
    """
    is_planned, is_held = one.state is SessionState.PLANNED, one.state is SessionState.HELD
    found = {"bill"} if holds else set()
    if holds and (is_planned or is_held):
        found.add("add")
        found |= {"agreement"} if one.needs_agreement else set()
    if holds and is_planned:
        found.add("cancel")
    if one.may_run and is_held and one.attendees:
        found.add("close")
    if line is not None and (is_planned or is_held):
        found |= _of_line(line, is_held=is_held, runs=one.may_run and not line.is_own)
    return found


def _of_line(line: AttendeeView, *, is_held: bool, runs: bool) -> set[str]:
    if line.in_at is None:
        found = {"sign_in"} | ({"excuse"} if runs else set())
    else:
        found = {"sign_out"} if line.out_at is None else set()
        found |= {"take_back"} if runs and line.passed is None else set()
    if runs and is_held:
        found.add("assess")
    if runs and line.attendance.presence is Presence.END_UNKNOWN:
        found.add("confirm")
    return found
