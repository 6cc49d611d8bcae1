"""Qualifications, their changes, certificates and number series."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from certify.domain.certificate import Certificate, Counter
from certify.domain.clean import clean
from certify.domain.qualification import Qualification, QualificationChange, QualificationKind


@dataclass(frozen=True)
class QualificationRow:
    """A qualification with its certificate and every change of its state, oldest first."""

    qualification: Qualification
    certificate: Certificate
    changes: tuple[QualificationChange, ...]


def latest(session: Session, person_id: int, code: str) -> Qualification | None:
    """The period that ends last of one qualification."""
    query = (
        select(Qualification)
        .where(Qualification.person_id == person_id, Qualification.code == code)
        .order_by(col(Qualification.valid_to).desc(), col(Qualification.id).desc())
    )
    return session.exec(query).first()


def rows(
    session: Session, *, person_id: int | None = None, kind: QualificationKind | None = None
) -> list[QualificationRow]:
    """Qualifications of one person or of everybody, by day of issue."""
    query = select(Qualification, Certificate).join(
        Certificate, col(Certificate.qualification_id) == Qualification.id
    )
    changes_query = select(QualificationChange).order_by(col(QualificationChange.id))
    if person_id is not None:
        query = query.where(Qualification.person_id == person_id)
        changes_query = changes_query.join(
            Qualification, col(QualificationChange.qualification_id) == Qualification.id
        ).where(Qualification.person_id == person_id)
    if kind is not None:
        query = query.where(Qualification.kind == kind)
    query = query.order_by(col(Qualification.issued_on), col(Qualification.id))
    changes: dict[int, list[QualificationChange]] = {}
    for change in session.exec(changes_query).all():
        changes.setdefault(change.qualification_id, []).append(change)
    return [
        QualificationRow(qualification, certificate, tuple(changes.get(qualification.id or 0, ())))
        for qualification, certificate in session.exec(query).all()
    ]


def certificate(session: Session, number: str) -> Certificate | None:
    return session.exec(select(Certificate).where(Certificate.number == clean(number))).first()


def next_number(session: Session, series: str) -> int:
    """The next number of a series; writers of one series queue on its row."""
    query = select(Counter).where(Counter.series == series).with_for_update()
    counter = session.exec(query).first()
    if counter is None:
        with suppress(IntegrityError), session.begin_nested():  # another writer may be first
            session.add(Counter(series=series))
        counter = session.exec(query).one()
    counter.last += 1
    session.flush()
    return counter.last


def certificates_of_attempt(session: Session, attempt_id: int) -> Sequence[Certificate]:
    query = (
        select(Certificate)
        .join(Qualification, col(Certificate.qualification_id) == Qualification.id)
        .where(Qualification.attempt_id == attempt_id)
        .order_by(col(Certificate.id))
    )
    return session.exec(query).all()
