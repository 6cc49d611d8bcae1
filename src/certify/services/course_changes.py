"""What a new version of a course changes, and whom that touches (R-CAT-01, R-LRN-08)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from certify.clock import local_date
from certify.courseware.checker import check_course
from certify.courseware.finding import Finding
from certify.courseware.loader import LoadedCourse, own_front
from certify.domain.course import Course
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.platform import Platform
from certify.services.typed import course_of
from certify.storage import course_revisions, courses, items


@dataclass(frozen=True)
class Difference:
    """Codes of what is new, what is other than before, and what is gone."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class CourseChanges:
    """What loading a folder would change, or has changed."""

    lessons: Difference = Difference()
    items: Difference = Difference()
    exams: Difference = Difference()

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    def as_json(self) -> dict[str, dict[str, list[str]]]:
        """The same as plain data."""
        return {
            field.name: {how: list(codes) for how, codes in vars(getattr(self, field.name)).items()}
            for field in fields(self)
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Mapping[str, Collection[str]]]) -> "CourseChanges":
        """What `as_json` gave."""
        return cls(
            **{
                name: Difference(**{how: tuple(codes) for how, codes in found.items()})
                for name, found in data.items()
            }
        )


@dataclass(frozen=True)
class Touched:
    """How many people a change touches."""

    enrolled: int
    readers: int
    """Who finished a lesson that changed: it counts as read and is marked as revised."""
    sitting: int
    """Attempts in progress: they go on with the items and the time they began with."""


@dataclass(frozen=True)
class Revision:
    """One loading of a course that changed something."""

    version: str
    at: datetime
    day: date
    """The same in the company's time zone."""
    notes: dict[str, str]
    changes: CourseChanges


@dataclass(frozen=True)
class Preview:
    """What loading a folder would do."""

    code: str
    version: str
    loaded_version: str
    """Empty when the course was never loaded."""
    changes: CourseChanges
    touched: Touched
    errors: tuple[Finding, ...]
    """With any of them it would not be loaded."""


def history(platform: Platform, *, actor: Actor, course: str) -> list[Revision]:
    """Every revision of a course, newest first.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.SYNC_COURSES)
    with platform.database.read() as session:
        found = course_of(session, course)
        zone = platform.policy.organisation.time_zone
        return [
            Revision(
                one.version,
                one.at,
                local_date(one.at, zone),
                one.notes,
                CourseChanges.from_json(one.changes),
            )
            for one in course_revisions.of_course(session, found.id or 0)
        ]


def preview(platform: Platform, *, actor: Actor, folder: Path) -> Preview:
    """What loading a folder would change, and for how many; nothing is changed.

    Raises:
        NotPermitted
    """
    require(actor, Action.SYNC_COURSES)
    loaded = check_course(folder, platform.plugins.question_types)
    if loaded.manifest is None:
        none = Touched(0, 0, 0)
        return Preview(folder.name, "", "", CourseChanges(), none, tuple(loaded.errors))
    with platform.database.read() as session:
        course = courses.by_code(session, loaded.manifest.code)
        changes = compare(session, course, loaded)
        course_id = course.id or 0 if course else 0
        lessons = (*changes.lessons.changed, *changes.lessons.removed)
        touched = Touched(
            enrolled=course_revisions.enrolled(session, course_id),
            readers=course_revisions.readers(session, course_id, lessons),
            sitting=course_revisions.open_attempts(session, course_id),
        )
    return Preview(
        code=loaded.manifest.code,
        version=loaded.manifest.version,
        loaded_version=course.version if course else "",
        changes=changes,
        touched=touched,
        errors=tuple(loaded.errors),
    )


def compare(session: Session, course: Course | None, loaded: LoadedCourse) -> CourseChanges:
    """What a folder holds beside what was loaded before; all of it is new for a new course."""
    assert loaded.manifest is not None  # noqa: S101  only courses without errors are compared
    fresh_lessons = {
        own_front(texts).id: {name: text.body for name, text in texts.items()}
        for texts in loaded.lessons
    }
    fresh_items = {item.code: item.fingerprint for item in loaded.items}
    fresh_exams = {
        exam.code: (exam.minutes, [cell.model_dump(mode="json") for cell in exam.blueprint])
        for exam in loaded.manifest.exams
    }
    if course is None or course.id is None:
        new = (
            Difference(added=tuple(found)) for found in (fresh_lessons, fresh_items, fresh_exams)
        )
        return CourseChanges(*new)
    known_lessons = {
        code: lesson.body
        for code, lesson in courses.all_lessons(session, course.id).items()
        if lesson.available
    }
    known_exams = {
        exam.code: (exam.minutes, exam.blueprint)
        for exam in courses.exams(session, course.id)
        if exam.available
    }
    return CourseChanges(
        _difference(known_lessons, fresh_lessons),
        _difference(items.newest_hashes(session, course.id), fresh_items),
        _difference(known_exams, fresh_exams),
    )


def _difference(known: Mapping[str, object], fresh: Mapping[str, object]) -> Difference:
    return Difference(
        added=tuple(sorted(set(fresh) - set(known))),
        changed=tuple(
            sorted(code for code in fresh if code in known and known[code] != fresh[code])
        ),
        removed=tuple(sorted(set(known) - set(fresh))),
    )
