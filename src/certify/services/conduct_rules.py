"""What every act of an invigilator asks and leaves behind."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.domain.registration import Cohort, CohortMember
from certify.domain.sitting_time import SittingEvent
from certify.errors import NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.attempt_time import heard_at
from certify.services.recording import record
from certify.services.time_grants import check_reason
from certify.storage import attempts, cohorts


def allowed(actor: Actor, reason: str) -> str:
    """The reason as one clean line, from somebody who may conduct exams.

    Raises:
        NotPermitted, BadInput
    """
    require(actor, Action.CONDUCT_EXAM)
    require_person(actor)
    return check_reason(reason)


def open_attempt(
    session: Session, platform: Platform, actor: Actor, attempt_id: int
) -> tuple[Attempt, datetime]:
    """An open attempt of somebody else, locked, and its moment.

    Raises:
        NotFound, NotPermitted, Refused
    """
    attempt = attempts.locked(session, attempt_id)
    if attempt is None:
        raise NotFound(_("There is no such attempt."))
    refuse_oneself(actor, [attempt.person_id])
    if attempt.state is not AttemptState.OPEN:
        raise Refused(_("This exam is submitted; nothing more can be changed."))
    return attempt, heard_at(session, platform, attempt)


def refuse_oneself(actor: Actor, person_ids: Iterable[int]) -> None:
    """Nobody conducts an exam that they sit themselves.

    Raises:
        NotPermitted
    """
    if actor.person_id in person_ids:
        raise NotPermitted(
            _("Nobody conducts an exam for themselves."), mend=_("Ask somebody else who may.")
        )


def note(
    session: Session,
    platform: Platform,
    actor: Actor,
    attempt: Attempt,
    kind: str,
    at: datetime,
    reason: str,
    **facts: int | str,
) -> None:
    """Write an act down beside the sitting with its reason, and without it in the ledger.

    Args:
        facts: plain JSON values, kept in both.
    """
    session.add(attempt)
    told = {"by": actor.person_id, "reason": reason, **facts}
    session.add(SittingEvent(attempt_id=attempt.id or 0, at=at, kind=kind, facts=told))
    about = {"person": attempt.person_id, **facts}
    record(session, platform, actor, _ACTIONS[kind], f"attempt:{attempt.id}", **about)


_ACTIONS = {
    "paused": "attempt-paused",
    "resumed": "attempt-went-on",
    "ended": "attempt-ended",
    "moved": "attempt-moved",
}
"""What the ledger calls the events of a sitting that an invigilator makes."""


def locked_cohort(session: Session, cohort_id: int) -> Cohort:
    """A cohort whose members nobody else changes until this transaction ends.

    Who locks attempts, too, has locked them before.

    Raises:
        NotFound
    """
    return known_cohort(session, cohort_id, is_locked=True)


def known_cohort(session: Session, cohort_id: int, *, is_locked: bool = False) -> Cohort:
    """A cohort.

    Raises:
        NotFound
    """
    found = session.get(Cohort, cohort_id, with_for_update=is_locked)
    if found is None:
        raise NotFound(
            _("There is no cohort {number}.").format(number=cohort_id),
            mend=_("“certify cohort list” shows all of them."),
        )
    return found


def members_of(session: Session, cohort_id: int, staff_nos: Iterable[str]) -> list[CohortMember]:
    """The members with these staff numbers, in their order, each once.

    Raises:
        NotFound: naming every number that nobody in the cohort has.
    """
    rows = cohorts.members(session, cohort_id).get(cohort_id, [])
    known = {row.person.staff_no: row.member for row in rows}
    wanted = list(dict.fromkeys(staff_nos))
    if unknown := [number for number in wanted if number not in known]:
        raise NotFound(
            _("Not registered in this cohort: {numbers}.").format(numbers=", ".join(unknown)),
            mend=_("“certify cohort show {number}” lists its members.").format(number=cohort_id),
        )
    return [known[number] for number in wanted]
