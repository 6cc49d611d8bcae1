"""`course.toml`: one course's facts, exams and blueprints."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from pydantic import ValidationError

from certify.courseware import markdown
from certify.courseware.finding import Finding
from certify.courseware.toml_place import explain, line_of, load_toml
from certify.domain.course import CourseManifest
from certify.i18n import _

NAME = "course.toml"


def read_manifest(folder: Path, findings: list[Finding]) -> CourseManifest | None:
    """Read a course's manifest; None when it cannot be used, with the reasons in `findings`."""
    path = folder / NAME
    if not path.is_file():
        findings.append(
            Finding(
                path,
                1,
                _("The folder holds no course.toml."),
                _("Name a course folder; see the reference page of the course format."),
            )
        )
        return None
    text = markdown.read(path, findings)
    values = load_toml(path, text, findings)
    if values is None:
        return None
    try:
        manifest = CourseManifest.model_validate(values)
    except ValidationError as problem:
        for error in problem.errors():
            findings.append(Finding(path, line_of(text, error["loc"]), *explain(error)))
        return None
    _check_references(path, text, manifest, findings)
    return manifest


def _check_references(
    path: Path, text: str, manifest: CourseManifest, findings: list[Finding]
) -> None:
    topics = {topic.code for topic in manifest.topics}
    for kind, codes in (
        ("topics", [topic.code for topic in manifest.topics]),
        ("exams", [exam.code for exam in manifest.exams]),
    ):
        for place, code in enumerate(codes):
            if code in codes[:place]:
                message = _("“{code}” is given twice.").format(code=code)
                line = line_of(text, (kind, place))
                findings.append(Finding(path, line, message, _("Give each its own code.")))
    for name_place, texts in _names(manifest):
        if not texts.get(manifest.language):
            message = _("The name in “{language}” is missing.").format(language=manifest.language)
            findings.append(Finding(path, line_of(text, name_place), message, _("Add it.")))
    for exam_place, exam in enumerate(manifest.exams):
        for cell_place, cell in enumerate(exam.blueprint):
            if cell.topic not in topics:
                line = line_of(text, ("exams", exam_place, "blueprint", cell_place, "topic"))
                message = _("Topic “{topic}” is not among [[topics]].").format(topic=cell.topic)
                findings.append(Finding(path, line, message, _("Add it or correct it.")))
    if manifest.kind == "onboarding" and manifest.phase is None:
        findings.append(
            Finding(
                path,
                line_of(text, ("kind",)),
                _("An onboarding course needs a phase."),
                _("Add phase = “head-office”, “department” or “on-site-practice”."),
            )
        )


def _names(manifest: CourseManifest) -> Iterator[tuple[Sequence[int | str], Mapping[str, str]]]:
    """Every name people read, by where it stands; each is needed in the course's own language."""
    yield ("title",), cast(Mapping[str, str], manifest.title)
    yield ("summary",), cast(Mapping[str, str], manifest.summary)
    for place, topic in enumerate(manifest.topics):
        yield ("topics", place), topic.texts
    for place, exam in enumerate(manifest.exams):
        yield ("exams", place, "title"), cast(Mapping[str, str], exam.title)
        if exam.process is not None:
            yield ("exams", place, "process"), exam.process.texts
