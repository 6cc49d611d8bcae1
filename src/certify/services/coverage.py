"""What of a course its items cover: topic × type, difficulty and state, and topic × standard."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from certify.domain.blueprint import Cell, shortages
from certify.domain.item import ItemState
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.platform import Platform
from certify.services.bank import bank_of
from certify.services.review_stale import stale_of
from certify.services.typed import course_of
from certify.storage import courses, reviews, standards
from certify.storage.reviews import BankRow


@dataclass(frozen=True)
class TopicCoverage:
    """The items of one topic, counted."""

    topic: str
    title: dict[str, str]
    by_type: dict[str, int]
    """Items in use by type."""
    by_difficulty: dict[int, int]
    """Items in use by difficulty, 1 to 3."""
    by_state: dict[str, int]
    """All items by state."""
    by_standard: dict[str, int]
    """Items in use by the standard they cite."""

    @property
    def in_use(self) -> int:
        """Items in use."""
        return self.by_state.get(ItemState.IN_USE, 0)


@dataclass(frozen=True)
class CellShort:
    """A cell of an exam's blueprint that the items in use cannot fill."""

    exam: str
    exam_title: dict[str, str]
    topic: str
    type: str
    difficulty: int | None
    wanted: int
    available: int


@dataclass(frozen=True)
class CoverageView:
    """A course's items against its topics, its exams and the standards."""

    course: str
    title: dict[str, str]
    topics: tuple[TopicCoverage, ...]
    types: tuple[str, ...]
    """Types in the order of the matrix, with their labels in `labels`."""
    labels: dict[str, str]
    standards: tuple[str, ...]
    """Standards that items cite, or that the catalogue has."""
    unknown_standards: tuple[str, ...]
    """Those of them that are not in the catalogue."""
    empty_topics: tuple[str, ...]
    """Topics without any item in use."""
    uncited: tuple[str, ...]
    """Standards of the catalogue that no item of the course in use cites."""
    short: tuple[CellShort, ...]

    @property
    def holes(self) -> int:
        """How many holes there are; a standard may well belong to another course."""
        return len(self.empty_topics) + len(self.short)


def coverage(platform: Platform, *, actor: Actor, course: str) -> CoverageView:
    """The matrix of a course, practice items included, with its holes.

    Raises:
        NotPermitted
        NotFound: there is no such course.
    """
    require(actor, Action.SEE_BANK)
    with platform.database.read() as session:
        found = course_of(session, course)
        rows = reviews.bank(session, course_id=found.id)
        used = [row for row in reviews.citing(session) if row.course_id == found.id]
        known = {one.number for one in standards.every(session) if one.withdrawn_on is None}
        stale = stale_of(session, platform, course_id=found.id)
        bank = bank_of(session, found.id or 0, without=stale)
        short = [
            CellShort(
                exam=exam.code,
                exam_title=exam.title,
                topic=one.cell.topic,
                type=one.cell.type,
                difficulty=one.cell.difficulty,
                wanted=one.cell.count,
                available=one.available,
            )
            for exam in courses.exams(session, found.id or 0)
            if exam.available
            for one in shortages([Cell.model_validate(cell) for cell in exam.blueprint], bank)
        ]
    topics = tuple(
        _topic(
            topic,
            title,
            [row for row in rows if row.topic == topic],
            [row for row in used if row.topic == topic],
        )
        for topic, title in found.topics.items()
    )
    cited = {number for one in topics for number in one.by_standard}
    types = sorted({row.type for row in [*rows, *used]} | {one.type for one in short})
    kinds = platform.plugins.question_types
    return CoverageView(
        course=found.code,
        title=found.title,
        topics=topics,
        types=tuple(types),
        labels={name: kinds[name].label if name in kinds else name for name in types},
        standards=tuple(sorted(cited | known)),
        unknown_standards=tuple(sorted(cited - known)),
        empty_topics=tuple(one.topic for one in topics if not one.in_use),
        uncited=tuple(sorted(known - cited)),
        short=tuple(short),
    )


def _topic(
    topic: str, title: dict[str, str], rows: Sequence[BankRow], used: Sequence[BankRow]
) -> TopicCoverage:
    """Count the items of a topic.

    Args:
        rows: all of them, in whatever state.
        used: those in use, as they are in use.
    """
    waiting = Counter(str(row.state) for row in rows if row.state is not ItemState.IN_USE)
    by_state = {**waiting, str(ItemState.IN_USE): len(used)}
    return TopicCoverage(
        topic=topic,
        title=title or {"zh": topic},
        by_type=dict(Counter(row.type for row in used)),
        by_difficulty=dict(Counter(row.difficulty for row in used)),
        by_state={state: count for state, count in by_state.items() if count},
        by_standard=dict(Counter(number for row in used for number in row.standards)),
    )
