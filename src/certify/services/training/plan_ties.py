"""What ties a session to its plan: HR approved it, and the days fit (R-TRN-01, R-TRN-02)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.training import AdHocPlan, AnnualPlan, PlanLine, PlanState, TrainingSession
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.training.plan_views import no_ad_hoc
from certify.storage import training_plans


@dataclass(frozen=True)
class Tie:
    """The plan of a session, and what of it counts."""

    source: PlanLine | AdHocPlan
    name: str
    is_approved: bool
    decided_at: datetime | None
    first_day: date
    last_day: date


def named_tie(session: Session, line: int | None, ad_hoc: str) -> Tie | None:
    """The plan that somebody names for a session; None where they name none.

    Raises:
        BadInput: both a line and an ad-hoc plan.
        NotFound
    """
    if line is not None and ad_hoc:
        raise BadInput(
            _("A session delivers a line or an ad-hoc plan, not both."), mend=_("Name one of them.")
        )
    if line is not None:
        found = session.get(PlanLine, line) if 0 < line < 2**31 else None
        if found is None:
            raise NotFound(_("No plan has a line {number}.").format(number=line))
        return _of_line(session, found)
    if ad_hoc:
        plan = training_plans.ad_hoc(session, ad_hoc)
        if plan is None:
            raise no_ad_hoc(ad_hoc)
        return _of_ad_hoc(plan)
    return None


def tie_of(session: Session, one: TrainingSession) -> Tie | None:
    """The plan of a session; None for one without."""
    if one.line_id is not None:
        return _of_line(session, session.get_one(PlanLine, one.line_id))
    if one.ad_hoc_plan_id is not None:
        return _of_ad_hoc(session.get_one(AdHocPlan, one.ad_hoc_plan_id))
    return None


def check_fits(platform: Platform, tie: Tie, starts_at: datetime, ends_at: datetime) -> None:
    """Refuse times that the plan does not cover.

    Raises:
        Refused: HR has not approved it, or approved it later, or the days lie outside of it.
    """
    if not tie.is_approved or tie.decided_at is None:
        raise Refused(
            _("HR has not approved the plan {plan}.").format(plan=tie.name),
            mend=_("Submit it and wait for the approval, then arrange the session."),
        )
    if starts_at < tie.decided_at:
        raise Refused(
            _("The session begins before HR approved the plan {plan}.").format(plan=tie.name),
            mend=_("A plan is approved before its first session."),
        )
    zone = platform.policy.organisation.time_zone
    first, last = local_date(starts_at, zone), local_date(ends_at, zone)
    if first < tie.first_day or last > tie.last_day:
        raise Refused(
            _("The plan {plan} covers {first} to {last}.").format(
                plan=tie.name, first=tie.first_day.isoformat(), last=tie.last_day.isoformat()
            ),
            mend=_("Choose a day within it, or write another plan."),
        )


def _of_line(session: Session, line: PlanLine) -> Tie:
    plan = session.get_one(AnnualPlan, line.plan_id)
    return Tie(
        source=line,
        name=str(plan.year),
        is_approved=plan.state is PlanState.APPROVED,
        decided_at=plan.decided_at,
        first_day=date(plan.year, 1, 1),
        last_day=date(plan.year, 12, 31),
    )


def _of_ad_hoc(plan: AdHocPlan) -> Tie:
    return Tie(
        source=plan,
        name=plan.code,
        is_approved=plan.state is PlanState.APPROVED,
        decided_at=plan.decided_at,
        first_day=plan.first_day,
        last_day=plan.last_day,
    )
