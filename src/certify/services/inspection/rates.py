"""What a check can be of, before it is made: standards with a rate, and who may be checked."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.domain.rate_check import is_rate
from certify.domain.standard import newest_in_force
from certify.platform import Platform
from certify.services.inspection.conflicts import department_of, refuse_head, refuse_partial, whom
from certify.storage import standards


@dataclass(frozen=True)
class RateStandard:
    """A standard that a sample can be held against. Texts are by language."""

    number: str
    item: dict[str, str]
    target: dict[str, Any]


@dataclass(frozen=True)
class Whom:
    """Whom a check is of, by name."""

    staff_no: str
    department: str
    """Code; empty for a person."""
    name: dict[str, str]


def rate_standards(platform: Platform, *, actor: Actor) -> list[RateStandard]:
    """The standards in force today whose targets are rates, by number.

    Raises:
        NotPermitted
    """
    require(actor, Action.INSPECT)
    day = platform.today()
    with platform.database.read() as session:
        versions = standards.versions_by_number(session)
        every = standards.every(session)
    found = []
    for one in every:
        now = newest_in_force(versions.get(one.number, []), day)
        is_over = one.withdrawn_on is not None and one.withdrawn_on <= day
        if now is not None and not is_over and is_rate(now.target):
            found.append(RateStandard(one.number, now.item, dict(now.target or {})))
    return found


def may_check(
    platform: Platform, *, actor: Actor, staff_no: str = "", department: str = "", day: date
) -> Whom:
    """Whether the actor may check a person or department on a day, and its name.

    Raises:
        NotPermitted, NotFound, BadInput, Refused: as entering the check would.
    """
    require(actor, Action.INSPECT)
    require_person(actor)
    with platform.database.read() as session:
        person, where = whom(session, actor, staff_no, department)
        if person is None:
            refuse_head(session, actor, where)
            found = department_of(session, department)
            return Whom("", found.code, found.names)
        refuse_partial(session, actor, person, day)
        return Whom(person.staff_no, "", {"zh": person.name})
