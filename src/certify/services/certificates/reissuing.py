"""Issuing a certificate anew: the number stays, the revision rises, old facts are kept (R-CRT-03).

A reissue brings the name and the staff number up to date; what was earned stays as it was.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlmodel import Session

from certify.domain.certificate import (
    NAME_CHANGED,
    CertificateRevision,
    facts_digest,
)
from certify.domain.message import PersonMessage
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Person
from certify.domain.qualification import QualificationState
from certify.domain.sealing import sealed_row
from certify.errors import NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.qualifying.states import STATE_NAMES, state_of
from certify.services.typed import checked_text
from certify.storage import certificates, ledger, qualifications
from certify.storage.certificates import IssuedRow
from certify.storage.rows import insert_all

OVER = (QualificationState.REVOKED, QualificationState.SUPERSEDED)
"""States in which nothing is issued anew."""
CURRENT = (QualificationState.ACTIVE, QualificationState.PENDING, QualificationState.SUSPENDED)
"""States that may still count: a new name goes on these certificates by itself."""


class _Issue(NamedTuple):
    """A certificate to be issued anew."""

    person: Person
    certificate: IssuedRow
    """Locked."""
    title: dict[str, str]


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
        certificate = certificates.locked(session, [qualification.id or 0])[qualification.id or 0]
        if certificate["erased_at"] is not None:
            raise erased(certificate["number"])
        rows = qualifications.of_person(session, person.id or 0)
        row = next(one for one in rows if one.id == qualification.id)
        state = state_of(row, platform.today())
        if state in OVER:
            raise Refused(
                _("Certificate {number} is {state}; it is not issued anew.").format(
                    number=certificate["number"], state=_(STATE_NAMES[state])
                ),
                mend=_("The certificate that holds now is on the person's record."),
            )
        issue = _Issue(person, certificate, row.title)
        (issued,) = _replace(session, platform, actor, [issue], reason)
        return issued


def reissue_for_names(
    session: Session, platform: Platform, actor: Actor, persons: Sequence[Person]
) -> list[Reissued]:
    """Issue anew what people may still rely on; called in the transaction that gave the names.

    What expired, was revoked or superseded keeps the name it was earned under.
    """
    today, holders = platform.today(), {one.id or 0: one for one in persons}
    rows = [
        row
        for row in qualifications.of_people(session, list(holders))
        if state_of(row, today) in CURRENT
    ]
    found = certificates.locked(session, [row.id for row in rows])
    wanted = [_Issue(holders[row.person_id], found[row.id], row.title) for row in rows]
    issues = [
        one
        for one in wanted
        if one.certificate["erased_at"] is None
        and one.certificate["facts"].get("name") != one.person.name
    ]
    return _replace(session, platform, actor, issues, NAME_CHANGED)


def no_certificate(number: str) -> NotFound:
    """That there is no such certificate, or none for this person."""
    return NotFound(_("There is no certificate “{number}”.").format(number=number.strip()))


def erased(number: str) -> Refused:
    """That nothing is left to hand out."""
    return Refused(
        _("The personal data of certificate {number} were removed.").format(number=number),
        mend=_("Its number and dates can still be checked: certify certificate show."),
    )


def _replace(
    session: Session,
    platform: Platform,
    actor: Actor,
    issues: Sequence[_Issue],
    reason: str,
) -> list[Reissued]:
    """Keep what certificates said and write what they say now; ten thousand at once if need be."""
    now = platform.clock.now()
    before, after, entries, told = [], [], [], []
    for person, old, title in issues:
        kept = {"certificate_id": old["id"], "reason": reason} | {
            name: old[name] for name in ("revision", "issued_at", "facts", "salt")
        }
        new: IssuedRow = {
            **old,
            "facts": old["facts"] | {"name": person.name, "staff_no": person.staff_no},
            "salt": secrets.token_hex(16),
            "revision": old["revision"] + 1,
            "issued_at": now,
        }
        before.append(kept)
        after.append(new)
        said = {"revision": new["revision"], "reason": reason}
        seals = sealed_row("certificate", new) | sealed_row("certificaterevision", kept)
        digest = facts_digest(new["salt"], new["facts"])
        facts = {"certificate": new["number"], "digest": digest, "seals": seals, **said}
        entries.append((f"person:{person.id}", facts))
        told.append(
            {
                "person_id": person.id,
                "at": now,
                "kind": "certificate-reissued",
                "facts": {"number": new["number"], "title": title, **said},
            }
        )
    insert_all(session, CertificateRevision, before)
    certificates.change(session, after)
    ledger.append_all(
        session, at=now, actor_id=actor.person_id, action="certificate-reissued", entries=entries
    )
    insert_all(session, PersonMessage, told)
    return [Reissued(one["number"], one["revision"]) for one in after]
