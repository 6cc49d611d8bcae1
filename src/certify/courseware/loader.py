"""Reads a whole course folder into memory, with everything that is wrong with it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from certify.courseware import bank_files, course_file
from certify.courseware.finding import Finding
from certify.courseware.item_loader import load_items
from certify.courseware.lesson import LessonFront, LessonText, read_lesson
from certify.courseware.loaded_item import LoadedItem as LoadedItem
from certify.courseware.loaded_item import Types as Types
from certify.courseware.scenario_file import FOLDER as SCENARIOS
from certify.courseware.scenario_file import read_scenarios
from certify.domain.course import CourseManifest
from certify.i18n import LANGUAGES, _

MAX_FILES = 2000
KEPT = "kept"
"""Folder of what other programs wrote of an item and the bank cannot hold."""
IDS = "ids.txt"
"""In `items/`: the highest id ever given of each prefix."""
FOLDERS = {".md": ("items", *LANGUAGES), ".toml": (SCENARIOS,)}
"""By ending, where the files of a course stand."""


@dataclass
class LoadedCourse:
    """A course folder as read; usable when it has a manifest and no finding is an error."""

    folder: Path
    source_hash: str
    manifest: CourseManifest | None = None
    lessons: list[dict[str, LessonText]] = field(default_factory=list)
    """Per lesson its texts by language, the own language first."""
    items: list[LoadedItem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def errors(self) -> list[Finding]:
        """The findings that keep the course from being used."""
        return [finding for finding in self.findings if finding.severity == "error"]


def source_hash(folder: Path) -> str:
    """One hash over the names and bytes of a course's files, once they all are in their place."""
    bank_files.recover(folder)
    digest = hashlib.sha256()
    for path in _files(folder):
        name = path.relative_to(folder).as_posix().encode()
        data = path.read_bytes()
        digest.update(b"%d %s %d " % (len(name), name, len(data)) + data)
    return digest.hexdigest()


def load_course(folder: Path, types: Types) -> LoadedCourse:
    """Read a course folder; what is wrong is in `findings`, nothing is raised."""
    folder = folder.absolute()
    course = LoadedCourse(folder, "")
    try:
        course.source_hash = source_hash(folder)
    except (OSError, ValueError) as problem:
        course.findings.append(Finding(folder, 1, str(problem)))
        return course
    course.manifest = course_file.read_manifest(folder, course.findings)
    if course.manifest is not None:
        _load_lessons(course, course.manifest.language)
        scenarios = read_scenarios(folder, course.findings)
        course.items = load_items(
            folder, course.manifest.language, types, scenarios, course.findings
        )
        _find_orphans(course, course.manifest.language)
        _find_strangers(course)
    return course


def _files(folder: Path) -> list[Path]:
    paths: list[Path] = []
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise ValueError(_("Symbolic links are not allowed: {path}").format(path=path))
        if path.is_file() and path.suffix in (".toml", ".md"):
            paths.append(path)
        if len(paths) > MAX_FILES:
            raise ValueError(_("The course has more than {count} files.").format(count=MAX_FILES))
    return paths


def _load_lessons(course: LoadedCourse, own: str) -> None:
    for path in sorted((course.folder / own).glob("*.md")):
        lesson = read_lesson(path, is_own_language=True, findings=course.findings)
        if lesson is None:
            continue
        texts = {own: lesson}
        for language in LANGUAGES:
            translation = course.folder / language / path.name
            if language == own or not (course.folder / language).is_dir():
                continue
            if not translation.is_file():
                message = _("This lesson has no translation “{path}”.").format(
                    path=f"{language}/{path.name}"
                )
                course.findings.append(Finding(path, 1, message, _("Write it."), "warning"))
            elif read := read_lesson(translation, is_own_language=False, findings=course.findings):
                texts[language] = read
        course.lessons.append(texts)


def _find_orphans(course: LoadedCourse, own: str) -> None:
    """Files of other languages that no file in the course's own language asks for."""
    lessons, items = course.folder / own, course.folder / "items"
    for language in LANGUAGES:
        if language == own:
            continue
        ending = f".{language}.md"
        wanted = [(path, lessons / path.name) for path in (course.folder / language).glob("*.md")]
        wanted += [
            (path, items / f"{path.name.removesuffix(ending)}.md")
            for path in items.glob(f"*{ending}")
        ]
        for path, original in wanted:
            if not original.is_file():
                message = _("There is no “{path}” that this would translate.").format(
                    path=original.relative_to(course.folder).as_posix()
                )
                mend = _("Give both the same file name.")
                course.findings.append(Finding(path, 1, message, mend))


def _find_strangers(course: LoadedCourse) -> None:
    """Files that stand where nothing is read, so that their author would miss them."""
    for path in sorted(course.folder.rglob("*")):
        place = path.relative_to(course.folder)
        is_read = (
            place.as_posix() in (course_file.NAME, f"items/{IDS}")
            or place.parts[0] == KEPT
            or (len(place.parts) == 2 and place.parts[0] in FOLDERS.get(path.suffix, ()))
        )
        if path.is_file() and not is_read and not place.parts[0].startswith("."):
            message = _("This file is not read: it has no place in a course.")
            mend = _(
                "Lessons are zh/*.md and en/*.md, items items/*.md, scenarios scenarios/*.toml."
            )
            course.findings.append(Finding(path, 1, message, mend, "warning"))


def own_front(texts: Mapping[str, LessonText]) -> LessonFront:
    """The facts of a lesson, from its text in the course's own language."""
    front = next(iter(texts.values())).front
    assert isinstance(front, LessonFront)  # noqa: S101  the own language is read with facts
    return front
