"""The folder of a course into which items may be written."""

from pathlib import Path

from certify.courseware import course_file
from certify.courseware.checker import check_course
from certify.courseware.loader import LoadedCourse
from certify.errors import BadInput, NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.course_sync import folders


def course_folder(platform: Platform, course: str) -> Path:
    """The folder of a course, by its code or as a path.

    Raises:
        NotFound: there is no such course.
    """
    if (Path(course) / course_file.NAME).is_file():
        return Path(course).absolute()
    for folder in folders(platform):
        manifest = course_file.read_manifest(folder, [])
        if folder.name == course or (manifest is not None and manifest.code == course):
            return folder.absolute()
    raise NotFound(
        _("There is no course “{course}”.").format(course=course),
        mend=_("“certify course list” shows all of them; a folder can be named too."),
    )


def writable_course(platform: Platform, course: str) -> LoadedCourse:
    """A course of the home or a folder elsewhere, read and without errors.

    Raises:
        NotFound
        Refused: it belongs to an installed plugin.
        BadInput: it has errors, which would be there after the import too.
    """
    folder = course_folder(platform, course)
    if folder in {one.absolute() for one in platform.plugins.course_folders}:
        raise Refused(
            _("This course belongs to an installed plugin, whose files are not changed."),
            place=str(folder),
            mend=_("Make a course of your own with “certify course new”, and import into that."),
        )
    loaded = check_course(folder, platform.plugins.question_types)
    if loaded.errors or loaded.manifest is None:
        first = min(loaded.errors)
        raise BadInput(
            _("The course has errors: {first}").format(first=first.message),
            place=f"{first.path}:{first.line}",
            mend=_("Mend it first; “certify course check” shows all of them."),
        )
    return loaded
