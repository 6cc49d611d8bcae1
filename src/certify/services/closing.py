"""Closing an attempt: mark it, decide, and let everything that follows happen at once.

Mark, verdict, remedial training, qualification, certificate and ledger are one transaction;
listeners hear of it after the commit.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from certify.clock import local_date
from certify.domain import remedial
from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Course, Exam
from certify.domain.person import Person
from certify.domain.remedial import RemedialAssignment
from certify.domain.result import Part, ResultKind, awaits_marking
from certify.errors import (
    AttemptClosed,
    AttemptPaused,
    DeadlinePassed,
    NotFound,
    NotSaved,
    TakenOver,
)
from certify.hooks.events import AttemptScored, CertificateIssued
from certify.i18n import _
from certify.platform import Platform
from certify.services import downtime, grading, verdicts
from certify.services.attempt_time import heard_at
from certify.services.qualifying import awarding
from certify.storage import attempts, ledger

log = logging.getLogger("certify.closing")


class _Closed(Protocol):
    """What tells how an attempt was closed: the attempt itself, or its head on the hot path."""

    @property
    def ended_by(self) -> int | None: ...
    @property
    def by_deadline(self) -> bool: ...


@dataclass(frozen=True)
class Outcome:
    """What listeners hear of a result."""

    scored: AttemptScored
    issued: list[CertificateIssued]


def close_overdue(platform: Platform) -> int:
    """Submit every open attempt whose time is over, as it stood; returns how many."""
    with platform.database.read() as session:
        late = downtime.not_held_back(
            session, platform, attempts.overdue(session, platform.clock.now())
        )
    closed = 0
    for attempt_id in late:
        try:
            close_attempt(platform, attempt_id=attempt_id)
        except NotSaved:  # the database, not this attempt
            raise
        except Exception as problem:
            # The type alone: a message or a traceback could tell an item or an answer (G14).
            log.warning("attempt %s cannot be marked yet: %s", attempt_id, type(problem).__name__)
        else:
            closed += 1
    return closed


def close_attempt(
    platform: Platform, *, attempt_id: int, fence: int | None = None, person_id: int | None = None
) -> None:
    """Submit and mark an attempt once; a second call finds it closed and changes nothing.

    Args:
        fence: that of the terminal which submits; None when the deadline does.
        person_id: who submits; None when the deadline does.
    Raises:
        NotFound: the person has no such attempt.
        TakenOver: another terminal holds the attempt.
        AttemptPaused: an invigilator has stopped it.
    """
    outcome = None
    with platform.database.write() as session:
        attempt = attempts.locked(session, attempt_id)
        if person_id is not None and (attempt is None or attempt.person_id != person_id):
            raise no_attempt()
        if attempt is None or attempt.state is not AttemptState.OPEN:
            return
        if fence is not None and fence != attempt.fence:
            raise taken_over()
        if fence is None and platform.clock.now() < attempt.deadline:
            return  # time was given since the attempt was found overdue
        if attempt.paused_at is not None:
            if fence is None:
                return  # it was paused since then
            raise paused()
        outcome = close_locked(session, platform, attempt)
    if outcome is not None:
        announce(platform, outcome)


def close_locked(session: Session, platform: Platform, attempt: Attempt) -> Outcome | None:
    """Submit and mark an open attempt that the caller has locked; it announces what comes of it."""
    return _close(session, platform, attempt) if attempts.close(session, attempt) else None


def closed(attempt: _Closed) -> AttemptClosed:
    """The refusal to write to an attempt that is submitted, saying how it came to that."""
    if attempt.ended_by is not None:
        return AttemptClosed(
            _("The invigilator ended this exam; what you had answered counts."),
            mend=_("Ask the invigilator if you want to know why."),
        )
    kind = DeadlinePassed if attempt.by_deadline else AttemptClosed
    return kind(_("This exam is submitted; nothing more can be changed."))


def paused() -> AttemptPaused:
    """The refusal of everything while an attempt is paused."""
    return AttemptPaused(
        _("The invigilator has stopped this exam for now; your time stands."),
        mend=_("It goes on when the invigilator lets it."),
    )


def no_attempt() -> NotFound:
    """The refusal of an attempt that does not exist for the actor."""
    return NotFound(_("There is no such attempt of yours."))


def taken_over() -> TakenOver:
    """The refusal of a terminal that does not hold the attempt any more."""
    return TakenOver(
        _("This exam was continued on another terminal; here nothing more can be written."),
        mend=_("Go on there, or open the exam here again to take it back."),
    )


def _close(session: Session, platform: Platform, attempt: Attempt) -> Outcome | None:
    """Mark what the machine can; None while persons have still to mark the rest."""
    now = heard_at(session, platform, attempt)
    attempt.by_deadline = now >= attempt.deadline and attempt.ended_by is None
    attempt.submitted_at = min(now, attempt.deadline)
    session.add(attempt)
    parts = grading.parts_of(session, platform, attempt)
    if awaits_marking(parts):
        attempt.state = AttemptState.AWAITING
        ledger.append(
            session,
            at=now,
            actor_id=attempt.person_id,
            action="attempt-submitted",
            subject=f"attempt:{attempt.id}",
            facts={"by_deadline": attempt.by_deadline, "chain_head": attempt.chain_head},
        )
        return None
    return decide(session, platform, attempt, parts, kind=ResultKind.SCORED, at=now)


def decide(
    session: Session,
    platform: Platform,
    attempt: Attempt,
    parts: Sequence[Part],
    *,
    kind: ResultKind,
    at: datetime,
    actor_id: int | None = None,
) -> Outcome:
    """Write the first result of a fully marked attempt and let its consequences follow.

    Args:
        attempt: locked and submitted.
        actor_id: who marked it last; None where the machine did.
    """
    person = session.get_one(Person, attempt.person_id, with_for_update=True)
    exam = session.get_one(Exam, attempt.exam_id)
    decided_at = (attempt.submitted_at or at) if kind is ResultKind.SCORED else at
    found = verdicts.record(
        session, attempt, parts, kind=kind, at=at, actor_id=actor_id or attempt.person_id
    )
    issued = []
    if found.passed:
        course = session.get_one(Course, exam.course_id)
        issued = awarding.award(session, platform, person, attempt, exam, course, decided_at)
    elif topics := remedial.topics_to_repeat(found.profile, found.fatal_topics):
        assign_remedial(session, platform, attempt, topics, decided_at)
    scored = AttemptScored(attempt.id or 0, person.staff_no, exam.code, found.mark, found.passed)
    return Outcome(scored, issued)


def assign_remedial(
    session: Session, platform: Platform, attempt: Attempt, topics: list[str], at: datetime
) -> None:
    """Assign what must be learnt again after a failed attempt (R-REM-01)."""
    failed_on = local_date(at, platform.policy.organisation.time_zone)
    due_on = remedial.due_day(failed_on, platform.policy.retake.remedial_days)
    assigned = attempts.assignment(session, attempt.id or 0) or RemedialAssignment(
        person_id=attempt.person_id,
        exam_id=attempt.exam_id,
        attempt_id=attempt.id or 0,
        assigned_at=at,
        due_on=due_on,
    )
    assigned.topics, assigned.assigned_at, assigned.due_on = topics, at, due_on
    assigned.cancelled_at = None
    session.add(assigned)


def announce(platform: Platform, outcome: Outcome) -> None:
    """Tell the listeners; called after the commit."""
    platform.plugins.announce("certify_attempt_scored", summary=outcome.scored)
    for issued in outcome.issued:
        platform.plugins.announce("certify_certificate_issued", summary=issued)
