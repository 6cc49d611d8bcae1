"""Anomaly handling forms (异常处理单): opening them, and how they stand (R-INS-07, S3-QM-07)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.anomaly import FROM, AnomalyAction
from certify.domain.inspection import AnomalyForm, AnomalyState, AnomalyStep
from certify.domain.permission import Action, may, require, require_person
from certify.domain.person import Actor, Department, Person
from certify.errors import BadInput, NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services.inspection import access
from certify.services.inspection.conflicts import department_of, employed
from certify.services.inspection.notices import name_of
from certify.services.inspection.recording import next_number
from certify.services.inspection.telling import tell
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import anomalies, inspections

MOST = 2000


@dataclass(frozen=True)
class SignatureView:
    """One department that countersigns, as the latest instruction asks for it."""

    department: dict[str, str]
    department_code: str
    signed_by: str
    """Empty until it is signed."""
    opinion: str
    may_sign: bool
    """Whether the actor may sign for it now."""


@dataclass(frozen=True)
class StepView:
    """One step that was done, before a failed recheck too."""

    action: str
    department: dict[str, str]
    text: str
    passed: bool | None
    by: str
    at: datetime
    day: date
    """Of `at`, on the company's calendar."""


@dataclass(frozen=True)
class AnomalyView:
    """A form and what the actor may do next. Texts are by language."""

    number: str
    day: date
    department: dict[str, str]
    department_code: str
    staff_no: str
    name: str
    what: str
    cause: str
    process: str
    countermeasure: str
    opened_by: str
    state: AnomalyState
    instruction: str
    recheck: str
    signatures: tuple[SignatureView, ...]
    may_instruct: bool
    may_recheck: bool
    steps: tuple[StepView, ...] = ()

    @property
    def may_act(self) -> bool:
        """Whether the next step waits for the actor."""
        return self.may_instruct or self.may_recheck or any(s.may_sign for s in self.signatures)


def open_form(
    platform: Platform,
    *,
    actor: Actor,
    what: str,
    cause: str,
    process: str,
    countermeasure: str,
    department: str = "",
    staff_no: str = "",
    day: date | None = None,
) -> str:
    """The specialist opens a form; gives its number.

    Args:
        what: what was irregular.
        cause: traced by the specialist.
        process: how it was handled.
        countermeasure: against its happening again.
        department: where it happened; the department of the person where left out.
        staff_no: whom it concerns; may be empty.
        day: of the anomaly; today where None.
    Raises:
        NotPermitted, NotFound, BadInput, Refused
    """
    require(actor, Action.INSPECT)
    require_person(actor)
    texts: dict[str, Any] = {
        "what": checked_text(what, _("anomaly"), MOST),
        "cause": checked_text(cause, _("cause"), MOST),
        "process": checked_text(process, _("process"), MOST),
        "countermeasure": checked_text(countermeasure, _("countermeasure"), MOST),
    }
    today = platform.today()
    if day is not None and day > today:
        raise BadInput(_("{day} is still to come.").format(day=day.isoformat()))
    if not (department.strip() or staff_no.strip()):
        raise BadInput(_("The department is missing."), mend=_("Name it, or whom it concerns."))
    with platform.database.write() as session:
        number = next_number(session, platform, "AN")
        person = employed(session, actor, staff_no) if staff_no.strip() else None
        where = person.department_id if person else 0
        if department.strip():
            where = department_of(session, department).id or 0
        found = AnomalyForm(
            number=number,
            day=day or today,
            department_id=where,
            person_id=person.id if person else None,
            opened_by=actor.person_id,
            opened_at=platform.clock.now(),
            **texts,
        )
        session.add(found)
        session.flush()
        add_step(session, platform, actor, found, "opened", texts["what"])
        heads = inspections.heads_of(session, where) - {actor.person_id, found.person_id}
        tell(session, platform, heads, "anomaly-opened", number=number, what=texts["what"])
    return number


def add_step(
    session: Session,
    platform: Platform,
    actor: Actor,
    form: AnomalyForm,
    action: str,
    text: str,
    *,
    department_id: int | None = None,
    passed: bool | None = None,
) -> None:
    """Keep a step that was done, with its line in the ledger."""
    session.add(
        AnomalyStep(
            form_id=form.id or 0,
            action=action,
            department_id=department_id,
            text=text,
            passed=passed,
            by=actor.person_id,
            at=platform.clock.now(),
        )
    )
    facts: dict[str, object] = {"number": form.number}
    facts |= {"department": department_id} if department_id else {}
    facts |= {"passed": passed} if passed is not None else {}
    record(session, platform, actor, f"anomaly-{action}", f"anomalyform:{form.id}", **facts)


def forms(platform: Platform, *, actor: Actor, is_open: bool = False) -> list[AnomalyView]:
    """The forms that the actor may see, the newest first.

    Args:
        is_open: only those that are not closed.
    """
    with platform.database.read() as session:
        return [
            _view(session, platform, actor, one)
            for one in reversed(anomalies.every(session))
            if not (is_open and one.state is AnomalyState.CLOSED) and may_see(session, actor, one)
        ]


def waiting(platform: Platform, *, actor: Actor) -> list[AnomalyView]:
    """The forms whose next step the actor may do, the oldest first."""
    found = forms(platform, actor=actor, is_open=True)
    return [one for one in reversed(found) if one.may_act]


def show(platform: Platform, *, actor: Actor, number: str) -> AnomalyView:
    """One form with all its steps.

    Raises:
        NotFound: there is none, or none that the actor may see.
    """
    with platform.database.read() as session:
        found = anomalies.by_number(session, number.strip().upper())
        if found is None or not may_see(session, actor, found):
            raise no_form(number)
        return _view(session, platform, actor, found, with_steps=True)


def no_form(number: str) -> NotFound:
    """That there is no such form, or none for this person."""
    return NotFound(
        _("There is no anomaly form {number}.").format(number=number),
        mend=_("“certify inspection anomaly list” shows those you may see."),
    )


def may_see(session: Session, actor: Actor, form: AnomalyForm) -> bool:
    """Whether an actor may see a form: who may see what it is about, instructs or countersigns."""
    if may(actor, Action.INSTRUCT_ANOMALY) or form.opened_by == actor.person_id:
        return True
    return access.may_see(session, actor, form.person_id, form.department_id)


def is_concerned(actor: Actor, form: AnomalyForm) -> bool:
    """Whether an actor opened the form or is whom it is about: such a one decides nothing of it."""
    return actor.person_id in (form.opened_by, form.person_id)


def may_recheck(actor: Actor) -> bool:
    """Whether an actor is one of those who recheck: inspectors, and who instructs."""
    return may(actor, Action.INSPECT) or may(actor, Action.INSTRUCT_ANOMALY)


def _view(
    session: Session,
    platform: Platform,
    actor: Actor,
    one: AnomalyForm,
    *,
    with_steps: bool = False,
) -> AnomalyView:
    person = session.get(Person, one.person_id) if one.person_id else None
    department = session.get_one(Department, one.department_id)
    is_free = not is_concerned(actor, one) and not actor.is_console
    steps = anomalies.steps(session, one.id or 0) if with_steps else ()
    is_signing = is_free and one.state is FROM[AnomalyAction.COUNTERSIGN]
    signatures = []
    for signature in anomalies.signatures(session, one.id or 0):
        where = session.get_one(Department, signature.department_id)
        heads = inspections.heads_of(session, signature.department_id) if is_signing else ()
        signatures.append(
            SignatureView(
                where.names,
                where.code,
                name_of(session, signature.signed_by) if signature.signed_by else "",
                signature.opinion,
                signature.signed_by is None and actor.person_id in heads,
            )
        )
    return AnomalyView(
        number=one.number,
        day=one.day,
        department=department.names,
        department_code=department.code,
        staff_no=person.staff_no if person else "",
        name=person.name if person else "",
        what=one.what,
        cause=one.cause,
        process=one.process,
        countermeasure=one.countermeasure,
        opened_by=name_of(session, one.opened_by),
        state=one.state,
        instruction=one.instruction,
        recheck=one.recheck,
        signatures=tuple(signatures),
        may_instruct=is_free
        and one.state is FROM[AnomalyAction.INSTRUCT]
        and may(actor, Action.INSTRUCT_ANOMALY),
        may_recheck=is_free and one.state is FROM[AnomalyAction.RECHECK] and may_recheck(actor),
        steps=tuple(_step(session, platform, step) for step in steps),
    )


def _step(session: Session, platform: Platform, step: AnomalyStep) -> StepView:
    where = session.get(Department, step.department_id) if step.department_id else None
    names = where.names if where else {}
    by = name_of(session, step.by)
    day = local_date(step.at, platform.policy.organisation.time_zone)
    return StepView(step.action, names, step.text, step.passed, by, step.at, day)
