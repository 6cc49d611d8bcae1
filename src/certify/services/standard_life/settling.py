"""What standards bring of themselves as days go by (R-STD-05): settled when somebody looks.

Nothing runs in the background. Whoever asks who may serve, opens a list or the first page settles
what is due; settling twice changes nothing, and settling late says the same as settling at once.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from certify.clock import local_date, midnight
from certify.domain.attempt import Attempt
from certify.domain.delta_training import How, due_day, suspended_from
from certify.domain.message import PersonMessage
from certify.domain.person import CONSOLE, Actor
from certify.domain.qualification import QualificationKind, QualificationState
from certify.domain.standard import Standard, StandardVersion
from certify.domain.standard_change import DeltaTraining
from certify.platform import Platform
from certify.services.qualifying import states
from certify.services.recording import record
from certify.services.standard_life.holding import holders
from certify.storage import courses, delta_training, items, qualifications, standards
from certify.storage.delta_training import DeltaRow
from certify.storage.qualifications import PeriodRow

CAUSE = "standard:"
"""How the reason of a suspension begins; the number of the standard follows."""


@dataclass(frozen=True)
class Settled:
    """What became due."""

    assigned: int = 0
    """People who got delta training."""
    passed: int = 0
    """Of them who had passed an exam on the new text."""
    suspended: int = 0
    """People whose post qualification was suspended."""


def settle(platform: Platform) -> Settled:
    """Assign delta training that is due, count exams passed, suspend who is late."""
    with platform.database.read() as session:
        is_due = delta_training.unassigned(session, platform.today()) or _due(session, platform)
    if not is_due:
        return Settled()
    assigned = passed = suspended = 0
    with platform.database.write() as session:
        courses.lock_loading(session)  # two who settle take turns
        for version in delta_training.unassigned(session, platform.today()):
            assigned += _assign(session, platform, version)
        session.flush()
        for row, attempt in _due(session, platform):
            training = delta_training.locked(session, row.training.id or 0)
            if training.passed_at is not None:
                continue
            if attempt is not None:
                at = attempt.submitted_at or attempt.started_at
                suspended += write_pass(session, platform, row, How.EXAM, at=at)
                passed += 1
            else:
                suspended += _suspend(session, platform, row)
    return Settled(assigned, passed, suspended)


def write_pass(
    session: Session,
    platform: Platform,
    row: DeltaRow,
    how: How,
    *,
    at: datetime,
    actor: Actor = CONSOLE,
    **facts: object,
) -> bool:
    """Write that a training is passed; who comes late is suspended until now, and no longer.

    Args:
        row: its training is locked and not passed.
        at: when it was passed.
        actor: who says so; the program itself for practice and exams.
    Returns:
        whether the person was suspended for the days between.
    """
    training, number = row.training, row.standard.number
    was_late = False
    if local_date(at, platform.policy.organisation.time_zone) > training.due_on:
        was_late = _suspend(session, platform, row)
    training.passed_at, training.passed_how = at, str(how)
    training.recorded_by = actor.person_id or None
    session.add(training)
    if training.suspended_at is not None:
        states.reinstate_for(
            session,
            platform,
            training.person_id,
            cause=f"{CAUSE}{number}",
            actor_id=actor.person_id,
            reason=f"{CAUSE}{number}",
            codes=training.processes,
        )
    record(
        session,
        platform,
        actor,
        "delta-training-passed",
        f"person:{training.person_id}",
        number=number,
        how=str(how),
        **facts,
    )
    return was_late


def due_of(platform: Platform, version: StandardVersion) -> date:
    """Last day on which the training on a text is passed in time."""
    return due_day(version.effective_from, platform.policy.standards.delta_days)


def is_moot(row: DeltaRow, newest: StandardVersion | None, today: date) -> bool:
    """Whether a training is about a text that people need not learn any more.

    Who was suspended for it passes it all the same: nothing else gives the qualification back.

    Args:
        newest: the newest material text of the standard that is in force.
    """
    if row.training.suspended_at is not None:
        return False
    withdrawn_on = row.standard.withdrawn_on
    is_gone = withdrawn_on is not None and withdrawn_on <= today
    return is_gone or (newest is not None and newest.id != row.version.id)


def newest_material(session: Session, today: date) -> dict[int, StandardVersion]:
    """By id of the standard, its newest material text that has begun."""
    found: dict[int, StandardVersion] = {}
    for versions in standards.versions_by_number(session).values():
        for one in versions:
            if one.is_material and one.effective_from <= today:
                found[one.standard_id] = one
    return found


def _assign(session: Session, platform: Platform, version: StandardVersion) -> int:
    """Give the holders of a text its delta training; how many got it.

    Who is suspended for the text before passes that training: it asks for the text in force.
    """
    standard = session.get_one(Standard, version.standard_id)
    now = platform.clock.now()
    due_on = due_of(platform, version)
    version.delta_assigned_at = now
    session.add(version)
    late = {
        row.person.id
        for row in delta_training.rows(session, number=standard.number, only_open=True)
        if row.training.suspended_at is not None
    }
    every = holders(session, standard.number, version.effective_from)
    held = {person_id: found for person_id, found in every.items() if person_id not in late}
    for person_id, processes in held.items():
        session.add(
            DeltaTraining(
                version_id=version.id or 0,
                person_id=person_id,
                processes=processes,
                assigned_at=now,
                due_on=due_on,
            )
        )
        told = {"standard": standard.number, "item": version.item, "due_on": due_on.isoformat()}
        session.add(PersonMessage(person_id=person_id, at=now, kind="delta-assigned", facts=told))
    record(
        session,
        platform,
        CONSOLE,
        "delta-training-assigned",
        f"standard:{standard.number}",
        effective_from=version.effective_from.isoformat(),
        people=list(held),
        due_on=due_on.isoformat(),
    )
    return len(held)


def _due(session: Session, platform: Platform) -> list[tuple[DeltaRow, Attempt | None]]:
    """Open trainings that something follows for: an exam that passes them, or a day gone by."""
    if not delta_training.has_open(session):
        return []
    today = platform.today()
    newest = newest_material(session, today)
    rows = [
        row
        for row in delta_training.rows(session, only_open=True)
        if not is_moot(row, newest.get(row.standard.id or 0), today)
    ]
    passes = _passes(session, platform, rows)
    due: list[tuple[DeltaRow, Attempt | None]] = []
    for row in rows:
        attempt = passes.get(row.training.id or 0)
        is_late = row.training.due_on < today
        if attempt is not None or (is_late and _serving(session, row, today)):
            due.append((row, attempt))
    return due


def _passes(session: Session, platform: Platform, rows: list[DeltaRow]) -> dict[int, Attempt]:
    """By training, the first passed attempt begun in its time whose form cites the standard."""
    found: dict[int, Attempt] = {}
    zone = platform.policy.organisation.time_zone
    by_version: dict[int, list[DeltaRow]] = {}
    for row in rows:
        by_version.setdefault(row.version.id or 0, []).append(row)
    for of_version in by_version.values():
        first = of_version[0]
        since = midnight(first.version.effective_from, zone)
        mine = {row.person.id or 0: row for row in of_version}
        attempts = delta_training.passed_since(session, mine, since)
        shown = {int(item["version"]) for one in attempts for item in one.form}
        versions = items.versions(session, shown) if shown else {}
        citing = {id_ for id_, one in versions.items() if first.standard.number in one.standards}
        for attempt in attempts:
            if any(int(item["version"]) in citing for item in attempt.form):
                found.setdefault(mine[attempt.person_id].training.id or 0, attempt)
    return found


def _serving(session: Session, row: DeltaRow, day: date) -> list[PeriodRow]:
    """The post qualifications on the standard that a person has on a day."""
    return [
        one
        for one in qualifications.of_person(session, row.training.person_id)
        if one.kind is QualificationKind.POST
        and one.code in row.training.processes
        and states.state_of(one, day) is QualificationState.ACTIVE
    ]


def _suspend(session: Session, platform: Platform, row: DeltaRow) -> bool:
    """Suspend from the day after the last one; whether anything was there to suspend."""
    training, today = row.training, platform.today()
    first = suspended_from(training.due_on)
    suspended = list(training.suspended)
    for held in _serving(session, row, today):
        was_active = states.state_of(held, first) is QualificationState.ACTIVE
        found = qualifications.locked(session, held.id)
        states.suspend(
            session,
            platform,
            found,
            actor_id=0,
            reason=f"{CAUSE}{row.standard.number}",
            from_day=first if was_active else today,
        )
        suspended.append(held.id)
    if suspended == training.suspended:
        return False
    training.suspended = suspended
    training.suspended_at = training.suspended_at or platform.clock.now()
    session.add(training)
    return True
