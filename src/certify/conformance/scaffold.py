"""The first files of a new plugin: it works, and keeps all that plugins promise."""

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

from certify.courseware import scaffold
from certify.courseware.scaffold import NewCourse
from certify.i18n import N_

TEMPLATES = Path(__file__).parent / "templates"
KINDS: Mapping[str, str] = {
    "question-type": N_("a question type"),
    "item-format": N_("a format of question-bank files"),
    "export-format": N_("a format of lists"),
    "course": N_("a course"),
    "rule": N_("a rule before an exam"),
}
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
"""A plugin's name: lower-case letters, digits, single hyphens."""


def files(kind: str, name: str) -> dict[str, str]:
    """The files of a new plugin: path in its folder → text.

    Args:
        kind: one of `KINDS`.
        name: matches `NAME`.
    """
    package = "certify_" + name.replace("-", "_")
    words = {
        "dashed": name,
        "name": name.replace("-", ""),
        "package": package,
        "class_name": "".join(part.capitalize() for part in name.split("-")),
        "title": name.replace("-", " ").capitalize(),
    }
    found = {}
    for folder, home in (("common", ""), (kind, f"src/{package}/")):
        for template in sorted((TEMPLATES / folder).rglob("*.txt")):
            path = template.relative_to(TEMPLATES / folder).as_posix().removesuffix(".txt")
            text = template.read_text(encoding="utf-8")
            found[home + Template(path).substitute(words)] = Template(text).substitute(words)
    if kind == "course":
        course = NewCourse(
            code=name,
            kind="special",
            phase=None,
            language="zh",
            title={"zh": words["title"], "en": words["title"]},
            topics=[{"zh": "第一个知识点", "en": "First topic"}],
        )
        found |= {
            f"src/{package}/course/{path}": text for path, text in scaffold.files(course).items()
        }
    return found


def write(kind: str, name: str, folder: Path) -> list[Path]:
    """Write the files into a folder that is not there yet, or is empty.

    Raises:
        OSError: the folder cannot be written.
    """
    written = []
    for path, text in files(kind, name).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        written.append(target)
    return written
