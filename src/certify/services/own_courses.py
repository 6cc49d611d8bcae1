"""The courses whose files stand in the home, so that items may be written into them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from certify.courseware import course_file
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.platform import Platform


@dataclass(frozen=True)
class OwnCourse:
    """One course of the home, as its folder says it now."""

    folder: Path
    code: str
    title: Mapping[str, str]
    topics: Mapping[str, Mapping[str, str]]
    """Names of its topics by code, each by language."""


def own_courses(platform: Platform, *, actor: Actor) -> list[OwnCourse]:
    """Every course of the home, without those of installed plugins and unreadable ones.

    Raises:
        NotPermitted
    """
    require(actor, Action.WRITE_ITEMS)
    installed = {one.absolute() for one in platform.plugins.course_folders}
    paths = sorted(platform.settings.home.courses.glob(f"*/{course_file.NAME}"))
    found = []
    for folder in (path.parent for path in paths if path.parent.absolute() not in installed):
        manifest = course_file.read_manifest(folder, [])
        if manifest is not None:
            topics = {one.code: one.texts for one in manifest.topics}
            found.append(OwnCourse(folder, manifest.code, dict(manifest.title.items()), topics))
    return found
