"""What practice says: how far each topic is known, and how ready one is for an exam."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import ceil, floor

from sqlmodel import Session

from certify.domain import readiness as rules
from certify.domain import spacing
from certify.domain.blueprint import Cell
from certify.domain.course import Course, Exam
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.domain.practice import Practicable
from certify.domain.readiness import Evidence, Outlook
from certify.domain.scoring import points_text
from certify.platform import Platform
from certify.services.typed import no_course
from certify.storage import courses, practice


@dataclass(frozen=True)
class TopicPractice:
    """How far one topic of a course was practised."""

    code: str
    title: dict[str, str]
    items: int
    practised: int
    """Items that were practised at least once."""
    due: int
    """Items that come back now."""
    expected: int | None
    """The share expected, in hundredths; None where no answer was marked yet."""


@dataclass(frozen=True)
class ReadinessView:
    """An estimate of the mark in one exam; never a promise."""

    exam: str
    title: dict[str, str]
    pass_mark: str
    estimate: int
    """In marks, 0 to 100, as are `low` and `high`: the interval, rounded outwards."""
    low: int
    high: int
    outlook: Outlook


@dataclass(frozen=True)
class PracticeView:
    """The practice of one course as one person finds it."""

    course: str
    title: dict[str, str]
    is_enrolled: bool
    topics: tuple[TopicPractice, ...]
    exams: tuple[ReadinessView, ...]

    @property
    def items(self) -> int:
        """How many items there are."""
        return sum(topic.items for topic in self.topics)

    @property
    def practised(self) -> int:
        """How many of them were practised."""
        return sum(topic.practised for topic in self.topics)

    @property
    def due(self) -> int:
        """How many of them come back now."""
        return sum(topic.due for topic in self.topics)


def practice_view(platform: Platform, *, actor: Actor, course: str) -> PracticeView:
    """The practice of one course.

    Raises:
        NotFound
    """
    require_learner(actor)
    with platform.database.read() as session:
        found = courses.by_code(session, course)
        if found is None or not found.available:
            raise no_course(course)
        return _view(session, platform, actor, found)


def practice_views(platform: Platform, *, actor: Actor) -> list[PracticeView]:
    """The practice of every course that has any, those one is enrolled in first."""
    require_learner(actor)
    with platform.database.read() as session:
        every = [one for one in courses.every(session) if one.available]
        views = [_view(session, platform, actor, one) for one in every]
    return sorted((one for one in views if one.items), key=lambda one: not one.is_enrolled)


def due_items(platform: Platform, *, actor: Actor) -> int:
    """How many practised items come back for the actor now."""
    with platform.database.read() as session:
        return practice.due_items(session, actor.person_id, platform.clock.now())


def standing(
    session: Session, platform: Platform, person_id: int, offered: Sequence[Practicable]
) -> dict[str, float]:
    """By topic the share expected of a person; topics without a marked answer are left out."""
    return rules.expected(_evidence(session, platform, person_id, offered))


def _evidence(
    session: Session, platform: Platform, person_id: int, offered: Sequence[Practicable]
) -> list[Evidence]:
    topics = {one.item_id: one.topic for one in offered}
    cards = practice.cards(session, person_id, list(topics))
    now, retention = platform.clock.now(), platform.policy.practice.retention
    return [
        rules.evidence(
            topics[one.item_id],
            one.shares,
            spacing.recall(cards[one.item_id].card, now, retention),
        )
        for one in practice.marked(session, person_id, list(topics))
    ]


def _view(session: Session, platform: Platform, actor: Actor, course: Course) -> PracticeView:
    offered = practice.offered(session, actor.person_id, course.id or 0)
    evidence = _evidence(session, platform, actor.person_id, offered)
    expected = rules.expected(evidence)
    now = platform.clock.now()
    enrolled = courses.enrolment(session, actor.person_id, course.id or 0) is not None
    return PracticeView(
        course=course.code,
        title=course.title,
        is_enrolled=enrolled,
        topics=tuple(
            _topic(code, title, offered, expected.get(code), now)
            for code, title in course.topics.items()
        ),
        exams=tuple(
            _readiness(platform, exam, evidence)
            for exam in courses.exams(session, course.id or 0)
            if exam.available
        ),
    )


def _topic(
    code: str,
    title: dict[str, str],
    offered: Sequence[Practicable],
    expected: float | None,
    now: datetime,
) -> TopicPractice:
    own = [one.due_at for one in offered if one.topic == code]
    practised = [due_at for due_at in own if due_at is not None]
    return TopicPractice(
        code=code,
        title=title,
        items=len(own),
        practised=len(practised),
        due=sum(due_at <= now for due_at in practised),
        expected=None if expected is None else floor(100 * expected),
    )


def _readiness(platform: Platform, exam: Exam, evidence: Sequence[Evidence]) -> ReadinessView:
    pass_mark = Fraction(platform.policy.exam.pass_mark)
    found = rules.readiness(evidence, _points(exam))
    return ReadinessView(
        exam=exam.code,
        title=exam.title,
        pass_mark=points_text(pass_mark),
        estimate=floor(found.estimate),
        low=floor(found.low),
        high=ceil(found.high),
        outlook=found.outlook(pass_mark),
    )


def _points(exam: Exam) -> Mapping[str, Fraction]:
    """The points of each topic on a form."""
    points: dict[str, Fraction] = {}
    for cell in map(Cell.model_validate, exam.blueprint):
        given = Fraction(cell.points) * cell.count
        points[cell.topic] = points.get(cell.topic, Fraction(0)) + given
    return points


def require_learner(actor: Actor) -> None:
    """Refuse the command line itself and whoever may not learn."""
    require_person(actor)
    require(actor, Action.LEARN, owner=actor.person_id)
