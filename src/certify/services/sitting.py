"""Sitting an exam: start, go on, answer, submit.

Each function is one transaction that locks the attempt, judges time by the platform's clock and
returns only after the database flushed. Nothing here returns a key or an explanation.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from certify.domain.attempt import Attempt, AttemptState, Response, chain_hash
from certify.domain.blueprint import Cell, assemble
from certify.domain.course import Course, Exam
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.errors import AttemptClosed, BadInput, DeadlinePassed, NotFound, Refused, TakenOver
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing
from certify.services.bank import bank_of, contents
from certify.services.lobby import blockers, find_exam
from certify.storage import attempts, items, ledger


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
    require(actor, Action.SIT_EXAM, owner=actor.person_id)
    closing.close_overdue(platform)
    try:
        with platform.database.write() as session:
            found = find_exam(session, exam)
            current = attempts.open_attempt(session, actor.person_id, found.id or 0)
            if current is None:
                if reasons := blockers(session, platform, actor, found):
                    raise Refused("\n".join(reasons))
                current = _new_attempt(session, platform, actor, found)
                return _sitting(session, platform, current)
    except IntegrityError:
        pass  # another terminal started the same attempt a moment ago: go on with that one
    return resume(platform, actor=actor, exam=exam)


def resume(platform: Platform, *, actor: Actor, exam: str) -> Sitting:
    """Go on with the open attempt on this terminal; any other one may no longer write.

    Raises:
        NotFound: there is no open attempt.
    """
    closing.close_overdue(platform)
    with platform.database.write() as session:
        found = find_exam(session, exam)
        current = attempts.open_attempt(session, actor.person_id, found.id or 0)
        if current is None:
            raise NotFound(_("You have no open attempt at this exam."))
        locked = attempts.locked(session, current.id or 0) or current
        locked.fence += 1
        session.add(locked)
        _record(session, platform, actor, "attempt-continued", locked)
        return _sitting(session, platform, locked)


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
        if now >= attempt.deadline:
            raise DeadlinePassed(_("The time is over; the exam was submitted as it stood."))
        given = _checked(session, platform, attempt, position, answer)
        if sequence == attempt.sequence:
            return _same_again(session, attempt, position, given, flagged)
        if sequence != attempt.sequence + 1:
            raise TakenOver(
                _("This answer arrived out of order and was not saved."),
                mend=_("Open the exam again to go on from what is saved."),
            )
        response = Response(
            attempt_id=attempt_id,
            sequence=sequence,
            position=position,
            answer=given,
            flagged=flagged,
            received_at=now,
            previous_hash=attempt.chain_head,
            hash=chain_hash(
                attempt.chain_head,
                attempt_id=attempt_id,
                sequence=sequence,
                position=position,
                answer=given,
                flagged=flagged,
                received_at=now,
            ),
        )
        attempts.add_response(session, response)
    return Receipt(sequence, now)


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
        if attempt.state is AttemptState.OPEN and attempt.fence != fence:
            raise _taken_over()
    closing.close_attempt(platform, attempt_id=attempt_id, by_deadline=False)


def _new_attempt(session: Session, platform: Platform, actor: Actor, exam: Exam) -> Attempt:
    now = platform.clock.now()
    course = session.get_one(Course, exam.course_id)
    past = attempts.of_person(session, actor.person_id, exam.id)
    bank = {item.code: item for item in bank_of(session, course.id or 0)}
    cells = [Cell.model_validate(cell) for cell in exam.blueprint]
    seed = platform.new_seed()
    form = assemble(cells, list(bank.values()), seed, _seen(session, past))
    attempt = Attempt(
        person_id=actor.person_id,
        exam_id=exam.id or 0,
        course_version=course.version,
        number=len(past) + 1,
        form=[
            {
                "version": bank[item.code].version_id,
                "points": str(item.points),
                "seed": item.seed,
            }
            for item in form
        ],
        seed=seed,
        pass_mark=platform.policy.exam.pass_mark,
        partial_credit=platform.policy.exam.partial_credit,
        started_at=now,
        deadline=now + timedelta(minutes=exam.minutes),
    )
    session.add(attempt)
    session.flush()
    _record(session, platform, actor, "attempt-started", attempt)
    return attempt


def _seen(session: Session, past: list[Attempt] | tuple[Attempt, ...]) -> dict[str, int]:
    """On how many earlier forms of this person each item stood, whatever its version."""
    shown = [int(item["version"]) for attempt in past for item in attempt.form]
    code_of = items.codes(session, set(shown))
    seen: dict[str, int] = {}
    for version_id in shown:
        code = code_of[version_id]
        seen[code] = seen.get(code, 0) + 1
    return seen


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
        pass_mark=str(attempt.pass_mark),
    )


def _writable(session: Session, actor: Actor, attempt_id: int, fence: int) -> Attempt:
    attempt = attempts.locked(session, attempt_id)
    if attempt is None or attempt.person_id != actor.person_id:
        raise _no_attempt()
    if attempt.state is not AttemptState.OPEN:
        kind = DeadlinePassed if attempt.by_deadline else AttemptClosed
        raise kind(_("This exam is submitted; nothing more can be changed."))
    if attempt.fence != fence:
        raise _taken_over()
    return attempt


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
    return parsed.model_dump(mode="json")


def _same_again(
    session: Session, attempt: Attempt, position: int, answer: dict[str, Any] | None, flagged: bool
) -> Receipt:
    """The receipt of a response whose first reply was lost on the way."""
    kept = attempts.response_at(session, attempt.id or 0, attempt.sequence)
    if kept is None or (kept.position, kept.answer, kept.flagged) != (position, answer, flagged):
        raise TakenOver(
            _("This answer arrived out of order and was not saved."),
            mend=_("Open the exam again to go on from what is saved."),
        )
    return Receipt(kept.sequence, kept.received_at)


def _record(
    session: Session, platform: Platform, actor: Actor, action: str, attempt: Attempt
) -> None:
    ledger.append(
        session,
        at=platform.clock.now(),
        actor_id=actor.person_id,
        action=action,
        subject=f"attempt:{attempt.id}",
        facts={"person": attempt.person_id, "exam": attempt.exam_id, "fence": attempt.fence},
    )


def _no_attempt() -> NotFound:
    return NotFound(_("There is no such attempt of yours."))


def _taken_over() -> TakenOver:
    return TakenOver(
        _("This exam was continued on another terminal; here nothing more can be written."),
        mend=_("Go on there, or open the exam here again to take it back."),
    )
