"""What expires soon: reminders to its holder, each once, and the list for HR (R-CRT-04).

A reminder is due `qualification.reminder_days` before the last valid day. It is written down when
its holder opens the home screen or HR the list, whichever comes first; who was away over several
of the days gets the most urgent one alone. The last valid day itself is not expired.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.message import PersonMessage
from certify.domain.permission import Action, require
from certify.domain.person import Actor, PersonStatus
from certify.domain.qualification import (
    QualificationKind,
    QualificationState,
    standing_on,
)
from certify.domain.reminder import reminder_due
from certify.errors import BadInput
from certify.i18n import _
from certify.platform import Platform
from certify.storage import messages, people, qualifications
from certify.storage.qualifications import PeriodRow

KIND = "expiring"
MOST_DAYS = 3660


@dataclass(frozen=True)
class ExpiringView:
    """One qualification that ends soon and was not renewed."""

    staff_no: str
    name: str
    department: dict[str, str]
    department_code: str
    post: dict[str, str]
    kind: QualificationKind
    code: str
    title: dict[str, str]
    certificate: str
    valid_to: date
    days_left: int
    """Days until the last valid day; 0 on that day, which is valid."""
    reminded_on: date | None
    """The day of the latest reminder to its holder; None before the first."""
    is_read: bool
    """Whether the holder has read that one."""


def expiring(platform: Platform, *, actor: Actor, days: int | None = None) -> list[ExpiringView]:
    """The active qualifications that end within so many days, the next to end first.

    Args:
        days: None for as far as HR looks ahead, the first of `qualification.ahead_days`.
    Raises:
        NotPermitted
        BadInput: no such number of days.
    """
    require(actor, Action.SEE_QUALIFICATIONS)
    if days is None:
        days = platform.policy.qualification.ahead_days[0]
    if not 0 <= days <= MOST_DAYS:
        raise BadInput(
            _("“{value}” is not possible here.").format(value=days),
            mend=_("Possible: {values}").format(values=f"0–{MOST_DAYS}"),
        )
    remind(platform)
    today, zone = platform.today(), platform.policy.organisation.time_zone
    with platform.database.read() as session:
        last = latest_told(session)
        persons = {one.person_id: one for one in people.lines(session)}
        found = [
            ExpiringView(
                staff_no=(who := persons[one.person_id]).staff_no,
                name=who.name,
                department=who.department.names,
                department_code=who.department.code,
                post=who.post.names,
                kind=one.kind,
                code=one.code,
                title=dict(one.title),
                certificate=one.certificate,
                valid_to=one.period.valid_to,
                days_left=left,
                reminded_on=local_date(said.at, zone) if said else None,
                is_read=said is not None and said.read_at is not None,
            )
            for one, left in _ending(qualifications.periods(session), today)
            if left <= days and persons[one.person_id].status is PersonStatus.EMPLOYED
            for said in [last.get((one.certificate, one.period.valid_to.isoformat()))]
        ]
    return sorted(found, key=lambda one: (one.valid_to, one.staff_no, one.code))


def remind(platform: Platform, *, person_id: int | None = None) -> int:
    """Write down the reminders that are due, of one person or of everybody; how many are new.

    Nothing is written when nothing is due, and calling it again adds nothing.
    """
    with platform.database.read() as session:
        if not _missing(session, platform, person_id):
            return 0
    with platform.database.write() as session:
        people.lock(session)  # two screens take turns: each reminder is written once
        missing = _missing(session, platform, person_id)
        earlier = _unread(session, {owner for owner, _facts in missing})
        now = platform.clock.now()
        for owner, facts in missing:
            for old in earlier.get((owner, str(facts["certificate"])), ()):
                old.read_at = now  # the more urgent one takes its place
                session.add(old)
            session.add(PersonMessage(person_id=owner, at=now, kind=KIND, facts=facts))
        return len(missing)


def latest_told(
    session: Session, person_id: int | None = None
) -> dict[tuple[str, str], PersonMessage]:
    """The latest reminder by certificate and last valid day, of one person or of everybody."""
    return {
        (one.facts["certificate"], one.facts["valid_to"]): one
        for one in messages.of_kind(session, KIND, person_id)
    }


def _missing(
    session: Session, platform: Platform, person_id: int | None
) -> list[tuple[int, dict[str, Any]]]:
    today, days = platform.today(), platform.policy.qualification.reminder_days
    held: Sequence[PeriodRow]
    if person_id is None:
        held = qualifications.periods(session)
    else:
        held = qualifications.of_person(session, person_id)
    due = [
        (one, before)
        for one, left in _ending(held, today)
        if (before := reminder_due(left, days)) is not None
    ]
    if not due:
        return []
    told: dict[tuple[object, object], int] = {}
    for message in messages.of_kind(session, KIND, person_id):
        which = (message.facts["certificate"], message.facts["valid_to"])
        told[which] = min(message.facts["days"], told.get(which, message.facts["days"]))
    found = []
    for one, before in due:
        last_day = one.period.valid_to.isoformat()
        if told.get((one.certificate, last_day), before + 1) > before:
            facts = {
                "certificate": one.certificate,
                "title": dict(one.title),
                "valid_to": last_day,
                "days": before,
            }
            found.append((one.person_id, facts))
    return found


def _unread(
    session: Session, person_ids: Iterable[int]
) -> dict[tuple[int, str], list[PersonMessage]]:
    found: dict[tuple[int, str], list[PersonMessage]] = {}
    for person_id in person_ids:
        for one in messages.unread(session, person_id):
            if one.kind == KIND:
                found.setdefault((person_id, one.facts["certificate"]), []).append(one)
    return found


def _ending(held: Iterable[PeriodRow], today: date) -> Iterable[tuple[PeriodRow, int]]:
    """The active periods that nothing follows, with the days until their last valid day."""
    for one in held:
        standing = standing_on(today, one.period, one.successors)
        if standing is None or standing.is_renewed:
            continue
        if standing.state is QualificationState.ACTIVE:
            yield one, (one.period.valid_to - today).days
