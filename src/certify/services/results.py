"""Results and records: what a person may see of what they did.

Keys and explanations stay hidden as long as an exam can still be sat (R-ASM-12): a result is the
mark, the verdict and the topic profile.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from certify.domain import scoring
from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Course, Exam
from certify.domain.permission import Action, may
from certify.domain.person import Actor, Person
from certify.domain.qualification import QualificationKind, QualificationState, standing_on
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing
from certify.services.lobby import LobbyView, lobby
from certify.services.remedial import RemedialView
from certify.services.typed import person_for
from certify.storage import attempts, people, qualifications
from certify.storage.qualifications import PeriodRow, QualificationRow


@dataclass(frozen=True)
class TopicMark:
    """One bar of the topic profile."""

    title: dict[str, str]
    mark: Fraction
    shown: str
    """The mark for the eye, cut to two places."""
    below: bool


@dataclass(frozen=True, slots=True)
class QualificationView:
    """One qualification as of a day."""

    code: str
    kind: QualificationKind
    title: dict[str, str]
    state: QualificationState
    certificate: str
    issued_on: date
    valid_from: date
    valid_to: date
    days_left: int
    """Days until the last valid day; negative when it is past."""
    is_expiring: bool
    is_to_renew: bool
    """Whether it is active and no later period follows."""

    def ends_within(self, days: int) -> bool:
        """Whether it is to be renewed and ends within so many days."""
        return self.is_to_renew and self.days_left <= days


@dataclass(frozen=True)
class AttemptView:
    """One attempt with its result, if it is submitted."""

    attempt_id: int
    exam: str
    title: dict[str, str]
    number: int
    state: AttemptState
    started_at: datetime
    submitted_at: datetime | None
    by_deadline: bool
    mark: str
    """For the eye, cut to two places; empty while open."""
    pass_mark: str
    passed: bool | None
    earned: str
    possible: str
    is_ended: bool = False
    """Whether an invigilator ended it before its time."""


@dataclass(frozen=True)
class ResultView:
    """The result of one submitted attempt and what comes next."""

    attempt: AttemptView
    course: str
    profile: tuple[TopicMark, ...]
    granted: tuple[QualificationView, ...]
    remedial: RemedialView | None
    attempts_left: int
    door: LobbyView | None = None
    """The exam as the person finds it now; None where it is somebody else's result."""


@dataclass(frozen=True)
class RecordView:
    """What is kept of one person: qualifications and attempts, newest first."""

    staff_no: str
    name: str
    department: dict[str, str]
    post: dict[str, str]
    hired_on: date
    qualifications: tuple[QualificationView, ...]
    attempts: tuple[AttemptView, ...]


def result(platform: Platform, *, actor: Actor, attempt_id: int) -> ResultView:
    """The result of a submitted attempt.

    Raises:
        NotFound: it does not exist, is not submitted, or is not for the actor to see.
    """
    closing.close_overdue(platform)
    with platform.database.read() as session:
        attempt = attempts.by_id(session, attempt_id)
        if attempt is None or attempt.state is AttemptState.OPEN:
            raise _no_result()
        person = session.get_one(Person, attempt.person_id)
        if not may(
            actor, Action.SEE_RECORD, owner=person.id, owner_supervisor=person.supervisor_id
        ):
            raise _no_result()
        exam = session.get_one(Exam, attempt.exam_id)
        course = session.get_one(Course, exam.course_id)
        order = {topic: place for place, topic in enumerate(course.topics)}
        profile = tuple(
            TopicMark(
                title=course.topics.get(one.topic, {"zh": one.topic}),
                mark=one.mark,
                shown=scoring.cut(one.mark),
                below=one.below,
            )
            for one in sorted(
                scoring.profile_from_json(attempt.profile),
                key=lambda one: order.get(one.topic, len(order)),
            )
        )
        granted = tuple(
            view
            for row in qualifications.rows(session, person_id=attempt.person_id)
            if row.qualification.attempt_id == attempt.id
            and (view := qualification_view(platform, row, platform.today())) is not None
        )
        made = _attempt_view(attempt, exam)
    is_own = attempt.person_id == actor.person_id
    door = lobby(platform, actor=actor, exam=exam.code) if is_own else None
    return ResultView(
        attempt=made,
        course=course.code,
        profile=profile,
        granted=granted,
        remedial=door.remedial if door and not attempt.passed else None,
        attempts_left=door.attempts_left if door else 0,
        door=door,
    )


def record(platform: Platform, *, actor: Actor, staff_no: str | None = None) -> RecordView:
    """A person's record; the actor's own when no staff number is given.

    Raises:
        NotFound, NotPermitted
    """
    closing.close_overdue(platform)
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_RECORD)
        row = people.row(session, person.id or 0)
        assert row is not None  # noqa: S101  the person was read in this transaction
        today = platform.today()
        held = [
            view
            for found in qualifications.rows(session, person_id=person.id)
            if (view := qualification_view(platform, found, today)) is not None
        ]
        made = attempts.of_person(session, person.id or 0)
        exams = {attempt.exam_id: session.get_one(Exam, attempt.exam_id) for attempt in made}
        return RecordView(
            staff_no=person.staff_no,
            name=person.name,
            department=row.department.names,
            post=row.post.names,
            hired_on=person.hired_on,
            qualifications=tuple(reversed(held)),
            attempts=tuple(_attempt_view(one, exams[one.exam_id]) for one in reversed(made)),
        )


def qualification_view(
    platform: Platform, row: QualificationRow, day: date
) -> QualificationView | None:
    """A qualification as of a day; None before it was issued."""
    return period_view(platform, row.row, day)


def period_view(platform: Platform, row: PeriodRow, day: date) -> QualificationView | None:
    """What a list says of a qualification as of a day; None before it was issued."""
    standing = standing_on(day, row.period, row.successors)
    if standing is None:
        return None
    left = (row.period.valid_to - day).days
    is_soon = left <= platform.policy.qualification.expiring_days
    return QualificationView(
        code=row.code,
        kind=row.kind,
        title=row.title,
        state=standing.state,
        certificate=row.certificate,
        issued_on=row.issued_on,
        valid_from=row.period.valid_from,
        valid_to=row.period.valid_to,
        days_left=left,
        is_expiring=standing.is_to_renew and is_soon,
        is_to_renew=standing.is_to_renew,
    )


def _attempt_view(attempt: Attempt, exam: Exam) -> AttemptView:
    mark = None
    if attempt.earned is not None and attempt.possible is not None:
        mark = scoring.mark(attempt.earned, attempt.possible)
    return AttemptView(
        attempt_id=attempt.id or 0,
        exam=exam.code,
        title=exam.title,
        number=attempt.number,
        state=attempt.state,
        started_at=attempt.started_at,
        submitted_at=attempt.submitted_at,
        by_deadline=attempt.by_deadline,
        mark="" if mark is None else scoring.cut(mark),
        pass_mark=scoring.points_text(attempt.pass_mark),
        passed=attempt.passed,
        earned=scoring.points_text(attempt.earned) if attempt.earned is not None else "",
        possible=scoring.points_text(attempt.possible) if attempt.possible is not None else "",
        is_ended=attempt.ended_by is not None,
    )


def _no_result() -> NotFound:
    return NotFound(_("There is no result of this attempt."))
