"""Items that ask nearly the same: in a file, in a bank, across all courses (R-ASM-13)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from certify.courseware.checker import check_course
from certify.courseware.loaded_item import LoadedItem
from certify.courseware.loader import LoadedCourse
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.question_type import ContentError
from certify.domain.similarity import Alike, Question, near_duplicates
from certify.platform import Platform
from certify.services.course_sync import folders
from certify.services.item_import_plan import Plan
from certify.services.item_import_report import NearDuplicate
from certify.services.item_same import question_of
from certify.storage import courses, item_rows


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two items that ask nearly the same."""

    code: str
    course: str
    other: str
    other_course: str
    percent: int
    stem: str
    other_stem: str


@dataclass(frozen=True, slots=True)
class _Known:
    code: str
    course: str
    question: Question


def of_import(
    platform: Platform, loaded: LoadedCourse, plan: Plan, fresh: Mapping[str, LoadedItem]
) -> list[NearDuplicate]:
    """The items of an import that are nearly the same as one there is, or as one another.

    Args:
        fresh: the items that are taken, by code.
    """
    if not fresh or loaded.manifest is None:
        return []
    own = loaded.manifest.code
    known = [one for one in _stored(platform, plan.own, but=own)]
    known += [
        _Known(item.code, own, question_of(item.text.block))
        for item in loaded.items
        if item.code not in fresh
    ]
    everything = [*known, *(_Known(c, own, question_of(i.text.block)) for c, i in fresh.items())]
    places = {outcome.code: outcome.place for outcome in plan.outcomes if outcome.code in fresh}
    return [
        NearDuplicate(
            code=everything[pair.second].code,
            place=places[everything[pair.second].code],
            other=everything[pair.first].code,
            other_course="" if (course := everything[pair.first].course) == own else course,
            percent=int(pair.likeness * 100),
        )
        for pair in _pairs(platform, everything, len(known))
    ]


def alike_items(platform: Platform, *, actor: Actor, course: str = "") -> list[AlikePair]:
    """All items of all courses that ask nearly the same as another one; the most alike first.

    Items of courses as they are loaded, and of folders that were never loaded.

    Args:
        course: only pairs with an item of this course.
    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_BANK)
    by_language: list[AlikePair] = []
    for language in ("zh", "en"):
        everything = [*_stored(platform, language), *_unloaded(platform, language)]
        for pair in _pairs(platform, everything):
            one, other = everything[pair.second], everything[pair.first]
            if course in ("", one.course, other.course):
                by_language.append(
                    AlikePair(
                        code=one.code,
                        course=one.course,
                        other=other.code,
                        other_course=other.course,
                        percent=int(pair.likeness * 100),
                        stem=one.question.stem,
                        other_stem=other.question.stem,
                    )
                )
    distinct = {(pair.code, pair.other): pair for pair in reversed(by_language)}
    return sorted(distinct.values(), key=lambda pair: (-pair.percent, pair.code))


def _pairs(platform: Platform, everything: list[_Known], new_from: int = 0) -> Iterator[Alike]:
    questions = [one.question for one in everything]
    threshold = platform.policy.review.near_duplicate
    return near_duplicates(questions, threshold, new_from=new_from)


def _stored(platform: Platform, language: str, *, but: str = "") -> Iterator[_Known]:
    """The items of the database that have a text in a language."""
    with platform.database.read() as session:
        other = courses.by_code(session, but) if but else None
        left_out = other.id if other else None
        names = item_rows.course_codes(session)
        for code, name, content in item_rows.newest(session, but=left_out):
            if found := _question(platform, name, content, language):
                yield _Known(code, names[code], found)


def _question(
    platform: Platform, name: str, content: dict[str, Any], language: str
) -> Question | None:
    kind = platform.plugins.question_types.get(name)
    stem = content.get("stem", {})
    if kind is None or language not in stem:
        return None
    try:
        return question_of(kind.to_markdown(kind.content_model.model_validate(content), language))
    except ContentError:
        return Question(stem[language], "")


def _unloaded(platform: Platform, language: str) -> Iterator[_Known]:
    """The items of folders that are in no database yet."""
    with platform.database.read() as session:
        loaded = {course.code for course in courses.every(session)}
    for folder in folders(platform):
        course = check_course(folder, platform.plugins.question_types)
        if course.manifest is None or course.manifest.code in loaded:
            continue
        for item in course.items:
            if found := _question(platform, item.type, item.content_json, language):
                yield _Known(item.code, course.manifest.code, found)
