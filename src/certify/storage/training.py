"""Training sessions, who attends them, and agreements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from certify.domain.clean import clean
from certify.domain.person import Person
from certify.domain.placement import OutsidePerson
from certify.domain.training import Attendee, SessionState, TrainingAgreement, TrainingSession


@dataclass(frozen=True)
class AttendeeRow:
    """An attendee with who it is: somebody of the staff, or somebody from outside."""

    attendee: Attendee
    person: Person | None
    outside: OutsidePerson | None


def by_code(session: Session, code: str, *, lock: bool = False) -> TrainingSession | None:
    """A session by its code; with `lock` nobody else changes it until the transaction ends."""
    query = select(TrainingSession).where(TrainingSession.code == clean(code))
    return session.exec(query.with_for_update() if lock else query).first()


def between(
    session: Session, first: datetime | None = None, end: datetime | None = None
) -> Sequence[TrainingSession]:
    """Sessions that begin from one moment on and before another, in their order."""
    query = select(TrainingSession)
    if first is not None:
        query = query.where(col(TrainingSession.starts_at) >= first)
    if end is not None:
        query = query.where(col(TrainingSession.starts_at) < end)
    order = (col(TrainingSession.starts_at), col(TrainingSession.id))
    return session.exec(query.order_by(*order)).all()


def attendees(session: Session, session_ids: Iterable[int]) -> dict[int, list[AttendeeRow]]:
    """Who attends sessions, by session: staff by number, then those from outside."""
    query = (
        select(Attendee, Person, OutsidePerson)
        .outerjoin(Person, col(Attendee.person_id) == col(Person.id))
        .outerjoin(OutsidePerson, col(Attendee.outside_id) == col(OutsidePerson.id))
        .where(col(Attendee.session_id).in_(list(session_ids)))
        .order_by(col(Attendee.id))
    )
    found: dict[int, list[AttendeeRow]] = {}
    for row in session.exec(query).all():
        found.setdefault(row[0].session_id, []).append(AttendeeRow(*row))
    for rows in found.values():
        rows.sort(key=lambda row: (row.person is None, row.person.staff_no if row.person else ""))
    return found


def attendee(
    session: Session, session_id: int, *, person: int | None = None, outside: int | None = None
) -> Attendee | None:
    """One line of a sign-in sheet, locked."""
    query = select(Attendee).where(
        Attendee.session_id == session_id,
        Attendee.person_id == person,
        Attendee.outside_id == outside,
    )
    return session.exec(query.with_for_update()).first()


def of_person(session: Session, person_id: int) -> list[tuple[TrainingSession, Attendee]]:
    """The sessions a person is to attend or attended, in their order."""
    query = (
        select(TrainingSession, Attendee)
        .join(Attendee, col(Attendee.session_id) == col(TrainingSession.id))
        .where(Attendee.person_id == person_id)
        .order_by(col(TrainingSession.starts_at), col(TrainingSession.id))
    )
    return [(training, attendee) for training, attendee in session.exec(query).all()]


def beside(
    session: Session, training: TrainingSession, person_ids: Iterable[int]
) -> list[tuple[TrainingSession, int]]:
    """Other sessions at the same time that these people give or attend, each with the person."""
    wanted = list(person_ids)
    at_once = (
        col(TrainingSession.id) != training.id,
        col(TrainingSession.state) != SessionState.CANCELLED,
        col(TrainingSession.starts_at) < training.ends_at,
        col(TrainingSession.ends_at) > training.starts_at,
    )
    given = select(TrainingSession, TrainingSession.trainer_id).where(
        col(TrainingSession.trainer_id).in_(wanted), *at_once
    )
    attended = (
        select(TrainingSession, Attendee.person_id)
        .join(Attendee, col(Attendee.session_id) == col(TrainingSession.id))
        .where(col(Attendee.person_id).in_(wanted), *at_once)
    )
    found = [*session.exec(given).all(), *session.exec(attended).all()]
    rows = [(other, person_id) for other, person_id in found if person_id is not None]
    return sorted(rows, key=lambda row: (row[0].starts_at, row[0].code, row[1]))


def agreements(session: Session, session_ids: Iterable[int]) -> list[TrainingAgreement]:
    """The agreements signed for sessions, by number."""
    query = select(TrainingAgreement).where(
        col(TrainingAgreement.session_id).in_(list(session_ids))
    )
    return sorted(session.exec(query).all(), key=lambda one: one.number)


def agreement(session: Session, session_id: int, person_id: int) -> TrainingAgreement | None:
    """What a person signed for a session."""
    query = select(TrainingAgreement).where(
        TrainingAgreement.session_id == session_id, TrainingAgreement.person_id == person_id
    )
    return session.exec(query).first()


def hired_days(session: Session, first: date, last: date) -> Sequence[date]:
    """The days of a period, both inclusive, on which somebody was hired."""
    query = columns(col(Person.hired_on))
    return session.scalars(query.where(col(Person.hired_on).between(first, last))).all()


def first_hired(session: Session) -> date | None:
    """The day on which the first of the staff was hired."""
    return session.scalar(columns(func.min(col(Person.hired_on))))


def people(session: Session, person_ids: Iterable[int | None]) -> dict[int, Person]:
    """People by their internal number."""
    wanted = {one for one in person_ids if one}
    found = session.exec(select(Person).where(col(Person.id).in_(wanted))).all()
    return {one.id: one for one in found if one.id is not None}


def outside_trainers(
    session: Session, sessions: Iterable[TrainingSession]
) -> dict[int, OutsidePerson]:
    """Those from outside who give sessions, by their number."""
    wanted = {one.outside_trainer_id for one in sessions if one.outside_trainer_id}
    found = session.exec(select(OutsidePerson).where(col(OutsidePerson.id).in_(wanted))).all()
    return {one.id: one for one in found if one.id is not None}
