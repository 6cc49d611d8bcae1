"""Drafting plans: the annual plan with its lines, and ad-hoc plans (R-TRN-01, R-TRN-02)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.training import AdHocPlan, AnnualPlan, PlanLine, TrainingMode
from certify.domain.training_cost import MOST_FEN
from certify.domain.training_plan import KINDS, PlanStep, after, may_plan
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.training.plan_views import no_ad_hoc, no_plan
from certify.services.typed import checked_text, course_of
from certify.storage import qualifications, training_plans


@dataclass(frozen=True)
class Planned:
    """What a plan says of one training."""

    kind: str
    title: str
    course: str = ""
    mode: TrainingMode = TrainingMode.INTERNAL
    hours: Fraction | None = None
    audience: str = ""
    trainer: str = ""
    planned_fen: int = 0


def draft_annual(platform: Platform, *, actor: Actor, year: int) -> None:
    """Begin the plan of a year, without lines.

    Raises:
        NotPermitted
        Refused: there is one, or the year is neither this one nor the next.
    """
    require(actor, Action.PLAN_TRAINING)
    if not may_plan(year, platform.today()):
        raise Refused(
            _("A plan for {year} cannot be drafted now.").format(year=year),
            mend=_("A plan is drafted at the end of a year for the next, at latest in its year."),
        )
    try:
        with platform.database.write() as session:
            if training_plans.annual(session, year) is not None:
                raise _exists(year)
            session.add(
                AnnualPlan(year=year, drafted_by=actor.person_id, drafted_at=platform.clock.now())
            )
            session.flush()
            record(session, platform, actor, "training-plan-drafted", f"training-plan:{year}")
    except IntegrityError as problem:
        raise _exists(year) from problem


def add_line(platform: Platform, *, actor: Actor, year: int, month: int, what: Planned) -> int:
    """Add a training to the plan of a year; gives the number of the line.

    Raises:
        NotPermitted, NotFound, BadInput
        Refused: the plan is with HR or approved; later wishes become ad-hoc plans.
    """
    require(actor, Action.PLAN_TRAINING)
    with platform.database.write() as session:
        plan = changeable(session, year)
        line = PlanLine(plan_id=plan.id or 0, **checked_line(session, month, what))
        session.add(line)
        session.flush()
        record(
            session,
            platform,
            actor,
            "training-line-added",
            f"training-plan:{year}",
            line=line.id,
            month=month,
            fen=what.planned_fen,
        )
        return line.id or 0


def change_line(
    platform: Platform, *, actor: Actor, year: int, line_id: int, month: int, what: Planned
) -> None:
    """Write a line of a draft anew.

    Raises:
        NotPermitted, NotFound, BadInput
        Refused: the plan is with HR or approved.
    """
    require(actor, Action.PLAN_TRAINING)
    with platform.database.write() as session:
        line = _line(session, changeable(session, year), line_id)
        for name, value in checked_line(session, month, what).items():
            setattr(line, name, value)
        subject = f"training-plan:{year}"
        record(
            session,
            platform,
            actor,
            "training-line-changed",
            subject,
            line=line.id,
            month=month,
            fen=what.planned_fen,
        )


def remove_line(platform: Platform, *, actor: Actor, year: int, line_id: int) -> None:
    """Take a line out of a draft.

    Raises:
        NotPermitted, NotFound
        Refused: the plan is with HR or approved.
    """
    require(actor, Action.PLAN_TRAINING)
    with platform.database.write() as session:
        line = _line(session, changeable(session, year), line_id)
        session.delete(line)
        subject = f"training-plan:{year}"
        record(session, platform, actor, "training-line-removed", subject, line=line_id)


def draft_ad_hoc(
    platform: Platform,
    *,
    actor: Actor,
    occasion: str,
    first_day: date,
    last_day: date,
    what: Planned,
) -> str:
    """Draft the implementation plan of one training; gives its code.

    Raises:
        NotPermitted, NotFound, BadInput
    """
    require(actor, Action.PLAN_TRAINING)
    _check_days(first_day, last_day)
    with platform.database.write() as session:
        number = qualifications.next_number(session, f"ad-hoc-{first_day.year}")
        plan = AdHocPlan(
            code=f"A-{first_day.year}-{number:03}",
            occasion=checked_text(occasion, _("occasion")),
            first_day=first_day,
            last_day=last_day,
            drafted_by=actor.person_id,
            drafted_at=platform.clock.now(),
            **_checked(session, what),
        )
        session.add(plan)
        session.flush()
        subject = f"ad-hoc-plan:{plan.code}"
        record(session, platform, actor, "ad-hoc-plan-drafted", subject, fen=what.planned_fen)
        return plan.code


def change_ad_hoc(
    platform: Platform,
    *,
    actor: Actor,
    code: str,
    occasion: str,
    first_day: date,
    last_day: date,
    what: Planned,
) -> None:
    """Write an ad-hoc plan anew that is a draft or was returned.

    Raises:
        NotPermitted, NotFound, BadInput
        Refused: it is with HR or approved.
    """
    require(actor, Action.PLAN_TRAINING)
    _check_days(first_day, last_day)
    with platform.database.write() as session:
        plan = training_plans.ad_hoc(session, code, lock=True)
        if plan is None:
            raise no_ad_hoc(code)
        if after(plan.state, PlanStep.CHANGE) is None:
            raise fixed()
        plan.occasion = checked_text(occasion, _("occasion"))
        plan.first_day, plan.last_day = first_day, last_day
        for name, value in _checked(session, what).items():
            setattr(plan, name, value)
        subject = f"ad-hoc-plan:{plan.code}"
        record(session, platform, actor, "ad-hoc-plan-changed", subject, fen=what.planned_fen)


def changeable(session: Session, year: int) -> AnnualPlan:
    """The plan of a year, locked, as long as its lines may change.

    Raises:
        NotFound
        Refused: it is with HR or approved.
    """
    plan = training_plans.annual(session, year, lock=True)
    if plan is None:
        raise no_plan(year)
    if after(plan.state, PlanStep.CHANGE) is None:
        raise fixed()
    return plan


def checked_line(session: Session, month: int, what: Planned) -> dict[str, Any]:
    """The fields of a plan line.

    Raises:
        BadInput, NotFound: naming what cannot be.
    """
    if not 1 <= month <= 12:
        raise BadInput(
            _("“{month}” is no month.").format(month=month), mend=_("Write a number from 1 to 12.")
        )
    return {"month": month, **_checked(session, what)}


def fixed() -> Refused:
    """That a plan cannot change any more."""
    return Refused(
        _("This plan is with HR or approved; its lines stay as they are."),
        mend=_("Write an ad-hoc plan for what changes: “certify training ad-hoc new”."),
    )


def _checked(session: Session, what: Planned) -> dict[str, Any]:
    if what.kind not in KINDS:
        raise BadInput(
            _("There is no kind of training “{kind}”.").format(kind=what.kind),
            mend=_("Possible: {values}").format(values=", ".join(KINDS)),
        )
    if not 0 <= what.planned_fen <= MOST_FEN:
        raise BadInput(_("This cost cannot be."), mend=_("Write an amount from 0 on."))
    if what.course:
        course_of(session, what.course)
    return {
        "kind": what.kind,
        "title": checked_text(what.title, _("title"), 120),
        "course": what.course,
        "mode": what.mode,
        "hours": what.hours,
        "audience": checked_text(what.audience, _("audience"), 120) if what.audience else "",
        "trainer": checked_text(what.trainer, _("trainer"), 80) if what.trainer else "",
        "planned_fen": what.planned_fen,
    }


def _check_days(first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise BadInput(
            _("The last day lies before the first."), mend=_("Write the days in their order.")
        )


def _line(session: Session, plan: AnnualPlan, line_id: int) -> PlanLine:
    line = session.get(PlanLine, line_id)
    if line is None or line.plan_id != plan.id:
        raise NotFound(_("This plan has no line {number}.").format(number=line_id))
    return line


def _exists(year: int) -> Refused:
    return Refused(
        _("There is a training plan for {year} already.").format(year=year),
        mend=_("“certify training plan show {year}” shows it.").format(year=year),
    )
