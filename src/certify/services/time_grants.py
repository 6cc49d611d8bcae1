"""Giving a candidate time in the middle of an exam, with a reason and by somebody else."""

from certify.domain.attempt import AttemptState
from certify.domain.clean import clean_line
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.domain.sitting_time import GrantKind
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing
from certify.services.deadline import move
from certify.storage import attempts

MOST_MINUTES = 240
"""More than that is another exam."""
MOST_REASON = 400


def give_time(
    platform: Platform, *, actor: Actor, attempt_id: int, minutes: int, reason: str
) -> None:
    """Give a candidate minutes in the middle of an exam.

    Args:
        minutes: 1 to 240.
        reason: why; kept in the ledger for good.
    Raises:
        NotPermitted: also for one's own attempt.
        NotFound, Refused, BadInput
    """
    require(actor, Action.GRANT_TIME)
    require_person(actor)
    told = check_reason(reason)
    check_minutes(minutes)
    closing.close_overdue(platform)
    with platform.database.write() as session:
        attempt = attempts.locked(session, attempt_id)
        if attempt is None:
            raise NotFound(_("There is no such attempt."))
        refuse_own(actor, attempt.person_id)
        if attempt.state is not AttemptState.OPEN:
            raise Refused(_("This exam is submitted; nothing more can be changed."))
        kind = GrantKind.INVIGILATOR
        move(session, platform, attempt, kind, minutes * 60, told, actor_id=actor.person_id)


def check_minutes(minutes: int) -> None:
    """Refuse what is no gift of minutes.

    Raises:
        BadInput
    """
    if not 1 <= minutes <= MOST_MINUTES:
        raise BadInput(_("Give from 1 to {most} minutes.").format(most=MOST_MINUTES))


def check_reason(reason: str) -> str:
    """The reason as one clean line.

    Raises:
        BadInput: there is none, or it is too long.
    """
    told = clean_line(reason).strip()
    if not 0 < len(told) <= MOST_REASON:
        raise BadInput(_("Say why, in 1 to {most} characters.").format(most=MOST_REASON))
    return told


def refuse_own(actor: Actor, person_id: int) -> None:
    """Nobody approves what is for themselves.

    Raises:
        NotPermitted
    """
    if actor.person_id == person_id:
        raise NotPermitted(
            _("Nobody approves time for themselves."), mend=_("Ask somebody else who may.")
        )
