"""Days on which people are away: leave, illness, another posting (R-EVA-03, R-INS-03).

HR records and cancels them for everybody, a supervisor for the own reports.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.domain.permission import Action
from certify.domain.person import Actor, Person
from certify.domain.placement import Absence, overlapping
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.people import check_hired_on
from certify.services.placing.placements import require_over
from certify.services.recording import record
from certify.services.typed import checked_text, person_for, person_of
from certify.storage import placements

MOST_DAYS = 366
"""Days of one absence; who is away longer is written down again."""


@dataclass(frozen=True)
class AbsenceView:
    """One absence of one person, both days inclusive."""

    id: int
    from_day: date
    to_day: date
    reason: str
    is_cancelled: bool


def absences(platform: Platform, *, actor: Actor, staff_no: str | None = None) -> list[AbsenceView]:
    """A person's absences by first day, cancelled ones too.

    Raises:
        NotPermitted, NotFound
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_RECORD)
        return [
            AbsenceView(
                one.id or 0, one.from_day, one.to_day, one.reason, one.cancelled_at is not None
            )
            for one in placements.absences_of(session, person.id or 0)
        ]


def record_absence(
    platform: Platform,
    *,
    actor: Actor,
    staff_no: str,
    from_day: date,
    to_day: date,
    reason: str,
) -> int:
    """Write down that somebody is away; gives the number of the absence.

    Args:
        from_day: first day, past or to come.
        to_day: last day, inclusive.
    Raises:
        NotPermitted, NotFound
        BadInput: it ends before it begins, is too long, or has no reason.
        Refused: they are away on one of these days already.
    """
    reason = checked_text(reason, _("reason"))
    check_days(from_day, to_day)
    with platform.database.write() as session:
        person = person_of(session, actor, staff_no, Action.CHANGE_PEOPLE)
        require_over(actor, person)
        session.get(Person, person.id, with_for_update=True)  # two of them take turns
        known = placements.absences_of(session, person.id or 0)
        if other := overlapping(from_day, to_day, known):
            raise Refused(away(person.name, other), mend=_("Cancel that one first."))
        return add(session, platform, actor, person, (from_day, to_day), reason)


def cancel_absence(platform: Platform, *, actor: Actor, absence: int) -> None:
    """Take an absence back; it stays on record as cancelled.

    Raises:
        NotPermitted
        NotFound: there is none with this number.
        Refused: it is cancelled already.
    """
    with platform.database.write() as session:
        found = session.get(Absence, absence, with_for_update=True)
        if found is None:
            raise NotFound(_("There is no absence {number}.").format(number=absence))
        require_over(actor, session.get_one(Person, found.person_id))
        if found.cancelled_at is not None:
            raise Refused(_("Absence {number} is cancelled already.").format(number=absence))
        found.cancelled_at = platform.clock.now()
        session.add(found)
        subject = f"person:{found.person_id}"
        record(session, platform, actor, "absence-cancelled", subject, absence=absence)


def add(
    session: Session,
    platform: Platform,
    actor: Actor,
    person: Person,
    days: tuple[date, date],
    reason: str,
) -> int:
    """Store an absence that was checked; gives its number."""
    one = Absence(
        person_id=person.id or 0,
        from_day=days[0],
        to_day=days[1],
        reason=reason,
        recorded_by=actor.person_id,
        at=platform.clock.now(),
    )
    session.add(one)
    session.flush()
    record(
        session,
        platform,
        actor,
        "absence-recorded",
        f"person:{person.id}",
        absence=one.id,
        from_day=days[0].isoformat(),
        to_day=days[1].isoformat(),
    )
    return one.id or 0


def check_days(from_day: date, to_day: date) -> None:
    """Refuse days that make no absence.

    Raises:
        BadInput
    """
    check_hired_on(from_day)
    if to_day < from_day:
        raise BadInput(
            _("It begins on {from_day} and cannot end on {to_day}.").format(
                from_day=from_day.isoformat(), to_day=to_day.isoformat()
            ),
            mend=_("Swap the two days."),
        )
    if (to_day - from_day).days >= MOST_DAYS:
        raise BadInput(
            _("An absence is at most {count} days long.").format(count=MOST_DAYS),
            mend=_("Check the year, or write it down in parts."),
        )


def away(name: str, other: Absence) -> str:
    """That somebody is away already, in words."""
    return _("{name} is away from {from_day} to {to_day} already.").format(
        name=name, from_day=other.from_day.isoformat(), to_day=other.to_day.isoformat()
    )
