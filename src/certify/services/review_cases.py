"""Items with what the rules of review need to know of them."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from certify.domain.course import Course
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.domain.question_type import QuestionType
from certify.domain.reviewing import Case
from certify.errors import NotFound
from certify.i18n import _
from certify.platform import Platform
from certify.services.typed import course_of
from certify.storage import reviews
from certify.storage.reviews import BankRow


@dataclass(frozen=True)
class Reviewed:
    """One item with the version people look at, its course and its case."""

    row: BankRow
    course: Course
    case: Case

    @property
    def topic_title(self) -> dict[str, str]:
        """Name of its topic by language; its code where the course has no such topic any more."""
        return self.course.topics.get(self.row.topic) or {"zh": self.row.topic}


def require_reviewer(actor: Actor) -> None:
    """Refuse all but somebody of the staff who may review.

    Raises:
        NotPermitted, Refused
    """
    require(actor, Action.REVIEW_ITEMS)
    require_person(actor)


def find(session: Session, platform: Platform, code: str, *, content: bool = False) -> Reviewed:
    """One item by its code.

    Raises:
        NotFound
    """
    found = every(session, platform, codes=[code], content=content)
    if not found:
        raise NotFound(
            _("There is no item {code}.").format(code=code),
            mend=_("“certify item list” shows all of them."),
        )
    return found[0]


def course_id(session: Session, code: str | None) -> int | None:
    """The id of a course by its code; None for no code.

    Raises:
        NotFound
    """
    return None if code is None else course_of(session, code).id


def every(
    session: Session,
    platform: Platform,
    *,
    course: int | None = None,
    codes: Collection[str] | None = None,
    only_pending: bool = False,
    content: bool = False,
) -> list[Reviewed]:
    """Items by course and code.

    Args:
        course: id of the only course wanted.
        codes: the only items wanted.
        only_pending: only those with a version that waits.
        content: whether to read their contents, which hold the keys.
    """
    scope = {"course_id": course, "codes": codes, "only_pending": only_pending}
    rows = reviews.bank(session, **scope, with_content=content)  # type: ignore[arg-type]
    if not rows:
        return []
    steps = reviews.steps(session, **scope)  # type: ignore[arg-type]
    put_away = reviews.retired(session, course)
    staff = reviews.staff(session)
    known = reviews.course_facts(session)
    rules = platform.policy.review
    found = []
    for row in rows:
        owner = known[row.course_id]
        case = Case(
            state=row.state,
            is_pending=row.draft_id is not None,
            steps=steps.get(row.version_id, ()),
            authors=frozenset(number for number in row.authors if number in staff),
            is_own=owner.is_own,
            is_reviewed=rules.own_courses if owner.is_own else rules.installed_courses,
            is_unfinished=row.is_unfinished,
            is_put_away=row.item_id in put_away,
            is_marked_by_person=is_marked_by_person(platform.plugins.question_types.get(row.type)),
        )
        found.append(Reviewed(row, owner, case))
    return found


def is_marked_by_person(kind: QuestionType[object, object] | None) -> bool:  # type: ignore[type-var]
    """Whether only a person marks a type: then it has no key that two people could agree on."""
    if kind is None:
        return False
    return kind.is_observed or type(kind).rubric is not QuestionType.rubric
