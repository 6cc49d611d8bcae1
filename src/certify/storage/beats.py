"""Servers' signs of life beyond the last one of each: their names, and what is over."""

from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.sitting_time import Beat


def forget(session: Session, before: datetime) -> None:
    """Delete the signs of life of servers that ended long ago."""
    session.exec(delete(Beat).where(col(Beat.at) < before))


def open_attempts(session: Session) -> int:
    """How many attempts are open."""
    query = select(func.count()).where(Attempt.state == AttemptState.OPEN)
    return int(session.exec(query).one())
