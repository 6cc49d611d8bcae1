"""Which courses a post needs, and what of them a person still lacks (R-CAT-06, S2-CA-05).

When somebody is hired or changes the post, only the courses they lack are assigned (S3-TR-15).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from sqlmodel import Session

from certify.domain.course import Course, Enrolment
from certify.domain.permission import Action, require
from certify.domain.person import Actor, Person, Post
from certify.domain.training_need import LAYERS, TrainingNeed, layer_of, modules_for
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.typed import person_for
from certify.storage import attempts, courses, ledger, people, training_needs
from certify.storage.rows import insert_all


class InPost(Protocol):
    """Somebody with a post, whether or not an object of the database stands for them."""

    id: Any
    post_id: int
    hired_on: date


@dataclass(frozen=True)
class NeedView:
    """One cell of the matrix with the courses it stands for now."""

    post: str
    """Code; empty for every post."""
    layer: str
    """Empty for every layer."""
    module: str
    courses: tuple[dict[str, str], ...]
    """Titles."""


@dataclass(frozen=True)
class NeededCourse:
    """One course that a person's post needs."""

    code: str
    title: dict[str, str]
    is_assigned: bool
    is_read: bool
    is_passed: bool
    """Whether each of its exams was passed; true where it has none."""


@dataclass(frozen=True)
class PersonNeeds:
    """What a post needs of one person."""

    staff_no: str
    name: str
    post: dict[str, str]
    layer: str
    courses: tuple[NeededCourse, ...]

    @property
    def missing(self) -> tuple[NeededCourse, ...]:
        """The courses still to be assigned."""
        return tuple(one for one in self.courses if not one.is_assigned)


def matrix(platform: Platform, *, actor: Actor, post: str = "") -> list[NeedView]:
    """The matrix, or what of it holds for one post."""
    require(actor, Action.SEE_PEOPLE)
    with platform.database.read() as session:
        every = [one for one in courses.every(session) if one.available]
        return [
            NeedView(
                cell.post,
                cell.layer,
                cell.module,
                tuple(one.title for one in every if one.module == cell.module),
            )
            for cell in training_needs.every(session)
            if not post or cell.post in ("", post)
        ]


def add_need(platform: Platform, *, actor: Actor, post: str, layer: str, module: str) -> None:
    """Let people of a post and layer need a module; nobody is assigned anything by it.

    Args:
        post: code; empty for every post.
        layer: empty for every layer.
    Raises:
        NotPermitted
        BadInput: no such post, layer or module; the possible ones are named.
        Refused: they need it already.
    """
    require(actor, Action.SET_TRAINING_NEEDS)
    with platform.database.write() as session:
        people.lock(session)  # two of HR take turns
        modules = {one.module for one in courses.every(session) if one.module}
        _check(_("post"), post, ["", *(one.code for one in people.posts(session))])
        _check(_("layer"), layer, ["", *LAYERS])
        _check(_("module"), module, sorted(modules))
        if _cell(session, post, layer, module) is not None:
            raise Refused(_("This is in the matrix already."))
        session.add(TrainingNeed(post=post, layer=layer, module=module))
        _record(session, platform, actor, "need-added", post, layer, module)


def remove_need(platform: Platform, *, actor: Actor, post: str, layer: str, module: str) -> None:
    """Take a cell out of the matrix; what was assigned stays assigned.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.SET_TRAINING_NEEDS)
    with platform.database.write() as session:
        found = _cell(session, post, layer, module)
        if found is None:
            raise NotFound(_("This is not in the matrix."))
        session.delete(found)
        _record(session, platform, actor, "need-removed", post, layer, module)


def person_needs(
    platform: Platform, *, actor: Actor, staff_no: str, post: str | None = None
) -> PersonNeeds:
    """What a person's post needs of them, finished or not; for another post: a preview.

    Raises:
        NotPermitted, NotFound
        BadInput: no such post.
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_RECORD)
        posts = {one.code: one for one in people.posts(session)}
        if post is not None:
            _check(_("post"), post, sorted(posts))
        on = posts[post] if post is not None else session.get_one(Post, person.post_id)
        layer = layer_of(on.layer, is_new=is_new_hire(platform, person))
        every, person_id = courses.every(session), person.id or 0
        enrolled, read = (
            courses.enrolments(session, person_id),
            courses.finished(session, person_id),
        )
        passed = attempts.passed_exams(session, person_id)
        return PersonNeeds(
            staff_no=person.staff_no,
            name=person.name,
            post=on.names,
            layer=layer,
            courses=tuple(
                NeededCourse(
                    code=one.code,
                    title=one.title,
                    is_assigned=one.id in enrolled,
                    is_read=one.id in read,
                    is_passed=passed.issuperset(
                        exam.id for exam in courses.exams(session, one.id or 0) if exam.available
                    ),
                )
                for one in _needed(training_needs.every(session), every, on.code, layer)
            ),
        )


def assign_needs(platform: Platform, *, actor: Actor, staff_no: str) -> int:
    """Assign a person what their post needs and they lack; how many courses that were.

    Raises:
        NotPermitted, NotFound
    """
    with platform.database.write() as session:
        person = person_for(session, actor, staff_no, Action.ASSIGN_COURSE)
        session.get(Person, person.id, with_for_update=True)  # two assignments take turns
        return assign_missing(session, platform, actor, person, platform.today())


def is_empty(session: Session) -> bool:
    """Whether no post needs anything, so that nobody need be asked for."""
    return not training_needs.every(session)


def assign_missing(
    session: Session, platform: Platform, actor: Actor, person: Person, since: date
) -> int:
    """`assign_needs` within a transaction; how many courses that were.

    Args:
        since: day from which the days of `onboarding.due_days` count.
    """
    return assign_to_all(session, platform, actor, [(person, since)])[person.id]


def assign_to_all(
    session: Session, platform: Platform, actor: Actor, since: Iterable[tuple[InPost, date]]
) -> Counter[Any]:
    """The same for many people at once, each with the day from which their days count; by id."""
    cells = training_needs.every(session)
    if not cells:
        return Counter()
    session.flush()
    posts = {one.id: one for one in people.posts(session)}
    every, now = courses.every(session), platform.clock.now()
    needed_by: dict[tuple[str, str], list[Course]] = {}
    entries = []
    people_since = list(since)
    held = courses.enrolled(session, [person.id or 0 for person, _day in people_since])
    rows = []
    for person, first_day in people_since:
        post = posts[person.post_id]
        layer = layer_of(post.layer, is_new=is_new_hire(platform, person))
        if (post.code, layer) not in needed_by:
            needed_by[post.code, layer] = _needed(cells, every, post.code, layer)
        needed = needed_by[post.code, layer]
        enrolled = held.get(person.id or 0, frozenset())
        due_on = first_day + timedelta(days=platform.policy.onboarding.due_days)
        for course in needed:
            if course.id in enrolled:
                continue
            rows.append(
                {
                    "person_id": person.id,
                    "course_id": course.id,
                    "enrolled_at": now,
                    "due_on": due_on,
                    "assigned_by": None if actor.is_console else actor.person_id,
                }
            )
            facts = {"course": course.code, "due_on": due_on.isoformat(), "post": post.code}
            entries.append((f"person:{person.id}", facts))
    insert_all(session, Enrolment, rows)
    ledger.append_all(
        session, at=now, actor_id=actor.person_id, action="course-assigned", entries=entries
    )
    return Counter(row["person_id"] for row in rows)


def is_new_hire(platform: Platform, person: InPost) -> bool:
    """Whether a person was hired so lately that onboarding is for them."""
    days = platform.policy.onboarding.hired_within_days
    return person.hired_on >= platform.today() - timedelta(days=days)


def _needed(
    cells: Sequence[TrainingNeed], every: Sequence[Course], post: str, layer: str
) -> list[Course]:
    modules = modules_for(cells, post=post, layer=layer)
    return [one for one in every if one.available and one.module in modules]


def _cell(session: Session, post: str, layer: str, module: str) -> TrainingNeed | None:
    wanted = (post, layer, module)
    cells = training_needs.every(session)
    return next((one for one in cells if (one.post, one.layer, one.module) == wanted), None)


def _check(what: str, value: str, possible: Sequence[str]) -> None:
    if value not in possible:
        raise BadInput(
            _("There is no {what} “{code}”.").format(what=what, code=value),
            mend=_("Possible: {values}").format(values=", ".join(filter(None, possible))),
        )


def _record(
    session: Session, platform: Platform, actor: Actor, action: str, post: str, *cell: str
) -> None:
    ledger.append(
        session,
        at=platform.clock.now(),
        actor_id=actor.person_id,
        action=action,
        subject=f"post:{post}",
        facts=dict(zip(("layer", "module"), cell, strict=True)),
    )
