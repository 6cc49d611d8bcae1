"""Who is due for inspection this week, and why (R-INS-02, R-INS-03)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from certify.domain.inspection_schedule import Check, Decision, Newcomer, Rule, newcomer
from certify.domain.inspection_turns import Frequency, LastSeen, turns
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Person, PersonStatus
from certify.domain.qualification import QualificationKind, QualificationState, standing_on
from certify.i18n import N_, _, _n
from certify.platform import Platform
from certify.services.qualifying.decisions import introduced_on
from certify.services.typed import person_for
from certify.storage import inspections, people, placements, qualifications
from certify.storage.people import PersonLine
from certify.storage.qualifications import PeriodRow


class Reason(StrEnum):
    """Why somebody is due."""

    NEWCOMER = "newcomer"
    DECISION = "decision"
    QUARTER = "quarter"
    TURN = "turn"


REASONS = {
    Reason.NEWCOMER: N_("new: weekly until skilled"),
    Reason.DECISION: N_("the supervisor decides whether skilled"),
    Reason.QUARTER: N_("everybody once a quarter"),
    Reason.TURN: N_("longest not seen, this week's round"),
}


@dataclass(frozen=True)
class DueView:
    """Somebody who is due for inspection."""

    staff_no: str
    name: str
    department: dict[str, str]
    department_code: str
    reason: Reason
    due_on: date
    """Last day, inclusive; before today when it is overdue."""
    is_overdue: bool
    run: int
    """Of a newcomer: weeks without fault one after the other."""
    may_inspect: bool
    """Whether the actor may be the one who does it (R-INS-09)."""


def due(platform: Platform, *, actor: Actor) -> list[DueView]:
    """Who is due this week: overdue ones first, then by day.

    Raises:
        NotPermitted: the actor neither inspects nor sees inspections nor supervises anybody.
    """
    today = platform.today()
    is_inspector = may(actor, Action.SEE_INSPECTIONS)
    if not is_inspector:
        require(actor, Action.SEE_INSPECTIONS, owner=0, owner_supervisor=actor.person_id)
    with platform.database.read() as session:
        own = session.get(Person, actor.person_id)
        above = own.supervisor_id if own else None
        by_id = {one.person_id: one for one in _subject(session)}
        if not is_inspector:
            reports = {key for key, one in by_id.items() if one.supervisor_no == actor.staff_no}
        new = newcomers(session, platform, today, by_id)
        rows = [*_of_newcomers(new, today), *_at_normal(session, platform, by_id, new, today)]
    found = [
        DueView(
            staff_no=by_id[person_id].staff_no,
            name=by_id[person_id].name,
            department=by_id[person_id].department.names,
            department_code=by_id[person_id].department.code,
            reason=reason,
            due_on=until,
            is_overdue=until < today,
            run=new[person_id].run if person_id in new else 0,
            may_inspect=may(actor, Action.INSPECT) and person_id not in (actor.person_id, above),
        )
        for person_id, reason, until in rows
        if is_inspector or person_id in reports
    ]
    return sorted(found, key=lambda one: (one.due_on, one.department_code, one.staff_no))


def newcomer_of(
    platform: Platform, *, actor: Actor, staff_no: str | None = None
) -> Newcomer | None:
    """How far somebody is on the way to normal frequency; None who never began on-site practice.

    Raises:
        NotFound, NotPermitted
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_INSPECTIONS)
        return newcomers(session, platform, platform.today(), [person.id or 0]).get(person.id or 0)


def newcomers(
    session: Session, platform: Platform, today: date, wanted: Iterable[int]
) -> dict[int, Newcomer]:
    """Where everybody stands who began on-site practice by today, skilled ones too."""
    policy = platform.policy.inspection
    rule = Rule(policy.skilled_weeks, policy.undecided_weeks)
    starts, away = inspections.practice_starts(session), placements.absences(session)
    checks: dict[int, list[Check]] = {}
    for person_id, day, is_clean in inspections.judged(session):
        checks.setdefault(person_id, []).append(Check(day, is_clean))
    said: dict[int, list[Decision]] = {}
    for one in inspections.decisions(session):
        said.setdefault(one.person_id, []).append(Decision(one.day, one.skilled))
    levels = _levels(session, platform)
    return {
        person_id: newcomer(
            starts[person_id],
            checks.get(person_id, ()),
            [(one.from_day, one.to_day) for one in away.get(person_id, ())],
            _holds(levels.get(person_id, ())),
            today,
            rule,
            decisions=said.get(person_id, ()),
        )
        for person_id in wanted
        if person_id in starts and starts[person_id] <= today
    }


def reason_text(one: DueView) -> str:
    """Why somebody is due, in words."""
    text = _(REASONS[one.reason])
    if one.reason is Reason.NEWCOMER and one.run:
        count = _n("{count} week without fault", "{count} weeks without fault", one.run)
        text = f"{text} · {count.format(count=one.run)}"
    return text


def _subject(session: Session) -> list[PersonLine]:
    """Who is inspected: everybody employed whose post meets customers (S3-QI-04)."""
    meeting = {one.id for one in people.posts(session) if one.meets_customers}
    return [
        one
        for one in people.lines(session)
        if one.status is PersonStatus.EMPLOYED and one.post.id in meeting
    ]


def _of_newcomers(new: Mapping[int, Newcomer], today: date) -> list[tuple[int, Reason, date]]:
    rows = []
    for person_id, one in new.items():
        if one.due_on is not None:
            rows.append((person_id, Reason.NEWCOMER, one.due_on))
        if one.needs_decision:
            rows.append((person_id, Reason.DECISION, today))
    return rows


def _at_normal(
    session: Session,
    platform: Platform,
    lines: Mapping[int, PersonLine],
    new: Mapping[int, Newcomer],
    today: date,
) -> list[tuple[int, Reason, date]]:
    policy = platform.policy.inspection
    frequency = Frequency(
        policy.per_week, policy.people_each, policy.per_month, policy.everyone_days
    )
    normal = {
        key: one
        for key, one in lines.items()
        if key not in new or new[key].skilled_from is not None
    }
    begun = introduced_on(session, platform)  # nobody could be inspected in the books before
    last = {key: max(one.hired_on, begun) for key, one in normal.items()}
    rounds = set()
    for person_id, day, _clean in inspections.judged(session):
        if person_id in normal and day <= today:
            last[person_id] = max(last[person_id], day)
            if (since := _skilled(new, person_id)) is None or day >= since:
                rounds.add(day)
    seen = [LastSeen(key, day) for key, day in last.items() if day <= today]
    return [
        (one.person_id, Reason.QUARTER if one.is_quarter else Reason.TURN, one.due_on)
        for one in turns(seen, rounds, today, frequency)
    ]


def _skilled(new: Mapping[int, Newcomer], person_id: int) -> date | None:
    return new[person_id].skilled_from if person_id in new else None


def _levels(session: Session, platform: Platform) -> dict[int, list[PeriodRow]]:
    """The periods of everybody in which they hold the level of policy or one above it."""
    ladder = [one.code for one in platform.policy.qualification.ladder]
    wanted = platform.policy.inspection.level
    enough = ladder[ladder.index(wanted) :] if wanted in ladder else [wanted]
    found: dict[int, list[PeriodRow]] = {}
    for row in qualifications.periods(session):
        if row.kind is QualificationKind.LEVEL and row.code in enough:
            found.setdefault(row.person_id, []).append(row)
    return found


def _holds(rows: Iterable[PeriodRow]) -> Callable[[date], bool]:
    periods = [(row.period, row.successors) for row in rows]

    def holds(day: date) -> bool:
        standings = (standing_on(day, period, later) for period, later in periods)
        return any(one and one.state is QualificationState.ACTIVE for one in standings)

    return holds
