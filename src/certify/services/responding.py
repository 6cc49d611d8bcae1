"""What `sitting.record_response` does inside its transaction, on an attempt that it locked."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from certify.domain.attempt import Attempt, AttemptState, Response, chain_hash
from certify.domain.person import Actor
from certify.errors import AttemptClosed, BadInput, DeadlinePassed, NotFound, TakenOver
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing
from certify.services.bank import contents
from certify.storage import attempts


def writable(session: Session, actor: Actor, attempt_id: int, fence: int) -> Attempt:
    """The attempt, locked, which this terminal may write.

    Raises:
        NotFound, AttemptClosed, DeadlinePassed, TakenOver
    """
    attempt = attempts.locked(session, attempt_id)
    if attempt is None or attempt.person_id != actor.person_id:
        raise no_attempt()
    if attempt.state is not AttemptState.OPEN:
        kind = DeadlinePassed if attempt.by_deadline else AttemptClosed
        raise kind(_("This exam is submitted; nothing more can be changed."))
    if attempt.fence != fence:
        raise closing.taken_over()
    return attempt


def checked(
    session: Session,
    platform: Platform,
    attempt: Attempt,
    position: int,
    answer: Mapping[str, Any] | None,
) -> dict[str, Any] | None:
    """The answer as the question type understands it.

    Raises:
        BadInput: there is no such item, or it cannot have this answer.
    """
    if type(position) is not int:
        raise BadInput(_("An item is named by its place on the form, a whole number."))
    if not 0 <= position < len(attempt.form):
        raise BadInput(_("The form has no item {number}.").format(number=position + 1))
    if answer is None:
        return None
    version_id = int(attempt.form[position]["version"])
    known = contents(platform, session, [version_id])[version_id]
    try:
        json.dumps(answer)  # an answer is plain data, whatever the question type makes of it
        parsed = known.type.answer_model.model_validate(dict(answer))
        known.type.check_answer(known.content, parsed)
    except (ValueError, TypeError, RecursionError) as problem:
        raise BadInput(
            _("Item {number} cannot have this answer.").format(number=position + 1)
        ) from problem
    kept: dict[str, Any] = parsed.model_dump(mode="json")
    return kept


def append(
    session: Session,
    attempt: Attempt,
    sequence: int,
    position: int,
    answer: dict[str, Any] | None,
    flagged: bool,
    now: datetime,
) -> datetime:
    """Append a response to the attempt's chain; when it was received.

    The same response sent again, because its first reply was lost on the way, stays one.

    Raises:
        TakenOver: it is not the next one.
    """
    if sequence == attempt.sequence:
        kept = attempts.response_at(session, attempt.id or 0, sequence)
        if kept is None or (kept.position, kept.answer, kept.flagged) != (
            position,
            answer,
            flagged,
        ):
            raise _out_of_order()
        return kept.received_at
    if sequence != attempt.sequence + 1:
        raise _out_of_order()
    facts: dict[str, Any] = {
        "attempt_id": attempt.id,
        "sequence": sequence,
        "position": position,
        "answer": answer,
        "flagged": flagged,
        "received_at": now,
    }
    previous = attempt.chain_head
    response = Response(**facts, previous_hash=previous, hash=chain_hash(previous, **facts))
    attempts.add_response(session, response)
    return now


def no_attempt() -> NotFound:
    """The refusal of an attempt that does not exist for the actor."""
    return NotFound(_("There is no such attempt of yours."))


def _out_of_order() -> TakenOver:
    return TakenOver(
        _("This answer arrived out of order and was not saved."),
        mend=_("Open the exam again to go on from what is saved."),
    )
