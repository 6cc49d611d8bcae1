"""The sheets of departments."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from certify.domain.evaluation import DepartmentSheet
from certify.domain.person import Department, Person, PersonStatus, Role, RoleGrant


def newest(session: Session, period_id: int) -> dict[int, DepartmentSheet]:
    """The sheet that counts of each department in a period, by department."""
    query = select(DepartmentSheet).where(DepartmentSheet.period_id == period_id)
    found = session.exec(query.order_by(col(DepartmentSheet.revision))).all()
    return {one.department_id: one for one in found}


def locked_department(session: Session, code: str) -> Department | None:
    """A department by its code; who writes its sheet takes turns."""
    return session.exec(select(Department).where(Department.code == code).with_for_update()).first()


def departments_of(session: Session, roles: Collection[Role]) -> list[tuple[int, int]]:
    """Person and department of everybody employed who has one of these roles."""
    query = (
        select(Person.id, Person.department_id)
        .join(RoleGrant, col(RoleGrant.person_id) == col(Person.id))
        .where(col(RoleGrant.role).in_(roles), Person.status == PersonStatus.EMPLOYED)
        .distinct()
    )
    return [(person_id or 0, department_id) for person_id, department_id in session.exec(query)]
