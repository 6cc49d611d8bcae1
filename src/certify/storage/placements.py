"""Placements, absences, training owners and refusals of onboarding."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import case, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from certify.domain.person import Person, PersonStatus
from certify.domain.placement import Absence, OnboardingRefusal, Placement, TrainingOwner
from certify.storage.foreseen import foreseeable

_COLUMNS = (
    col(Placement.person_id),
    col(Placement.from_day),
    col(Placement.name),
    col(Placement.department_id),
    col(Placement.post_id),
    col(Placement.supervisor_id),
    col(Placement.status),
)

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A placement in a list of many."""

    from_day: date
    name: str
    department_id: int
    post_id: int
    supervisor_id: int | None
    status: PersonStatus


def written(session: Session, person_id: int) -> Sequence[Placement]:
    """What was written down of a person, oldest entry first."""
    query = select(Placement).where(Placement.person_id == person_id)
    return session.exec(query.order_by(col(Placement.id))).all()


def written_of(session: Session, person_ids: Sequence[int]) -> dict[int, list[PlacementRow]]:
    """`written` of many people by person id; who has no history is missing."""
    found: dict[int, list[PlacementRow]] = {}
    for start in range(0, len(person_ids), _AT_ONCE):
        some = person_ids[start : start + _AT_ONCE]
        query = columns(*_COLUMNS).where(col(Placement.person_id).in_(some))
        for person_id, *values in session.execute(query.order_by(col(Placement.id))):
            found.setdefault(person_id, []).append(PlacementRow(*values))
    return found


def of_person(session: Session, person: Person) -> Sequence[Placement]:
    """`written`, or what the person's own row says from the hire on: never empty."""
    return written(session, person.id or 0) or [first_of(person)]


def first_of(person: Person) -> Placement:
    """What is known of a person without a history, from the day of the hire on; not stored."""
    return Placement(
        person_id=person.id or 0,
        from_day=person.hired_on,
        name=person.name,
        department_id=person.department_id,
        post_id=person.post_id,
        supervisor_id=person.supervisor_id,
        status=person.status,
        at=datetime.combine(person.hired_on, time(), UTC),
    )


def of_everybody(session: Session) -> dict[int, list[PlacementRow]]:
    """What was written down of everybody by person id, in one query; who has none is missing."""
    query = columns(*_COLUMNS).order_by(col(Placement.id))
    found: dict[int, list[PlacementRow]] = {}
    for person_id, *values in session.execute(query):
        found.setdefault(person_id, []).append(PlacementRow(*values))
    return found


def known_on(session: Session, day: date) -> dict[int, PlacementRow]:
    """What `placed_on` gives of everybody for a day, or the first row for the days before it.

    A qualification may be older than the day from which a person's history is kept; who has no
    history is missing. Of long histories the database picks the one row of each person.
    """
    has_begun = col(Placement.from_day) <= day
    order = (
        case((has_begun, 0), else_=1),
        case((has_begun, col(Placement.from_day))).desc(),
        col(Placement.from_day),
        col(Placement.id).desc(),
    )
    place = func.row_number().over(partition_by=col(Placement.person_id), order_by=order)
    ranked = columns(*_COLUMNS, place.label("place")).subquery()
    query = columns(*list(ranked.c)[:-1]).where(ranked.c.place == 1)
    return {person_id: PlacementRow(*values) for person_id, *values in session.execute(query)}


def reports(session: Session, person_id: int) -> list[Person]:
    """The employed people whose direct supervisor somebody is, by staff number."""
    query = select(Person).where(
        Person.supervisor_id == person_id, Person.status == PersonStatus.EMPLOYED
    )
    return sorted(session.exec(query).all(), key=lambda person: person.staff_no)


def absences_of(session: Session, person_id: int) -> Sequence[Absence]:
    """A person's absences by first day, cancelled ones too."""
    query = select(Absence).where(Absence.person_id == person_id)
    return session.exec(query.order_by(col(Absence.from_day), col(Absence.id))).all()


def absences(session: Session) -> dict[int, list[Absence]]:
    """Everybody's absences that were not cancelled, by person id and first day."""
    query = select(Absence).where(col(Absence.cancelled_at).is_(None))
    found: dict[int, list[Absence]] = {}
    for one in session.exec(query.order_by(col(Absence.from_day), col(Absence.id))):
        found.setdefault(one.person_id, []).append(one)
    return found


def owners(session: Session, person_id: int) -> Sequence[TrainingOwner]:
    """Who answered for a person's training, oldest first."""
    query = select(TrainingOwner).where(TrainingOwner.person_id == person_id)
    return session.exec(query.order_by(col(TrainingOwner.id))).all()


@foreseeable
def owner(session: Session, person_id: int) -> TrainingOwner | None:
    """The assignment of a training owner that was not ended."""
    return next((one for one in owners(session, person_id) if one.to_day is None), None)


def open_owners(session: Session, person_ids: Sequence[int]) -> list[TrainingOwner]:
    """The assignments of training owners to people that were not ended, oldest first."""
    found: list[TrainingOwner] = []
    for start in range(0, len(person_ids), _AT_ONCE):
        some = col(TrainingOwner.person_id).in_(person_ids[start : start + _AT_ONCE])
        query = select(TrainingOwner).where(some, col(TrainingOwner.to_day).is_(None))
        found += session.exec(query.order_by(col(TrainingOwner.id)))
    return found


def refusals(session: Session, person_id: int) -> Sequence[OnboardingRefusal]:
    """A person's refusals of onboarding, oldest first."""
    query = select(OnboardingRefusal).where(OnboardingRefusal.person_id == person_id)
    return session.exec(query.order_by(col(OnboardingRefusal.id))).all()


def undecided_refusals(session: Session) -> list[tuple[OnboardingRefusal, Person]]:
    """The refusals that wait for HR, with who refuses, the oldest first."""
    query = (
        select(OnboardingRefusal, Person)
        .join(Person, col(OnboardingRefusal.person_id) == col(Person.id))
        .where(col(OnboardingRefusal.accepted).is_(None))
        .order_by(col(OnboardingRefusal.id))
    )
    return [(refusal, person) for refusal, person in session.exec(query).all()]
