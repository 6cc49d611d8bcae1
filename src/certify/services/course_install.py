"""Installs a course from an archive into the home: checked first, then whole or not at all."""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from certify.courseware import packing
from certify.courseware.checker import check_course
from certify.courseware.finding import Finding
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.errors import BadInput, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import course_sync
from certify.services.course_sync import SyncedCourse


@dataclass(frozen=True)
class Installed:
    """What became of an archive."""

    code: str
    version: str
    findings: tuple[Finding, ...]
    """Errors, for which nothing was installed."""
    synced: SyncedCourse | None = None


def install(platform: Platform, *, actor: Actor, path: Path) -> Installed:
    """Check the course in an archive, put it into the home, load it.

    An older one of the same code is kept beside it, under its version, out of use.

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
        target = courses / code
        if target.exists():
            target.rename(_put_away(courses, code))
        folder.rename(target)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    synced = course_sync.sync_courses(platform, actor=actor)
    return Installed(code, version, (), next(one for one in synced if one.folder == target))


def _put_away(courses: Path, code: str) -> Path:
    """Where the folder in use until now goes; folders that begin with a dot are not read."""
    numbers = range(1, 10_000)
    places = (courses / ".before" / f"{code}-{number}" for number in numbers)
    place = next(place for place in places if not place.exists())
    place.parent.mkdir(exist_ok=True)
    return place


def _refuse_installed(platform: Platform, code: str) -> None:
    from certify.courseware import course_file

    for folder in platform.plugins.course_folders:
        manifest = course_file.read_manifest(folder, [])
        if manifest is not None and manifest.code == code:
            raise Refused(
                _("A plugin brings the course “{code}” already.").format(code=code),
                mend=_("Install the new version of the plugin instead."),
            )
