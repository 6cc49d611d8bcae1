"""What was found at work in a span of days: inspections, notices, anomaly forms, complaints."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select as columns
from sqlmodel import Session, col, func, or_, select

from certify.domain.evaluation import EvaluationEvidence
from certify.domain.inspection import (
    AnomalyForm,
    AnomalyState,
    Inspection,
    InspectionResult,
    RectificationNotice,
)
from certify.domain.person import Department, Person
from certify.domain.quality import Survey
from certify.domain.rates import Check
from certify.domain.standard_change import DeltaTraining
from certify.storage.reports import OPEN_NOTICES


@dataclass(frozen=True)
class Found:
    """A row with the names of person and department, where it has them."""

    row: Any
    person: Person | None
    department: Department | None


def inspections(
    session: Session, first: date, last: date, result: InspectionResult | None = None
) -> list[Found]:
    """The register from day to day; of one result or of all."""
    query = (
        select(Inspection, Person, Department)
        .outerjoin(Person, col(Person.id) == col(Inspection.person_id))
        .outerjoin(Department, col(Department.id) == col(Inspection.department_id))
        .where(col(Inspection.day).between(first, last))
        .order_by(col(Inspection.day), col(Inspection.number))
    )
    if result is not None:
        query = query.where(Inspection.result == result)
    return [Found(*row) for row in session.exec(query).all()]


def checks(
    session: Session, first: date, last: date, standard: str | None = None
) -> Iterator[tuple[str, Check]]:
    """What the rates need of every inspection, with the standard it was held against."""
    query = columns(
        col(Inspection.standard),
        col(Inspection.result),
        col(Inspection.sampled),
        col(Inspection.passed),
        col(Inspection.points),
    ).where(col(Inspection.day).between(first, last))
    if standard is not None:
        query = query.where(col(Inspection.standard) == standard)
    for number, result, sampled, passed, points in session.execute(query):
        judged = [point for point in points if point.get("ok") is not None]
        in_order = sum(bool(point["ok"]) for point in judged)
        yield number, Check(result, sampled, passed, len(judged), in_order)


def by_result(session: Session, first: date, last: date) -> dict[InspectionResult, int]:
    """How many inspections ended with which result."""
    query = (
        select(Inspection.result, func.count())
        .where(col(Inspection.day).between(first, last))
        .group_by(col(Inspection.result))
    )
    found = dict(session.exec(query).all())
    return {one: found.get(one, 0) for one in InspectionResult}


def notices(
    session: Session,
    *,
    issued: tuple[date, date] | None = None,
    overdue_on: date | None = None,
    standard: str | None = None,
) -> list[Found]:
    """Rectification notices: those issued in a span, overdue on a day, of a standard."""
    query = (
        select(RectificationNotice, Person, Department)
        .join(Person, col(Person.id) == col(RectificationNotice.owner_id))
        .join(Department, col(Department.id) == col(RectificationNotice.department_id))
        .order_by(col(RectificationNotice.due_on), col(RectificationNotice.number))
    )
    if issued is not None:
        query = query.where(col(RectificationNotice.issued_on).between(*issued))
    if overdue_on is not None:
        query = query.where(
            col(RectificationNotice.state).in_(OPEN_NOTICES),
            col(RectificationNotice.due_on) < overdue_on,
        )
    if standard is not None:
        query = query.where(RectificationNotice.standard == standard)
    return [Found(*row) for row in session.exec(query).all()]


def anomalies(session: Session, day: date) -> list[Found]:
    """The anomaly forms of a day, and those of before that are not closed."""
    query = (
        select(AnomalyForm, Person, Department)
        .outerjoin(Person, col(Person.id) == col(AnomalyForm.person_id))
        .join(Department, col(Department.id) == col(AnomalyForm.department_id))
        .where(
            or_(
                col(AnomalyForm.day) == day,
                (col(AnomalyForm.day) < day) & (col(AnomalyForm.state) != AnomalyState.CLOSED),
            )
        )
        .order_by(col(AnomalyForm.day).desc(), col(AnomalyForm.number))
    )
    return [Found(*row) for row in session.exec(query).all()]


def complaints(session: Session, first: date, last: date) -> dict[str, str]:
    """What is written of the complaints of a span of days, by their numbers."""
    query = select(EvaluationEvidence.reference, EvaluationEvidence.what).where(
        EvaluationEvidence.kind == "complaint", col(EvaluationEvidence.day).between(first, last)
    )
    found: dict[str, str] = {}
    for reference, what in session.exec(query).all():
        found[reference] = f"{found.get(reference, '')} {what}"
    return found


def services(session: Session, first: date, last: date) -> int:
    """Services given in a span of days: a survey is sent after each of them (S1-FL-05)."""
    query = select(func.coalesce(func.sum(col(Survey.sent)), 0)).where(
        col(Survey.last_day).between(first, last)
    )
    return int(session.exec(query).one())


def delta_of(session: Session, version_ids: list[int]) -> list[tuple[DeltaTraining, Person]]:
    """Who had delta training on these texts of a standard."""
    query = (
        select(DeltaTraining, Person)
        .join(Person, col(Person.id) == col(DeltaTraining.person_id))
        .where(col(DeltaTraining.version_id).in_(version_ids))
        .order_by(col(Person.staff_no))
    )
    return list(session.exec(query).all())
