"""Conducting an exam: what an invigilator does to a candidate in the middle of it.

Each is one transaction with a compulsory reason, kept beside the sitting and never in the ledger.
Nobody conducts an exam that they sit themselves.

While an attempt is paused its time stands: it never runs out, whatever its deadline or its window
says, no answer, break or submission is taken, and going on gives the paused seconds back, rounded
up. That goes beyond the end of the window, as all time that is given does. Time may be given
meanwhile. An outage in a pause gives nothing: the pause gives it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil

from sqlmodel import Session

from certify.domain.attempt import Attempt
from certify.domain.clean import clean_line
from certify.domain.course import Exam
from certify.domain.message import PersonMessage
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.domain.registration import Announcement, is_late, is_over
from certify.domain.sitting_time import GrantKind
from certify.errors import BadInput, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing, deadline, seating
from certify.services.conduct_rules import (
    allowed,
    known_cohort,
    locked_cohort,
    members_of,
    note,
    open_attempt,
    refuse_oneself,
)
from certify.services.lobby import find_exam
from certify.services.recording import record
from certify.services.time_grants import check_minutes, check_reason
from certify.storage import cohorts, sitting_time

MOST_TEXT = 400
"""Characters of an announcement."""


def pause(platform: Platform, *, actor: Actor, attempt_id: int, reason: str) -> None:
    """Stop an attempt: its time stands and nothing is taken until it goes on.

    A break stands, too.

    Raises:
        NotPermitted, NotFound, BadInput
        Refused: it is submitted or paused already.
    """
    told = allowed(actor, reason)
    closing.close_overdue(platform)
    with platform.database.write() as session:
        attempt, now = open_attempt(session, platform, actor, attempt_id)
        if attempt.paused_at is not None:
            raise Refused(_("This exam is paused already."))
        attempt.paused_at, attempt.paused_by = now, actor.person_id
        note(session, platform, actor, attempt, "paused", now, told)


def go_on(platform: Platform, *, actor: Actor, attempt_id: int, reason: str) -> None:
    """Let a paused attempt go on and give back the time for which it stood.

    Raises:
        NotPermitted, NotFound, BadInput
        Refused: it is submitted, or not paused.
    """
    told = allowed(actor, reason)
    with platform.database.write() as session:
        attempt, now = open_attempt(session, platform, actor, attempt_id)
        if attempt.paused_at is None:
            raise Refused(_("This exam is not paused."))
        seconds = _unpause(session, platform, actor, attempt, now)
        note(session, platform, actor, attempt, "resumed", now, told, seconds=seconds)


def end(platform: Platform, *, actor: Actor, attempt_id: int, reason: str) -> None:
    """End an attempt before its time: what is saved is marked as it stands.

    A pause ends with it. The candidate is told; who submits in the same moment has submitted.

    Raises:
        NotPermitted, NotFound, BadInput
        Refused: it is submitted already.
    """
    told = allowed(actor, reason)
    closing.close_overdue(platform)
    with platform.database.write() as session:
        attempt, now = open_attempt(session, platform, actor, attempt_id)
        if attempt.paused_at is not None:
            _unpause(session, platform, actor, attempt, now)
        attempt.ended_by = actor.person_id
        note(session, platform, actor, attempt, "ended", now, told)
        exam = session.get_one(Exam, attempt.exam_id)
        session.add(
            PersonMessage(
                person_id=attempt.person_id,
                at=now,
                kind="exam-ended",
                facts={"exam": exam.title, "attempt": attempt_id},
            )
        )
        session.flush()
        outcome = closing.close_locked(session, platform, attempt)
    if outcome is not None:
        closing.announce(platform, outcome)


def move(platform: Platform, *, actor: Actor, attempt_id: int, seat: str, reason: str) -> None:
    """Move a candidate to another seat: the terminal so far can write nothing more.

    The candidate signs in at the new one and goes on at the same item with all answers. The time
    runs on; pause before where that takes long.

    Raises:
        NotPermitted, NotFound, BadInput
        Refused: the attempt is submitted, or somebody of the cohort has the seat.
    """
    told = allowed(actor, reason)
    place = seating.checked_seat(seat)
    closing.close_overdue(platform)
    with platform.database.write() as session:
        attempt, now = open_attempt(session, platform, actor, attempt_id)
        if attempt.cohort_id is not None:
            locked_cohort(session, attempt.cohort_id)  # seats are given in turns
            member = cohorts.member(session, attempt.cohort_id, attempt.person_id)
            if member is not None:
                seating.give(session, member, place)
        attempt.fence += 1
        fence = attempt.fence
        note(session, platform, actor, attempt, "moved", now, told, seat=place, fence=fence)


def admit(
    platform: Platform,
    *,
    actor: Actor,
    cohort_id: int,
    staff_nos: Iterable[str],
    reason: str = "",
) -> int:
    """Let members of a cohort begin, all of them or none; who is admitted already stays so.

    Args:
        reason: compulsory once somebody of them is late.
    Returns:
        How many were admitted now.
    Raises:
        NotPermitted: also for oneself.
        NotFound: naming every staff number that is not in the cohort.
        Refused: the window is over, or somebody is excused.
        BadInput
    """
    require(actor, Action.CONDUCT_EXAM)
    require_person(actor)
    told = check_reason(reason) if reason.strip() else ""
    with platform.database.write() as session:
        cohort = locked_cohort(session, cohort_id)
        now = platform.clock.now()
        if is_over(cohort, now):
            raise Refused(_("The window of this cohort is over; make a new one."))
        found = members_of(session, cohort_id, staff_nos)
        refuse_oneself(actor, (member.person_id for member in found))
        if any(member.excused for member in found):
            raise Refused(_("Who is excused is not admitted."))
        new = [member for member in found if member.admitted_at is None]
        if new and is_late(cohort, now):
            told = check_reason(reason)
        for member in new:
            member.admitted_at, member.admitted_by = now, actor.person_id
            member.admission_reason = told
            session.add(member)
        if new:
            facts = {"persons": [one.person_id for one in new], "late": is_late(cohort, now)}
            subject = f"cohort:{cohort_id}"
            record(session, platform, actor, "candidate-admitted", subject, **facts)
        return len(new)


def announce(
    platform: Platform,
    *,
    actor: Actor,
    text: str,
    exam: str = "",
    cohort_id: int | None = None,
    attempt_id: int | None = None,
) -> None:
    """Tell something to one candidate, to a cohort, or to whoever sits an exam now.

    Args:
        exam, cohort_id, attempt_id: exactly one of them.
    Raises:
        NotPermitted, NotFound
        Refused: the attempt is submitted.
        BadInput: there is no text, it is too long, or it is not clear for whom it is.
    """
    require(actor, Action.CONDUCT_EXAM)
    require_person(actor)
    said = clean_line(text).strip()
    if not 0 < len(said) <= MOST_TEXT:
        raise BadInput(_("Write an announcement of 1 to {most} characters.").format(most=MOST_TEXT))
    if sum((bool(exam), cohort_id is not None, attempt_id is not None)) != 1:
        raise BadInput(_("Name an exam, a cohort or an attempt to tell it to: one of them."))
    with platform.database.write() as session:
        now = platform.clock.now()
        if attempt_id is not None:
            attempt, now = open_attempt(session, platform, actor, attempt_id)
            exam_id, subject = attempt.exam_id, f"attempt:{attempt_id}"
        elif cohort_id is not None:
            exam_id = known_cohort(session, cohort_id).exam_id
            subject = f"cohort:{cohort_id}"
        else:
            exam_id = find_exam(session, exam).id or 0
            subject = f"exam:{exam_id}"
        made = Announcement(
            exam_id=exam_id,
            cohort_id=cohort_id,
            attempt_id=attempt_id,
            text=said,
            at=now,
            by=actor.person_id,
        )
        session.add(made)
        session.flush()
        record(session, platform, actor, "announced", subject, announcement=made.id)


def give_time_to_all(
    platform: Platform, *, actor: Actor, cohort_id: int, minutes: int, reason: str
) -> int:
    """Give everybody of a cohort who sits now the same minutes; oneself is left out.

    Args:
        minutes: 1 to 240.
    Returns:
        How many were given it.
    Raises:
        NotPermitted, NotFound, BadInput
        Refused: nobody sits now.
    """
    told = allowed(actor, reason)
    check_minutes(minutes)
    closing.close_overdue(platform)
    with platform.database.write() as session:
        known_cohort(session, cohort_id)
        current = [
            attempt
            for attempt in sitting_time.open_of_cohort(session, cohort_id)
            if attempt.person_id != actor.person_id
        ]
        if not current:
            raise Refused(_("Nobody of this cohort is sitting the exam now."))
        kind, who = GrantKind.INVIGILATOR, actor.person_id
        for attempt in current:
            deadline.move(session, platform, attempt, kind, minutes * 60, told, actor_id=who)
        return len(current)


def _unpause(
    session: Session, platform: Platform, actor: Actor, attempt: Attempt, now: datetime
) -> int:
    """Take a pause away and give what it took; the seconds given."""
    stood = now - (attempt.paused_at or now)
    seconds = max(0, ceil(stood.total_seconds()))
    if attempt.break_began_at is not None:  # the break stood still, too
        attempt.break_began_at += timedelta(seconds=seconds)
    attempt.paused_at = attempt.paused_by = None
    kind, who = GrantKind.PAUSE, actor.person_id
    deadline.move(session, platform, attempt, kind, seconds, "", actor_id=who)
    session.add(attempt)
    return seconds
