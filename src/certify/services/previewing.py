"""A course folder as its readers will have it, in a throw-away home, loaded again when saved."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from certify.courseware.checker import check_course
from certify.courseware.finding import Finding
from certify.courseware.loader import LoadedCourse, LoadedItem, source_hash
from certify.domain.person import CONSOLE, Actor
from certify.errors import NotFound
from certify.hooks.registry import Plugins
from certify.i18n import _
from certify.platform import Platform, open_platform
from certify.policy import Policy
from certify.services import course_sync, founding, learning, sign_in
from certify.services.bank import ItemContent, guarded
from certify.services.feedback import Feedback, feedback, parsed, share
from certify.settings import Settings

READER = "000000"
ANY_SEED = "preview"


@dataclass(frozen=True)
class PreviewItem:
    """One item as it is shown, and by whom it is drawn."""

    code: str
    type: str
    topic: str
    pool: str
    is_draft: bool
    shown: Mapping[str, Any]


@dataclass(frozen=True)
class PreviewView:
    """A folder as it is now, and the course that was loaded of it."""

    folder: Path
    source_hash: str
    course: str
    """Code; empty while no state of the folder could be loaded."""
    title: Mapping[str, str]
    findings: Sequence[Finding]
    is_current: bool
    """Whether what is loaded is what the folder holds; else the state before the errors."""
    lessons: Sequence[tuple[str, Mapping[str, str]]]
    exams: Sequence[tuple[str, Mapping[str, str]]]
    items: Sequence[PreviewItem]


def open_preview(settings: Settings, plugins: Plugins, policy: Policy, folder: Path) -> Platform:
    """A platform in the throw-away home of `settings` that knows this one course.

    Lessons need not be read before the exam, attempts are many, and keys are told after them;
    everything else is as the company has it.
    """
    alone = dataclasses.replace(plugins, course_folders=[folder])
    platform = open_platform(settings, plugins=alone)
    exam = policy.exam.model_copy(update={"lessons_first": False, "release_without_window": True})
    retake = policy.retake.model_copy(update={"max_attempts": 20})
    review = policy.review.model_copy(update={"installed_courses": False})
    free = policy.model_copy(update={"exam": exam, "retake": retake, "review": review})
    platform = dataclasses.replace(platform, policy=free)
    founding.found_organisation(
        platform,
        name=_("Preview"),
        staff_no=READER,
        person_name=_("Reader"),
        password=None,
        is_demo=True,
    )
    return platform


def reader(platform: Platform) -> Actor:
    """Who reads in a preview."""
    return sign_in.act_as(platform, staff_no=READER)


def has_changed(view: PreviewView) -> bool:
    """Whether somebody saved something in the folder since."""
    return _hash(view.folder) != view.source_hash


def look(platform: Platform, *, folder: Path) -> PreviewView:
    """Check the folder and load it; with an error in it what was loaded before stays."""
    fresh = _hash(folder)
    loaded = check_course(folder, platform.plugins.question_types)
    course_sync.sync_courses(platform, actor=CONSOLE)
    view = PreviewView(
        folder=folder,
        source_hash=fresh,
        course=loaded.manifest.code if loaded.manifest else "",
        title={},
        findings=loaded.findings,
        is_current=not loaded.errors,
        lessons=(),
        exams=(),
        items=_items(loaded, platform),
    )
    try:
        learning.enrol(platform, actor=CONSOLE, staff_no=READER, course=view.course, due_on=None)
        course = learning.course_view(platform, actor=reader(platform), course=view.course)
    except NotFound:  # no state of the folder could be loaded yet
        return dataclasses.replace(view, course="")
    titles = {exam.code: exam.title for exam in loaded.manifest.exams} if loaded.manifest else {}
    return dataclasses.replace(
        view,
        title=course.title,
        lessons=[(lesson.code, lesson.title) for lesson in course.lessons],
        exams=[(exam, cast(dict[str, str], titles.get(exam, {}))) for exam in course.exams],
    )


def told(
    platform: Platform, *, folder: Path, code: str, answer: Mapping[str, Any] | None
) -> Feedback:
    """What would be said of an answer to an item of the folder as it is now.

    Raises:
        NotFound: the item is gone.
        BadInput: it cannot have this answer.
    """
    loaded = check_course(folder, platform.plugins.question_types)
    item = next((one for one in loaded.items if one.code == code), None)
    if item is None:
        raise NotFound(_("There is no item {code} any more.").format(code=code))
    known = _content(item, platform)
    given = parsed(known, answer)
    earned = share(known, given, platform.policy.exam)
    return feedback(known, (*item.standards, *item.facts), given, earned)


def _items(loaded: LoadedCourse, platform: Platform) -> list[PreviewItem]:
    return [
        PreviewItem(
            code=item.code,
            type=item.type,
            topic=item.topic,
            pool=item.pool,
            is_draft=item.is_draft,
            shown=_shown(item, platform),
        )
        for item in loaded.items
    ]


def _shown(item: LoadedItem, platform: Platform) -> Mapping[str, Any]:
    with guarded(item.type):
        return platform.plugins.question_types[item.type].present(item.content, ANY_SEED)


def _content(item: LoadedItem, platform: Platform) -> ItemContent:
    return ItemContent(platform.plugins.question_types[item.type], item.topic, item.content)


def _hash(folder: Path) -> str:
    try:
        return source_hash(folder)
    except (OSError, ValueError):
        return ""
