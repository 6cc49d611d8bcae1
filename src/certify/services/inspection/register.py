"""Looking into the register of inspections (服务质量检查登记簿), R-INS-01 and R-INS-08."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.checklist import Checklist, Mark, Scope, mark_of
from certify.domain.inspection import Inspection, InspectionResult
from certify.domain.permission import Action, may
from certify.domain.person import Actor, Department, Person
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services.inspection import access, checklists
from certify.services.inspection.conflicts import department_of
from certify.services.typed import nobody
from certify.storage import inspections, people, rectification

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class PointView:
    """One point of a checklist as it was worded then, by language."""

    text: dict[str, str]
    mark: Mark
    remark: str


@dataclass(frozen=True)
class InspectionView:
    """One line of the register. Texts are by language."""

    number: str
    day: date
    inspector: str
    staff_no: str
    """Empty for a check of a department."""
    name: str
    department: dict[str, str]
    department_code: str
    scope: Scope
    checklist: str
    title: dict[str, str]
    """Of the checklist; its code where the list is gone."""
    points: tuple[PointView, ...]
    standard: str
    target: dict[str, Any]
    """As it was on the day."""
    window: str
    sampled: int | None
    passed: int | None
    result: InspectionResult
    finding: str
    is_major: bool
    recorded_on: date
    """The day it was entered: later than `day` where somebody was late to do so."""
    read_on: date | None
    """When the inspected person confirmed reading it."""
    notices: tuple[str, ...]
    """Numbers of the rectification notices it led to."""
    is_own: bool


@dataclass(frozen=True)
class RegisterFilter:
    """Which lines are wanted."""

    first: date | None = None
    """None for a year before the last day."""
    last: date | None = None
    """None for today; inclusive."""
    staff_no: str = ""
    department: str = ""
    result: InspectionResult | None = None


def register(
    platform: Platform, *, actor: Actor, wanted: RegisterFilter | None = None
) -> list[InspectionView]:
    """The lines that the actor may see, the newest first.

    Raises:
        NotFound: there is no such department, or nobody has the number, which only they are told
            who may see everybody's lines.
    """
    given = wanted or RegisterFilter()
    last = given.last or platform.today()
    first = given.first or last - YEAR
    lists = checklists.known(platform)
    with platform.database.read() as session:
        person = people.by_staff_no(session, given.staff_no) if given.staff_no else None
        if given.staff_no and person is None:
            if may(actor, Action.SEE_INSPECTIONS):
                raise nobody(given.staff_no)
            return []  # as of anybody else whose lines they may not see
        department = department_of(session, given.department) if given.department else None
        sight = access.sight_of(session, actor)
        found = inspections.between(
            session,
            first,
            last,
            person_id=person.id if person else None,
            department_id=department.id if department else None,
            seen=None if sight.is_all else (sight.people, sight.departments),
        )
        notices = rectification.numbers_by_inspection(session)
        return [
            view_of(session, platform, actor, one, lists, notices)
            for one in reversed(found)
            if given.result in (None, one.result)
        ]


def show(platform: Platform, *, actor: Actor, number: str) -> InspectionView:
    """One line by its number.

    Raises:
        NotFound: there is none, or none that the actor may see.
    """
    lists = checklists.known(platform)
    with platform.database.read() as session:
        found = inspections.by_number(session, number.strip().upper())
        if found is None or not access.may_see(
            session, actor, found.person_id, found.department_id
        ):
            raise no_inspection(number)
        notices = rectification.numbers_by_inspection(session)
        return view_of(session, platform, actor, found, lists, notices)


def unconfirmed(platform: Platform, *, actor: Actor) -> list[InspectionView]:
    """What the actor has still to confirm reading, the first one first (R-INS-08)."""
    lists = checklists.known(platform)
    with platform.database.read() as session:
        notices = rectification.numbers_by_inspection(session)
        return [
            view_of(session, platform, actor, one, lists, notices)
            for one in inspections.unread(session, actor.person_id)
        ]


def may_record(actor: Actor) -> bool:
    """Whether the actor enters checks."""
    return may(actor, Action.INSPECT) and not actor.is_console


def no_inspection(number: str) -> NotFound:
    """That there is no such line, or none for this person."""
    return NotFound(
        _("There is no inspection {number}.").format(number=number),
        mend=_("“certify inspection list” shows those you may see."),
    )


def view_of(
    session: Session,
    platform: Platform,
    actor: Actor,
    one: Inspection,
    lists: Mapping[str, Checklist],
    notices: Mapping[int, Sequence[str]],
) -> InspectionView:
    """A line of the register as people see it."""
    person = session.get(Person, one.person_id) if one.person_id else None
    department = session.get_one(Department, one.department_id)
    zone = platform.policy.organisation.time_zone
    title: dict[str, str] = {"zh": one.checklist, "en": one.checklist}
    if one.checklist in lists:
        title = dict(lists[one.checklist].title.items())
    return InspectionView(
        number=one.number,
        day=one.day,
        inspector=session.get_one(Person, one.inspector_id).name,
        staff_no=person.staff_no if person else "",
        name=person.name if person else "",
        department=department.names,
        department_code=department.code,
        scope=Scope(one.scope),
        checklist=one.checklist,
        title=title if one.checklist else {},
        points=tuple(
            PointView(dict(point["text"]), mark_of(point), point["remark"]) for point in one.points
        ),
        standard=one.standard,
        target=dict(one.target),
        window=one.window,
        sampled=one.sampled,
        passed=one.passed,
        result=one.result,
        finding=one.finding,
        is_major=one.is_major,
        recorded_on=local_date(one.at, zone),
        read_on=local_date(one.read_at, zone) if one.read_at else None,
        notices=tuple(notices.get(one.id or 0, ())),
        is_own=one.person_id == actor.person_id and not actor.is_console,
    )
