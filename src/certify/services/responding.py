"""What `sitting.record_response` does inside its transaction, on an attempt that it locked.

The hot path of the platform: three statements at the driver, no ORM.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlmodel import Session

from certify.domain.attempt import Attempt, AttemptState, chain_hash
from certify.domain.person import Actor
from certify.domain.question_type import QuestionType
from certify.errors import BadInput, Refused, TakenOver
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing
from certify.services.bank import ItemContent, contents
from certify.storage import attempts, responses
from certify.storage.database import session_of
from certify.storage.responses import Head, Kept

MOST_CHARACTERS = 200_000
"""Of an answer, all its texts and parts together: twice the longest run of a scenario."""


def writable(session: Session, actor: Actor, attempt_id: int, fence: int) -> Attempt:
    """The attempt, locked, which this terminal may write.

    Raises:
        NotFound, AttemptClosed, DeadlinePassed, TakenOver, AttemptPaused
        Refused: the person is on a break.
    """
    attempt = attempts.locked(session, attempt_id)
    if attempt is None:
        raise closing.no_attempt()
    _require_writable(attempt, actor, fence)
    return attempt


def _require_writable(attempt: Attempt | Head, actor: Actor, fence: int) -> None:
    if attempt.person_id != actor.person_id:
        raise closing.no_attempt()
    if attempt.state is not AttemptState.OPEN:
        raise closing.closed(attempt)
    if attempt.fence != fence:
        raise closing.taken_over()
    if attempt.paused_at is not None:
        raise closing.paused()
    if attempt.break_began_at is not None:
        raise Refused(
            _("You are on a break; no answer is taken until it ends."),
            mend=_("End the break to go on."),
        )


def keep_position(
    connection: Connection, actor: Actor, attempt_id: int, fence: int, position: int
) -> None:
    """Remember the item a person looks at; a place that the form does not have is not kept.

    Raises:
        as `writable` does.
    """
    head = responses.head(connection, attempt_id, position)
    if head is None:
        raise closing.no_attempt()
    _require_writable(head, actor, fence)
    if head.version is not None:
        responses.move(connection, head.id, position)


@dataclass(frozen=True)
class Saved:
    """A response as it was taken."""

    at: datetime
    deadline: datetime
    """The attempt's end, with the time given up to now."""
    is_clock_behind: bool
    """Whether the clock stood before the attempt's last moment, so that a note is due."""


def save(
    connection: Connection,
    platform: Platform,
    actor: Actor,
    attempt_id: int,
    *,
    fence: int,
    sequence: int,
    position: int,
    answer: Mapping[str, Any] | None,
    flagged: bool,
) -> Saved | None:
    """Append a response to its attempt; None when the time is over.

    Raises:
        as `sitting.record_response` does.
    """
    head = responses.head(connection, attempt_id, position)
    if head is None:
        raise closing.no_attempt()
    _require_writable(head, actor, fence)
    last = responses.kept(connection, head.id, head.sequence) if head.sequence else None
    last_moment = max(head.started_at, last.received_at) if last else head.started_at
    clock = platform.clock.now()
    now = max(clock, last_moment)
    if now >= head.deadline:
        return None
    given = _checked(connection, platform, head, position, answer)
    if sequence == head.sequence:
        saved_at = _sent_again(last, position, given, flagged)
    elif sequence == head.sequence + 1:
        _require_following(connection, platform, head, position, given)
        saved_at = _append(connection, head, sequence, position, given, flagged, now)
    else:
        raise _out_of_order()
    return Saved(saved_at, head.deadline, is_clock_behind=clock < last_moment)


def _checked(
    connection: Connection,
    platform: Platform,
    head: Head,
    position: int,
    answer: Mapping[str, Any] | None,
) -> dict[str, Any] | None:
    """The answer as the question type understands it.

    Raises:
        BadInput: there is no such item, or it cannot have this answer.
    """
    if type(position) is not int:
        raise BadInput(_("An item is named by its place on the form, a whole number."))
    if head.version is None:
        raise BadInput(_("The form has no item {number}.").format(number=position + 1))
    if answer is None:
        return None
    known = _content(connection, platform, head.version)
    try:
        _refuse_long(answer)
        json.dumps(answer)  # an answer is plain data, whatever the question type makes of it
        parsed = known.type.answer_model.model_validate(dict(answer))
        known.type.check_answer(known.content, parsed)
    except (ValueError, TypeError, RecursionError) as problem:
        raise BadInput(
            _("Item {number} cannot have this answer.").format(number=position + 1)
        ) from problem
    kept: dict[str, Any] = parsed.model_dump(mode="json")
    return kept


def _refuse_long(answer: object) -> None:
    """Refuse an answer that nobody could have typed: all others wait while it is understood.

    Raises:
        ValueError
    """
    room, parts = MOST_CHARACTERS, [answer]
    while parts:
        part = parts.pop()
        room -= len(part) + 1 if isinstance(part, str | Mapping | list | tuple) else 1
        if room < 0:
            raise ValueError("an answer is too long")
        if isinstance(part, Mapping):
            parts += [*part.keys(), *part.values()]
        elif isinstance(part, list | tuple):
            parts += part


def _require_following(
    connection: Connection,
    platform: Platform,
    head: Head,
    position: int,
    answer: dict[str, Any] | None,
) -> None:
    """Refuse to take back what a question type holds final, such as a step of a scenario.

    Raises:
        BadInput
    """
    kind = _content(connection, platform, head.version or 0).type
    if type(kind).follows is QuestionType.follows:
        return  # any answer may follow any other, and the one before need not be read
    if not kind.follows(responses.latest_answer(connection, head.id, position), answer):
        raise BadInput(_("A step that was taken cannot be taken back."))


def _content(connection: Connection, platform: Platform, version_id: int) -> ItemContent:
    """From memory, since a version never changes; after a restart it is read once."""
    if (known := platform.item_contents.get(version_id)) is None:
        with session_of(connection) as session:
            known = contents(platform, session, [version_id])[version_id]
    found: ItemContent = known
    return found


def _sent_again(
    kept: Kept | None, position: int, answer: dict[str, Any] | None, flagged: bool
) -> datetime:
    """When a response was received whose first reply was lost on the way: it stays one.

    Raises:
        TakenOver: another one has its number.
    """
    if kept is None or (kept.position, kept.answer, kept.flagged) != (position, answer, flagged):
        raise _out_of_order()
    return kept.received_at


def _append(
    connection: Connection,
    head: Head,
    sequence: int,
    position: int,
    answer: dict[str, Any] | None,
    flagged: bool,
    now: datetime,
) -> datetime:
    """Chain the next response to the one before; when it was received."""
    facts: dict[str, Any] = {
        "attempt_id": head.id,
        "sequence": sequence,
        "position": position,
        "answer": answer,
        "flagged": flagged,
        "received_at": now,
    }
    previous = head.chain_head
    hashed = chain_hash(previous, **facts)
    responses.add(connection, {**facts, "previous_hash": previous, "hash": hashed})
    return now


def _out_of_order() -> TakenOver:
    return TakenOver(
        _("This answer arrived out of order and was not saved."),
        mend=_("Open the exam again to go on from what is saved."),
    )
