"""Breaks in an exam, for those who may take them.

Beginning a break moves the deadline by all that is left of the allowance, ending it takes the rest
back: a break that nobody ends can never last longer, and closing needs no special case.
"""

from datetime import datetime

from sqlmodel import Session

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.person import Actor
from certify.domain.sitting_rules import break_stood, break_used
from certify.domain.sitting_time import GrantKind, SittingEvent
from certify.errors import DeadlinePassed, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing, responding
from certify.services.attempt_time import heard_at
from certify.services.deadline import TimeLeft, move, time_left_of
from certify.storage import attempts


def begin_break(platform: Platform, *, actor: Actor, attempt_id: int, fence: int) -> TimeLeft:
    """Begin a break: the time stands and no answer is taken until it ends.

    Raises:
        Refused: no break is left, or one has begun.
        TakenOver, AttemptClosed, AttemptPaused, NotFound
    """
    with platform.database.write() as session:
        attempt = responding.writable(session, actor, attempt_id, fence)
        now = heard_at(session, platform, attempt)
        if now < attempt.deadline:
            if attempt.break_left <= 0:
                raise Refused(_("You have no break left in this exam."))
            attempt.break_began_at = now
            kind = GrantKind.BREAK
            move(session, platform, attempt, kind, attempt.break_left, "", actor_id=actor.person_id)
            session.add(SittingEvent(attempt_id=attempt_id, at=now, kind="break-began"))
            return time_left_of(attempt, now)
    closing.close_overdue(platform)
    raise DeadlinePassed(_("The time is over; the exam was submitted as it stood."))


def end_break(platform: Platform, *, actor: Actor, attempt_id: int, fence: int) -> TimeLeft:
    """Go on after a break; what was not used of it may be taken later.

    Raises:
        TakenOver, AttemptClosed, NotFound
    """
    with platform.database.write() as session:
        attempt = attempts.locked(session, attempt_id)
        if attempt is None or attempt.person_id != actor.person_id:
            raise closing.no_attempt()
        if attempt.state is not AttemptState.OPEN:
            raise closing.closed(attempt)
        if attempt.fence != fence:
            raise closing.taken_over()
        now = heard_at(session, platform, attempt)
        go_on(session, platform, attempt, now)
        return time_left_of(attempt, now)


def go_on(session: Session, platform: Platform, attempt: Attempt, now: datetime) -> None:
    """End the break of a locked attempt, if it is on one.

    In a pause the break stands, and so it ends at the moment at which the pause began.
    """
    if attempt.break_began_at is None:
        return
    now = attempt.paused_at or now
    used = break_used(attempt.break_began_at, now, attempt.break_left)
    unused = attempt.break_left - break_stood(attempt.break_began_at, now, attempt.break_left)
    move(session, platform, attempt, GrantKind.BREAK, -unused, "", actor_id=attempt.person_id)
    attempt.break_left, attempt.break_began_at = attempt.break_left - used, None
    session.add(attempt)
    facts = {"seconds": used}
    session.add(SittingEvent(attempt_id=attempt.id or 0, at=now, kind="break-ended", facts=facts))
