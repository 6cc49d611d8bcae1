"""How plans, sessions and presence look on every screen: a sign and a word."""

from textual.content import Content

from certify.domain.attendance import Presence
from certify.domain.training import PlanState, SessionState
from certify.domain.training_calendar import Month
from certify.i18n import _
from certify.platform import Platform
from certify.services.training import forms, words
from certify.services.training.session_views import AttendeeView, SessionView
from certify.services.windows import moment_text
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed

PLAN_SIGNS = {
    PlanState.DRAFT: ("○", "$foreground 70%"),
    PlanState.SUBMITTED: ("…", "$accent"),
    PlanState.RETURNED: ("!", "$error"),
    PlanState.APPROVED: ("✓", "$success"),
    PlanState.IN_FORCE: ("✓", "$success"),
}
SESSION_SIGNS = {
    SessionState.PLANNED: ("○", "$foreground 70%"),
    SessionState.HELD: ("◐", "$accent"),
    SessionState.CLOSED: ("✓", "$success"),
    SessionState.CANCELLED: ("✗", "$error"),
}
PRESENCE_SIGNS = {
    Presence.EXCUSED: ("–", "$foreground 70%"),
    Presence.EXPECTED: ("○", "$foreground 70%"),
    Presence.ABSENT: ("✗", "$error"),
    Presence.THERE: ("◐", "$accent"),
    Presence.END_UNKNOWN: ("!", "$error"),
    Presence.ATTENDED: ("✓", "$success"),
    Presence.TOO_SHORT: ("✗", "$error"),
}
MONTH_SIGNS = {
    Month.HELD: ("✓", "$success"),
    Month.MISSING: ("✗", "$error"),
    Month.NOT_DUE: ("–", "$foreground 70%"),
    Month.TO_COME: ("○", "$foreground 70%"),
}


def plan_state(state: PlanState) -> Content:
    """How far a plan is."""
    sign, style = PLAN_SIGNS[state]
    return signed(sign, _(words.PLAN_STATES[state]), style)


def session_state(state: SessionState) -> Content:
    """How far a session is."""
    sign, style = SESSION_SIGNS[state]
    return signed(sign, _(words.SESSION_STATES[state]), style)


def presence(line: AttendeeView) -> Content:
    """How somebody attends; late where they were."""
    sign, style = PRESENCE_SIGNS[line.attendance.presence]
    said = _(words.PRESENCES[line.attendance.presence])
    if line.attendance.is_late:
        said = _("{presence}, late").format(presence=said)
    return signed(sign, said, style)


def month(verdict: Month) -> Content:
    """What the monthly check says."""
    sign, style = MONTH_SIGNS[verdict]
    return signed(sign, _(words.MONTHS[verdict]), style)


def times(platform: Platform, one: SessionView) -> str:
    """From when to when a session is; the day once where it ends on the same."""
    start, end = moment_text(platform, one.starts_at), moment_text(platform, one.ends_at)
    return f"{start}–{end[11:] if end[:10] == start[:10] else end}"


def result(line: AttendeeView) -> str:
    """Mark and verdict; empty while nothing is known."""
    said = forms.result(line)
    return f"{line.mark} {said}" if line.mark else said


def more(line: AttendeeView) -> list[str]:
    """What the columns leave out."""
    said = [f"{line.name} {line.who}", line.organisation, line.excused, line.remark]
    if line.attendance.is_late:
        minutes = forms.minutes_late(line)
        said.append(_("{minutes} minutes late").format(minutes=minutes))
    if line.signed_by:
        said.append(_("noted by {name}").format(name=line.signed_by))
    if line.confirmed_by:
        said.append(_("end confirmed by {name}").format(name=line.confirmed_by))
    if line.agreement:
        said.append(_("agreement {number}").format(number=line.agreement))
    if line.assessed_by:
        said.append(_("assessed by {name}").format(name=line.assessed_by))
    return [text for text in said if text]


def about(platform: Platform, one: SessionView) -> Content:
    """State, time, place and trainer of a session on one line."""
    said = [
        times(platform, one),
        one.place,
        _(words.KINDS[one.kind]),
        _(words.MODES[one.mode]),
        one.trainer,
    ]
    return session_state(one.state) + safe_line("  " + " · ".join(text for text in said if text))


def money(one: SessionView) -> str:
    """What a session costs and what that asks for."""
    said = [_("Planned: {amount}").format(amount=words.money(one.planned_fen))]
    if one.actual_fen is not None:
        said.append(_("cost {amount}").format(amount=words.money(one.actual_fen)))
    if one.needs_agreement:
        said.append(_("agreements needed"))
    if one.plan:
        said.append(_("plan {plan}").format(plan=one.plan))
    return " · ".join(said)
