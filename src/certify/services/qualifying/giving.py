"""Writing a qualification down: its period, its certificate, what it supersedes."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.certificate import Certificate, certificate_number, facts_digest
from certify.domain.person import Person
from certify.domain.qualification import (
    Basis,
    Qualification,
    QualificationChange,
    QualificationKind,
    QualificationState,
)
from certify.domain.sealing import sealed
from certify.domain.superseding import lower_rungs, takes_over
from certify.domain.validity import Validity
from certify.hooks.events import CertificateIssued
from certify.platform import Platform
from certify.storage import ledger, people, qualifications

POST_SERIES = "PQ"
"""Beginning of the certificate numbers of post qualifications; levels use their own code."""


@dataclass(frozen=True)
class Gift:
    """What is given, and on what ground."""

    kind: QualificationKind
    code: str
    title: dict[str, str]
    period: Validity
    basis: Basis
    reason: str
    """A code such as `attempt:7`, or the words of who decided."""
    actor_id: int | None = None
    """Who decided; None where the rules did."""
    attempt_id: int | None = None
    facts: dict[str, Any] | None = None
    """What the certificate says beside the person: course, version, mark."""


def give(
    session: Session, platform: Platform, person: Person, gift: Gift, at: datetime
) -> CertificateIssued:
    """Write one qualification with its certificate; called inside the deciding transaction.

    A level supersedes the lower ones from its first day.

    Args:
        person: locked, so that nothing is given twice.
    """
    today = local_date(at, platform.policy.organisation.time_zone)
    row = people.row(session, person.id or 0)
    is_level = gift.kind is QualificationKind.LEVEL
    qualification = Qualification(
        person_id=person.id or 0,
        kind=gift.kind,
        code=gift.code,
        title=gift.title,
        issued_on=today,
        first_issued_on=gift.period.first_issued_on,
        valid_from=gift.period.valid_from,
        valid_to=gift.period.valid_to,
        attempt_id=gift.attempt_id,
        basis=gift.basis,
        post="" if is_level or row is None else row.post.code,
    )
    session.add(qualification)
    session.flush()
    first = write_change(
        session,
        qualification,
        QualificationState.ACTIVE,
        from_day=today,
        at=at,
        actor_id=gift.actor_id,
        reason=gift.reason,
    )
    ended = _supersede_lower(session, platform, qualification, at) if is_level else []
    series = gift.code if is_level else POST_SERIES
    running = qualifications.next_number(session, f"{series}-{today.year}")
    number = certificate_number(series, today.year, running)
    facts = _facts(session, person, qualification, gift, number)
    certificate = Certificate(
        number=number,
        qualification_id=qualification.id or 0,
        issued_at=at,
        facts=facts,
        salt=secrets.token_hex(16),
    )
    session.add(certificate)
    session.flush()
    ledger.append(
        session,
        at=at,
        actor_id=gift.actor_id or 0,
        action="qualification-granted",
        subject=f"person:{person.id}",
        facts={
            "code": gift.code,
            "certificate": number,
            "valid_from": gift.period.valid_from.isoformat(),
            "valid_to": gift.period.valid_to.isoformat(),
            "basis": gift.basis.value,
            "reason": gift.reason,
            "digest": facts_digest(certificate.salt, facts),
            "seals": sealed(qualification, certificate, first, *ended),
        },
    )
    return CertificateIssued(number, person.staff_no, gift.code, gift.period.valid_to)


def announce_issued(platform: Platform, issued: Iterable[CertificateIssued]) -> None:
    """Tell every listener, after the commit, what was given."""
    for one in issued:
        platform.plugins.announce("certify_certificate_issued", summary=one)


def write_change(
    session: Session,
    qualification: Qualification,
    state: QualificationState,
    *,
    from_day: date,
    at: datetime,
    actor_id: int | None,
    reason: str,
) -> QualificationChange:
    """Add a state; never edited afterwards (R-QUA-06). The caller writes its seal down."""
    change = QualificationChange(
        qualification_id=qualification.id or 0,
        state=state,
        from_day=from_day,
        at=at,
        actor_id=actor_id or None,
        reason=reason,
    )
    session.add(change)
    session.flush()
    return change


def last_state(session: Session, qualification: Qualification) -> QualificationState | None:
    """The state that a period got last, whatever its days; None where nothing was decided."""
    changes = qualifications.changes(session, qualification.id or 0)
    return changes[-1].state if changes else None


def validity_of(qualification: Qualification) -> Validity:
    """The days of a period."""
    return Validity(qualification.valid_from, qualification.valid_to, qualification.first_issued_on)


def _supersede_lower(
    session: Session, platform: Platform, given: Qualification, at: datetime
) -> list[QualificationChange]:
    ended = []
    codes = [level.code for level in platform.policy.qualification.ladder]
    lower = lower_rungs(codes, given.code)
    for old in qualifications.held(session, given.person_id, QualificationKind.LEVEL):
        if old.code not in lower:
            continue
        if not takes_over(given.valid_from, old.valid_to, last_state(session, old)):
            continue
        change = write_change(
            session,
            old,
            QualificationState.SUPERSEDED,
            from_day=given.valid_from,
            at=at,
            actor_id=None,
            reason=f"level:{given.code}",
        )
        ended.append(change)
    return ended


def _facts(
    session: Session, person: Person, qualification: Qualification, gift: Gift, number: str
) -> dict[str, object]:
    """All that the certificate says, frozen on the day of issue (R-CRT-03)."""
    row = people.row(session, person.id or 0)
    issuer = people.organisation(session)
    return {
        "number": number,
        "name": person.name,
        "staff_no": person.staff_no,
        "department": row.department.name if row else "",
        "post": row.post.name if row else "",
        "code": qualification.code,
        "title": qualification.title,
        "basis": qualification.basis.value,
        **(gift.facts or {}),
        "issued_on": qualification.issued_on.isoformat(),
        "valid_from": qualification.valid_from.isoformat(),
        "valid_to": qualification.valid_to.isoformat(),
        "issuer": issuer.name if issuer else "",
    }
