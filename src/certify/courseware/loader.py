"""Reads a whole course folder into memory, with everything that is wrong with it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from certify.courseware import course_file
from certify.courseware.finding import Finding
from certify.courseware.item_bank import ItemText, read_bank_file
from certify.courseware.item_block import other_part, part_name
from certify.courseware.item_content import WrongText, content_of
from certify.courseware.lesson import LessonFront, LessonText, read_lesson
from certify.courseware.scenario_file import FOLDER as SCENARIOS
from certify.courseware.scenario_file import read_scenarios
from certify.domain.course import CourseManifest
from certify.domain.question_type import QuestionType
from certify.i18n import LANGUAGES, _

MAX_FILES = 2000
FOLDERS = {".md": ("items", *LANGUAGES), ".toml": (SCENARIOS,)}
"""By ending, where the files of a course stand."""
Types = Mapping[str, QuestionType[Any, Any]]
Scenarios = Mapping[str, Mapping[str, Any] | None]


@dataclass(frozen=True)
class LoadedItem:
    """One item in all its languages, ready to be kept."""

    text: ItemText
    content: BaseModel
    type: str
    topic: str
    difficulty: int
    facts: tuple[str, ...]
    standards: tuple[str, ...]
    others: tuple[ItemText, ...] = ()
    """Its wordings in other languages."""
    pool: str = "exam"
    """`exam` or `practice`: what is practised is never drawn for an exam."""
    is_draft: bool = False
    """Whether its heading says `state=draft`: it may be incomplete, and is never drawn."""
    authors: tuple[str, ...] = ()
    """Staff numbers its heading names; none: those of the course."""

    @property
    def code(self) -> str:
        return self.text.code


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
    """One hash over the names and bytes of a course's files."""
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
        _load_items(course, course.manifest.language, types, scenarios)
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


def _load_items(course: LoadedCourse, own: str, types: Types, scenarios: Scenarios) -> None:
    folder = course.folder / "items"
    used: set[str] = set()
    endings = {language: f".{language}.md" for language in LANGUAGES if language != own}
    for path in sorted(folder.glob("*.md")):
        if any(path.name.endswith(ending) for ending in endings.values()):
            continue
        wordings: dict[str, dict[str, ItemText]] = {}
        for language, ending in endings.items():
            wording = path.with_name(path.stem + ending)
            if not wording.is_file() and (course.folder / language).is_dir():
                message = _("This file has no wording file “{name}”.").format(name=wording.name)
                mend = _("Write it: the same ids, wording only.")
                course.findings.append(Finding(path, 1, message, mend))
            if wording.is_file():
                wordings[language] = _wordings(course, wording)
        own_texts = read_bank_file(path, has_keys=True, findings=course.findings)
        for text in own_texts:
            others = {name: found.pop(text.code, None) for name, found in wordings.items()}
            used.add(text.attributes.get("scenario", ""))
            if (played := _with_scenario(course, text, scenarios)) is not None:
                _load_item(course, own, played, others, types)
        for left in (text for found in wordings.values() for text in found.values()):
            message = _("There is no item {code} in {file}.").format(code=left.code, file=path.name)
            course.findings.append(Finding(left.path, left.line, message, _("Correct the id.")))
    for name in sorted(set(scenarios) - used):
        path = course.folder / SCENARIOS / f"{name}.toml"
        message, mend = _("No item plays this scenario."), _("Name it: {{scenario={name}}}.")
        course.findings.append(Finding(path, 1, message, mend.format(name=name), "warning"))


def _with_scenario(course: LoadedCourse, text: ItemText, scenarios: Scenarios) -> ItemText | None:
    """The item with what its scenario file holds; None when there is no such file, or a bad one."""
    name = text.attributes.get("scenario")
    if name is None:
        return text
    if name not in scenarios:
        message = _("{code}: there is no “{path}”.").format(
            code=text.code, path=f"{SCENARIOS}/{name}.toml"
        )
        mend = _("Write it, or correct the name.")
        course.findings.append(Finding(text.path, text.line, message, mend))
    data = scenarios.get(name)
    return None if data is None else replace(text, block=replace(text.block, data=data))


def _wordings(course: LoadedCourse, path: Path) -> dict[str, ItemText]:
    """The wordings of one file by item id."""
    found: dict[str, ItemText] = {}
    for text in read_bank_file(path, has_keys=False, findings=course.findings):
        if text.code in found:
            message = _("Item id {code} is used twice.").format(code=text.code)
            course.findings.append(Finding(path, text.line, message, _("Delete one of them.")))
        found[text.code] = text
    return found


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
        is_read = place.as_posix() == course_file.NAME or (
            len(place.parts) == 2 and place.parts[0] in FOLDERS.get(path.suffix, ())
        )
        if path.is_file() and not is_read and not place.parts[0].startswith("."):
            message = _("This file is not read: it has no place in a course.")
            mend = _(
                "Lessons are zh/*.md and en/*.md, items items/*.md, scenarios scenarios/*.toml."
            )
            course.findings.append(Finding(path, 1, message, mend, "warning"))


def _load_item(
    course: LoadedCourse,
    own: str,
    text: ItemText,
    others: Mapping[str, ItemText | None],
    types: Types,
) -> None:
    def found(message: str, mend: str, place: ItemText = text) -> None:
        course.findings.append(Finding(place.path, place.line, f"{text.code}: {message}", mend))

    given = text.attributes
    question_type = types.get(given.get("type", ""))
    if question_type is None:
        message = _("Question type “{name}” is not known.").format(name=given.get("type"))
        if "type" not in given:
            message = _("The type is missing.")
        found(
            message, _("Write type=…; possible: {values}").format(values=", ".join(sorted(types)))
        )
        return
    if given.get("difficulty") not in ("1", "2", "3"):
        found(_("The difficulty is missing or not 1, 2 or 3."), _("Add difficulty=1, 2 or 3."))
        return
    texts = {own: text}
    for language, wording in others.items():
        if wording is None:
            found(
                _("The wording in “{language}” is missing.").format(language=language),
                _("Add it to the wording file."),
            )
        else:
            texts[language] = wording
    for place in texts.values():
        if part := other_part(place.block, question_type.form):
            found(
                _("Type “{type}” takes {wanted}, not {part}.").format(
                    type=question_type.name, wanted=part_name(question_type.form), part=part
                ),
                _("Change the type, or end the stem with a sentence."),
                place,
            )
            return
    try:
        content = content_of(question_type, texts)
    except WrongText as wrong:
        found(str(wrong), "", wrong.text)
        return
    course.items.append(
        LoadedItem(
            text=text,
            content=content,
            type=question_type.name,
            topic=given.get("topic", ""),
            difficulty=int(given["difficulty"]),
            facts=_list(given.get("fact", "")),
            standards=_list(given.get("standard", "")),
            others=tuple(texts.values())[1:],
            pool=given.get("pool", "exam"),
        )
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part)


def own_front(texts: Mapping[str, LessonText]) -> LessonFront:
    """The facts of a lesson, from its text in the course's own language."""
    front = next(iter(texts.values())).front
    assert isinstance(front, LessonFront)  # noqa: S101  the own language is read with facts
    return front
