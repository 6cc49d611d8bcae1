"""The item bank as those who review see it: states, what waits for whom; never a key."""

from dataclasses import dataclass

from certify.domain import reviewing as rules
from certify.domain.item import ItemState
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor
from certify.domain.reviewing import Keys, Stage
from certify.i18n import pick
from certify.platform import Platform
from certify.services.review_cases import Reviewed, course_id, every
from certify.services.review_stale import Stale, stale_of


@dataclass(frozen=True)
class BankLine:
    """One item of the bank."""

    code: str
    course: str
    course_title: dict[str, str]
    pool: str
    state: ItemState
    is_pending: bool
    """Whether a version waits that is newer than the one in use."""
    stage: Stage
    """What it waits for."""
    waits_for_me: Stage
    """What of it the actor may do now."""
    version_id: int
    type: str
    type_label: str
    """Name of the question type, to be translated."""
    topic: str
    topic_title: dict[str, str]
    difficulty: int
    standards: tuple[str, ...]
    stem: dict[str, str]
    keys: Keys
    stale: Stale | None
    """Why it must be looked at again; None when it need not."""


@dataclass(frozen=True)
class Waiting:
    """How much of the bank waits for one person."""

    second_keys: int = 0
    reviews: int = 0
    releases: int = 0
    returned: int = 0
    """Own items that were given back, or are unfinished."""
    stale: int = 0
    """Items in use whose standards changed."""

    @property
    def total(self) -> int:
        """All of it but the stale items, which wait for anybody."""
        return self.second_keys + self.reviews + self.releases + self.returned


def bank(
    platform: Platform,
    *,
    actor: Actor,
    course: str | None = None,
    state: ItemState | None = None,
    mine: bool = False,
) -> list[BankLine]:
    """The items of a course, or of all.

    Args:
        state: only items in this state.
        mine: only what waits for the actor.
    Raises:
        NotPermitted
        NotFound: there is no such course.
    """
    require(actor, Action.SEE_BANK)
    with platform.database.read() as session:
        wanted = course_id(session, course)
        found = every(session, platform, course=wanted, content=True)
        stale = stale_of(session, platform)
    lines = [_line(platform, actor, one, stale.get(one.row.code)) for one in found]
    return [
        line
        for line in lines
        if state in (None, line.state) and (not mine or line.waits_for_me is not Stage.NOTHING)
    ]


def waiting(platform: Platform, *, actor: Actor) -> Waiting:
    """How much waits for the actor; nothing for those who do not review."""
    if not may(actor, Action.REVIEW_ITEMS) or actor.is_console:
        return Waiting()
    policy = platform.policy.review
    with platform.database.read() as session:
        pending = every(session, platform, only_pending=True)
        stale = stale_of(session, platform)
    mine = [rules.waits_for(one.case, actor.person_id, actor.staff_no, policy) for one in pending]
    return Waiting(
        second_keys=mine.count(Stage.SECOND_KEY),
        reviews=mine.count(Stage.REVIEW),
        releases=mine.count(Stage.RELEASE),
        returned=mine.count(Stage.AUTHOR),
        stale=len(stale),
    )


def _line(platform: Platform, actor: Actor, one: Reviewed, stale: Stale | None) -> BankLine:
    row, policy = one.row, platform.policy.review
    kind = platform.plugins.question_types.get(row.type)
    stem = (row.content or {}).get("stem", {})
    mine = Stage.NOTHING
    if may(actor, Action.REVIEW_ITEMS) and not actor.is_console:
        mine = rules.waits_for(one.case, actor.person_id, actor.staff_no, policy)
    return BankLine(
        code=row.code,
        course=one.course.code,
        course_title=one.course.title,
        pool=row.pool,
        state=row.state,
        is_pending=row.draft_id is not None,
        stage=rules.stage(one.case, policy),
        waits_for_me=mine,
        version_id=row.version_id,
        type=row.type,
        type_label=kind.label if kind else row.type,
        topic=row.topic,
        topic_title=one.topic_title,
        difficulty=row.difficulty,
        standards=tuple(row.standards),
        stem={name: str(text) for name, text in stem.items()} if isinstance(stem, dict) else {},
        keys=rules.second_keys(one.case.steps),
        stale=stale,
    )


def matches(line: BankLine, wanted: str) -> bool:
    """Whether a search finds a line: in its code, stem or topic, whatever the case."""
    texts = (line.code, pick(line.topic_title), line.topic, *line.stem.values(), *line.standards)
    return any(wanted.casefold() in text.casefold() for text in texts)
