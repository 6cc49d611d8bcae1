"""Re-marking on request (复核评分): a candidate asks in time, somebody else answers (R-ASM-15).

An answer that gets other points is a correction of kind `re-mark`, by two persons like every
correction; the request is answered with what came of it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.attempt import Attempt, AttemptState
from certify.domain.calendar import WorkingCalendar
from certify.domain.course import Exam
from certify.domain.marking import Remarking
from certify.domain.message import PersonMessage
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person
from certify.errors import NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.storage import attempts, results


@dataclass(frozen=True)
class RequestView:
    """One request."""

    id: int
    attempt_id: int
    exam: str
    title: dict[str, str]
    staff_no: str
    name: str
    asked_at: datetime
    reason: str
    decided_at: datetime | None
    granted: bool | None
    """Whether the attempt was marked again; None while nobody answered."""
    answer: str


def last_day(platform: Platform, session: Session, attempt: Attempt) -> date | None:
    """The last day on which re-marking of an attempt can be asked for; None without a result."""
    kept = results.latest(session, attempt.id or 0)
    if kept is None or attempt.state is not AttemptState.SUBMITTED:
        return None
    told_on = local_date(kept.at, platform.policy.organisation.time_zone)
    days = platform.policy.marking.remark_working_days
    return WorkingCalendar().after(told_on, days)


def ask(platform: Platform, *, actor: Actor, attempt_id: int, reason: str) -> int:
    """Ask for one's own attempt to be marked again; returns the request's number.

    Raises:
        NotFound: the attempt is not the actor's or has no result.
        Refused: it is too late, was asked for already, or no reason is given.
    """
    require_person(actor)
    with platform.database.write() as session:
        attempt = attempts.locked(session, attempt_id)
        until = last_day(platform, session, attempt) if attempt else None
        if attempt is None or attempt.person_id != actor.person_id or until is None:
            raise NotFound(_("There is no result of this attempt."))
        if not reason.strip():
            raise Refused(_("Say why it should be marked again."))
        if platform.today() > until:
            raise Refused(
                _("Re-marking of this attempt could be asked for until {day}.").format(day=until)
            )
        if any(one.decided_at is None for one in results.requests(session, attempt_id)):
            raise Refused(_("Re-marking of this attempt was asked for already."))
        request = Remarking(
            attempt_id=attempt_id, asked_at=platform.clock.now(), reason=reason.strip()
        )
        session.add(request)
        session.flush()
        _record(session, platform, actor, request, "re-marking-asked")
        return request.id or 0


def requests(platform: Platform, *, actor: Actor) -> list[RequestView]:
    """Every request, those that wait for an answer first.

    Raises:
        NotPermitted
    """
    require(actor, Action.CORRECT)
    with platform.database.read() as session:
        views = [_view(session, one) for one in results.requests(session)]
    return sorted(views, key=lambda one: (one.decided_at is not None, -one.id))


def answer(platform: Platform, *, actor: Actor, number: int, text: str) -> bool:
    """Answer a request; whether the attempt was marked again since it was made.

    Raises:
        NotPermitted, NotFound
        Refused: it is the actor's own, was answered, or the answer is empty.
    """
    require_person(actor)
    require(actor, Action.CORRECT)
    with platform.database.write() as session:
        request = None
        if attempts.may_be_id(number):
            request = session.get(Remarking, number, with_for_update=True)
        if request is None:
            raise NotFound(_("There is no request {number}.").format(number=number))
        attempt = session.get_one(Attempt, request.attempt_id)
        if attempt.person_id == actor.person_id:
            raise Refused(_("Your own request is answered by somebody else."))
        if request.decided_at is not None:
            raise Refused(_("Request {number} was answered already.").format(number=number))
        if not text.strip():
            raise Refused(_("Write what came of it; the candidate reads it."))
        request.decided_at, request.decided_by = platform.clock.now(), actor.person_id
        request.granted = results.marked_again(session, attempt, since=request.asked_at)
        request.answer = text.strip()
        session.add(request)
        session.add(
            PersonMessage(
                person_id=attempt.person_id,
                at=request.decided_at,
                kind="re-marking-decided",
                facts={
                    "attempt": attempt.id,
                    "exam": session.get_one(Exam, attempt.exam_id).title,
                    "answer": request.answer,
                },
            )
        )
        _record(session, platform, actor, request, "re-marking-answered")
        return request.granted


def _record(
    session: Session, platform: Platform, actor: Actor, request: Remarking, action: str
) -> None:
    facts = {"request": request.id, "granted": request.granted}
    record(session, platform, actor, action, f"attempt:{request.attempt_id}", **facts)


def _view(session: Session, one: Remarking) -> RequestView:
    attempt = session.get_one(Attempt, one.attempt_id)
    exam = session.get_one(Exam, attempt.exam_id)
    person = session.get_one(Person, attempt.person_id)
    return RequestView(
        id=one.id or 0,
        attempt_id=one.attempt_id,
        exam=exam.code,
        title=exam.title,
        staff_no=person.staff_no,
        name=person.name,
        asked_at=one.asked_at,
        reason=one.reason,
        decided_at=one.decided_at,
        granted=one.granted,
        answer=one.answer,
    )
