"""Sitting an exam: start, go on, answer, submit.

Each function is one transaction that locks the attempt, judges time by the platform's clock and
returns only after the database flushed. Nothing here returns a key or an explanation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from certify.domain.attempt import Attempt, AttemptState, Response, chain_hash
from certify.domain.course import Exam
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.domain.scoring import points_text
from certify.errors import AttemptClosed, BadInput, DeadlinePassed, NotFound, Refused, TakenOver
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing
from certify.services.bank import contents
from certify.services.drawing import new_attempt, record_step
from certify.services.lobby import blockers, find_exam
from certify.storage import attempts


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


@dataclass(frozen=True)
class Receipt:
    """A response is committed and flushed: only this may be shown as saved."""

    sequence: int
    saved_at: datetime


def start(platform: Platform, *, actor: Actor, exam: str) -> Sitting:
    """Start an attempt, or go on with the open one.

    Raises:
        Refused: with every reason why a new attempt cannot be started.
        NotFound
    """
    _require_candidate(actor)
    closing.close_overdue(platform)
    try:
        with platform.database.write() as session:
            found = find_exam(session, exam)
            current = attempts.open_attempt(session, actor.person_id, found.id or 0)
            if current is None:
                if reasons := blockers(session, platform, actor, found):
                    raise Refused("\n".join(reasons))
                current = new_attempt(session, platform, actor, found)
                return _sitting(session, platform, current)
    except IntegrityError:
        pass  # another terminal started the same attempt a moment ago: go on with that one
    return resume(platform, actor=actor, exam=exam)


def resume(platform: Platform, *, actor: Actor, exam: str) -> Sitting:
    """Go on with the open attempt on this terminal; any other one may no longer write.

    Raises:
        NotFound: there is no open attempt.
    """
    _require_candidate(actor)
    closing.close_overdue(platform)
    with platform.database.write() as session:
        found = find_exam(session, exam)
        current = attempts.open_attempt(session, actor.person_id, found.id or 0)
        attempt = attempts.locked(session, current.id or 0) if current else None
        if attempt is None or attempt.state is not AttemptState.OPEN:
            raise NotFound(_("You have no open attempt at this exam."))
        attempt.fence += 1
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
        TakenOver, DeadlinePassed, AttemptClosed: nothing more can be written from here.
        BadInput: the item cannot have this answer.
        NotSaved: the database could not take it; try again.
    """
    now = platform.clock.now()
    with platform.database.write() as session:
        attempt = _writable(session, actor, attempt_id, fence)
        if now < attempt.deadline:
            return _respond(session, platform, attempt, sequence, position, answer, flagged, now)
    closing.close_overdue(platform)
    raise DeadlinePassed(_("The time is over; the exam was submitted as it stood."))


def keep_position(
    platform: Platform, *, actor: Actor, attempt_id: int, fence: int, position: int
) -> None:
    """Remember the item a person looks at, so that they go on there."""
    with platform.database.write() as session:
        attempt = _writable(session, actor, attempt_id, fence)
        if 0 <= position < len(attempt.form):
            attempt.position = position


def submit(platform: Platform, *, actor: Actor, attempt_id: int, fence: int) -> None:
    """Hand the attempt in: it is marked and its consequences follow in the same transaction.

    Submitting twice is harmless. Read the result with `results.result`.

    Raises:
        TakenOver
    """
    with platform.database.read() as session:
        attempt = session.get(Attempt, attempt_id)
        if attempt is None or attempt.person_id != actor.person_id:
            raise _no_attempt()
    closing.close_attempt(platform, attempt_id=attempt_id, fence=fence)


def _sitting(session: Session, platform: Platform, attempt: Attempt) -> Sitting:
    exam = session.get_one(Exam, attempt.exam_id)
    by_version = contents(platform, session, [int(item["version"]) for item in attempt.form])
    given = attempts.latest(session, attempt.id or 0)
    shown = []
    for position, item in enumerate(attempt.form):
        known = by_version[int(item["version"])]
        response = given.get(position)
        shown.append(
            ShownItem(
                position=position,
                type=known.type.name,
                points=str(Decimal(item["points"])),
                shown=known.type.present(known.content, item["seed"]),
                answer=response.answer if response else None,
                flagged=bool(response and response.flagged),
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
    )


def _writable(session: Session, actor: Actor, attempt_id: int, fence: int) -> Attempt:
    attempt = attempts.locked(session, attempt_id)
    if attempt is None or attempt.person_id != actor.person_id:
        raise _no_attempt()
    if attempt.state is not AttemptState.OPEN:
        kind = DeadlinePassed if attempt.by_deadline else AttemptClosed
        raise kind(_("This exam is submitted; nothing more can be changed."))
    if attempt.fence != fence:
        raise closing.taken_over()
    return attempt


def _respond(
    session: Session,
    platform: Platform,
    attempt: Attempt,
    sequence: int,
    position: int,
    answer: Mapping[str, Any] | None,
    flagged: bool,
    now: datetime,
) -> Receipt:
    """Append a response to the chain of an attempt that is locked and may be written."""
    given = _checked(session, platform, attempt, position, answer)
    if sequence == attempt.sequence:
        return _same_again(session, attempt, position, given, flagged)
    if sequence != attempt.sequence + 1:
        raise _out_of_order()
    facts: dict[str, Any] = {
        "attempt_id": attempt.id,
        "sequence": sequence,
        "position": position,
        "answer": given,
        "flagged": flagged,
        "received_at": now,
    }
    previous = attempt.chain_head
    response = Response(**facts, previous_hash=previous, hash=chain_hash(previous, **facts))
    attempts.add_response(session, response)
    return Receipt(sequence, now)


def _checked(
    session: Session,
    platform: Platform,
    attempt: Attempt,
    position: int,
    answer: Mapping[str, Any] | None,
) -> dict[str, Any] | None:
    """The answer as the question type understands it."""
    if not 0 <= position < len(attempt.form):
        raise BadInput(_("The form has no item {number}.").format(number=position + 1))
    if answer is None:
        return None
    version_id = int(attempt.form[position]["version"])
    known = contents(platform, session, [version_id])[version_id]
    try:
        parsed = known.type.answer_model.model_validate(dict(answer))
        known.type.check_answer(known.content, parsed)
    except (ValidationError, ValueError) as problem:
        raise BadInput(
            _("Item {number} cannot have this answer.").format(number=position + 1)
        ) from problem
    kept: dict[str, Any] = parsed.model_dump(mode="json")
    return kept


def _same_again(
    session: Session, attempt: Attempt, position: int, answer: dict[str, Any] | None, flagged: bool
) -> Receipt:
    """The receipt of a response whose first reply was lost on the way."""
    kept = attempts.response_at(session, attempt.id or 0, attempt.sequence)
    if kept is None or (kept.position, kept.answer, kept.flagged) != (position, answer, flagged):
        raise _out_of_order()
    return Receipt(kept.sequence, kept.received_at)


def _require_candidate(actor: Actor) -> None:
    require_person(actor)
    require(actor, Action.SIT_EXAM, owner=actor.person_id)


def _no_attempt() -> NotFound:
    return NotFound(_("There is no such attempt of yours."))


def _out_of_order() -> TakenOver:
    return TakenOver(
        _("This answer arrived out of order and was not saved."),
        mend=_("Open the exam again to go on from what is saved."),
    )
