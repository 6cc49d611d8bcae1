"""What training costs: the bill of a session, and a year against its plan (R-TRN-06)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.training import PlanState, SessionState, TrainingSession
from certify.domain.training_cost import MOST_FEN, SessionCost, YearCost, year_cost
from certify.errors import BadInput
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.training.sessions import in_year, locked
from certify.storage import training_plans


@dataclass(frozen=True)
class CostLine:
    """The cost of one session."""

    code: str
    title: str
    day: date
    state: SessionState
    cost: SessionCost


@dataclass(frozen=True)
class YearView:
    """The cost of a year and of each of its sessions."""

    year: int
    cost: YearCost
    lines: tuple[CostLine, ...]


def record_cost(platform: Platform, *, actor: Actor, code: str, fen: int) -> None:
    """Write down what a session cost, also a cancelled one; a later bill replaces an earlier.

    Raises:
        NotPermitted, NotFound
        BadInput: below nothing, or more than any training costs.
    """
    require(actor, Action.HOLD_TRAINING)
    if not 0 <= fen <= MOST_FEN:
        raise BadInput(_("This cost cannot be."), mend=_("Write an amount from 0 on."))
    with platform.database.write() as session:
        one = locked(session, code)
        before, one.actual_fen = one.actual_fen, fen
        facts = {"before": before, "fen": fen}
        record(session, platform, actor, "training-cost-recorded", f"training:{one.code}", **facts)


def year_costs(platform: Platform, *, actor: Actor, year: int) -> YearView:
    """The cost of a year: planned, spent so far, and the variance.

    A session counts in the year in which it begins. Drafts and plans that HR did not approve plan
    nothing yet.

    Raises:
        NotPermitted
    """
    require(actor, Action.PLAN_TRAINING)
    with platform.database.read() as session:
        found = in_year(session, platform, year)
        lines = tuple(_line(platform, one) for one in found)
        return YearView(
            year=year,
            cost=year_cost(
                _annual(session, year), _ad_hoc(session, year), (line.cost for line in lines)
            ),
            lines=lines,
        )


def _line(platform: Platform, one: TrainingSession) -> CostLine:
    cost = SessionCost(
        planned=one.planned_fen,
        actual=one.actual_fen,
        is_held=one.state in (SessionState.HELD, SessionState.CLOSED),
        is_cancelled=one.state is SessionState.CANCELLED,
    )
    day = local_date(one.starts_at, platform.policy.organisation.time_zone)
    return CostLine(one.code, one.title, day, one.state, cost)


def _annual(session: Session, year: int) -> int:
    plan = training_plans.annual(session, year)
    if plan is None or plan.state is not PlanState.APPROVED:
        return 0
    lines = training_plans.lines(session, plan.id).get(plan.id or 0, [])
    return sum(line.planned_fen for line in lines)


def _ad_hoc(session: Session, year: int) -> int:
    return sum(
        plan.planned_fen
        for plan in training_plans.ad_hocs(session)
        if plan.state is PlanState.APPROVED and plan.first_day.year == year
    )
