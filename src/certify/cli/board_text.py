"""The board of an exam hall by lines."""

from zoneinfo import ZoneInfo

from certify.cli.listing_text import print_table
from certify.i18n import N_, _, pick
from certify.platform import Platform
from certify.services.hall_board import Board, Candidate, CandidateState, Connection

STATES = {
    CandidateState.TO_COME: N_("has not sat yet"),
    CandidateState.WAITING: N_("waits for admission"),
    CandidateState.ADMITTED: N_("admitted"),
    CandidateState.SITTING: N_("in progress"),
    CandidateState.PAUSED: N_("paused"),
    CandidateState.ON_BREAK: N_("on a break"),
    CandidateState.SUBMITTED: N_("submitted"),
    CandidateState.ENDED: N_("ended by the invigilator"),
    CandidateState.NO_SHOW: N_("no-show"),
    CandidateState.EXCUSED: N_("excused"),
}


def print_board(platform: Platform, found: Board) -> None:
    """A table of the candidates."""
    zone = ZoneInfo(platform.policy.organisation.time_zone)
    columns = [_("No."), _("Seat"), _("Staff no."), _("Name"), _("Exam"), _("State")]
    columns += [_("Answered"), _("Time left"), _("Last answer"), _("Away"), _("Now")]
    rows = [
        [
            one.attempt_id or "",
            one.seat,
            one.staff_no,
            one.name,
            pick(one.title),
            _(STATES[one.state]),
            f"{one.answered}/{one.items}" if one.attempt_id else "",
            "" if (left := one.time_left(found.now)) is None else minutes(max(0, left)),
            f"{one.last_saved.astimezone(zone):%H:%M:%S}" if one.last_saved else "",
            f"{one.focus_lost}× {minutes(one.seconds_away)}" if one.focus_lost else "",
            now(one),
        ]
        for one in found.candidates
    ]
    empty = _("Nobody is sitting an exam now.")
    if found.title:
        empty = _("Nobody is registered yet; “certify cohort add” does it.")
    print_table(columns, rows, empty)


def now(one: Candidate) -> str:
    """What is to be noticed of a candidate now; empty when nothing is."""
    if one.connection is Connection.LOST:
        return _("connection lost")
    if one.state is CandidateState.WAITING and one.is_late:
        return _("late")
    return _("in another window") if one.is_away else ""


def minutes(seconds: int) -> str:
    """Minutes and seconds, also below nothing."""
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 60}:{seconds % 60:02}"
