"""Renewing and extending levels by HR, where no exam does it (R-QUA-05, R-QUA-10)."""

from datetime import date

from sqlmodel import Session

from certify.domain.message import PersonMessage
from certify.domain.person import Actor, Person
from certify.domain.promotion import extension, is_renewed_by_exam, renewing
from certify.domain.qualification import Basis, Qualification
from certify.domain.sealing import sealed
from certify.domain.superseding import is_over
from certify.domain.validity import Renewal, window_opens
from certify.errors import NotFound, Refused
from certify.hooks.events import CertificateIssued
from certify.i18n import _
from certify.platform import Platform
from certify.policy import Level
from certify.services.qualifying.decisions import give_level, level_of, other_person, told
from certify.services.qualifying.evidence import evidence_of
from certify.services.qualifying.giving import last_state, validity_of
from certify.services.qualifying.words import obstacle_text
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import qualifications


def renew(
    platform: Platform, *, actor: Actor, staff_no: str, level: str, reason: str
) -> CertificateIssued:
    """Renew a level that no exam renews, in its window or its grace (R-QUA-05).

    Raises:
        NotPermitted, NotFound, BadInput
        Refused: too early, too late, suspended, or an exam renews it.
    """
    reason = checked_text(reason, _("reason"))
    rung = level_of(platform, level)
    with platform.database.write() as session:
        person = other_person(session, actor, staff_no)
        issued = renewed(session, platform, actor, person, rung, reason)
    return told(platform, issued)


def extend(platform: Platform, *, actor: Actor, staff_no: str, level: str, reason: str) -> date:
    """Extend a level by its own length, as often as the ladder allows: L0 once by 3 months.

    Returns:
        The new last valid day.
    Raises:
        NotPermitted, NotFound, BadInput
        Refused: it may not be extended, was already, or has ended.
    """
    reason = checked_text(reason, _("reason"))
    rung = level_of(platform, level)
    with platform.database.write() as session:
        person = other_person(session, actor, staff_no)
        return extended(session, platform, actor, person, rung, reason)


def renewed(
    session: Session, platform: Platform, actor: Actor, person: Person, rung: Level, reason: str
) -> CertificateIssued:
    """`renew` within a transaction; `person` is locked."""
    policy = platform.policy.qualification
    if is_renewed_by_exam(rung):
        raise Refused(_("{level} is renewed by passing its exam again.").format(level=rung.code))
    old = _held(session, person, rung)
    evidence = evidence_of(session, platform, person.id or 0)
    found = renewing(policy, rung, validity_of(old), evidence, platform.today())
    if found.kind is Renewal.TOO_EARLY:
        opens = window_opens(old.valid_to, policy.renewal_days)
        raise Refused(_("The renewal opens on {day}.").format(day=opens.isoformat()))
    if found.kind is Renewal.TOO_LATE:
        raise Refused(
            _("{code} ended on {day}; the full way applies.").format(
                code=rung.code, day=old.valid_to.isoformat()
            )
        )
    if found.period is None:
        raise Refused(_("; ").join(obstacle_text(one) for one in found.obstacles))
    basis = Basis.CONDITIONS
    return give_level(session, platform, actor, person, rung, basis, reason, found.period)


def extended(
    session: Session, platform: Platform, actor: Actor, person: Person, rung: Level, reason: str
) -> date:
    """`extend` within a transaction; `person` is locked."""
    found = _held(session, person, rung)
    old = qualifications.locked(session, found.id or 0)
    longer = extension(rung, validity_of(old), old.extensions, platform.today())
    if longer is None and platform.today() > old.valid_to:
        raise Refused(
            _("{code} ended on {day}.").format(code=rung.code, day=old.valid_to.isoformat())
        )
    if longer is None:
        raise Refused(_("{code} cannot be extended again.").format(code=rung.code))
    before, old.valid_to = old.valid_to, longer.valid_to
    old.extensions += 1
    session.add(old)
    facts = {
        "title": dict(rung.title),
        "code": rung.code,
        "valid_to": old.valid_to.isoformat(),
        "reason": reason,
    }
    now, told_kind = platform.clock.now(), "qualification-extended"
    message = PersonMessage(person_id=person.id or 0, at=now, kind=told_kind, facts=facts)
    session.add(message)  # it also keeps the reason, which the ledger does not
    record(
        session,
        platform,
        actor,
        "qualification-extended",
        f"person:{person.id}",
        code=rung.code,
        valid_to=old.valid_to.isoformat(),
        before=before.isoformat(),
        reason=reason,
        seals=sealed(old),
    )
    return old.valid_to


def _held(session: Session, person: Person, rung: Level) -> Qualification:
    old = qualifications.latest(session, person.id or 0, rung.code)
    if old is None or is_over(last_state(session, old)):
        raise NotFound(_("{name} does not hold {code}.").format(name=person.name, code=rung.code))
    return old
