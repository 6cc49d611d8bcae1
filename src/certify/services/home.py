"""The first screen: what is due, what I hold, what expires."""

from dataclasses import dataclass, field
from datetime import date, datetime

from certify.domain.permission import Action, may
from certify.domain.person import Actor
from certify.domain.qualification import QualificationState
from certify.platform import Platform
from certify.services import (
    closing,
    desk,
    escalation,
    field_practice,
    learning,
    lobby,
    marking,
    messages,
    readiness,
    reminders,
    results,
    review_bank,
)
from certify.services.course_view import CourseView
from certify.services.desk import DeskPage
from certify.services.escalation import FollowUp
from certify.services.field_practice import LogView
from certify.services.lobby import LobbyView
from certify.services.messages import MessageView
from certify.services.results import QualificationView
from certify.services.review_bank import Waiting
from certify.storage import people
from certify.storage import results as results_kept

_SHOWN = (QualificationState.ACTIVE, QualificationState.PENDING, QualificationState.SUSPENDED)


@dataclass(frozen=True)
class DueCourse:
    """A course to go on with."""

    course: CourseView
    is_overdue: bool
    exams: tuple[LobbyView, ...]
    """Its exams as the actor finds them."""


@dataclass(frozen=True)
class HomeView:
    """All that the home screen shows."""

    name: str
    staff_no: str
    post: dict[str, str]
    now: datetime
    today: date
    open_exam: LobbyView | None
    """An exam in progress: the first thing to offer."""
    due: tuple[DueCourse, ...]
    """Courses begun or assigned whose lessons or exams are still to do, most urgent first."""
    other: tuple[CourseView, ...]
    """Courses that could be begun."""
    held: tuple[QualificationView, ...]
    expiring: tuple[QualificationView, ...]
    told: tuple[MessageView, ...]
    """What the person must still be told."""
    practice_due: int
    """Practised items that come back now."""
    follow_up: FollowUp
    """Whose attempts are used up and whose remedial training is overdue, for who looks after
    them."""
    to_mark: int
    """Answers that wait for the actor as an examiner."""
    to_apply: int
    """Corrections that wait for the actor as a second person."""
    may_see_people: bool
    may_see_qualifications: bool
    on_desk: tuple[DeskPage, ...] = ()
    """What of evaluation, training, inspection and standards waits for the actor."""
    bank: Waiting = field(default_factory=Waiting)
    """What of the item bank waits for the actor as a reviewer."""
    practice_log: LogView | None = None
    """The actor's on-site practice, while it goes on."""
    guided: tuple[LogView, ...] = ()
    """Logs that wait for the actor's remark or sign-off, as a guide."""
    is_alone: bool = False
    """Whether somebody who manages people has nobody to manage yet."""


def home(platform: Platform, *, actor: Actor) -> HomeView:
    """What the actor should see first."""
    closing.close_overdue(platform)
    reminders.remind(platform, person_id=actor.person_id)
    today = platform.today()
    record = results.record(platform, actor=actor)
    views = learning.course_views(platform, actor=actor)
    due, other, open_exam = [], [], None
    for course in views:
        doors = tuple(lobby.lobby(platform, actor=actor, exam=exam) for exam in course.exams)
        open_exam = next((door for door in doors if door.open_attempt is not None), open_exam)
        if not course.is_enrolled:
            other.append(course)
        elif course.next_lesson is not None or any(_is_to_do(door) for door in doors):
            overdue = course.due_on is not None and course.due_on < today
            due.append(DueCourse(course, overdue, doors))
    held = tuple(view for view in record.qualifications if view.state in _SHOWN)
    return HomeView(
        name=record.name,
        staff_no=record.staff_no,
        post=record.post,
        now=platform.clock.now(),
        today=today,
        open_exam=open_exam,
        due=tuple(sorted(due, key=lambda one: (one.course.due_on or date.max, one.course.code))),
        other=tuple(other),
        held=held,
        expiring=tuple(view for view in held if view.is_expiring),
        told=tuple(messages.unread(platform, actor=actor)),
        practice_due=readiness.due_items(platform, actor=actor),
        follow_up=_follow_up(platform, actor),
        to_mark=_to_mark(platform, actor),
        to_apply=_to_apply(platform, actor),
        may_see_people=may(actor, Action.SEE_PEOPLE),
        may_see_qualifications=may(actor, Action.SEE_QUALIFICATIONS),
        on_desk=desk.waiting(platform, actor=actor),
        bank=review_bank.waiting(platform, actor=actor),
        practice_log=field_practice.own_log(platform, actor=actor),
        guided=tuple(
            log
            for log in field_practice.guided(platform, actor=actor)
            if not log.is_signed and (log.waiting or not log.missing)
        ),
        is_alone=may(actor, Action.SEE_PEOPLE) and _is_alone(platform),
    )


def _follow_up(platform: Platform, actor: Actor) -> FollowUp:
    if not escalation.may_follow_up(actor):
        return FollowUp((), ())
    return escalation.follow_up(platform, actor=actor)


def _to_mark(platform: Platform, actor: Actor) -> int:
    may_mark = may(actor, Action.MARK) and not actor.is_console
    return len(marking.queue(platform, actor=actor).answers) if may_mark else 0


def _to_apply(platform: Platform, actor: Actor) -> int:
    if not may(actor, Action.CORRECT):
        return 0
    with platform.database.read() as session:
        every = results_kept.corrections(session)
    waiting = [one for one in every if one.applied_at is None and one.withdrawn_at is None]
    return sum(one.proposed_by != actor.person_id for one in waiting)


def _is_alone(platform: Platform) -> bool:
    with platform.database.read() as session:
        return people.is_one_alone(session)


def _is_to_do(door: LobbyView) -> bool:
    return door.may_start or not door.is_passed or door.remedial is not None
