"""Telling people what an inspection, a notice or a form means for them, at the same moment."""

from collections.abc import Iterable

from sqlmodel import Session

from certify.domain.inspection import Inspection
from certify.domain.message import PersonMessage
from certify.domain.person import Actor, Person, Role
from certify.platform import Platform
from certify.storage import inspections


def tell(
    session: Session, platform: Platform, people: Iterable[int | None], kind: str, **facts: object
) -> None:
    """Leave a message for each of some people, once.

    Args:
        kind: one of `words.MESSAGES`.
        facts: plain JSON values that its words need.
    """
    now = platform.clock.now()
    for person_id in sorted({one for one in people if one}):
        session.add(PersonMessage(person_id=person_id, at=now, kind=kind, facts=facts))


def tell_inspected(session: Session, platform: Platform, found: Inspection) -> None:
    """The result reaches the inspected person, who confirms reading it (R-INS-08)."""
    tell(
        session,
        platform,
        [found.person_id],
        "inspected",
        number=found.number,
        day=found.day.isoformat(),
        result=found.result.value,
        finding=found.finding,
        faults=[point["text"] for point in found.points if point["ok"] is False],
    )


def report_major(session: Session, platform: Platform, actor: Actor, found: Inspection) -> None:
    """A major problem is reported at once (R-INS-08): to supervisors, HR and inspectors."""
    person = session.get(Person, found.person_id) if found.person_id else None
    heads = [person.supervisor_id] if person and person.supervisor_id else []
    if not heads and found.department_id:
        heads = [*inspections.heads_of(session, found.department_id)]
    others = inspections.holding(session, Role.HR, Role.INSPECTOR)
    tell(
        session,
        platform,
        {*heads, *others} - {actor.person_id, found.person_id},
        "major-problem",
        number=found.number,
        day=found.day.isoformat(),
        finding=found.finding,
    )
