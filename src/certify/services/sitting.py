"""Sitting an exam: start, go on, answer, submit.

Each function is one transaction that locks the attempt, judges time by the platform's clock and
returns only after the database flushed. Nothing here returns a key or an explanation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Exam
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person
from certify.domain.scoring import points_text
from certify.domain.sitting_time import SittingEvent
from certify.errors import DeadlinePassed, NotFound, Refused, TakenOver
from certify.i18n import _
from certify.platform import Platform
from certify.services import breaks, closing, exam_codes, responding
from certify.services.attempt_time import heard_at, note_clock
from certify.services.bank import contents, guarded
from certify.services.candidacy import candidacy
from certify.services.clock_notes import note_jumps
from certify.services.deadline import TimeLeft
from certify.services.drawing import new_attempt, record_step
from certify.services.lobby import blockers, find_exam, watched_only
from certify.services.sitting_watch import time_left
from certify.services.terms import set_terms
from certify.storage import attempts, hall, sitting_time


@dataclass(frozen=True)
class ShownItem:
    """One item as the candidate sees it; no key is in it."""

    position: int
    """Place on the form, counted from 0."""
    type: str
    points: str
    shown: dict[str, Any]
    """What the question type presents."""
    answer: dict[str, Any] | None
    flagged: bool
    is_observed: bool = False
    """Whether an examiner watches it, so that there is nothing to answer."""


@dataclass(frozen=True)
class Sitting:
    """An open attempt as handed to one terminal."""

    attempt_id: int
    exam: str
    title: dict[str, str]
    number: int
    items: tuple[ShownItem, ...]
    position: int
    started_at: datetime
    deadline: datetime
    fence: int
    """Proof that this terminal holds the attempt; a later `resume` makes it void."""
    sequence: int
    """Sequence number of the last response; the next one is this plus 1."""
    pass_mark: str
    break_left: int = 0
    """Seconds of break that the person may still take."""
    last_heard: datetime | None = None
    """The attempt's last moment: its time stands there while the clock is behind it."""
    paused_at: datetime | None = None
    """Since when an invigilator has stopped it; its time stands there."""


@dataclass(frozen=True)
class Receipt:
    """A response is committed and flushed: only this may be shown as saved."""

    sequence: int
    saved_at: datetime
    deadline: datetime
    """The attempt's end as it is now: time may have been given since the last one."""


def start(platform: Platform, *, actor: Actor, exam: str) -> Sitting:
    """Start an attempt, or go on with the open one.

    Raises:
        Refused: with every reason why a new attempt cannot be started; or the exam code with which
            the actor came is not good for it.
        NotFound
    """
    _require_candidate(actor)
    note_jumps(platform)
    closing.close_overdue(platform)
    try:
        with platform.database.write() as session:
            # Two terminals of one person take turns: what blocks the second one is seen by it.
            session.get(Person, actor.person_id, with_for_update=True)
            found = find_exam(session, exam)
            exam_codes.require_good(session, platform, actor, found)
            before = candidacy(session, platform, actor.person_id, found)
            if before.open_attempt is None:
                if reasons := [*watched_only(found), *blockers(session, platform, before)]:
                    raise Refused("\n".join(reasons))
                current = new_attempt(session, platform, actor, before)
                set_terms(session, platform, current, found)
                return _sitting(session, platform, current)
    except IntegrityError:
        pass  # another terminal started the same attempt a moment ago: go on with that one
    return resume(platform, actor=actor, exam=exam)


def resume(platform: Platform, *, actor: Actor, exam: str) -> Sitting:
    """Go on with the open attempt on this terminal; any other one may no longer write.

    Going on ends a break; it does not end a pause.

    Raises:
        NotFound: there is no open attempt.
        Refused: the exam code with which the actor came is not good for it.
    """
    _require_candidate(actor)
    note_jumps(platform)
    closing.close_overdue(platform)
    with platform.database.write() as session:
        found = find_exam(session, exam)
        exam_codes.require_good(session, platform, actor, found)
        current = attempts.open_attempt(session, actor.person_id, found.id or 0)
        attempt = attempts.locked(session, current.id or 0) if current else None
        if attempt is None or attempt.state is not AttemptState.OPEN:
            raise NotFound(_("You have no open attempt at this exam."))
        attempt.fence += 1
        now = heard_at(session, platform, attempt)
        breaks.go_on(session, platform, attempt, now)
        session.add(SittingEvent(attempt_id=attempt.id or 0, at=now, kind="continued"))
        record_step(session, platform, actor, "attempt-continued", attempt)
        return _sitting(session, platform, attempt)


def record_response(
    platform: Platform,
    *,
    actor: Actor,
    attempt_id: int,
    fence: int,
    sequence: int,
    position: int,
    answer: Mapping[str, Any] | None,
    flagged: bool,
) -> Receipt:
    """Save one answer with its flag; the receipt means committed and flushed.

    Sending the same response again (same sequence number) gives the same receipt.

    Args:
        sequence: one more than that of the response before.
        answer: what the question's widget gave; None means the answer was taken back.
    Raises:
        AttemptPaused: an invigilator has stopped it; send it again when it goes on.
        TakenOver, DeadlinePassed, AttemptClosed: nothing more can be written from here.
        BadInput: the item cannot have this answer.
        NotSaved: the database could not take it; try again.
    """
    saved = platform.database.save(
        lambda connection: responding.save(
            connection,
            platform,
            actor,
            attempt_id,
            fence=fence,
            sequence=sequence,
            position=position,
            answer=answer,
            flagged=bool(flagged),
        )
    )
    if saved is not None:
        if saved.is_clock_behind:
            note_clock(platform, attempt_id)
        return Receipt(sequence, saved.at, saved.deadline)
    closing.close_overdue(platform)
    raise DeadlinePassed(_("The time is over; the exam was submitted as it stood."))


def keep_position(
    platform: Platform, *, actor: Actor, attempt_id: int, fence: int, position: int
) -> None:
    """Remember the item a person looks at, so that they go on there."""
    platform.database.save(
        lambda connection: responding.keep_position(connection, actor, attempt_id, fence, position)
    )


def time_of(platform: Platform, *, actor: Actor, attempt_id: int) -> TimeLeft:
    """The time of one's own attempt as it is now; light, for a screen that asks now and then.

    Raises:
        NotFound
    """
    note_jumps(platform)
    with platform.database.read() as session:
        found = hall.watched(session, [attempt_id] if attempts.may_be_id(attempt_id) else [])
        row, told = found.get(attempt_id, (None, ()))
        if row is None or row.person_id != actor.person_id:
            raise closing.no_attempt()
        return time_left(row, told, platform.clock.now())


def cut_off(platform: Platform, *, actor: Actor, attempt_id: int, fence: int) -> TakenOver:
    """Why a terminal holds its attempt no more, in words for who sits at it.

    Args:
        fence: that of the terminal.
    Raises:
        NotFound
    """
    with platform.database.read() as session:
        attempt = attempts.by_id(session, attempt_id)
        if attempt is None or attempt.person_id != actor.person_id:
            raise closing.no_attempt()
        for event in sitting_time.events(session, attempt_id):
            if event.kind == "moved" and event.facts.get("fence") == fence + 1:
                return TakenOver(
                    _("The invigilator moved you to seat {seat}.").format(
                        seat=event.facts.get("seat", "")
                    ),
                    mend=_("Sign in there: you go on at the same item with all your answers."),
                )
    return closing.taken_over()


def submit(platform: Platform, *, actor: Actor, attempt_id: int, fence: int) -> None:
    """Hand the attempt in: it is marked and its consequences follow in the same transaction.

    Submitting twice is harmless. Read the result with `results.result`.

    Raises:
        TakenOver
        AttemptPaused: an invigilator has stopped it.
    """
    closing.close_attempt(platform, attempt_id=attempt_id, fence=fence, person_id=actor.person_id)


def _sitting(session: Session, platform: Platform, attempt: Attempt) -> Sitting:
    exam = session.get_one(Exam, attempt.exam_id)
    by_version = contents(platform, session, [int(item["version"]) for item in attempt.form])
    given = attempts.latest(session, attempt.id or 0) if attempt.sequence else {}
    shown = []
    for position, item in enumerate(attempt.form):
        known = by_version[int(item["version"])]
        response = given.get(position)
        with guarded(known.type.name):
            presented = known.type.present(known.content, item["seed"])
        shown.append(
            ShownItem(
                position=position,
                type=known.type.name,
                points=str(Decimal(item["points"])),
                shown=presented,
                answer=response.answer if response else None,
                flagged=bool(response and response.flagged),
                is_observed=known.type.is_observed,
            )
        )
    return Sitting(
        attempt_id=attempt.id or 0,
        exam=exam.code,
        title=exam.title,
        number=attempt.number,
        items=tuple(shown),
        position=min(attempt.position, len(shown) - 1),
        started_at=attempt.started_at,
        deadline=attempt.deadline,
        fence=attempt.fence,
        sequence=attempt.sequence,
        pass_mark=points_text(attempt.pass_mark),
        break_left=attempt.break_left,
        last_heard=attempts.last_moment(session, attempt),
        paused_at=attempt.paused_at,
    )


def _require_candidate(actor: Actor) -> None:
    require_person(actor)
    require(actor, Action.SIT_EXAM, owner=actor.person_id)
