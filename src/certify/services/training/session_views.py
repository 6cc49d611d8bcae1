"""Sessions as they stand: when, who gives and attends them, and how each did."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session

from certify.domain.attempt import Attempt
from certify.domain.attendance import Attendance, Presence, needs_agreement
from certify.domain.permission import Action, may
from certify.domain.person import Actor, Person
from certify.domain.placement import OutsidePerson
from certify.domain.scoring import cut, points_text
from certify.domain.training import (
    SessionState,
    TrainingAgreement,
    TrainingMode,
    TrainingSession,
)
from certify.platform import Platform
from certify.services.cohorts import counted_attempts
from certify.services.training.hours import attendance_of
from certify.storage import cohorts, training, training_plans
from certify.storage.training import AttendeeRow


@dataclass(frozen=True)
class AttendeeView:
    """One line of the sign-in sheet and of the assessment record."""

    who: str
    """Staff number; of people from outside their number with `#` before it."""
    name: str
    organisation: str
    """Where somebody from outside comes from."""
    in_at: datetime | None
    out_at: datetime | None
    attendance: Attendance
    signed_by: str
    """Who wrote the times down, when it was not the person."""
    confirmed_by: str
    """The trainer who confirmed until when the person was there."""
    excused: str
    """Why the absence is excused."""
    agreement: str
    """Number of the training agreement."""
    mark: str
    """For the eye; empty without one."""
    passed: bool | None
    """None without a result."""
    assessed_by: str
    """Empty where an exam here is the assessment."""
    remark: str
    is_own: bool

    @property
    def is_settled(self) -> bool:
        """Whether there is a result or an excuse, and the end is known."""
        presence = self.attendance.presence
        is_done = self.passed is not None or presence is Presence.EXCUSED
        return is_done and presence is not Presence.END_UNKNOWN


@dataclass(frozen=True)
class SessionView:
    """One dated delivery of training."""

    code: str
    title: str
    kind: str
    mode: TrainingMode
    course: str
    plan: str
    """Code of the ad-hoc plan, or year and month of the annual plan; empty without one."""
    cohort: int | None
    """The cohort whose exam is its assessment."""
    starts_at: datetime
    ends_at: datetime
    place: str
    trainer: str
    trainer_no: str
    """Staff number, or the number of somebody from outside with `#` before it."""
    funded: bool
    needs_agreement: bool
    planned_fen: int
    actual_fen: int | None
    state: SessionState
    remark: str
    attendees: tuple[AttendeeView, ...]
    """Everybody, for who runs it; others see their own line alone."""
    may_run: bool
    """Whether the actor may take attendance, assess and close it."""
    attends: bool
    """Whether the actor is to attend it."""


def may_run(actor: Actor, one: TrainingSession) -> bool:
    """Whether an actor may take attendance and assess: its trainer, or who runs training."""
    return may(actor, Action.HOLD_TRAINING) or one.trainer_id == (actor.person_id or -1)


def may_see_all(actor: Actor) -> bool:
    """Whether an actor sees every session, not only their own."""
    return may(actor, Action.HOLD_TRAINING) or may(actor, Action.PLAN_TRAINING)


def views(
    session: Session, platform: Platform, actor: Actor, found: Sequence[TrainingSession]
) -> list[SessionView]:
    """Sessions with what the actor may see of them."""
    if not found:  # as on most first pages: nothing is asked
        return []
    ids = [one.id or 0 for one in found]
    rows = training.attendees(session, ids)
    lines = [row.attendee for some in rows.values() for row in some]
    involved = [person for one in lines for person in (one.signed_by, one.confirmed_by)]
    involved += [one.assessed_by for one in lines] + [one.trainer_id for one in found]
    known = _Known(
        people=training.people(session, involved),
        outside=training.outside_trainers(session, found),
        plans=training_plans.of_sessions(session, found),
        agreements={
            (one.session_id, one.person_id): one for one in training.agreements(session, ids)
        },
        results=_results(session, found),
    )
    return [_view(platform, actor, one, rows.get(one.id or 0, []), known) for one in found]


Results = Mapping[tuple[int, int], Sequence[Attempt]]
"""Attempts that count in a cohort, by cohort and person."""


@dataclass(frozen=True)
class _Known:
    """What sessions refer to, fetched once for all of them."""

    people: Mapping[int, Person]
    outside: Mapping[int, OutsidePerson]
    plans: Mapping[int, str]
    agreements: Mapping[tuple[int, int], TrainingAgreement]
    results: Results

    def name(self, person_id: int | None) -> str:
        """The name of somebody of the staff; empty for nobody."""
        found = self.people.get(person_id or 0)
        return found.name if found else ""

    def trainer(self, one: TrainingSession) -> tuple[str, str]:
        """Name and number of who gives a session."""
        if outside := self.outside.get(one.outside_trainer_id or 0):
            return outside.name, f"#{outside.id}"
        inside = self.people.get(one.trainer_id or 0)
        return (inside.name, inside.staff_no) if inside else ("", "")


def _view(
    platform: Platform,
    actor: Actor,
    one: TrainingSession,
    rows: Sequence[AttendeeRow],
    known: _Known,
) -> SessionView:
    runs = may_run(actor, one)
    trainer, trainer_no = known.trainer(one)
    own = [row for row in rows if row.attendee.person_id == (actor.person_id or -1)]
    return SessionView(
        code=one.code,
        title=one.title,
        kind=one.kind,
        mode=one.mode,
        course=one.course,
        plan=known.plans.get(one.id or 0, ""),
        cohort=one.cohort_id,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        place=one.place,
        trainer=trainer,
        trainer_no=trainer_no,
        funded=one.funded,
        needs_agreement=wants_agreement(one),
        planned_fen=one.planned_fen,
        actual_fen=one.actual_fen,
        state=one.state,
        remark=one.remark,
        attendees=tuple(
            _attendee(platform, actor, one, row, known) for row in (rows if runs else own)
        ),
        may_run=runs,
        attends=bool(own),
    )


def wants_agreement(one: TrainingSession) -> bool:
    """Whether the staff who attend a session sign an agreement before it."""
    return needs_agreement(funded=one.funded, fen=max(one.planned_fen, one.actual_fen or 0))


def _attendee(
    platform: Platform, actor: Actor, one: TrainingSession, row: AttendeeRow, known: _Known
) -> AttendeeView:
    line, signed = row.attendee, row.attendee.signed_by
    mark, passed = _result(row, known.results.get((one.cohort_id or 0, line.person_id or 0)))
    agreement = known.agreements.get((one.id or 0, line.person_id or 0))
    return AttendeeView(
        who=row.person.staff_no if row.person else f"#{line.outside_id}",
        name=row.person.name if row.person else row.outside.name if row.outside else "",
        organisation=row.outside.organisation if row.outside else "",
        in_at=line.in_at,
        out_at=line.out_at,
        attendance=attendance_of(platform, one, line, platform.clock.now()),
        signed_by="" if signed == line.person_id else known.name(signed),
        confirmed_by=known.name(line.confirmed_by),
        excused=line.excused,
        agreement=agreement.number if agreement else "",
        mark=mark,
        passed=passed,
        assessed_by=known.name(line.assessed_by),
        remark=line.remark,
        is_own=line.person_id == (actor.person_id or -1),
    )


def _result(row: AttendeeRow, attempts: Sequence[Attempt] | None) -> tuple[str, bool | None]:
    """Mark and verdict: of the cohort's exam where the person sat it, else of the trainer."""
    if attempts:
        first, last = attempts[0], attempts[-1]
        passed = True if any(attempt.passed for attempt in attempts) else last.passed
        if first.earned is None or not first.possible:
            return "", passed
        return cut(100 * first.earned / first.possible), passed
    mark: Fraction | None = row.attendee.mark
    return "" if mark is None else points_text(mark), row.attendee.passed


def _results(session: Session, found: Iterable[TrainingSession]) -> Results:
    wanted = {one.cohort_id for one in found if one.cohort_id}
    if not wanted:
        return {}
    rows = [row for row in cohorts.every(session) if row.cohort.id in wanted]
    made = cohorts.attempts(session, sorted({row.exam.id or 0 for row in rows}))
    return {
        (row.cohort.id or 0, person_id): counted_attempts(attempts, row.cohort.id or 0)
        for row in rows
        for (person_id, exam_id), attempts in made.items()
        if exam_id == row.exam.id
    }
