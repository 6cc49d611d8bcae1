"""The register of inspections, and what the schedule of inspections is made from."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import and_, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from certify.domain.field_practice import FieldPracticeEntry
from certify.domain.inspection import Inspection, InspectionResult, SkillDecision
from certify.domain.message import PersonMessage
from certify.domain.person import Guidance, Person, PersonStatus, Role, RoleGrant


def by_number(session: Session, number: str, *, lock: bool = False) -> Inspection | None:
    """One line of the register; locked until the transaction ends where that is wanted."""
    query = select(Inspection).where(Inspection.number == number)
    return session.exec(query.with_for_update() if lock else query).first()


def between(
    session: Session,
    first: date,
    last: date,
    *,
    person_id: int | None = None,
    department_id: int | None = None,
    seen: tuple[Collection[int], Collection[int]] | None = None,
) -> Sequence[Inspection]:
    """The lines of the register of some days, both inclusive, in the order of their numbers.

    Args:
        seen: only those of these people, or else of these departments as a whole.
    """
    query = select(Inspection).where(col(Inspection.day) >= first, col(Inspection.day) <= last)
    if person_id is not None:
        query = query.where(Inspection.person_id == person_id)
    if department_id is not None:
        query = query.where(Inspection.department_id == department_id)
    if seen is not None:
        people, departments = seen
        of_department = col(Inspection.department_id).in_(departments)
        is_seen = and_(col(Inspection.person_id).is_(None), of_department)
        query = query.where(or_(col(Inspection.person_id).in_(people), is_seen))
    return session.exec(query.order_by(col(Inspection.id))).all()


def unread(session: Session, person_id: int) -> Sequence[Inspection]:
    """What a person has not confirmed reading yet, the first one first."""
    query = select(Inspection).where(
        Inspection.person_id == person_id, col(Inspection.read_at).is_(None)
    )
    return session.exec(query.order_by(col(Inspection.id))).all()


def inspected_by(session: Session, inspector_id: int, person_id: int, day: date) -> bool:
    """Whether somebody inspected a person on a day."""
    query = select(Inspection.id).where(
        Inspection.inspector_id == inspector_id,
        Inspection.person_id == person_id,
        Inspection.day == day,
    )
    return session.exec(query.limit(1)).first() is not None


def judged(session: Session) -> list[tuple[int, date, bool]]:
    """Every check of a person that was judged: whom, when, and whether without fault."""
    query = columns(col(Inspection.person_id), col(Inspection.day), col(Inspection.result)).where(
        col(Inspection.person_id).is_not(None),
        col(Inspection.result) != InspectionResult.NOT_JUDGED,
    )
    return [
        (person_id, day, result is InspectionResult.MET)
        for person_id, day, result in session.execute(query)
    ]


def practice_starts(session: Session) -> dict[int, date]:
    """The first day of on-site practice of everybody who began: the first task in the log, else
    the day from which a guide was appointed."""
    guided = columns(col(Guidance.person_id), func.min(col(Guidance.from_day)))
    logged = columns(col(FieldPracticeEntry.person_id), func.min(col(FieldPracticeEntry.day)))
    rows = [
        *session.execute(guided.group_by(col(Guidance.person_id))),
        *session.execute(logged.group_by(col(FieldPracticeEntry.person_id))),
    ]
    return {person_id: day for person_id, day in rows}


def decisions(session: Session) -> Sequence[SkillDecision]:
    """What supervisors said of newcomers, the first one first."""
    return session.exec(select(SkillDecision).order_by(col(SkillDecision.id))).all()


def heads_of(session: Session, department_id: int) -> frozenset[int]:
    """The supervisors of a department: those who work in it or supervise somebody there."""
    there = select(Person.supervisor_id).where(
        Person.department_id == department_id, Person.status == PersonStatus.EMPLOYED
    )
    query = (
        select(Person.id)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(
            RoleGrant.role == Role.SUPERVISOR,
            Person.status == PersonStatus.EMPLOYED,
            (col(Person.department_id) == department_id) | col(Person.id).in_(there),
        )
    )
    return frozenset(one for one in session.exec(query).all() if one is not None)


def departments_headed(session: Session, person_id: int) -> frozenset[int]:
    """The departments whose supervisors include a person (`heads_of`)."""
    person, role = session.get(Person, person_id), Role.SUPERVISOR
    if person is None or session.get(RoleGrant, (person_id, role)) is None:
        return frozenset()
    query = select(Person.department_id).where(
        Person.supervisor_id == person_id, Person.status == PersonStatus.EMPLOYED
    )
    return frozenset([person.department_id, *session.exec(query).all()])


def holding(session: Session, *roles: Role) -> frozenset[int]:
    """Everybody employed who holds one of some roles."""
    query = (
        select(Person.id)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(col(RoleGrant.role).in_(roles), Person.status == PersonStatus.EMPLOYED)
    )
    return frozenset(one for one in session.exec(query).all() if one is not None)


def messages_about(session: Session, person_id: int, number: str) -> list[PersonMessage]:
    """What a person was told of one check and has not read."""
    query = select(PersonMessage).where(
        PersonMessage.person_id == person_id,
        PersonMessage.kind == "inspected",
        col(PersonMessage.read_at).is_(None),
    )
    return [one for one in session.exec(query).all() if one.facts.get("number") == number]
