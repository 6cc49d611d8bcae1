"""Issuing a certificate anew: the number stays, the revision rises, old facts are kept (R-CRT-03).

A reissue brings the name and the staff number up to date; what was earned stays as it was.
"""

import secrets
from dataclasses import dataclass

from sqlmodel import Session

from certify.domain.certificate import (
    NAME_CHANGED,
    Certificate,
    CertificateRevision,
    facts_digest,
)
from certify.domain.message import PersonMessage
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Person
from certify.domain.qualification import QualificationState
from certify.domain.sealing import sealed
from certify.errors import NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.qualifying.states import STATE_NAMES, state_of
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import certificates, qualifications

OVER = (QualificationState.REVOKED, QualificationState.SUPERSEDED)
"""States in which nothing is issued anew."""
CURRENT = (QualificationState.ACTIVE, QualificationState.PENDING, QualificationState.SUSPENDED)
"""States that may still count: a new name goes on these certificates by itself."""


@dataclass(frozen=True)
class Reissued:
    """What was issued anew."""

    number: str
    revision: int


def reissue(platform: Platform, *, actor: Actor, number: str, reason: str) -> Reissued:
    """Issue a certificate anew, with the name and staff number that its holder has now.

    Raises:
        NotPermitted, NotFound
        BadInput: no reason.
        Refused: it is revoked or superseded, or its personal data were removed.
    """
    require(actor, Action.ISSUE_CERTIFICATES)
    reason = checked_text(reason, _("reason"))
    with platform.database.write() as session:
        found = certificates.by_number(session, number)
        if found is None:
            raise no_certificate(number)
        _certificate, qualification, owner = found
        person = session.get_one(Person, owner.id, with_for_update=True, populate_existing=True)
        certificate = certificates.locked(session, found[0].id or 0)
        if certificate.erased_at is not None:
            raise erased(certificate)
        rows = qualifications.of_person(session, person.id or 0)
        row = next(one for one in rows if one.id == qualification.id)
        state = state_of(row, platform.today())
        if state in OVER:
            raise Refused(
                _("Certificate {number} is {state}; it is not issued anew.").format(
                    number=certificate.number, state=_(STATE_NAMES[state])
                ),
                mend=_("The certificate that holds now is on the person's record."),
            )
        return _replace(session, platform, actor, person, certificate, row.title, reason)


def reissue_for_name(
    session: Session, platform: Platform, actor: Actor, person: Person
) -> list[Reissued]:
    """Issue anew what a person may still rely on; called in the transaction that gave the name.

    What expired, was revoked or superseded keeps the name it was earned under.
    """
    session.flush()
    today, issued = platform.today(), []
    for row in qualifications.of_person(session, person.id or 0):
        if state_of(row, today) not in CURRENT:
            continue
        found = certificates.of_qualification(session, row.id)
        certificate = certificates.locked(session, found.id or 0)
        if certificate.erased_at is None and certificate.facts.get("name") != person.name:
            issued.append(
                _replace(session, platform, actor, person, certificate, row.title, NAME_CHANGED)
            )
    return issued


def no_certificate(number: str) -> NotFound:
    """That there is no such certificate, or none for this person."""
    return NotFound(_("There is no certificate “{number}”.").format(number=number.strip()))


def erased(certificate: Certificate) -> Refused:
    """That nothing is left to hand out."""
    return Refused(
        _("The personal data of certificate {number} were removed.").format(
            number=certificate.number
        ),
        mend=_("Its number and dates can still be checked: certify certificate show."),
    )


def _replace(
    session: Session,
    platform: Platform,
    actor: Actor,
    person: Person,
    certificate: Certificate,
    title: dict[str, str],
    reason: str,
) -> Reissued:
    """Keep what the certificate said and write what it says now.

    Args:
        certificate: locked.
    """
    before = CertificateRevision(
        certificate_id=certificate.id or 0,
        revision=certificate.revision,
        issued_at=certificate.issued_at,
        facts=certificate.facts,
        salt=certificate.salt,
        reason=reason,
    )
    session.add(before)
    certificate.facts = certificate.facts | {"name": person.name, "staff_no": person.staff_no}
    certificate.salt = secrets.token_hex(16)
    certificate.revision += 1
    certificate.issued_at = platform.clock.now()
    session.add(certificate)
    record(
        session,
        platform,
        actor,
        "certificate-reissued",
        f"person:{person.id}",
        certificate=certificate.number,
        revision=certificate.revision,
        digest=facts_digest(certificate.salt, certificate.facts),
        reason=reason,
        seals=sealed(certificate, before),
    )
    told = {"number": certificate.number, "revision": certificate.revision}
    session.add(
        PersonMessage(
            person_id=person.id or 0,
            at=platform.clock.now(),
            kind="certificate-reissued",
            facts=told | {"title": title, "reason": reason},
        )
    )
    session.flush()
    return Reissued(certificate.number, certificate.revision)
