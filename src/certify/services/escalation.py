"""What a supervisor must see and decide: used-up attempts and overdue remedial training.

The direct supervisor decides; HR sees everybody and decides where there is no supervisor who can.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.attempt import AttemptState
from certify.domain.course import Course, Exam
from certify.domain.escalation import RetakeDecision
from certify.domain.message import PersonMessage
from certify.domain.permission import Action, may, require, require_person
from certify.domain.person import Actor, Person, Role
from certify.domain.scoring import cut, mark
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing
from certify.services.limits import attempt_limit
from certify.services.remedial import remedial_of
from certify.services.typed import person_of
from certify.storage import attempts, courses, escalations, ledger, people


@dataclass(frozen=True)
class UsedUp:
    """Somebody whose attempts at an exam are used up."""

    staff_no: str
    name: str
    exam: str
    title: dict[str, str]
    attempts: int
    """Attempts made since the latest pass."""
    last_on: date
    last_mark: str
    """For the eye; empty where nothing could be earned."""
    refused_on: date | None
    """When it was decided against one more attempt; None while nobody decided."""
    refusal: str
    may_decide: bool
    """Whether the one who looks may decide."""


@dataclass(frozen=True)
class OverdueRemedial:
    """Somebody whose remedial training is past its last day."""

    staff_no: str
    name: str
    exam: str
    title: dict[str, str]
    topics: tuple[dict[str, str], ...]
    due_on: date
    days: int
    """Days since the last day."""


@dataclass(frozen=True)
class FollowUp:
    """Everybody somebody must look after."""

    used_up: tuple[UsedUp, ...]
    overdue: tuple[OverdueRemedial, ...]

    @property
    def undecided(self) -> int:
        """How many wait for a decision of the one who looks."""
        return sum(one.may_decide and one.refused_on is None for one in self.used_up)


def may_follow_up(actor: Actor) -> bool:
    """Whether the actor has anybody to look after."""
    return Role.SUPERVISOR in actor.roles or may(actor, Action.SEE_RECORD)


def follow_up(platform: Platform, *, actor: Actor) -> FollowUp:
    """Whose attempts are used up and whose remedial training is overdue, by staff number.

    Raises:
        NotPermitted: the actor is neither supervisor nor HR.
    """
    if not may_follow_up(actor):
        require(actor, Action.DECIDE_RETAKE)
    closing.close_overdue(platform)
    sees_all = may(actor, Action.SEE_RECORD)
    whose = None if sees_all else actor.person_id
    today = platform.today()
    with platform.database.read() as session:
        failed = escalations.assigned(session, supervisor_id=whose)
        late = escalations.assigned(session, supervisor_id=whose, due_before=today)
        used_up = (
            _used_up(session, platform, actor, person, session.get_one(Exam, exam_id))
            for person, exam_id in failed
        )
        overdue = (
            _overdue(session, platform, person, session.get_one(Exam, exam_id), today)
            for person, exam_id in late
        )
        return FollowUp(
            tuple(one for one in used_up if one is not None),
            tuple(one for one in overdue if one is not None),
        )


def decide(
    platform: Platform, *, actor: Actor, staff_no: str, exam: str, grant: bool, reason: str
) -> None:
    """Grant somebody one more attempt, or decide against it; either with a reason.

    Raises:
        NotPermitted, NotFound
        BadInput: there is no reason.
        Refused: the attempts are not used up, or it is about oneself.
    """
    require_person(actor)
    closing.close_overdue(platform)
    said = reason.strip()
    now = platform.clock.now()
    with platform.database.write() as session:
        person = person_of(session, actor, staff_no, Action.DECIDE_RETAKE)
        session.get(Person, person.id, with_for_update=True)  # two who decide take turns
        _require_decider(session, actor, person)
        found = courses.exam(session, exam)
        if found is None:
            raise NotFound(_("There is no exam “{exam}”.").format(exam=exam))
        if not said:
            raise BadInput(_("Give a reason."), mend=_("The person reads it, and the ledger."))
        if _used_up(session, platform, actor, person, found) is None:
            raise Refused(_("The attempts of this person at this exam are not used up."))
        session.add(
            RetakeDecision(
                person_id=person.id or 0,
                exam_id=found.id or 0,
                granted=grant,
                reason=said,
                decided_by=actor.person_id,
                at=now,
            )
        )
        told = {"exam": found.title, "granted": grant, "reason": said}
        session.add(
            PersonMessage(person_id=person.id or 0, at=now, kind="retake-decided", facts=told)
        )
        ledger.append(
            session,
            at=now,
            actor_id=actor.person_id,
            action="retake-granted" if grant else "retake-declined",
            subject=f"person:{person.id}",
            facts={"exam": found.id, "reason": said},
        )


def _require_decider(session: Session, actor: Actor, person: Person) -> None:
    """Refuse whoever may not decide about one more attempt of this person.

    Raises:
        NotPermitted, Refused
    """
    if actor.person_id == person.id:
        raise Refused(_("Nobody decides about an attempt of their own."))
    require(actor, Action.DECIDE_RETAKE, owner=person.id, owner_supervisor=person.supervisor_id)
    if not _may_decide(session, actor, person):
        raise Refused(_("The direct supervisor decides about another attempt."))


def _has_decider(session: Session, person: Person) -> bool:
    """Whether the person has a supervisor who may decide."""
    above = person.supervisor_id
    return above is not None and Role.SUPERVISOR in people.roles_of(session, above)


def _used_up(
    session: Session, platform: Platform, actor: Actor, person: Person, exam: Exam
) -> UsedUp | None:
    """What is known of a person's used-up attempts at an exam; None where they are not."""
    past = attempts.of_person(session, person.id or 0, exam.id)
    limit = attempt_limit(session, platform, person.id or 0, exam, past)
    last = past[-1] if past else None
    if limit.left or last is None or last.state is not AttemptState.SUBMITTED or last.passed:
        return None
    zone = platform.policy.organisation.time_zone
    earned = None
    if last.earned is not None and last.possible is not None:
        earned = mark(last.earned, last.possible)
    refusal = limit.refusal
    return UsedUp(
        staff_no=person.staff_no,
        name=person.name,
        exam=exam.code,
        title=exam.title,
        attempts=last.number,
        last_on=local_date(last.submitted_at or last.started_at, zone),
        last_mark="" if earned is None else cut(earned),
        refused_on=local_date(refusal.at, zone) if refusal else None,
        refusal=refusal.reason if refusal else "",
        may_decide=_may_decide(session, actor, person),
    )


def _may_decide(session: Session, actor: Actor, person: Person) -> bool:
    above = person.supervisor_id
    if actor.person_id == person.id:
        return False
    allowed = may(actor, Action.DECIDE_RETAKE, owner=person.id, owner_supervisor=above)
    return allowed and (actor.person_id == above or not _has_decider(session, person))


def _overdue(
    session: Session, platform: Platform, person: Person, exam: Exam, today: date
) -> OverdueRemedial | None:
    course = session.get_one(Course, exam.course_id)
    left = remedial_of(session, platform, person.id or 0, exam, course)
    if left is None or left.due_on >= today:
        return None
    return OverdueRemedial(
        staff_no=person.staff_no,
        name=person.name,
        exam=exam.code,
        title=exam.title,
        topics=left.topics,
        due_on=left.due_on,
        days=(today - left.due_on).days,
    )
