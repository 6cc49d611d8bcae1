"""Certificates by number, and what they said before they were issued anew."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from certify.domain.certificate import Certificate, CertificateRevision
from certify.domain.clean import clean
from certify.domain.person import Person
from certify.domain.qualification import Qualification


def locked(session: Session, certificate_id: int) -> Certificate:
    """A certificate as it is now, for whoever is to change it; others wait."""
    return session.get_one(
        Certificate, certificate_id, with_for_update=True, populate_existing=True
    )


def by_number(session: Session, number: str) -> tuple[Certificate, Qualification, Person] | None:
    """A certificate with what it stands for and whose it is; numbers are typed in any case."""
    query = (
        select(Certificate, Qualification, Person)
        .join(Qualification, col(Certificate.qualification_id) == Qualification.id)
        .join(Person, col(Qualification.person_id) == Person.id)
        .where(Certificate.number == clean(number.strip().upper()))
    )
    return session.exec(query).first()


def of_qualification(session: Session, qualification_id: int) -> Certificate:
    """The certificate of a qualification; each has one."""
    query = select(Certificate).where(Certificate.qualification_id == qualification_id)
    return session.exec(query).one()


def revisions(session: Session, certificate_id: int) -> Sequence[CertificateRevision]:
    """What a certificate said before, the first revision first."""
    query = (
        select(CertificateRevision)
        .where(CertificateRevision.certificate_id == certificate_id)
        .order_by(col(CertificateRevision.revision))
    )
    return session.exec(query).all()


def issues(
    session: Session, numbers: Iterable[str] | None = None
) -> dict[str, tuple[int, datetime | None]]:
    """By number: the revision, and when the personal facts were removed.

    Args:
        numbers: the only ones wanted; None for all.
    """
    query = columns(col(Certificate.number), col(Certificate.revision), col(Certificate.erased_at))
    if numbers is not None:
        query = query.where(col(Certificate.number).in_(list(numbers)))
    return {number: (revision, at) for number, revision, at in session.execute(query)}
