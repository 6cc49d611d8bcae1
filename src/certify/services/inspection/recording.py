"""Entering checks in the register: every one, with or without fault (R-INS-01, R-INS-05)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from certify.domain.checklist import Scope, Seen, judge_points, mark_of, written_points
from certify.domain.clean import tidy_line
from certify.domain.inspection import Inspection, InspectionResult
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.domain.rate_check import checked_window, is_rate, judge_rate
from certify.domain.standard import newest_in_force
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.inspection import checklists, conflicts, telling
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import qualifications, standards

MOST_REMARK = 200


def record_check(
    platform: Platform,
    *,
    actor: Actor,
    checklist: str,
    seen: Mapping[str, Seen],
    staff_no: str = "",
    department: str = "",
    day: date | None = None,
    finding: str = "",
    is_major: bool = False,
) -> str:
    """Enter a check by a list of points; gives its number in the register.

    Args:
        seen: by code of the point what was seen; what is left out was fine.
        day: today where None; never one to come.
        finding: what was found, in words; must be there with a major problem.
    Raises:
        NotPermitted, NotFound, BadInput
        Refused: who cannot be impartial, or a person who has left.
    """
    require(actor, Action.INSPECT)
    found = checklists.named(platform, checklist)
    unknown = [code for code in seen if code not in {one.code for one in found.points}]
    if unknown:
        raise BadInput(
            _("The checklist has no point “{code}”.").format(code=unknown[0]),
            mend=_("There are: {codes}.").format(codes=", ".join(one.code for one in found.points)),
        )
    remarks = {code: Seen(one.mark, _remark(one.remark)) for code, one in seen.items()}
    points = written_points(found.points, remarks)
    return _enter(
        platform,
        actor,
        staff_no,
        department,
        day,
        finding,
        is_major,
        {
            "scope": found.scope.value,
            "checklist": found.code,
            "points": points,
            "result": judge_points(map(mark_of, points)),
        },
    )


def record_rate(
    platform: Platform,
    *,
    actor: Actor,
    standard: str,
    sampled: int,
    passed: int,
    staff_no: str = "",
    department: str = "",
    day: date | None = None,
    window: str = "",
    finding: str = "",
    is_major: bool = False,
) -> str:
    """Enter a sample held against the target of a standard; gives its number in the register.

    Args:
        window: time of the day it is about, such as `10:00-11:00`; empty for the whole day.
    Raises:
        NotPermitted
        NotFound: there is no such standard on that day.
        BadInput: its target is no rate, or figures that cannot be.
        Refused
    """
    require(actor, Action.INSPECT)
    on = _day(platform, day)
    target = _target(platform, standard.strip().upper(), on)
    return _enter(
        platform,
        actor,
        staff_no,
        department,
        on,
        finding,
        is_major,
        {
            "scope": Scope.PROCESS.value,
            "standard": standard.strip().upper(),
            "target": target,
            "window": checked_window(window),
            "sampled": sampled,
            "passed": passed,
            "result": judge_rate(target, sampled, passed),
        },
    )


def _enter(
    platform: Platform,
    actor: Actor,
    staff_no: str,
    department: str,
    day: date | None,
    finding: str,
    is_major: bool,
    facts: Mapping[str, Any],
) -> str:
    require(actor, Action.INSPECT)
    require_person(actor)
    on = _day(platform, day)
    said = checked_text(finding, _("finding")) if is_major or finding.strip() else ""
    if is_major and facts["result"] is not InspectionResult.NOT_MET:
        raise BadInput(
            _("A major problem is a fault, and nothing here is at fault."),
            mend=_("Mark the point at fault, or do not call it major."),
        )
    with platform.database.write() as session:
        number = next_number(session, platform, "IN")  # inspectors take turns from here on
        person, department_id = conflicts.whom(session, actor, staff_no, department)
        if person is not None:
            conflicts.refuse_partial(session, actor, person, on)
        else:
            conflicts.refuse_head(session, actor, department_id)
        found = Inspection(
            number=number,
            day=on,
            inspector_id=actor.person_id,
            person_id=person.id if person else None,
            department_id=department_id,
            finding=said,
            is_major=is_major,
            at=platform.clock.now(),
            **facts,
        )
        session.add(found)
        session.flush()
        telling.tell_inspected(session, platform, found)
        if is_major:
            telling.report_major(session, platform, actor, found)
        record(
            session,
            platform,
            actor,
            "inspection-recorded",
            f"inspection:{found.id}",
            number=number,
            person=found.person_id,
            result=found.result.value,
        )
    return number


def next_number(session: Session, platform: Platform, series: str) -> str:
    """The next number of this year, such as `IN-2024-000123`; a year has no gaps (R-INS-01)."""
    year = platform.today().year
    return f"{series}-{year}-{qualifications.next_number(session, f'{series}-{year}'):06}"


def _day(platform: Platform, day: date | None) -> date:
    today = platform.today()
    if day is not None and day > today:
        raise BadInput(
            _("{day} is still to come.").format(day=day.isoformat()),
            mend=_("Enter a check once it was made."),
        )
    return day or today


def _target(platform: Platform, number: str, day: date) -> dict[str, Any]:
    with platform.database.read() as session:
        standard = standards.by_number(session, number)
        versions = standards.versions_by_number(session).get(number, [])
        now = newest_in_force(versions, day)
        if standard is None or now is None:
            raise NotFound(
                _("Standard {number} is not in force on {day}.").format(
                    number=number, day=day.isoformat()
                ),
                mend=_("“certify standard list” shows all of them."),
            )
        if standard.withdrawn_on is not None and standard.withdrawn_on <= day:
            raise Refused(
                _("Standard {number} was withdrawn on {day}.").format(
                    number=number, day=standard.withdrawn_on.isoformat()
                )
            )
        if not is_rate(now.target):
            raise BadInput(
                _("The target of {number} is no rate in percent.").format(number=number),
                mend=_("Use a checklist instead."),
            )
        return dict(now.target or {})


def _remark(text: str) -> str:
    tidy = tidy_line(text)
    return checked_text(tidy, _("remark"), MOST_REMARK) if tidy else ""
