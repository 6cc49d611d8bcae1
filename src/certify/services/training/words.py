"""How plans, sessions and presence are said, the same in every front end."""

from collections.abc import Mapping
from typing import Any

from certify.domain.attendance import Presence
from certify.domain.training import PlanState, SessionState, TrainingMode
from certify.domain.training_calendar import Month
from certify.domain.training_cost import YearCost, fen_text
from certify.i18n import N_, _

KINDS = {
    "onboarding": N_("onboarding training"),
    "in-service": N_("in-service training"),
    "special": N_("special training"),
    "customer": N_("customer training"),
}
MODES = {
    TrainingMode.INTERNAL: N_("internal"),
    TrainingMode.EXTERNAL: N_("external"),
    TrainingMode.ONLINE: N_("online"),
}
PLAN_STATES = {
    PlanState.DRAFT: N_("draft"),
    PlanState.SUBMITTED: N_("waits for HR"),
    PlanState.RETURNED: N_("returned by HR"),
    PlanState.APPROVED: N_("approved"),
    PlanState.IN_FORCE: N_("in force"),
}
SESSION_STATES = {
    SessionState.PLANNED: N_("planned"),
    SessionState.HELD: N_("under way"),
    SessionState.CLOSED: N_("closed"),
    SessionState.CANCELLED: N_("cancelled"),
}
PRESENCES = {
    Presence.EXCUSED: N_("excused"),
    Presence.EXPECTED: N_("expected"),
    Presence.ABSENT: N_("absent"),
    Presence.THERE: N_("there"),
    Presence.END_UNKNOWN: N_("end unknown"),
    Presence.ATTENDED: N_("attended"),
    Presence.TOO_SHORT: N_("too short"),
}
MONTHS = {
    Month.HELD: N_("held"),
    Month.MISSING: N_("missing"),
    Month.NOT_DUE: N_("not due"),
    Month.TO_COME: N_("to come"),
}

MESSAGES = {
    "training-admitted": N_("You are to attend “{title}” ({code}): {moment}."),
    "training-moved": N_("“{title}” ({code}) was moved: {moment}."),
    "training-cancelled": N_("“{title}” ({code}) is cancelled: {remark}"),
    "training-plan-approved": N_("HR approved the training plan {code}. {remark}"),
    "training-plan-returned": N_("HR returned the training plan {code}: {remark}"),
}
"""What people are told, by kind of message."""


def money(fen: int | None) -> str:
    """An amount in yuan; empty when it is not known."""
    return "" if fen is None else _("{amount} yuan").format(amount=fen_text(fen))


def cost_lines(total: YearCost) -> list[str]:
    """The totals of a year, one a line."""
    return [
        _("Planned: {planned} (annual plan {annual}, ad-hoc plans {ad_hoc})").format(
            planned=money(total.planned),
            annual=fen_text(total.annual),
            ad_hoc=fen_text(total.ad_hoc),
        ),
        _(
            "Spent so far: {spent}, of which {estimated} without a bill yet, {cancelled} cancelled"
        ).format(
            spent=money(total.to_date),
            estimated=fen_text(total.estimated),
            cancelled=fen_text(total.cancelled),
        ),
        _("Variance: {variance}").format(variance=money(total.variance)),
    ]


def message_text(kind: str, facts: Mapping[str, Any]) -> str:
    """A message about training, in words; its kind is one of `MESSAGES`."""
    known = {"title": "", "code": "", "moment": "", "remark": "", **facts}
    return _(MESSAGES[kind]).format(**known).strip()
