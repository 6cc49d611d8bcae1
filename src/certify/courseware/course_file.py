"""`course.toml`: one course's facts, exams and blueprints."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from certify.courseware import markdown
from certify.courseware.finding import Finding
from certify.courseware.toml_place import explain, line_of
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
    try:
        manifest = CourseManifest.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as problem:
        line = str(problem).rpartition("line ")[2].split(",")[0]
        number = int(line) if line.isdigit() else 1
        findings.append(Finding(path, number, str(problem), _("Correct the TOML.")))
        return None
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
    for exam_place, exam in enumerate(manifest.exams):
        for cell_place, cell in enumerate(exam.blueprint):
            if cell.topic not in topics:
                place = ("exams", exam_place, "blueprint", cell_place, "topic")
                message = _("Topic “{topic}” is not among [[topics]].").format(topic=cell.topic)
                findings.append(
                    Finding(path, line_of(text, place), message, _("Add it or correct it."))
                )
    if manifest.kind == "onboarding" and manifest.phase is None:
        findings.append(
            Finding(
                path,
                line_of(text, ("kind",)),
                _("An onboarding course needs a phase."),
                _("Add phase = “head-office”, “department” or “on-site-practice”."),
            )
        )
