"""The steps of an anomaly form, none of which may be skipped (R-INS-07)."""

from collections.abc import Sequence

from sqlmodel import Session

from certify.domain.anomaly import AnomalyAction, after
from certify.domain.inspection import AnomalyForm, Countersignature
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Role
from certify.errors import BadInput, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.inspection.anomalies import (
    MOST,
    add_step,
    is_concerned,
    may_recheck,
    may_see,
    no_form,
)
from certify.services.inspection.conflicts import department_of
from certify.services.inspection.telling import tell
from certify.services.typed import checked_text
from certify.storage import anomalies, inspections


def instruct(
    platform: Platform,
    *,
    actor: Actor,
    number: str,
    instruction: str,
    departments: Sequence[str],
) -> None:
    """The manager says what to do, and names the departments that countersign.

    Args:
        departments: their codes; one at least.
    Raises:
        NotPermitted: the actor does not instruct, opened the form or is whom it is about.
        NotFound
        BadInput: no department, or one that has nobody who could sign for it.
        Refused: it is not the next step.
    """
    require(actor, Action.INSTRUCT_ANOMALY)
    instruction = checked_text(instruction, _("instruction"), MOST)
    with platform.database.write() as session:
        found = _locked(session, actor, number)
        found.state = after(found.state, AnomalyAction.INSTRUCT)
        anomalies.forget_signatures(session, found.id or 0)
        signers = _signers(session, found, departments)
        for department_id in signers:
            session.add(Countersignature(form_id=found.id or 0, department_id=department_id))
        found.instruction, found.instructed_by = instruction, actor.person_id
        found.instructed_at = platform.clock.now()
        add_step(session, platform, actor, found, "instructed", instruction)
        people = {one for heads in signers.values() for one in heads}
        tell(session, platform, people, "anomaly-instructed", number=found.number, what=found.what)


def countersign(
    platform: Platform, *, actor: Actor, number: str, department: str, opinion: str
) -> None:
    """A supervisor of a department that was named gives its consent.

    Raises:
        NotPermitted: the actor is no supervisor of it, opened the form or is whom it is about.
        NotFound, BadInput
        Refused: it is not the next step, the department was not named or has signed.
    """
    opinion = checked_text(opinion, _("opinion"), MOST)
    with platform.database.write() as session:
        found = _locked(session, actor, number)
        where = department_of(session, department)
        if actor.person_id not in inspections.heads_of(session, where.id or 0):
            raise NotPermitted(
                _("You do not sign for the department {code}.").format(code=where.code),
                mend=_("One of its supervisors does it."),
            )
        after(found.state, AnomalyAction.COUNTERSIGN, unsigned=[0])
        rows = anomalies.signatures(session, found.id or 0)
        row = next((one for one in rows if one.department_id == where.id), None)
        if row is None or row.signed_by is not None:
            raise Refused(
                _("The department {code} has nothing to sign here.").format(code=where.code)
            )
        row.signed_by, row.opinion, row.signed_at = actor.person_id, opinion, platform.clock.now()
        left = [one.department_id for one in rows if one.signed_by is None]
        found.state = after(found.state, AnomalyAction.COUNTERSIGN, unsigned=left)
        add_step(session, platform, actor, found, "countersigned", opinion, department_id=where.id)
        if not left:
            others = inspections.holding(session, Role.INSPECTOR) | {found.instructed_by or 0}
            others -= {found.opened_by, found.person_id, actor.person_id}
            tell(session, platform, others, "anomaly-countersigned", number=found.number)


def recheck(platform: Platform, *, actor: Actor, number: str, passed: bool, text: str) -> None:
    """Somebody who did not open it looks whether it works; a failure asks for a new instruction.

    Args:
        text: what was seen.
    Raises:
        NotPermitted, NotFound, BadInput, Refused
    """
    text = checked_text(text, _("finding"), MOST)
    if not may_recheck(actor):
        require(actor, Action.INSPECT)
    with platform.database.write() as session:
        found = _locked(session, actor, number)
        found.state = after(found.state, AnomalyAction.RECHECK, passed=passed)
        found.recheck, found.recheck_passed = text, passed
        found.rechecked_by, found.rechecked_at = actor.person_id, platform.clock.now()
        add_step(session, platform, actor, found, "rechecked", text, passed=passed)
        kind = "anomaly-closed" if passed else "anomaly-failed"
        people = {found.opened_by, found.instructed_by} - {actor.person_id}
        tell(session, platform, people, kind, number=found.number, text=text)


def _locked(session: Session, actor: Actor, number: str) -> AnomalyForm:
    require_person(actor)
    found = anomalies.by_number(session, number.strip().upper(), lock=True)
    if found is None or not may_see(session, actor, found):
        raise no_form(number)
    if is_concerned(actor, found):
        raise NotPermitted(
            _("You opened this form, or it is about you."), mend=_("Somebody else does it.")
        )
    return found


def _signers(
    session: Session, form: AnomalyForm, codes: Sequence[str]
) -> dict[int, frozenset[int]]:
    """Who may sign for each of the departments named."""
    found = {}
    for code in codes:
        if not code.strip():
            continue
        where = department_of(session, code)
        heads = inspections.heads_of(session, where.id or 0) - {form.opened_by, form.person_id}
        if not heads:
            raise BadInput(
                _("Nobody could sign for the department {code}.").format(code=where.code),
                mend=_("It needs a supervisor who is not concerned."),
            )
        found[where.id or 0] = heads
    if not found:
        raise BadInput(
            _("No department was named."), mend=_("Name one at least that countersigns.")
        )
    return found
