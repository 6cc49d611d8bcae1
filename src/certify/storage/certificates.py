"""Certificates by number, and what they said before they were issued anew."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, cast

from sqlalchemy import bindparam, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from certify.domain.certificate import Certificate, CertificateRevision
from certify.domain.clean import clean
from certify.domain.person import Person
from certify.domain.qualification import Qualification
from certify.storage.prepared import Prepared


class IssuedRow(TypedDict):
    """A certificate as it is now, without an object of the database."""

    id: int
    number: str
    qualification_id: int
    issued_at: datetime
    facts: dict[str, Any]
    revision: int
    salt: str
    erased_at: datetime | None


_AT_ONCE = 5_000
_CHANGED = ("issued_at", "facts", "revision", "salt")
_CHANGE = Prepared(
    update(Certificate)
    .where(col(Certificate.id) == bindparam("which"))
    .values({name: bindparam(f"to_{name}") for name in _CHANGED})
)


def locked(session: Session, qualification_ids: Sequence[int]) -> dict[int, IssuedRow]:
    """The certificates of qualifications by id of these, for whoever changes them; others wait."""
    found: dict[int, IssuedRow] = {}
    for start in range(0, len(qualification_ids), _AT_ONCE):
        some = col(Certificate.qualification_id).in_(qualification_ids[start : start + _AT_ONCE])
        query = columns(*(col(getattr(Certificate, name)) for name in IssuedRow.__annotations__))
        for row in session.execute(
            query.where(some).order_by(col(Certificate.id)).with_for_update()
        ):
            found[row.qualification_id] = cast(IssuedRow, row._asdict())
    return found


def change(session: Session, issued: Iterable[Mapping[str, object]]) -> None:
    """Write what certificates say now."""
    rows = [{"which": one["id"]} | {f"to_{name}": one[name] for name in _CHANGED} for one in issued]
    if rows:
        _CHANGE.many(session.connection(), rows)


def by_number(session: Session, number: str) -> tuple[Certificate, Qualification, Person] | None:
    """A certificate with what it stands for and whose it is; numbers are typed in any case."""
    query = (
        select(Certificate, Qualification, Person)
        .join(Qualification, col(Certificate.qualification_id) == Qualification.id)
        .join(Person, col(Qualification.person_id) == Person.id)
        .where(Certificate.number == clean(number.strip().upper()))
    )
    return session.exec(query).first()


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
