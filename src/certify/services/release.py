"""When keys and explanations may be seen (R-ASM-12), and the review of an attempt from then on."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.course import Course, Exam
from certify.domain.permission import Action, may
from certify.domain.person import Actor, Person
from certify.domain.registration import Cohort, is_open
from certify.domain.result import Part
from certify.domain.scoring import points_text
from certify.errors import NotFound
from certify.i18n import LANGUAGES, _
from certify.platform import Platform
from certify.services import closing
from certify.services.bank import ItemContent, contents, guarded
from certify.services.windows import moment_text
from certify.storage import attempts, cohorts, results, sitting_time


@dataclass(frozen=True)
class ReviewedItem:
    """One item of a released attempt. Texts are by language."""

    number: int
    """Counted from 1."""
    topic: Mapping[str, str]
    stem: Mapping[str, str]
    answer: Mapping[str, str]
    """Empty when there was none."""
    key: Mapping[str, str]
    explanation: Mapping[str, str]
    earned: str
    points: str
    is_right: bool
    """Whether it earned all its points."""
    is_voided: bool


@dataclass(frozen=True)
class ReviewView:
    """The items of an attempt, or why they are not shown."""

    attempt_id: int
    title: Mapping[str, str]
    hidden: str
    """Why keys are hidden, translated; empty once they are released."""
    items: tuple[ReviewedItem, ...]


def review(platform: Platform, *, actor: Actor, attempt_id: int) -> ReviewView:
    """Own answer, key and explanation of every item, once they are released.

    Raises:
        NotFound: there is no such closed attempt, or it is not for the actor to see.
    """
    closing.close_overdue(platform)
    with platform.database.read() as session:
        attempt = attempts.by_id(session, attempt_id)
        owner = session.get(Person, attempt.person_id) if attempt else None
        if (
            attempt is None
            or owner is None
            or attempt.state is AttemptState.OPEN
            or not may(
                actor, Action.SEE_RECORD, owner=owner.id, owner_supervisor=owner.supervisor_id
            )
        ):
            raise NotFound(_("There is no result of this attempt."))
        exam = session.get_one(Exam, attempt.exam_id)
        hidden = _sits_now(session, actor) or hidden_because(session, platform, attempt)
        items = () if hidden else tuple(_items(session, platform, attempt, exam))
        return ReviewView(attempt_id, exam.title, hidden, items)


def _sits_now(session: Session, actor: Actor) -> str:
    """Why who sits an exam sees no answers meanwhile, translated; empty when they sit none.

    The form in front of them may hold the same items.
    """
    own = attempts.of_person(session, actor.person_id)
    if any(one.state is AttemptState.OPEN for one in own):
        return _("No answers are shown while you sit an exam.")
    return ""


def hidden_because(session: Session, platform: Platform, attempt: Attempt) -> str:
    """Why the keys of an attempt must not be seen yet, translated; empty when they may."""
    if attempt.state is not AttemptState.SUBMITTED:
        return _("This attempt is still being marked.")
    cohort = session.get(Cohort, attempt.cohort_id) if attempt.cohort_id else None
    if cohort is None or cohort.closes_at is None:
        if platform.policy.exam.release_without_window:
            return ""
        return _("The answers are not shown: this exam has no window that ends.")
    now = platform.clock.now()
    # Another cohort of the exam draws from the same items: its open window counts as well.
    same = [row.cohort for row in cohorts.every(session) if row.cohort.exam_id == attempt.exam_id]
    ends = [one.closes_at for one in same if one.closes_at is not None and is_open(one, now)]
    if ends:
        closes = moment_text(platform, max(ends))
        return _("The answers are shown after {moment}, when the exam ends for everybody.").format(
            moment=closes
        )
    if any(row.cohort is not None for row in sitting_time.open_rows(session, attempt.exam_id)):
        return _("The answers are shown when the last one has finished the exam.")
    return ""


def _items(
    session: Session, platform: Platform, attempt: Attempt, exam: Exam
) -> list[ReviewedItem]:
    topics = session.get_one(Course, exam.course_id).topics
    given = attempts.latest(session, attempt.id or 0)
    asked = [int(item["version"]) for item in attempt.form]
    found = results.latest(session, attempt.id or 0)
    parts = {part.position: part for part in map(Part.from_json, found.parts if found else ())}
    # A corrected key stands in another version of the item, which shows the same.
    marked_by = [parts[n].version if n in parts else asked[n] for n in range(len(asked))]
    known = contents(platform, session, [*asked, *marked_by])
    return [
        _item(
            position,
            known[asked[position]],
            known[marked_by[position]],
            attempt.form[position],
            given[position].answer if position in given else None,
            parts.get(position),
            topics,
        )
        for position in range(len(asked))
    ]


def _item(
    position: int,
    shown: ItemContent,
    marked: ItemContent,
    form: Mapping[str, Any],
    answer: Mapping[str, Any] | None,
    part: Part | None,
    topics: Mapping[str, Mapping[str, str]],
) -> ReviewedItem:
    kind = shown.type
    points = part.points if part else Fraction(form["points"])
    share = part.share if part else None
    with guarded(kind.name):
        parsed = None if answer is None else kind.answer_model.model_validate(answer)
        told = {one: kind.answer_text(shown.content, parsed, one) for one in LANGUAGES if parsed}
        return ReviewedItem(
            number=position + 1,
            topic=topics.get(marked.topic, {"zh": marked.topic}),
            stem=kind.present(shown.content, form["seed"]).get("stem", {}),
            answer=told,
            key={one: marked.type.key_text(marked.content, one) for one in LANGUAGES},
            explanation=dict(marked.type.explanation(marked.content)),
            earned="" if share is None else points_text(share * points),
            points=points_text(points),
            is_right=share == 1,
            is_voided=bool(part and part.voided),
        )
