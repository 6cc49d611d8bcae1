"""One item as a reviewer looks at it: first without its key, then with it (R-ASM-13)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from certify.clock import local_date
from certify.domain import reviewing as rules
from certify.domain.item import ItemState
from certify.domain.permission import Action, may, require, require_person
from certify.domain.person import Actor, Person
from certify.domain.review import ReviewStep, StepKind
from certify.domain.reviewing import Bar, Keys, Stage
from certify.i18n import LANGUAGES
from certify.platform import Platform
from certify.services import own_exam
from certify.services.bank import ItemContent, contents, guarded
from certify.services.review_cases import Reviewed, every, find
from certify.services.review_stale import Stale, stale_of
from certify.services.review_steps import record
from certify.storage import courses, items, reviews

SEED = "review"
"""Options of two versions stand in the same order, so that they can be compared."""


@dataclass(frozen=True)
class Wording:
    """One version in words, by language."""

    stem: dict[str, str]
    choices: dict[str, tuple[str, ...]]
    """What a candidate may choose from, in the order of the seed."""
    key: dict[str, str]
    """Empty while the key is not shown, as is the explanation."""
    explanation: dict[str, str]
    rubric: tuple[tuple[dict[str, str], str], ...] = ()
    """Criteria and their most points, of types that a person marks."""


@dataclass(frozen=True)
class StepView:
    """One step of the history."""

    at: datetime
    kind: StepKind
    name: str
    staff_no: str
    note: str
    """Empty while the key is not shown: a remark could tell it."""
    agrees: bool | None


@dataclass(frozen=True)
class Difference:
    """What the version that waits says otherwise than the one in use."""

    part: str
    """`stem`, `choices`, `key`, `explanation`, `topic`, `type`, `difficulty`, `references`."""
    language: str
    """Empty for facts that have none."""
    old: str
    new: str


@dataclass(frozen=True)
class ItemView:
    """One item with the version that waits, else the one in use."""

    code: str
    course: str
    course_title: dict[str, str]
    pool: str
    state: ItemState
    is_pending: bool
    stage: Stage
    keys: Keys
    version_id: int
    type: str
    type_label: str
    topic: str
    topic_title: dict[str, str]
    difficulty: int
    facts: tuple[str, ...]
    standards: tuple[str, ...]
    authors: tuple[str, ...]
    """Names with staff numbers."""
    written_on: date
    """The day of this version, in the company's time zone."""
    has_key: bool
    """Whether key, explanation and remarks are in it."""
    wording: Wording
    differences: tuple[Difference, ...]
    history: tuple[StepView, ...]
    """Oldest first, of all versions."""
    stale: Stale | None
    may_approve: tuple[Bar, ...]
    """What keeps the actor from each step; empty where nothing does."""
    may_release: tuple[Bar, ...]
    may_return: tuple[Bar, ...]
    may_give_key: tuple[Bar, ...]
    may_retire: tuple[Bar, ...]


def look(platform: Platform, *, actor: Actor, code: str, key: bool = False) -> ItemView:
    """One item; with its key it is kept that the actor saw it, while it is not reviewed.

    Args:
        key: whether to show key, explanation, remarks and differences.
    Raises:
        NotPermitted, NotFound
        Refused: the command line itself asks for the key of an item that is not reviewed, or the
            actor sits an exam of its course.
    """
    require(actor, Action.SEE_BANK)
    sat = own_exam.sat_by(platform, actor)
    if key:
        _see(platform, actor, code, sat)
    with platform.database.read() as session:
        one = find(session, platform, code)
        own_exam.refuse_bank(sat, one.course.id)
        row, case, policy = one.row, one.case, platform.policy.review
        known = contents(platform, session, [row.version_id])[row.version_id]
        staff = reviews.staff(session)
        person_id, staff_no = actor.person_id, actor.staff_no
        no_one = [] if may(actor, Action.REVIEW_ITEMS) else [Bar.NOTHING_WAITS]
        return ItemView(
            code=row.code,
            course=one.course.code,
            course_title=one.course.title,
            pool=row.pool,
            state=row.state,
            is_pending=case.is_pending,
            stage=rules.stage(case, policy),
            keys=rules.second_keys(case.steps),
            version_id=row.version_id,
            type=row.type,
            type_label=known.type.label,
            topic=row.topic,
            topic_title=one.topic_title,
            difficulty=row.difficulty,
            facts=tuple(row.facts),
            standards=tuple(row.standards),
            authors=tuple(
                f"{staff[number][1]} {number}" if number in staff else number
                for number in row.authors
            ),
            written_on=local_date(row.created_at, platform.policy.organisation.time_zone),
            has_key=key,
            wording=_wording(known, with_key=key),
            differences=tuple(_differences(session, platform, one, known)) if key else (),
            history=tuple(_history(session, one, with_notes=key)),
            stale=stale_of(session, platform).get(row.code),
            may_approve=(*no_one, *rules.bars_to_approve(case, staff_no, policy)),
            may_release=(*no_one, *rules.bars_to_release(case, staff_no, policy)),
            may_return=(*no_one, *rules.bars_to_return(case, staff_no, policy)),
            may_give_key=(*no_one, *rules.bars_to_second_key(case, person_id, staff_no, policy)),
            may_retire=(*no_one, *rules.bars_to_retire(case)),
        )


def _see(platform: Platform, actor: Actor, code: str, sat: own_exam.Sat) -> None:
    """Keep that the actor sees the key, if that still matters for a second key."""
    with platform.database.read() as session:
        one = find(session, platform, code)
        own_exam.refuse_bank(sat, one.course.id)
        if not _matters(actor, one):
            return
    require_person(actor)
    with platform.database.write() as session:
        courses.lock_loading(session)
        one = find(session, platform, code)
        if _matters(actor, one):
            _keep(session, platform, actor, one)


def keep_seen(
    session: Session,
    platform: Platform,
    actor: Actor,
    course: str,
    codes: Collection[str] | None = None,
) -> None:
    """Keep that a person saw the keys of what waits in a course, as an export tells them.

    Args:
        codes: of the items alone that were seen; None for all.
    """
    owner = courses.by_code(session, course)
    if actor.is_console or owner is None:
        return
    for one in every(session, platform, course=owner.id):
        if _matters(actor, one) and (codes is None or one.row.code in codes):
            _keep(session, platform, actor, one)


def _keep(session: Session, platform: Platform, actor: Actor, one: Reviewed) -> None:
    step = ReviewStep(
        version_id=one.row.version_id,
        person_id=actor.person_id,
        at=platform.clock.now(),
        kind=StepKind.SEEN,
    )
    record(session, platform, actor, one.row.code, step)


def _matters(actor: Actor, one: Reviewed) -> bool:
    case = one.case  # also of a retired item: it may come back
    return (
        case.is_pending
        and not case.is_approved
        and not rules.is_author(case, actor.staff_no)
        and not case.has(StepKind.SEEN, actor.person_id)
        and not case.has(StepKind.SECOND_KEY, actor.person_id)
    )


def _wording(known: ItemContent, *, with_key: bool) -> Wording:
    kind, content = known.type, known.content
    with guarded(kind.name):
        shown = kind.present(content, SEED)
        stem = shown.get("stem", {})
        return Wording(
            stem=dict(stem),
            choices={
                name: tuple(f"{typed}  {text}" for typed, text in kind.line_form(shown, name))
                for name in stem
            },
            key={name: kind.key_text(content, name) for name in stem} if with_key else {},
            explanation=dict(kind.explanation(content)) if with_key else {},
            rubric=tuple(
                (dict(line.title), str(line.points))
                for line in (kind.rubric(content) if with_key else ())
            ),
        )


def _differences(
    session: Session, platform: Platform, one: Reviewed, known: ItemContent
) -> list[Difference]:
    """What changes for those who sit the exam once the version that waits is in use."""
    row = one.row
    if row.draft_id is None or row.in_use_id is None:
        return []
    before = items.versions(session, [row.in_use_id])[row.in_use_id]
    old = _wording(contents(platform, session, [row.in_use_id])[row.in_use_id], with_key=True)
    new = _wording(known, with_key=True)
    facts = [
        ("type", before.type, row.type),
        ("topic", before.topic, row.topic),
        ("difficulty", str(before.difficulty), str(row.difficulty)),
        ("references", _joined(before.standards, before.facts), _joined(row.standards, row.facts)),
    ]
    found = [Difference(part, "", was, now) for part, was, now in facts if was != now]
    for name in LANGUAGES:
        texts = [
            ("stem", old.stem.get(name, ""), new.stem.get(name, "")),
            (
                "choices",
                "\n".join(old.choices.get(name, ())),
                "\n".join(new.choices.get(name, ())),
            ),
            ("key", old.key.get(name, ""), new.key.get(name, "")),
            ("explanation", old.explanation.get(name, ""), new.explanation.get(name, "")),
        ]
        found += [Difference(part, name, was, now) for part, was, now in texts if was != now]
    return found


def _joined(*references: Sequence[str]) -> str:
    return ", ".join(one for many in references for one in many)


def _history(session: Session, one: Reviewed, *, with_notes: bool) -> list[StepView]:
    found = []
    for step in reviews.of_item(session, one.row.item_id):
        person = session.get_one(Person, step.person_id)
        found.append(
            StepView(
                at=step.at,
                kind=step.kind,
                name=person.name,
                staff_no=person.staff_no,
                note=step.note if with_notes else "",
                agrees=step.agrees,
            )
        )
    return found
