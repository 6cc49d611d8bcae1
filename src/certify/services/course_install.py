"""Installs a course from an archive into the home: checked first, then whole or not at all."""

import shutil
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from certify.courseware import course_file, packing
from certify.courseware.checker import check_course
from certify.courseware.finding import Finding
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.errors import BadInput, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import course_sync


@dataclass(frozen=True)
class Installed:
    """What became of an archive."""

    code: str
    version: str
    findings: tuple[Finding, ...]
    """Errors, for which nothing was installed."""


def install(platform: Platform, *, actor: Actor, path: Path) -> Installed:
    """Check the course in an archive, put it into the home, load it.

    An older one of the same code is kept in `.before`, numbered and out of use. A course that
    cannot be loaded, as one with items of another course, leaves the home as it was.

    Raises:
        NotPermitted
        BadInput: it is no archive of a course.
        Refused: a plugin brings a course of this code.
    """
    require(actor, Action.SYNC_COURSES)
    courses = platform.settings.home.courses
    try:
        courses.mkdir(parents=True, exist_ok=True)
        place = tempfile.mkdtemp(prefix=".install-", dir=courses)
    except OSError as problem:
        raise BadInput(
            _("The folder cannot be written: {reason}").format(reason=problem.strerror or problem),
            place=str(courses),
        ) from problem
    try:
        folder = packing.unpack(path, Path(place))
        loaded = check_course(folder, platform.plugins.question_types)
        if loaded.manifest is None or loaded.errors:
            return Installed(folder.name, "", tuple(loaded.errors))
        code, version = loaded.manifest.code, loaded.manifest.version
        _refuse_installed(platform, code)
        target, before = courses / code, _free_place(courses, code)
        is_newer = target.exists()
        if is_newer:
            before.parent.mkdir(exist_ok=True)
            target.rename(before)
        folder.rename(target)
        every = course_sync.sync_courses(platform, actor=actor)
        synced = next(one for one in every if one.folder == target)
        if synced.change == "refused":
            target.rename(folder)
            if is_newer:
                before.rename(target)
            return Installed(code, version, synced.findings)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return Installed(code, version, ())


def _free_place(courses: Path, code: str) -> Path:
    """Where the folder in use until now goes: not read, for a dot stands before it."""
    places = (courses / ".before" / f"{code}-{number}" for number in count(1))
    return next(place for place in places if not place.exists())


def _refuse_installed(platform: Platform, code: str) -> None:
    for folder in platform.plugins.course_folders:
        manifest = course_file.read_manifest(folder, [])
        if manifest is not None and manifest.code == code:
            raise Refused(
                _("A plugin brings the course “{code}” already.").format(code=code),
                mend=_("Install the new version of the plugin instead."),
            )
