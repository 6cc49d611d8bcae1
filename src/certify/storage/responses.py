"""The hot path: what saving one answer reads and writes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, bindparam, insert, update
from sqlalchemy import select as columns
from sqlmodel import col

from certify.domain.attempt import Attempt, AttemptState, Response
from certify.storage.attempts import LARGEST_ID, may_be_id
from certify.storage.prepared import Prepared

_PLACE = bindparam("place", type_=JSON.JSONIntIndexType())
_HEAD = Prepared(
    columns(
        col(Attempt.id),
        col(Attempt.person_id),
        col(Attempt.state),
        col(Attempt.by_deadline),
        col(Attempt.fence),
        col(Attempt.sequence),
        col(Attempt.chain_head),
        col(Attempt.started_at),
        col(Attempt.deadline),
        col(Attempt.break_began_at),
        col(Attempt.paused_at),
        col(Attempt.ended_by),
        col(Attempt.form)[_PLACE]["version"].as_integer(),
    )
    .where(col(Attempt.id) == bindparam("attempt_id"))
    .with_for_update()
)
_KEPT = Prepared(
    columns(
        col(Response.position),
        col(Response.answer),
        col(Response.flagged),
        col(Response.received_at),
    ).where(
        col(Response.attempt_id) == bindparam("attempt_id"),
        col(Response.sequence) == bindparam("sequence"),
    )
)
_LATEST = Prepared(
    columns(col(Response.answer))
    .where(
        col(Response.attempt_id) == bindparam("attempt_id"),
        col(Response.position) == bindparam("position"),
    )
    .order_by(col(Response.sequence).desc())
    .limit(1)
)
_ADD = Prepared(insert(Response))
_MOVE = Prepared(
    update(Attempt)
    .where(col(Attempt.id) == bindparam("attempt_id"))
    .values(
        sequence=bindparam("to_sequence"),
        chain_head=bindparam("to_hash"),
        position=bindparam("to_position"),
    )
)


_LOOK = Prepared(
    update(Attempt)
    .where(col(Attempt.id) == bindparam("attempt_id"))
    .values(position=bindparam("to_position"))
)


@dataclass(frozen=True, slots=True)
class Head:
    """What saving an answer needs of its attempt, read under the lock that the save holds."""

    id: int
    person_id: int
    state: AttemptState
    by_deadline: bool
    fence: int
    sequence: int
    chain_head: str
    started_at: datetime
    deadline: datetime
    break_began_at: datetime | None
    paused_at: datetime | None
    ended_by: int | None
    version: int | None
    """Of the item answered; None where the form has no such place."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A response as it was kept."""

    position: int
    answer: dict[str, Any] | None
    flagged: bool
    received_at: datetime


def head(connection: Connection, attempt_id: int, position: object) -> Head | None:
    """An attempt as it is now, which no other transaction can change until this one ends.

    Args:
        position: of the item answered, whatever a terminal sent.
    """
    if not may_be_id(attempt_id):
        return None
    is_place = type(position) is int and 0 <= position < LARGEST_ID
    place = position if is_place else LARGEST_ID
    found = _HEAD.run(connection, {"attempt_id": attempt_id, "place": place})
    return Head(*found) if found else None


def kept(connection: Connection, attempt_id: int, sequence: int) -> Kept | None:
    """The response with this number, if there is one."""
    found = _KEPT.run(connection, {"attempt_id": attempt_id, "sequence": sequence})
    return Kept(*found) if found else None


def latest_answer(connection: Connection, attempt_id: int, position: int) -> dict[str, Any] | None:
    """The answer of an item that counts now; None where there is none."""
    found = _LATEST.run(connection, {"attempt_id": attempt_id, "position": position})
    answer: dict[str, Any] | None = found[0] if found else None
    return answer


def move(connection: Connection, attempt_id: int, position: int) -> None:
    """Keep the item a person looks at."""
    _LOOK.run(connection, {"attempt_id": attempt_id, "to_position": position})


def add(connection: Connection, response: dict[str, Any]) -> None:
    """Append a response and move its attempt's head to it.

    Args:
        response: the columns of `Response`.
    """
    _ADD.run(connection, response)
    _MOVE.run(
        connection,
        {
            "attempt_id": response["attempt_id"],
            "to_sequence": response["sequence"],
            "to_hash": response["hash"],
            "to_position": response["position"],
        },
    )
