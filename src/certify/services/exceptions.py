"""What HR decided by way of exception in a span of days: who, when, for whom and why.

That it was decided is read from the ledger, where each decision was written with the deed itself:
an auditor who has verified the ledger has verified this list. The reasons stand beside it, since
the ledger holds no words about people (R-QUA-01, R-QUA-09, R-SUP-06).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.ledger import LedgerEntry
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Person
from certify.domain.qualification import Basis, QualificationState
from certify.errors import BadInput
from certify.i18n import N_, _
from certify.platform import Platform
from certify.storage import ledger_days
from certify.storage.ledger_days import Why

DAYS = 90
"""How far back the list looks when nobody says."""


class ExceptionKind(StrEnum):
    """What was decided otherwise than the rules alone would have it."""

    GRANTED = "granted"
    RECOGNISED = "recognised"
    OUTSIDE = "outside-certificate"
    EXTENDED = "extended"
    REINSTATED = "reinstated"
    EXEMPTED = "phase-exempted"
    EXCUSED = "refusal-accepted"


KIND_NAMES = {
    ExceptionKind.GRANTED: N_("granted although a condition is not met"),
    ExceptionKind.RECOGNISED: N_("recognised at introduction"),
    ExceptionKind.OUTSIDE: N_("outside certificate instead of the exam"),
    ExceptionKind.EXTENDED: N_("extended"),
    ExceptionKind.REINSTATED: N_("reinstated"),
    ExceptionKind.EXEMPTED: N_("freed from a phase of onboarding"),
    ExceptionKind.EXCUSED: N_("refusal of onboarding accepted"),
}

_BY_BASIS = {
    Basis.EXCEPTION.value: ExceptionKind.GRANTED,
    Basis.INITIAL_RECOGNITION.value: ExceptionKind.RECOGNISED,
    Basis.OUTSIDE_CERTIFICATE.value: ExceptionKind.OUTSIDE,
}
_ACTIONS = (
    "qualification-granted",
    "qualification-extended",
    "qualification-changed",
    "phase-exempted",
    "refusal-decided",
)


@dataclass(frozen=True)
class ExceptionView:
    """One exception."""

    entry: int
    """Its number in the ledger."""
    at: datetime
    day: date
    """As the company's clocks had it."""
    kind: ExceptionKind
    staff_no: str
    name: str
    what: str
    """Code of the level or process, or the phase."""
    until: str
    """New last valid day, where one was set."""
    decided_by: str
    """Number and name; empty where the command line did it for nobody on the staff."""
    reason: str


def exceptions(
    platform: Platform, *, actor: Actor, since: date | None = None, until: date | None = None
) -> list[ExceptionView]:
    """Every exception of a span of days, the newest first.

    Args:
        since: first day; None for `DAYS` days back.
        until: last day, inclusive; None for today.
    Raises:
        NotPermitted
        BadInput: the span ends before it begins.
    """
    require(actor, Action.SEE_LEDGER)
    last = until or platform.today()
    first = since or last - timedelta(days=DAYS)
    if last < first:
        raise BadInput(
            _("{first} comes after {last}.").format(first=first.isoformat(), last=last.isoformat()),
            mend=_("Give the first day first."),
        )
    zone = platform.policy.organisation.time_zone
    with platform.database.read() as session:
        begin, end = _midnight(first, zone), _midnight(last + timedelta(days=1), zone)
        found = ledger_days.of_actions(session, _ACTIONS, since=begin, until=end)
        why = ledger_days.reasons(session, since=begin, until=end)
        views = [
            _view(session, one, kind, why, zone)
            for one in found
            if (kind := _kind(one)) is not None
        ]
    return views[::-1]


def _kind(entry: LedgerEntry) -> ExceptionKind | None:
    """What an entry is, if it is an exception; what a rule did is none."""
    facts = entry.facts
    if entry.action == "qualification-granted":
        return _BY_BASIS.get(str(facts.get("basis", "")))
    if entry.action == "qualification-extended":
        return ExceptionKind.EXTENDED
    if entry.action == "phase-exempted":
        return ExceptionKind.EXEMPTED
    if entry.action == "refusal-decided":
        return ExceptionKind.EXCUSED if facts.get("accepted") else None
    is_given_back = facts.get("state") == QualificationState.ACTIVE.value
    return ExceptionKind.REINSTATED if is_given_back and entry.actor_id else None


def _view(
    session: Session, entry: LedgerEntry, kind: ExceptionKind, why: Why, zone: str
) -> ExceptionView:
    person_id = int(entry.subject.partition(":")[2] or 0)
    person = session.get(Person, person_id)
    by = session.get(Person, entry.actor_id) if entry.actor_id else None
    facts = entry.facts
    what = str(facts.get("code") or facts.get("phase") or "")
    return ExceptionView(
        entry=entry.sequence,
        at=entry.at,
        day=local_date(entry.at, zone),
        kind=kind,
        staff_no=person.staff_no if person else "",
        name=person.name if person else "",
        what=what,
        until=str(facts.get("valid_to", "")),
        decided_by=f"{by.staff_no} {by.name}" if by else "",
        reason=why.get((entry.action, person_id, entry.at, what), ""),
    )


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
