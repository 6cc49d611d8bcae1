"""Consequences in words, for screens and command line."""

from certify.domain.consequence import LABELS
from certify.domain.evaluation import ConsequenceState
from certify.i18n import N_, _
from certify.services.evaluation.consequence_decisions import ConsequenceView

STATES = {
    ConsequenceState.PROPOSED: ("○", N_("to decide")),
    ConsequenceState.CONFIRMED: ("✓", N_("confirmed")),
    ConsequenceState.DECLINED: ("–", N_("declined")),
    ConsequenceState.WITHDRAWN: ("↶", N_("withdrawn")),
}
"""Sign and word of each state."""


def kind(view: ConsequenceView) -> str:
    """What it is, with the bonus factor where it has one."""
    text = _(LABELS.get(view.kind, view.kind))
    return f"{text} × {view.factor}" if view.factor else text


def state(view: ConsequenceView) -> str:
    """How it stands, in a word."""
    return _(STATES[view.state][1])


def reason(view: ConsequenceView) -> str:
    """Why it was decided so; empty while it is not."""
    return _("at once, by the rules of the company") if view.is_at_once else view.reason
