"""Rectification notices (整改通知书): issuing them, and how they stand (R-INS-06, S2-ST7-04)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.inspection import Inspection, NoticeState, NoticeStep, RectificationNotice
from certify.domain.permission import Action, may, require, require_person
from certify.domain.person import Actor, Department, Person
from certify.domain.rectification import NoticeAction, deadline, is_overdue, next_action
from certify.errors import NotFound, NotPermitted
from certify.i18n import _
from certify.platform import Platform
from certify.services.inspection import access
from certify.services.inspection.conflicts import employed
from certify.services.inspection.recording import next_number
from certify.services.inspection.register import no_inspection
from certify.services.inspection.telling import tell
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import inspections, rectification, standards


@dataclass(frozen=True)
class StepView:
    """One step that was done."""

    state: NoticeState
    text: str
    passed: bool | None
    by: str
    at: datetime
    day: date
    """Of `at`, on the company's calendar."""


@dataclass(frozen=True)
class NoticeView:
    """A notice and what the actor may do next. Texts are by language."""

    number: str
    inspection: str
    """Number of the check it came from; empty where there is none."""
    department: dict[str, str]
    department_code: str
    owner: str
    owner_no: str
    standard: str
    problem: str
    cause: str
    measure: str
    issued_on: date
    due_on: date
    state: NoticeState
    done_on: date | None
    verified_on: date | None
    reopened: int
    is_overdue: bool
    days_left: int
    next: NoticeAction | None
    may_act: bool
    """Whether the actor is one who may do what comes next."""
    steps: tuple[StepView, ...] = ()


def issue(
    platform: Platform,
    *,
    actor: Actor,
    owner: str,
    problem: str,
    inspection: str = "",
    standard: str = "",
) -> str:
    """Order a correction; gives the number of the notice. The deadline comes from policy.

    Args:
        owner: staff number of who answers for it, in the department responsible.
        inspection: number of the check it comes from; may be empty.
    Raises:
        NotPermitted: the actor does not inspect, or would be the owner.
        NotFound: nobody has the number, no such check or standard.
        BadInput, Refused
    """
    require(actor, Action.INSPECT)
    require_person(actor)
    problem = checked_text(problem, _("problem"))
    today = platform.today()
    with platform.database.write() as session:
        number = next_number(session, platform, "RN")
        person = employed(session, actor, owner)
        if person.id == actor.person_id:
            raise NotPermitted(
                _("Nobody issues a notice to themselves."), mend=_("Another inspector does it.")
            )
        found = inspections.by_number(session, inspection.strip().upper()) if inspection else None
        if inspection and found is None:
            raise no_inspection(inspection)
        wanted = standard.strip().upper() or (found.standard if found else "")
        if wanted and standards.by_number(session, wanted) is None:
            raise NotFound(_("There is no standard {number}.").format(number=wanted))
        notice = RectificationNotice(
            number=number,
            inspection_id=found.id if found else None,
            department_id=person.department_id,
            owner_id=person.id or 0,
            standard=wanted,
            problem=problem,
            issued_by=actor.person_id,
            issued_on=today,
            due_on=deadline(today, platform.policy.rectification.days),
        )
        session.add(notice)
        session.flush()
        add_step(session, platform, actor, notice, NoticeState.ISSUED, problem)
        tell(
            session,
            platform,
            {person.id, person.supervisor_id} - {actor.person_id},
            "notice-issued",
            number=number,
            due=notice.due_on.isoformat(),
            problem=problem,
        )
    return number


def add_step(
    session: Session,
    platform: Platform,
    actor: Actor,
    notice: RectificationNotice,
    state: NoticeState,
    text: str = "",
    passed: bool | None = None,
) -> None:
    """Keep a step that was done, with its line in the ledger."""
    session.add(
        NoticeStep(
            notice_id=notice.id or 0,
            state=state,
            text=text,
            passed=passed,
            by=actor.person_id,
            at=platform.clock.now(),
        )
    )
    facts: dict[str, object] = {"number": notice.number, "due_on": notice.due_on.isoformat()}
    if passed is not None:
        facts["passed"] = passed
    record(
        session,
        platform,
        actor,
        f"notice-{state.value}",
        f"rectificationnotice:{notice.id}",
        **facts,
    )


def notices(platform: Platform, *, actor: Actor, is_open: bool = False) -> list[NoticeView]:
    """The notices that the actor may see, the newest first.

    Args:
        is_open: only those that are not closed.
    """
    with platform.database.read() as session:
        sight = access.sight_of(session, actor)
        return [
            _view(session, platform, actor, one)
            for one in reversed(rectification.every(session, is_open=is_open))
            if sight.covers(one.owner_id, None)
        ]


def overdue(platform: Platform, *, actor: Actor) -> list[NoticeView]:
    """What is not done although its deadline is over, the longest overdue first.

    Of everybody for inspectors and HR, of those they supervise for supervisors, else one's own.
    """
    with platform.database.read() as session:
        sight = access.sight_of(session, actor)
        return [
            _view(session, platform, actor, one)
            for one in rectification.overdue(session, platform.today())
            if sight.covers(one.owner_id, None)
        ]


def waiting(platform: Platform, *, actor: Actor) -> list[NoticeView]:
    """The open notices whose next step the actor may do, the first deadline first."""
    found = [one for one in notices(platform, actor=actor, is_open=True) if one.may_act]
    return sorted(found, key=lambda one: (one.due_on, one.number))


def show(platform: Platform, *, actor: Actor, number: str) -> NoticeView:
    """One notice with all its steps.

    Raises:
        NotFound: there is none, or none that the actor may see.
    """
    with platform.database.read() as session:
        found = rectification.by_number(session, number.strip().upper())
        if found is None or not access.may_see(session, actor, found.owner_id, None):
            raise no_notice(number)
        return _view(session, platform, actor, found, with_steps=True)


def no_notice(number: str) -> NotFound:
    """That there is no such notice, or none for this person."""
    return NotFound(
        _("There is no rectification notice {number}.").format(number=number),
        mend=_("“certify inspection notice list” shows those you may see."),
    )


def may_act(session: Session, actor: Actor, notice: RectificationNotice) -> bool:
    """Whether the actor may do the next step: the owner the first two, an inspector the others."""
    if notice.state in (NoticeState.ISSUED, NoticeState.ANSWERED):
        return notice.owner_id == actor.person_id
    if notice.state is NoticeState.CLOSED or actor.is_console:
        return False
    return may(actor, Action.INSPECT) and is_impartial(session, actor, notice)


def is_impartial(session: Session, actor: Actor, notice: RectificationNotice) -> bool:
    """Whether an inspector may verify a notice (R-PPL-02, R-INS-09).

    Not its owner, nobody whose direct supervisor the owner is, and not who was inspected.
    """
    check = session.get(Inspection, notice.inspection_id) if notice.inspection_id else None
    own = session.get_one(Person, actor.person_id)
    inspected = check.person_id if check else None
    return own.id not in (notice.owner_id, inspected) and own.supervisor_id != notice.owner_id


def _view(
    session: Session,
    platform: Platform,
    actor: Actor,
    one: RectificationNotice,
    *,
    with_steps: bool = False,
) -> NoticeView:
    today = platform.today()
    owner = session.get_one(Person, one.owner_id)
    department = session.get_one(Department, one.department_id)
    check = session.get(Inspection, one.inspection_id) if one.inspection_id else None
    steps = rectification.steps(session, one.id or 0) if with_steps else ()
    return NoticeView(
        number=one.number,
        inspection=check.number if check else "",
        department=department.names,
        department_code=department.code,
        owner=owner.name,
        owner_no=owner.staff_no,
        standard=one.standard,
        problem=one.problem,
        cause=one.cause,
        measure=one.measure,
        issued_on=one.issued_on,
        due_on=one.due_on,
        state=one.state,
        done_on=one.done_on,
        verified_on=one.verified_on,
        reopened=one.reopened,
        is_overdue=is_overdue(one.state, one.due_on, today),
        days_left=(one.due_on - today).days,
        next=next_action(one.state),
        may_act=may_act(session, actor, one),
        steps=tuple(
            StepView(
                step.state,
                step.text,
                step.passed,
                name_of(session, step.by),
                step.at,
                local_date(step.at, platform.policy.organisation.time_zone),
            )
            for step in steps
        ),
    )


def name_of(session: Session, person_id: int) -> str:
    """Who did a step; “certify” for the command line itself."""
    found = session.get(Person, person_id)
    return found.name if found else "certify"
