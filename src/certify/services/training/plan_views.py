"""Annual and ad-hoc plans as they stand, for every front end."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor
from certify.domain.training import AdHocPlan, AnnualPlan, PlanLine, PlanState, TrainingMode
from certify.domain.training_plan import standing
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.storage import training, training_plans


@dataclass(frozen=True)
class LineView:
    """One training of an annual plan."""

    id: int
    month: int
    kind: str
    title: str
    course: str
    mode: TrainingMode
    hours: Fraction | None
    audience: str
    trainer: str
    planned_fen: int


@dataclass(frozen=True)
class Review:
    """How far a plan is, and what the actor may do to it."""

    state: PlanState
    drafted_by: str
    drafted_on: date
    submitted_by: str
    submitted_on: date | None
    decided_by: str
    decided_on: date | None
    remark: str
    """HR's word when it was approved or returned."""
    may_change: bool
    """Whether lines can be changed and the plan be submitted."""
    may_decide: bool
    """Whether the actor may approve or return it: HR, never who drafted or submitted it."""


@dataclass(frozen=True)
class PlanView:
    """《在职培训计划表》 of one year."""

    year: int
    review: Review
    lines: tuple[LineView, ...]

    @property
    def planned_fen(self) -> int:
        """What all of it costs."""
        return sum(line.planned_fen for line in self.lines)


@dataclass(frozen=True)
class AdHocView:
    """《在职培训实施计划表》 of one training outside the annual plan."""

    code: str
    title: str
    occasion: str
    kind: str
    course: str
    mode: TrainingMode
    first_day: date
    last_day: date
    hours: Fraction | None
    audience: str
    trainer: str
    planned_fen: int
    review: Review


def annual_plans(platform: Platform, *, actor: Actor) -> list[PlanView]:
    """Every annual plan, the latest year first.

    Raises:
        NotPermitted
    """
    require(actor, Action.PLAN_TRAINING)
    with platform.database.read() as session:
        lines = training_plans.lines(session)
        return [
            _plan(session, platform, actor, one, lines.get(one.id or 0, []))
            for one in training_plans.annuals(session)
        ]


def annual_plan(platform: Platform, *, actor: Actor, year: int) -> PlanView:
    """The plan of a year with its lines.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.PLAN_TRAINING)
    with platform.database.read() as session:
        found = training_plans.annual(session, year)
        if found is None:
            raise no_plan(year)
        lines = training_plans.lines(session, found.id).get(found.id or 0, [])
        return _plan(session, platform, actor, found, lines)


def ad_hoc_plans(platform: Platform, *, actor: Actor) -> list[AdHocView]:
    """Every ad-hoc plan, the one that begins last first.

    Raises:
        NotPermitted
    """
    require(actor, Action.PLAN_TRAINING)
    with platform.database.read() as session:
        every = training_plans.ad_hocs(session)
        return [_ad_hoc(session, platform, actor, one) for one in every]


def ad_hoc_plan(platform: Platform, *, actor: Actor, code: str) -> AdHocView:
    """One ad-hoc plan.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.PLAN_TRAINING)
    with platform.database.read() as session:
        found = training_plans.ad_hoc(session, code)
        if found is None:
            raise no_ad_hoc(code)
        return _ad_hoc(session, platform, actor, found)


def no_plan(year: int) -> NotFound:
    """That a year has no plan."""
    return NotFound(
        _("There is no training plan for {year}.").format(year=year),
        mend=_("“certify training plan new {year}” drafts it.").format(year=year),
    )


def no_ad_hoc(code: str) -> NotFound:
    """That there is no such ad-hoc plan."""
    return NotFound(
        _("There is no ad-hoc plan “{code}”.").format(code=code),
        mend=_("“certify training ad-hoc list” shows all of them."),
    )


def may_decide(actor: Actor, plan: AnnualPlan | AdHocPlan) -> bool:
    """Whether an actor may approve or return a plan: nobody decides about their own."""
    is_own = actor.person_id in (plan.drafted_by, plan.submitted_by)
    return may(actor, Action.APPROVE_TRAINING) and not actor.is_console and not is_own


def line_view(line: PlanLine) -> LineView:
    """One line without its plan."""
    return LineView(
        id=line.id or 0,
        month=line.month,
        kind=line.kind,
        title=line.title,
        course=line.course,
        mode=line.mode,
        hours=line.hours,
        audience=line.audience,
        trainer=line.trainer,
        planned_fen=line.planned_fen,
    )


def _plan(
    session: Session, platform: Platform, actor: Actor, plan: AnnualPlan, lines: list[PlanLine]
) -> PlanView:
    state = standing(plan.state, plan.year, platform.today())
    return PlanView(
        year=plan.year,
        review=_review(session, platform, actor, plan, state),
        lines=tuple(line_view(line) for line in lines),
    )


def _ad_hoc(session: Session, platform: Platform, actor: Actor, plan: AdHocPlan) -> AdHocView:
    return AdHocView(
        code=plan.code,
        title=plan.title,
        occasion=plan.occasion,
        kind=plan.kind,
        course=plan.course,
        mode=plan.mode,
        first_day=plan.first_day,
        last_day=plan.last_day,
        hours=plan.hours,
        audience=plan.audience,
        trainer=plan.trainer,
        planned_fen=plan.planned_fen,
        review=_review(session, platform, actor, plan, plan.state),
    )


def _review(
    session: Session,
    platform: Platform,
    actor: Actor,
    plan: AnnualPlan | AdHocPlan,
    state: PlanState,
) -> Review:
    who = training.people(session, (plan.drafted_by, plan.submitted_by, plan.decided_by))
    names = {id_: person.name for id_, person in who.items()}
    zone = platform.policy.organisation.time_zone

    def day(moment: datetime | None) -> date | None:
        return moment and local_date(moment, zone)

    return Review(
        state=state,
        drafted_by=names.get(plan.drafted_by, ""),
        drafted_on=local_date(plan.drafted_at, zone),
        submitted_by=names.get(plan.submitted_by or 0, ""),
        submitted_on=day(plan.submitted_at),
        decided_by=names.get(plan.decided_by or 0, ""),
        decided_on=day(plan.decided_at),
        remark=plan.remark,
        may_change=state in (PlanState.DRAFT, PlanState.RETURNED)
        and may(actor, Action.PLAN_TRAINING),
        may_decide=state is PlanState.SUBMITTED and may_decide(actor, plan),
    )
