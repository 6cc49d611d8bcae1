"""Which contents and methods of onboarding the loaded courses have, and which are missing."""

from dataclasses import dataclass

from certify.domain.must_cover import GROUPS, METHODS_NEEDED
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.platform import Platform
from certify.storage import courses


@dataclass(frozen=True)
class CoveringLesson:
    """One lesson that holds a content."""

    course: str
    course_title: dict[str, str]
    lesson: str
    title: dict[str, str]


@dataclass(frozen=True)
class ContentCoverage:
    """One content that onboarding must have, and the lessons that hold it; none: it is missing."""

    group: str
    code: str
    about: str
    """What it is, English source text."""
    lessons: tuple[CoveringLesson, ...]


@dataclass(frozen=True)
class MethodCoverage:
    """How many lessons of each method an onboarding course has (R-LRN-04)."""

    course: str
    title: dict[str, str]
    phase: str
    methods: dict[str, int]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class CoverageView:
    """The whole report (R-LRN-02)."""

    contents: tuple[ContentCoverage, ...]
    courses: tuple[MethodCoverage, ...]

    @property
    def missing(self) -> int:
        """How many contents no lesson holds."""
        return sum(not one.lessons for one in self.contents)


def coverage(platform: Platform, *, actor: Actor) -> CoverageView:
    """The report on the onboarding courses that are loaded now."""
    require(actor, Action.LEARN, owner=actor.person_id)
    holding: dict[str, list[CoveringLesson]] = {}
    methods = []
    with platform.database.read() as session:
        for course in courses.every(session):
            if course.kind != "onboarding" or not course.available:
                continue
            counts: dict[str, int] = {}
            for lesson in courses.lessons(session, course.id or 0):
                counts[lesson.method] = counts.get(lesson.method, 0) + 1
                found = CoveringLesson(course.code, course.title, lesson.code, lesson.title)
                for code in lesson.covers:
                    holding.setdefault(code, []).append(found)
            missing = tuple(method for method in METHODS_NEEDED if method not in counts)
            methods.append(MethodCoverage(course.code, course.title, course.phase, counts, missing))
    contents = tuple(
        ContentCoverage(group, code, about, tuple(holding.get(code, ())))
        for group, every in GROUPS.items()
        for code, about in every.items()
    )
    return CoverageView(contents, tuple(methods))
