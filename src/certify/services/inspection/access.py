"""Who may see which line of the register, which notice and which form (R-PLT-07)."""

from dataclasses import dataclass

from sqlmodel import Session

from certify.domain.permission import Action, may
from certify.domain.person import Actor
from certify.storage import inspections, placements


@dataclass(frozen=True)
class Sight:
    """What somebody may see of inspections and what follows from them.

    Inspectors and HR see everything, people what is about themselves, direct supervisors what is
    about those they supervise, the supervisors of a department what is about the department.
    """

    is_all: bool
    people: frozenset[int]
    departments: frozenset[int]

    def covers(self, person_id: int | None, department_id: int | None) -> bool:
        """Whether what is about a person, or else about a department, is seen."""
        if self.is_all:
            return True
        if person_id is not None:
            return person_id in self.people
        return department_id in self.departments


def sight_of(session: Session, actor: Actor) -> Sight:
    """What an actor may see now."""
    if may(actor, Action.SEE_INSPECTIONS):
        return Sight(True, frozenset(), frozenset())
    people = {actor.person_id}
    if may(actor, Action.SEE_INSPECTIONS, owner=0, owner_supervisor=actor.person_id):
        people |= {one.id or 0 for one in placements.reports(session, actor.person_id)}
    return Sight(False, frozenset(people), inspections.departments_headed(session, actor.person_id))


def may_see(
    session: Session, actor: Actor, person_id: int | None, department_id: int | None
) -> bool:
    """Whether an actor may see what is about a person or a department."""
    return sight_of(session, actor).covers(person_id, department_id)
