"""Delta training of people, and what in the bank stands on a standard."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, select

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.item import Item, ItemState, ItemVersion
from certify.domain.person import Person
from certify.domain.standard import Standard, StandardVersion
from certify.domain.standard_change import DeltaTraining
from certify.storage.attempts import may_be_id
from certify.storage.practice import POOL


@dataclass(frozen=True)
class DeltaRow:
    """One person's training on one text of a standard."""

    training: DeltaTraining
    version: StandardVersion
    standard: Standard
    person: Person


@dataclass(frozen=True)
class PracticeRow:
    """A practice item in use that cites a standard."""

    item_id: int
    version_id: int
    code: str
    course_id: int


def unassigned(session: Session, today: date) -> Sequence[StandardVersion]:
    """Material texts that have begun and whose holders have nothing assigned yet, oldest first."""
    query = select(StandardVersion).where(
        col(StandardVersion.is_material),
        col(StandardVersion.delta_assigned_at).is_(None),
        StandardVersion.effective_from <= today,
    )
    order = (col(StandardVersion.effective_from), col(StandardVersion.id))
    return session.exec(query.order_by(*order)).all()


def rows(
    session: Session,
    *,
    person_id: int | None = None,
    number: str = "",
    only_open: bool = False,
    training_id: int | None = None,
) -> list[DeltaRow]:
    """Delta training with text, standard and person, by the day it is due and staff number.

    Args:
        person_id: of one person alone.
        number: of one standard alone.
        only_open: not those that are passed.
        training_id: this one alone.
    """
    query = (
        select(DeltaTraining, StandardVersion, Standard, Person)
        .join(StandardVersion, col(DeltaTraining.version_id) == col(StandardVersion.id))
        .join(Standard, col(StandardVersion.standard_id) == col(Standard.id))
        .join(Person, col(DeltaTraining.person_id) == col(Person.id))
    )
    if person_id is not None:
        query = query.where(DeltaTraining.person_id == person_id)
    if number:
        query = query.where(Standard.number == number)
    if only_open:
        query = query.where(col(DeltaTraining.passed_at).is_(None))
    if training_id is not None:
        if not may_be_id(training_id):
            return []
        query = query.where(DeltaTraining.id == training_id)
    found = [DeltaRow(*row) for row in session.exec(query).all()]
    return sorted(
        found, key=lambda row: (row.training.due_on, row.person.staff_no, row.training.id)
    )


def has_open(session: Session) -> bool:
    """Whether anybody's delta training is not passed yet."""
    query = select(DeltaTraining.id).where(col(DeltaTraining.passed_at).is_(None))
    return session.exec(query.limit(1)).first() is not None


def locked(session: Session, training_id: int) -> DeltaTraining:
    """A training as it is now; nobody else changes it until the transaction ends.

    Its person is locked first, as practice does: so two who meet here never wait for each other.
    """
    found = session.get_one(DeltaTraining, training_id)
    session.get(Person, found.person_id, with_for_update=True)
    return session.get_one(DeltaTraining, training_id, with_for_update=True, populate_existing=True)


def practice_items(session: Session, number: str) -> list[PracticeRow]:
    """The practice items in use whose version in use cites a standard."""
    query = (
        columns(
            col(Item.id),
            col(ItemVersion.id),
            col(Item.code),
            col(Item.course_id),
            col(ItemVersion.standards),
        )
        .join(ItemVersion, col(Item.version_id) == col(ItemVersion.id))
        .where(col(Item.state) == ItemState.IN_USE, col(Item.pool) == POOL)
        .order_by(col(Item.code))
    )
    return [
        PracticeRow(item_id or 0, version_id or 0, code, course_id)
        for item_id, version_id, code, course_id, standards in session.execute(query)
        if number in standards
    ]


def passed_since(
    session: Session, person_ids: Collection[int], since: datetime
) -> Sequence[Attempt]:
    """The passed attempts of these people that were begun at a moment or later, oldest first."""
    query = select(Attempt).where(
        col(Attempt.person_id).in_(list(person_ids)),
        Attempt.state == AttemptState.SUBMITTED,
        col(Attempt.passed).is_(True),
        Attempt.started_at >= since,
    )
    return session.exec(query.order_by(col(Attempt.started_at), col(Attempt.id))).all()


def counts(session: Session, version_id: int) -> tuple[int, int, int]:
    """How many people have the training of a text, how many passed it, how many are suspended."""
    query = select(
        func.count(),
        func.count(col(DeltaTraining.passed_at)),
        func.count(col(DeltaTraining.suspended_at)).filter(col(DeltaTraining.passed_at).is_(None)),
    ).where(DeltaTraining.version_id == version_id)
    every, passed, suspended = session.exec(query).one()
    return int(every), int(passed), int(suspended)
