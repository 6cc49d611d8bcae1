"""Before an exam: its rules, and every reason why it cannot be sat now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from sqlmodel import Session

from certify.clock import local_date
from certify.domain import qualification as rules
from certify.domain.attempt import Attempt, AttemptState
from certify.domain.blueprint import Cell, shortages
from certify.domain.course import Course, Exam
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.remedial import LessonRead, still_to_read
from certify.domain.scoring import points_text
from certify.errors import NotFound
from certify.i18n import _, _n, pick
from certify.platform import Platform
from certify.services import learning
from certify.services.bank import DrawnItem, bank_of
from certify.services.drawing import since_pass
from certify.storage import attempts, courses, qualifications


@dataclass(frozen=True)
class RemedialView:
    """Remedial training still to be done before a retake."""

    topics: tuple[dict[str, str], ...]
    lessons: tuple[str, ...]
    due_on: date


@dataclass(frozen=True)
class LobbyView:
    """An exam as one person finds it."""

    exam: str
    title: dict[str, str]
    course: str
    course_title: dict[str, str]
    minutes: int
    items: int
    points: str
    pass_mark: str
    attempts_left: int
    attempts_made: int
    open_attempt: int | None
    """Id of the attempt to go on with."""
    deadline: datetime | None
    """End of the open attempt."""
    blockers: tuple[str, ...]
    """Why a new attempt cannot be started, all reasons, translated; empty when it can."""
    remedial: RemedialView | None
    is_passed: bool = False
    """Whether the latest attempt was a pass."""

    @property
    def may_start(self) -> bool:
        """Whether a new attempt can be started, or the open one continued."""
        return self.open_attempt is not None or not self.blockers


def lobby(platform: Platform, *, actor: Actor, exam: str) -> LobbyView:
    """An exam's rules and whether the actor may start.

    Raises:
        NotFound
    """
    require(actor, Action.SIT_EXAM, owner=actor.person_id)
    with platform.database.read() as session:
        found = find_exam(session, exam)
        course = session.get_one(Course, found.course_id)
        cells = [Cell.model_validate(cell) for cell in found.blueprint]
        past = attempts.of_person(session, actor.person_id, found.id)
        current = next((one for one in past if one.state is AttemptState.OPEN), None)
        counted = _counted(platform, past)
        policy = platform.policy
        return LobbyView(
            exam=exam,
            title=found.title,
            course=course.code,
            course_title=course.title,
            minutes=found.minutes,
            items=sum(cell.count for cell in cells),
            points=points_text(Fraction(sum(cell.count * cell.points for cell in cells))),
            pass_mark=points_text(Fraction(policy.exam.pass_mark)),
            attempts_left=max(0, policy.retake.max_attempts - len(counted)),
            attempts_made=len(past),
            open_attempt=current.id if current else None,
            deadline=current.deadline if current else None,
            blockers=tuple(blockers(session, platform, actor, found)),
            remedial=_remedial(session, actor, found, course),
            is_passed=bool(past and past[-1].passed),
        )


def find_exam(session: Session, code: str) -> Exam:
    """An exam by its code, or `NotFound`."""
    found = courses.exam(session, code)
    if found is None:
        raise NotFound(
            _("There is no exam “{exam}”.").format(exam=code),
            mend=_("“certify exam list” shows all of them."),
        )
    return found


def blockers(session: Session, platform: Platform, actor: Actor, exam: Exam) -> list[str]:
    """Every reason why a new attempt cannot be started now, translated."""
    course = session.get_one(Course, exam.course_id)
    past = attempts.of_person(session, actor.person_id, exam.id)
    reasons = []
    if not exam.available or not course.available:
        reasons.append(_("The course of this exam is not loaded at present."))
    else:
        reasons += _short_bank(platform, session, exam, course)
    every = courses.every(session) if course.prerequisites else ()
    if locked_by := learning.locked_by(session, actor.person_id, course, every):
        reasons.append(learning.locked_text(locked_by))
    if platform.policy.exam.lessons_first and not courses.is_finished(
        session, actor.person_id, course.id or 0
    ):
        reasons.append(_("Finish all lessons of the course first."))
    if reason := _held(session, platform, actor, exam):
        reasons.append(reason)
    if remedial := _remedial(session, actor, exam, course):
        reasons.append(
            _("Finish your remedial training first: {topics}.").format(
                topics=_("; ").join(pick(topic) for topic in remedial.topics)
            )
        )
    counted = _counted(platform, past)
    retake = platform.policy.retake
    if len(counted) >= retake.max_attempts:
        reasons.append(
            _(
                "All {count} attempts within {days} days are used; your supervisor decides now."
            ).format(count=retake.max_attempts, days=retake.within_days)
        )
    return reasons


def _counted(platform: Platform, past: Sequence[Attempt]) -> list[Attempt]:
    """The attempts that use up the limit: since the latest pass, within the policy's period."""
    since = platform.clock.now() - timedelta(days=platform.policy.retake.within_days)
    return [attempt for attempt in since_pass(past) if attempt.started_at > since]


def _short_bank(platform: Platform, session: Session, exam: Exam, course: Course) -> list[str]:
    cells = [Cell.model_validate(cell) for cell in exam.blueprint]
    bank: list[DrawnItem] = bank_of(session, course.id or 0)
    return [
        _(
            "The bank is too small: topic “{topic}” needs {count} items, {available} are there."
        ).format(
            topic=pick(course.topics.get(short.cell.topic, {})) or short.cell.topic,
            count=short.cell.count,
            available=short.available,
        )
        for short in shortages(cells, bank)
    ]


def _held(session: Session, platform: Platform, actor: Actor, exam: Exam) -> str:
    """Who holds what the exam gives may sit it again only to renew."""
    today = local_date(platform.clock.now(), platform.policy.organisation.time_zone)
    passes = [one for one in attempts.of_person(session, actor.person_id, exam.id) if one.passed]
    if not passes:
        return ""
    gave = {one.id for one in passes}
    held = [
        row.qualification
        for row in qualifications.rows(session, person_id=actor.person_id)
        if row.qualification.attempt_id in gave or row.qualification.code == exam.process_code
    ]
    if not held:
        return _("You have passed this exam.")
    last_day = min(
        max(one.valid_to for one in held if one.code == code) for code in {o.code for o in held}
    )
    opens = rules.window_opens(last_day, platform.policy.qualification.renewal_days)
    if today >= opens:
        return ""
    return _("You have passed this exam; renewal opens on {day}.").format(day=opens.isoformat())


def _remedial(session: Session, actor: Actor, exam: Exam, course: Course) -> RemedialView | None:
    assignment = attempts.latest_assignment(session, actor.person_id, exam.id or 0)
    past = attempts.of_person(session, actor.person_id, exam.id)
    if assignment is None or any(
        one.passed and one.submitted_at and one.submitted_at > assignment.assigned_at
        for one in past
    ):
        return None
    progress = courses.progress(session, actor.person_id, course.id or 0)
    lessons = [
        LessonRead(
            code=lesson.code,
            topics=frozenset(lesson.topics),
            finished_at=(
                found.finished_at if (found := progress.get(lesson.id or 0)) is not None else None
            ),
        )
        for lesson in courses.lessons(session, course.id or 0)
    ]
    left = still_to_read(assignment.topics, assignment.assigned_at, lessons)
    if not left:
        return None
    return RemedialView(
        topics=tuple(
            course.topics.get(topic, {"zh": topic})
            for topic in sorted(assignment.topics, key=[*course.topics, *assignment.topics].index)
        ),
        lessons=tuple(left),
        due_on=assignment.due_on,
    )


def attempts_text(count: int) -> str:
    """How many attempts are left, in words."""
    return _n("{count} attempt left", "{count} attempts left", count).format(count=count)
