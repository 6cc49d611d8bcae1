"""The log of on-site practice, its sign-off, and who was freed from a phase of onboarding."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from certify.domain.field_practice import FieldPracticeEntry, FieldPracticeSignOff, PhaseExemption
from certify.domain.ledger import LedgerEntry
from certify.domain.person import Guidance, Person
from certify.storage.foreseen import foreseeable


@foreseeable
def exemptions(session: Session, person_id: int) -> Sequence[PhaseExemption]:
    """The phases a person was freed from, the first one first."""
    query = select(PhaseExemption).where(PhaseExemption.person_id == person_id)
    return session.exec(query.order_by(col(PhaseExemption.id))).all()


def exemptions_of(session: Session, person_ids: Sequence[int]) -> dict[int, list[PhaseExemption]]:
    """`exemptions` of many people; an entry for each of them."""
    found: dict[int, list[PhaseExemption]] = {person_id: [] for person_id in person_ids}
    query = select(PhaseExemption).where(col(PhaseExemption.person_id).in_(found))
    for one in session.exec(query.order_by(col(PhaseExemption.id))).all():
        found[one.person_id].append(one)
    return found


def entries(session: Session, person_id: int) -> Sequence[FieldPracticeEntry]:
    """A person's log, the earliest day first."""
    query = select(FieldPracticeEntry).where(FieldPracticeEntry.person_id == person_id)
    order = (col(FieldPracticeEntry.day), col(FieldPracticeEntry.id))
    return session.exec(query.order_by(*order)).all()


def locked_entry(session: Session, entry_id: int) -> FieldPracticeEntry | None:
    """One entry as it is now, which nobody else changes until the transaction ends."""
    query = select(FieldPracticeEntry).where(FieldPracticeEntry.id == entry_id).with_for_update()
    return session.exec(query).first()


def sign_off(session: Session, person_id: int) -> FieldPracticeSignOff | None:
    """The guide's word that a person's practice is complete."""
    query = select(FieldPracticeSignOff).where(FieldPracticeSignOff.person_id == person_id)
    return session.exec(query).first()


def guided_by(session: Session, guide_id: int, day: date) -> list[Person]:
    """Whom somebody guides on a day, by staff number."""
    query = (
        select(Person)
        .join(Guidance, col(Guidance.person_id) == col(Person.id))
        .where(
            col(Guidance.guide_id) == guide_id,
            col(Guidance.from_day) <= day,
            col(Guidance.to_day).is_(None) | (col(Guidance.to_day) >= day),
        )
        .distinct()
    )
    return sorted(session.exec(query).all(), key=lambda person: person.staff_no)


def guides_on(session: Session, person_id: int, day: date) -> list[Person]:
    """Who guides a person on a day, by staff number."""
    query = (
        select(Person)
        .join(Guidance, col(Guidance.guide_id) == col(Person.id))
        .where(
            col(Guidance.person_id) == person_id,
            col(Guidance.from_day) <= day,
            col(Guidance.to_day).is_(None) | (col(Guidance.to_day) >= day),
        )
        .distinct()
    )
    return sorted(session.exec(query).all(), key=lambda person: person.staff_no)


def last_left(session: Session, person_id: int) -> datetime | None:
    """When it was last written that a person has left; None when never."""
    query = (
        select(LedgerEntry)
        .where(
            LedgerEntry.subject == f"person:{person_id}",
            col(LedgerEntry.action).in_(("person-added", "person-changed")),
        )
        .order_by(col(LedgerEntry.sequence).desc())
    )
    found = session.exec(query).all()
    return next((one.at for one in found if one.facts.get("status") == "left"), None)
