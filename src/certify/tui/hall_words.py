"""How the invigilator's console says candidates: states, bars, the summary, one in full."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from textual.content import Content

from certify.i18n import N_, _, _n, pick
from certify.services.hall_board import Board, Candidate, CandidateState, Connection
from certify.services.hall_sittings import SittingView
from certify.tui.bars import bar
from certify.tui.charts import Part, stacked
from certify.tui.hall_need import Need, need
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed
from certify.tui.sitting_words import clock_text

DIM = "$foreground 70%"
STATES = {
    CandidateState.TO_COME: ("○", N_("to come"), DIM),
    CandidateState.WAITING: ("!", N_("to admit"), "bold $accent"),
    CandidateState.ADMITTED: ("▷", N_("admitted"), "$accent"),
    CandidateState.SITTING: ("◐", N_("working"), "$success"),
    CandidateState.PAUSED: ("‖", N_("paused"), "bold $accent"),
    CandidateState.ON_BREAK: ("‖", N_("on a break"), "$accent"),
    CandidateState.SUBMITTED: ("✓", N_("submitted"), DIM),
    CandidateState.ENDED: ("■", N_("ended"), DIM),
    CandidateState.NO_SHOW: ("✗", N_("no-show"), DIM),
    CandidateState.EXCUSED: ("–", N_("excused"), DIM),
}
NEEDS = {
    Need.LOST: ("✗", N_("cut off"), "bold $error"),
    Need.ENDS_SOON: ("!", N_("ends soon"), "bold $error"),
    Need.AWAY: ("!", N_("elsewhere"), "$error"),
    Need.QUIET: ("…", N_("quiet"), "$accent"),
}
CONNECTIONS = {
    Connection.CONNECTED: ("●", N_("connected"), "$success"),
    Connection.LOST: ("✗", N_("cut off"), "bold $error"),
    Connection.NONE: ("–", N_("not known"), DIM),
}
LOST = "lost"
"""The group of those who sit and whose connection is lost."""
GROUPS: dict[str, tuple[str, str, str]] = {
    CandidateState.WAITING: ("▓", N_("{count} to admit"), "bold $accent"),
    LOST: ("✗", N_("{count} cut off"), "bold $error"),
    CandidateState.SITTING: ("█", N_("{count} working"), "$success"),
    CandidateState.PAUSED: ("▄", N_("{count} paused"), "$accent"),
    CandidateState.ON_BREAK: ("▂", N_("{count} on a break"), "$accent"),
    CandidateState.ADMITTED: ("▒", N_("{count} admitted"), "$accent"),
    CandidateState.TO_COME: ("░", N_("{count} to come"), DIM),
    CandidateState.SUBMITTED: ("━", N_("{count} submitted"), "$primary"),
    CandidateState.ENDED: ("■", N_("{count} ended"), "$primary"),
    CandidateState.NO_SHOW: ("┄", N_("{count} no-show"), DIM),
    CandidateState.EXCUSED: ("┄", N_("{count} excused"), DIM),
}
"""The parts of the chart, with the block of each."""
Local = Callable[[datetime], datetime]
"""A moment by the clocks of the company."""


def counts(found: Sequence[Candidate], now: datetime) -> Counter[str]:
    """How many are in each group."""
    return Counter(LOST if need(one, now) is Need.LOST else one.state for one in found)


def summary(found: Sequence[Candidate], now: datetime, width: int) -> tuple[Content, Content]:
    """How many there are of each, with the block that stands for them in the chart.

    Returns:
        A line, and what it has no room for.
    """
    counted = counts(found, now)
    parts = [
        safe_line(f"{block} {_(words).format(count=counted[group])}", style)
        for group, (block, words, style) in GROUPS.items()
        if counted[group]
    ]
    first = Content("  ").join(parts)
    fits = len(parts)
    while first.cell_length > width and fits > 1:
        fits -= 1
        first = Content("  ").join(parts[:fits])
    return first, Content("  ").join(parts[fits:])


def chart(found: Sequence[Candidate], now: datetime, width: int) -> Content:
    """Everybody on one line of blocks."""
    counted = counts(found, now)
    return stacked(
        [Part(counted[group], block, style) for group, (block, _words, style) in GROUPS.items()],
        width,
    )


def state(one: Candidate, now: datetime) -> Content:
    """The state of a candidate, or why one should look there."""
    sign, words, style = NEEDS.get(need(one, now), STATES[one.state])
    return signed(sign, _(words), style)


def connection(one: Candidate) -> Content:
    """Whether the candidate's terminal is connected."""
    if one.attempt_id is None:
        return Content()
    sign, words, style = CONNECTIONS[one.connection]
    return signed(sign, _(words), style)


def saved(one: Candidate, local: Local, form: str) -> Content:
    """When the last answer was saved, with the sign of the connection before it."""
    if one.attempt_id is None:
        return Content()
    sign, _words, style = CONNECTIONS[one.connection]
    at = "–" if one.last_saved is None else f"{local(one.last_saved):{form}}"
    return Content.styled(sign, style) + f" {at}"


def answered(one: Candidate, cells: int) -> Content:
    """How much is answered, as a bar with its numbers."""
    if one.attempt_id is None or not one.items:
        return Content()
    share = Fraction(one.answered, one.items)
    return Content(f"{bar(share, cells)} {one.answered}/{one.items}")


def seconds_left(one: Candidate, now: datetime) -> int | None:
    """Seconds until the end of an open attempt; they stand in a pause and in a break."""
    return one.time_left(one.on_break_since or now)


def left(one: Candidate, now: datetime, cells: int) -> Content:
    """The time left, as a bar with minutes."""
    seconds = seconds_left(one, now)
    if seconds is None or one.deadline is None or one.started_at is None:
        return Content()
    whole = max(1, int((one.deadline - one.started_at) / timedelta(seconds=1)))
    style = "bold $error" if need(one, now) is Need.ENDS_SOON else ""
    clock = clock_text(seconds)
    return Content.styled(f"{bar(Fraction(max(0, seconds), whole), cells)} {clock:>6}", style)


def who(one: Candidate) -> str:
    """A candidate by name, number and seat."""
    return f"{one.name} {one.staff_no}" + (f" ({one.seat})" if one.seat else "")


MOST_NAMES = 8


def everybody(chosen: Sequence[Candidate]) -> str:
    """Several candidates; the first of them by name."""
    if len(chosen) == 1:
        return who(chosen[0])
    names = _(", ").join(one.name for one in chosen[:MOST_NAMES])
    if len(chosen) > MOST_NAMES:
        names += " …"
    text = _n("{count} candidate ({names})", "{count} candidates ({names})", len(chosen))
    return text.format(count=len(chosen), names=names)


def facts(one: Candidate, now: datetime, local: Local) -> list[str]:
    """What else is known of a candidate, each in words."""
    said = []
    if one.attempt_id is not None:
        text = _("answered {answered} of {items}")
        said.append(text.format(answered=one.answered, items=one.items))
        if one.last_saved is not None:
            said.append(_("last saved {time}").format(time=f"{local(one.last_saved):%H:%M:%S}"))
        said.append(_connection(one, local))
        said.append(_away(one))
        terminals = _n("{count} terminal", "{count} terminals", one.terminals)
        said.append(terminals.format(count=one.terminals))
    if one.paused_at is not None:
        said.append(_("paused since {time}").format(time=f"{local(one.paused_at):%H:%M:%S}"))
    if one.break_left:
        said.append(_("break left {time}").format(time=clock_text(one.break_left)))
    if one.number > 1:
        said.append(_("retake"))
    return said


def _connection(one: Candidate, local: Local) -> str:
    words = _(CONNECTIONS[one.connection][1])
    if one.connection is Connection.CONNECTED and one.connected_since is not None:
        since = f"{local(one.connected_since):%H:%M:%S}"
        return _("connected since {time}").format(time=since)
    return _("connection: {state}").format(state=words)


def _away(one: Candidate) -> str:
    if not one.focus_lost:
        return _("never in another window")
    text = _n(
        "{count} time in another window", "{count} times in another window", one.focus_lost
    ).format(count=one.focus_lost)
    return f"{text} ({clock_text(one.seconds_away)})"


def where(board: Board, local: Local) -> str:
    """Window and place of a sitting, and who must be admitted."""
    said = [window(board.opens_at, board.closes_at, local), board.place]
    if board.needs_admission:
        said.append(_("everybody is admitted by you"))
    elif board.late_minutes is not None:
        text = _("admitted by you from {minutes} min after the opening")
        said.append(text.format(minutes=board.late_minutes))
    return " · ".join(text for text in said if text)


def window(opens_at: datetime | None, closes_at: datetime | None, local: Local) -> str:
    """A window of a day or two in few words; empty without one."""
    if opens_at is None and closes_at is None:
        return ""
    opens = f"{local(opens_at):%m-%d %H:%M}" if opens_at else ""
    form = "%m-%d %H:%M"
    if opens_at and closes_at and local(opens_at).date() == local(closes_at).date():
        form = "%H:%M"
    return f"{opens}–{local(closes_at):{form}}" if closes_at else f"{opens}–"


def sitting(one: SittingView, local: Local) -> str:
    """A sitting to choose, on one line."""
    count = _n("{count} person", "{count} people", one.members).format(count=one.members)
    said = [window(one.opens_at, one.closes_at, local), one.title, one.place, count]
    return " · ".join(text for text in said if text)


def title(one: Candidate) -> str:
    """Exam and cohort of a candidate."""
    return pick(one.title) + (f" · {one.cohort}" if one.cohort else "")
