"""A plan on its way: submitted to HR, approved or returned (R-TRN-01, R-TRN-02)."""

from sqlmodel import Session

from certify.domain.message import PersonMessage
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.domain.training import AdHocPlan, AnnualPlan
from certify.domain.training_plan import PlanStep, after
from certify.errors import NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.training.plan_views import may_decide, no_ad_hoc, no_plan
from certify.services.typed import checked_text
from certify.storage import training_plans

Plan = AnnualPlan | AdHocPlan
Which = int | str
"""The year of an annual plan, or the code of an ad-hoc plan."""


def submit(platform: Platform, *, actor: Actor, plan: Which) -> None:
    """Hand a plan to HR.

    Raises:
        NotPermitted, NotFound
        Refused: it is with HR or approved already, or an annual plan without a line.
    """
    require(actor, Action.PLAN_TRAINING)
    with platform.database.write() as session:
        found = _locked(session, plan)
        if isinstance(found, AnnualPlan) and not training_plans.lines(session, found.id):
            raise Refused(
                _("This plan has no line yet."),
                mend=_("“certify training plan add-line” adds one."),
            )
        _step(found, PlanStep.SUBMIT)
        found.submitted_by, found.submitted_at = actor.person_id, platform.clock.now()
        found.decided_by = found.decided_at = None
        record(session, platform, actor, "training-plan-submitted", _subject(found))


def approve(platform: Platform, *, actor: Actor, plan: Which, remark: str = "") -> None:
    """Approve a plan as HR; from now on it stays as it is.

    Raises:
        NotPermitted: not HR, or the actor drafted or submitted it (R-PPL-02).
        NotFound, BadInput
        Refused: it does not wait for HR.
    """
    _decide(platform, actor, plan, PlanStep.APPROVE, remark)


def return_plan(platform: Platform, *, actor: Actor, plan: Which, remark: str) -> None:
    """Give a plan back as HR, with what is to be done better.

    Raises:
        NotPermitted: not HR, or the actor drafted or submitted it (R-PPL-02).
        NotFound
        BadInput: no remark.
        Refused: it does not wait for HR.
    """
    _decide(platform, actor, plan, PlanStep.RETURN, checked_text(remark, _("remark")))


def _decide(platform: Platform, actor: Actor, which: Which, step: PlanStep, remark: str) -> None:
    require(actor, Action.APPROVE_TRAINING)
    require_person(actor)
    remark = checked_text(remark, _("remark")) if remark.strip() else ""
    with platform.database.write() as session:
        found = _locked(session, which)
        if not may_decide(actor, found):
            raise NotPermitted(
                _("You drafted or submitted this plan yourself."),
                mend=_("Somebody else in HR decides about it."),
            )
        _step(found, step)
        found.decided_by, found.decided_at = actor.person_id, platform.clock.now()
        found.remark = remark
        action = {
            PlanStep.APPROVE: "training-plan-approved",
            PlanStep.RETURN: "training-plan-returned",
        }[step]
        record(session, platform, actor, action, _subject(found), remark=remark)
        code = str(found.year) if isinstance(found, AnnualPlan) else found.code
        for person_id in sorted({found.drafted_by, found.submitted_by or 0} - {0}):
            session.add(
                PersonMessage(
                    person_id=person_id,
                    at=platform.clock.now(),
                    kind=action,
                    facts={"code": code, "remark": remark},
                )
            )


def _step(plan: Plan, step: PlanStep) -> None:
    state = after(plan.state, step)
    if state is None and step is PlanStep.SUBMIT:
        raise Refused(_("This plan is with HR or approved already."))
    if state is None:
        raise Refused(_("This plan does not wait for HR."))
    plan.state = state


def _locked(session: Session, which: Which) -> Plan:
    if isinstance(which, int):
        annual = training_plans.annual(session, which, lock=True)
        if annual is None:
            raise no_plan(which)
        return annual
    found = training_plans.ad_hoc(session, which, lock=True)
    if found is None:
        raise no_ad_hoc(which)
    return found


def _subject(plan: Plan) -> str:
    if isinstance(plan, AnnualPlan):
        return f"training-plan:{plan.year}"
    return f"ad-hoc-plan:{plan.code}"
