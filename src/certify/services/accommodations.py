"""Accommodations: what one person needs in every exam or in one, also in the middle of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from certify.domain.attempt import Attempt
from certify.domain.course import Exam
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person
from certify.domain.sitting_rules import Needs, break_stood, break_used, extra_change, in_force
from certify.domain.sitting_time import Accommodation, GrantKind
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing
from certify.services.attempt_time import heard_at
from certify.services.deadline import move
from certify.services.lobby import find_exam
from certify.services.own_time import needs_of
from certify.services.time_grants import check_reason, refuse_own
from certify.storage import ledger, people, sitting_time

MOST_FACTOR = Fraction(4)
MOST_BREAK = 240
"""Minutes."""


@dataclass(frozen=True)
class AccommodationView:
    """One accommodation, for those who may give it."""

    id: int
    staff_no: str
    name: str
    exam: str
    """Code of the one exam it counts for; empty for every exam."""
    time_factor: str
    break_minutes: int
    line_mode: bool
    valid_from: date
    valid_to: date | None
    reason: str
    approved_by: str
    """Name of who approved it."""
    at: datetime
    in_force: bool
    """Whether it counts today, in the exam it is for."""


def grant(
    platform: Platform,
    *,
    actor: Actor,
    staff_no: str,
    reason: str,
    exam: str = "",
    time_factor: Fraction = Fraction(1),
    break_minutes: int = 0,
    line_mode: bool = False,
    valid_to: date | None = None,
) -> int:
    """Give a person what they need from today on; an open exam of theirs gets it at once.

    Args:
        reason: kept in the ledger for good: the decision it rests on, never an illness.
        exam: code of the one exam it counts for; empty for every exam.
        time_factor: 1 to 4; the minutes of an exam are multiplied by it.
        break_minutes: minutes of break in one exam, 0 to 240.
        valid_to: last day, inclusive; None until it is ended.
    Returns:
        Its number.
    Raises:
        NotPermitted: also for oneself.
        NotFound, BadInput
    """
    require(actor, Action.GRANT_TIME)
    require_person(actor)
    told, today = check_reason(reason), platform.today()
    _check(time_factor, break_minutes, line_mode, valid_to, today)
    closing.close_overdue(platform)
    with platform.database.write() as session:
        person = _person(session, staff_no)
        refuse_own(actor, person.id or 0)
        row = Accommodation(
            person_id=person.id or 0,
            exam_id=find_exam(session, exam).id if exam else None,
            time_factor=time_factor if time_factor != 1 else None,
            break_minutes=break_minutes,
            line_mode=line_mode,
            valid_from=today,
            valid_to=valid_to,
            reason=told,
            approved_by=actor.person_id,
            at=platform.clock.now(),
        )
        _change(session, platform, actor, row, told, lambda: session.add(row))
        facts = {
            "person": row.person_id,
            "exam": row.exam_id,
            "time_factor": str(time_factor),
            "break_minutes": break_minutes,
            "line_mode": line_mode,
            "valid_to": valid_to.isoformat() if valid_to else None,
            "reason": told,
        }
        _write_down(session, platform, actor, "accommodation-granted", row, facts)
        return row.id or 0


def end(platform: Platform, *, actor: Actor, accommodation_id: int, reason: str) -> None:
    """End an accommodation; an open exam loses what is left of it, never the time that went by.

    Raises:
        NotPermitted: also for one's own.
        NotFound, Refused, BadInput
    """
    require(actor, Action.GRANT_TIME)
    require_person(actor)
    told = check_reason(reason)
    closing.close_overdue(platform)
    with platform.database.write() as session:
        row = session.get(Accommodation, accommodation_id, with_for_update=True)
        if row is None:
            raise NotFound(_("There is no such accommodation."))
        refuse_own(actor, row.person_id)
        if row.ended_at is not None:
            raise Refused(_("This accommodation has been ended already."))

        def apply() -> None:
            row.ended_at = platform.clock.now()
            session.add(row)

        _change(session, platform, actor, row, told, apply)
        facts = {"person": row.person_id, "reason": told}
        _write_down(session, platform, actor, "accommodation-ended", row, facts)


def listed(
    platform: Platform, *, actor: Actor, staff_no: str | None = None
) -> list[AccommodationView]:
    """Accommodations of one person or of everybody, the newest first.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.GRANT_TIME)
    today = platform.today()
    with platform.database.read() as session:
        wanted = _person(session, staff_no).id if staff_no is not None else None
        views = []
        for row in sitting_time.accommodations(session, wanted):
            person = session.get_one(Person, row.person_id)
            exam = session.get_one(Exam, row.exam_id).code if row.exam_id else ""
            views.append(
                AccommodationView(
                    id=row.id or 0,
                    staff_no=person.staff_no,
                    name=person.name,
                    exam=exam,
                    time_factor=str(row.time_factor or Fraction(1)),
                    break_minutes=row.break_minutes,
                    line_mode=row.line_mode,
                    valid_from=row.valid_from,
                    valid_to=row.valid_to,
                    reason=row.reason,
                    approved_by=session.get_one(Person, row.approved_by).name,
                    at=row.at,
                    in_force=in_force(row, row.exam_id or 0, today),
                )
            )
        return views


def _check(
    time_factor: Fraction,
    break_minutes: int,
    line_mode: bool,
    valid_to: date | None,
    today: date,
) -> None:
    if not 1 <= time_factor <= MOST_FACTOR:
        raise BadInput(_("The time factor lies between 1 and {most}.").format(most=MOST_FACTOR))
    if not 0 <= break_minutes <= MOST_BREAK:
        raise BadInput(_("Give from 0 to {most} minutes of break.").format(most=MOST_BREAK))
    if time_factor == 1 and not break_minutes and not line_mode:
        raise BadInput(
            _("This accommodation would change nothing."),
            mend=_("Give a time factor above 1, minutes of break, or line mode."),
        )
    if valid_to is not None and valid_to < today:
        raise BadInput(_("The last day is past."))


def _change(
    session: Session,
    platform: Platform,
    actor: Actor,
    row: Accommodation,
    reason: str,
    apply: Callable[[], None],
) -> None:
    """Do a change and let the person's open attempts follow it."""
    current = [
        attempt
        for attempt in sitting_time.open_of_person(session, row.person_id)
        if row.exam_id in (None, attempt.exam_id)
    ]
    before = [needs_of(session, platform, row.person_id, one.exam_id) for one in current]
    apply()
    session.flush()
    for attempt, had in zip(current, before, strict=True):
        has = needs_of(session, platform, row.person_id, attempt.exam_id)
        _follow(session, platform, actor, attempt, had, has, reason)


def _follow(
    session: Session,
    platform: Platform,
    actor: Actor,
    attempt: Attempt,
    had: Needs,
    has: Needs,
    reason: str,
) -> None:
    minutes = session.get_one(Exam, attempt.exam_id).minutes
    now = attempt.paused_at or heard_at(session, platform, attempt)
    kind = GrantKind.ACCOMMODATION
    seconds = extra_change(
        had.extra_seconds(minutes),
        has.extra_seconds(minutes),
        sitting_time.granted(session, attempt.id or 0, kind),
    )
    taken, to_come = 0, attempt.deadline - now
    if (began_at := attempt.break_began_at) is not None:
        taken = break_used(began_at, now, attempt.break_left)
        # In a break the deadline holds what is left of it, too.
        stood = break_stood(began_at, now, attempt.break_left)
        to_come -= timedelta(seconds=attempt.break_left - stood)
    # What is taken back is time to come: nobody is late for what they were allowed to do.
    seconds = max(seconds, -max(0, int(to_come.total_seconds())))
    move(session, platform, attempt, kind, seconds, reason, actor_id=actor.person_id)
    change = (has.break_minutes - had.break_minutes) * 60
    left = max(taken, attempt.break_left + change)
    if began_at is not None:
        moved = left - attempt.break_left
        move(session, platform, attempt, GrantKind.BREAK, moved, reason, actor_id=actor.person_id)
    attempt.break_left = left
    session.add(attempt)


def _person(session: Session, staff_no: str) -> Person:
    person = people.by_staff_no(session, staff_no)
    if person is None:
        raise NotFound(_("Nobody has the staff number “{staff_no}”.").format(staff_no=staff_no))
    return person


def _write_down(
    session: Session,
    platform: Platform,
    actor: Actor,
    action: str,
    row: Accommodation,
    facts: Mapping[str, Any],
) -> None:
    ledger.append(
        session,
        at=platform.clock.now(),
        actor_id=actor.person_id,
        action=action,
        subject=f"accommodation:{row.id}",
        facts=dict(facts),
    )
