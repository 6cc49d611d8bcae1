"""Finds courses that would wait for each other in a circle, and says so in their files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from certify.courseware import course_file, markdown
from certify.courseware.finding import Finding
from certify.courseware.loader import LoadedCourse
from certify.courseware.toml_place import line_of
from certify.domain.prerequisites import circle
from certify.i18n import _


def needs_on_disk(folders: Sequence[Path]) -> dict[str, tuple[str, ...]]:
    """The prerequisites of the courses in some folders, by course; unreadable ones are left out."""
    needs: dict[str, tuple[str, ...]] = {}
    for folder in folders:
        if manifest := course_file.read_manifest(folder, []):
            needs.setdefault(manifest.code, manifest.prerequisites)
    return needs


def circle_findings(course: LoadedCourse, others: Mapping[str, Sequence[str]]) -> list[Finding]:
    """The circle in which a course would wait for itself, over other courses (R-CAT-07).

    Args:
        others: prerequisites by course, of every course that is known.
    """
    manifest = course.manifest
    if manifest is None or manifest.code in manifest.prerequisites:
        return []  # a course that names itself has its finding already
    found = circle(manifest.code, {**others, manifest.code: manifest.prerequisites})
    if not found:
        return []
    path = course.folder / course_file.NAME
    line = line_of(markdown.read(path, []), ("prerequisites",))
    message = _("Courses wait for each other: {circle}.").format(circle=" → ".join(found))
    mend = _("Take one of them out of the prerequisites of another.")
    return [Finding(path, line, message, mend)]
