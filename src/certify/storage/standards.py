"""Standards, their versions, and the steps of procedures."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, delete, func, or_, select

from certify.domain.standard import ProcedureStep, Standard, StandardVersion
from certify.storage import reviews


def every(session: Session) -> Sequence[Standard]:
    """All standards by number."""
    return session.exec(select(Standard).order_by(Standard.number)).all()


def by_number(session: Session, number: str) -> Standard | None:
    return session.exec(select(Standard).where(Standard.number == number)).first()


def versions_by_number(session: Session) -> dict[str, list[StandardVersion]]:
    """The versions of every standard by its number, the oldest first."""
    query = select(Standard.number, StandardVersion).join(StandardVersion)
    found: dict[str, list[StandardVersion]] = {}
    order = query.order_by(Standard.number, col(StandardVersion.effective_from))
    for number, version in session.exec(order).all():
        found.setdefault(number, []).append(version)
    return found


def cited(session: Session, course_id: int, day: date) -> list[dict[str, str]]:
    """The standards that the items in use of a course cite, by number: number and version.

    A version is named by its first day; a standard that is not in force on the day is left out.
    """
    numbers = {
        number for row in reviews.citing(session, course_id=course_id) for number in row.standards
    }
    if not numbers:
        return []
    query = (
        select(Standard.number, func.max(col(StandardVersion.effective_from)))
        .join(StandardVersion)
        .where(
            col(Standard.number).in_(numbers),
            col(StandardVersion.effective_from) <= day,
            or_(col(Standard.withdrawn_on).is_(None), col(Standard.withdrawn_on) > day),
        )
        .group_by(Standard.number)
    )
    found = sorted(session.exec(query).all())
    return [{"number": number, "version": first.isoformat()} for number, first in found]


def content_of(version: StandardVersion) -> dict[str, Any]:
    """All that a version says but its days, as a draft keeps it."""
    facts = ("item", "requirement", "department", "target", "remark")
    said = {name: getattr(version, name) for name in facts}
    return {**said, "category": str(version.category)}


def procedures(session: Session) -> dict[str, list[ProcedureStep]]:
    """The steps of every procedure in order, by its code."""
    query = select(ProcedureStep).order_by(ProcedureStep.procedure, col(ProcedureStep.position))
    found: dict[str, list[ProcedureStep]] = {}
    for step in session.exec(query).all():
        found.setdefault(step.procedure, []).append(step)
    return found


def forget_procedure(session: Session, code: str) -> None:
    """Take the steps of a procedure away, before others take their place."""
    session.exec(delete(ProcedureStep).where(col(ProcedureStep.procedure) == code))
