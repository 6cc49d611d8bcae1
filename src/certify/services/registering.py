"""Registering people for an exam: new cohorts, their members, and who is excused."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session

from certify.domain.clean import clean_line
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.registration import Cohort, CohortMember, is_over
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.conduct_rules import locked_cohort, refuse_oneself
from certify.services.lobby import find_exam
from certify.services.time_grants import check_reason, refuse_own
from certify.storage import cohorts, ledger, people

MOST_TITLE = 80
MOST_LATE = 1440
"""Minutes: a day."""


def new_cohort(
    platform: Platform,
    *,
    actor: Actor,
    exam: str,
    title: str,
    occasion: str = "",
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    place: str = "",
    needs_admission: bool = False,
    late_minutes: int | None = None,
) -> int:
    """Make a cohort for an exam.

    Args:
        occasion: why an ad-hoc exam is held (project, key link, complaint); empty for a regular
            one (R-ASM-14).
        opens_at, closes_at: its window; who is registered may begin only within it.
        place: the hall in which it is sat; empty where everybody sits where they are.
        needs_admission: whether nobody begins before an invigilator admitted them.
        late_minutes: how long after the opening one may begin without being admitted, 1 to 1440;
            None: until the end.
    Returns:
        Its number.
    Raises:
        NotPermitted, NotFound, BadInput
    """
    require(actor, Action.MANAGE_COHORTS)
    name, why = clean_line(title).strip(), clean_line(occasion).strip()
    if not 0 < len(name) <= MOST_TITLE or len(why) > MOST_TITLE:
        raise BadInput(
            _("Give the cohort a title of 1 to {most} characters.").format(most=MOST_TITLE)
        )
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        raise BadInput(_("The window ends before it begins."))
    if closes_at is not None and closes_at <= platform.clock.now():
        raise BadInput(_("The window is over already."))
    hall = _checked_hall(place, late_minutes, opens_at)
    with platform.database.write() as session:
        cohort = Cohort(
            exam_id=find_exam(session, exam).id or 0,
            title=name,
            occasion=why,
            opens_at=opens_at,
            closes_at=closes_at,
            place=hall,
            needs_admission=needs_admission,
            late_minutes=late_minutes,
            created_by=None if actor.is_console else actor.person_id,
            created_at=platform.clock.now(),
        )
        session.add(cohort)
        session.flush()
        facts = {
            "exam": cohort.exam_id,
            "occasion": why,
            "opens_at": opens_at.isoformat() if opens_at else None,
            "closes_at": closes_at.isoformat() if closes_at else None,
            "needs_admission": needs_admission,
            "late_minutes": late_minutes,
        }
        _write_down(session, platform, actor, "cohort-made", cohort, facts)
        return cohort.id or 0


def change_cohort(
    platform: Platform,
    *,
    actor: Actor,
    cohort_id: int,
    place: str,
    needs_admission: bool,
    late_minutes: int | None,
) -> None:
    """Change where a cohort sits and who may begin without being admitted.

    Raises:
        NotPermitted: also for a cohort in which one is oneself.
        NotFound, BadInput
        Refused: its window is over.
    """
    require(actor, Action.MANAGE_COHORTS)
    with platform.database.write() as session:
        cohort = locked_cohort(session, cohort_id)
        if is_over(cohort, platform.clock.now()):
            raise Refused(_("The window of this cohort is over; make a new one."))
        if cohorts.member(session, cohort_id, actor.person_id) is not None:
            refuse_oneself(actor, [actor.person_id])
        cohort.place = _checked_hall(place, late_minutes, cohort.opens_at)
        cohort.needs_admission, cohort.late_minutes = needs_admission, late_minutes
        session.add(cohort)
        facts = {"needs_admission": needs_admission, "late_minutes": late_minutes}
        _write_down(session, platform, actor, "cohort-changed", cohort, facts)


def register(platform: Platform, *, actor: Actor, cohort_id: int, staff_nos: Iterable[str]) -> int:
    """Register people in a cohort, all of them or none; who is in it already stays.

    Who makes cohorts could else make one for themselves in which nobody need admit them.

    Returns:
        How many were added.
    Raises:
        NotPermitted: also for oneself.
        Refused: its window is over.
        NotFound: naming every staff number that nobody has.
    """
    require(actor, Action.MANAGE_COHORTS)
    with platform.database.write() as session:
        cohort = locked_cohort(session, cohort_id)
        if is_over(cohort, platform.clock.now()):
            raise Refused(_("The window of this cohort is over; make a new one."))
        wanted = list(dict.fromkeys(staff_nos))
        found = {number: people.by_staff_no(session, number) for number in wanted}
        unknown = [number for number, person in found.items() if person is None]
        if unknown:
            text = _("Nobody has these staff numbers: {numbers}.")
            raise NotFound(text.format(numbers=", ".join(unknown)))
        ids = [person.id or 0 for person in found.values() if person is not None]
        new = [id_ for id_ in ids if cohorts.member(session, cohort_id, id_) is None]
        refuse_oneself(actor, new)
        session.add_all(CohortMember(cohort_id=cohort_id, person_id=id_) for id_ in new)
        if new:
            _write_down(session, platform, actor, "cohort-registered", cohort, {"persons": new})
        return len(new)


def excuse(platform: Platform, *, actor: Actor, cohort_id: int, staff_no: str, reason: str) -> None:
    """Excuse a member (准假缺考): the person does not count in the pass rate (R-ASM-04).

    Raises:
        NotPermitted: also for oneself.
        NotFound, Refused, BadInput
    """
    require(actor, Action.MANAGE_COHORTS)
    told = check_reason(reason)
    with platform.database.write() as session:
        cohort = locked_cohort(session, cohort_id)
        person = people.by_staff_no(session, staff_no)
        member = cohorts.member(session, cohort_id, person.id or 0) if person else None
        if person is None or member is None:
            raise NotFound(
                _("{staff_no} is not registered in this cohort.").format(staff_no=staff_no),
                mend=_("“certify cohort show {number}” lists its members.").format(
                    number=cohort_id
                ),
            )
        refuse_own(actor, person.id or 0)
        made = cohorts.attempts(session, [cohort.exam_id]).get((person.id or 0, cohort.exam_id), ())
        if any(one.cohort_id == cohort_id for one in made):
            raise Refused(_("Who has begun the exam cannot be excused from it."))
        member.excused, member.reason = True, told
        member.excused_by = None if actor.is_console else actor.person_id
        session.add(member)
        facts = {"person": person.id, "reason": told}
        _write_down(session, platform, actor, "cohort-excused", cohort, facts)


def _checked_hall(place: str, late_minutes: int | None, opens_at: datetime | None) -> str:
    """The place as one clean line."""
    hall = clean_line(place).strip()
    if len(hall) > MOST_TITLE:
        raise BadInput(_("Name the place in at most {most} characters.").format(most=MOST_TITLE))
    if late_minutes is not None and not 1 <= late_minutes <= MOST_LATE:
        raise BadInput(_("Late is from 1 to {most} minutes.").format(most=MOST_LATE))
    if late_minutes is not None and opens_at is None:
        raise BadInput(_("Nobody is late for a window without a beginning; give it one."))
    return hall


def _write_down(
    session: Session,
    platform: Platform,
    actor: Actor,
    action: str,
    cohort: Cohort,
    facts: dict[str, Any],
) -> None:
    ledger.append(
        session,
        at=platform.clock.now(),
        actor_id=actor.person_id,
        action=action,
        subject=f"cohort:{cohort.id}",
        facts=facts,
    )
