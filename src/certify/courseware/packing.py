"""A checked course folder as one file: a wheel for pip, or an archive for `course install`."""

import lzma
import re
import shutil
import tempfile
import zipfile
import zlib
from pathlib import Path

from certify.courseware import course_file
from certify.courseware.loader import FOLDERS, IDS, KEPT, LoadedCourse
from certify.domain.course import CourseManifest
from certify.errors import BadInput
from certify.i18n import _

MAX_FILES = 2000
MAX_BYTES = 50_000_000
BROKEN = (
    *(OSError, ValueError, RuntimeError, EOFError, NotImplementedError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
)
"""What unpacking raises for an archive that was damaged or made to harm."""
FIRST_TIME = (1980, 1, 1, 0, 0, 0)
"""The same files give the same archive, whenever it is packed."""
PLUGIN = '''"""The course “{title}”."""

from pathlib import Path

from certify.api import hookimpl


@hookimpl
def certify_register_courses() -> list[Path]:
    return [Path(__file__).parent / "course"]
'''
PROJECT = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "certify-course-{code}"
version = "{version}"
description = "{title}"
requires-python = ">=3.11"

[project.entry-points.certify]
course-{code} = "{package}"

[tool.hatch.build.targets.wheel]
packages = ["{package}"]
artifacts = ["{package}/**"]
"""


def course_files(folder: Path) -> list[Path]:
    """The files of a course folder that belong to it, sorted; nothing else is packed."""
    found = [folder / course_file.NAME]
    beside = (folder / "items" / IDS, *(folder / KEPT).glob("*"))
    found += [path for path in beside if path.is_file()]
    for ending, folders in FOLDERS.items():
        found += [path for name in folders for path in (folder / name).glob(f"*{ending}")]
    return sorted(found)


def wheel(course: LoadedCourse, manifest: CourseManifest, out: Path) -> Path:
    """Write a wheel whose installation makes the course a plugin; returns its path."""
    from hatchling.builders.wheel import WheelBuilder

    package = "certify_course_" + re.sub(r"\W", "_", manifest.code)
    title = re.sub(r'["\\]', "'", manifest.title.get("en") or manifest.title[manifest.language])
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        home = root / package
        for path in course_files(course.folder):
            target = home / "course" / path.relative_to(course.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        (home / "__init__.py").write_text(PLUGIN.format(title=title), encoding="utf-8")
        project = PROJECT.format(
            code=manifest.code, version=manifest.version, title=title, package=package
        )
        (root / "pyproject.toml").write_text(project, encoding="utf-8")
        built = list(WheelBuilder(str(root)).build(directory=str(out), versions=["standard"]))
    return Path(built[0])


def archive(course: LoadedCourse, manifest: CourseManifest, out: Path) -> Path:
    """Write a zip archive of the folder, named by code and version; returns its path."""
    path = out / f"{manifest.code}-{manifest.version}.zip"
    out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for file in course_files(course.folder):
            name = f"{manifest.code}/{file.relative_to(course.folder).as_posix()}"
            parts.writestr(zipfile.ZipInfo(name, FIRST_TIME), file.read_bytes())
    return path


def unpack(path: Path, target: Path) -> Path:
    """Unpack an archive into a folder; returns the course folder in it.

    Raises:
        BadInput: it is no archive of a course, or it is too large.
    """
    try:
        with zipfile.ZipFile(path) as parts:
            listed = [part for part in parts.infolist() if not part.is_dir()]
            if len(listed) > MAX_FILES or sum(part.file_size for part in listed) > MAX_BYTES:
                raise _no_course(path, _("It holds too much."))
            for part in listed:
                # `extract` strips drives and “..” from names and never follows links.
                parts.extract(part, target)
    except BROKEN as problem:
        raise _no_course(path, str(problem)) from problem
    found = sorted(target.glob(f"*/{course_file.NAME}")) or sorted(target.glob(course_file.NAME))
    if len(found) != 1:
        raise _no_course(path, _("It holds no course, or several."))
    return found[0].parent


def _no_course(path: Path, reason: str) -> BadInput:
    return BadInput(
        _("This is no archive of a course: {reason}").format(reason=reason),
        place=str(path),
        mend=_("Make one with “certify course pack”."),
    )
