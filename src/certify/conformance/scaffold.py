"""The first files of a new plugin: it works, and keeps all that plugins promise."""

import keyword
import re
from collections.abc import Collection, Mapping
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
TOPICS: Mapping[str, str] = {"zh": "第一个知识点", "en": "First topic"}


def files(
    kind: str, name: str, titles: Mapping[str, str] | None = None, taken: Collection[str] = ()
) -> dict[str, str]:
    """The files of a new plugin: path in its folder → text.

    Args:
        kind: one of `KINDS`.
        name: one that `is_name` takes.
        titles: of a course, by language, its own language first; without them English, made of
            the name.
        taken: beginnings of item ids that other courses have.
    """
    package = "certify_" + name.replace("-", "_")
    words = {
        "dashed": name,
        "name": name.replace("-", ""),
        "package": package,
        "class_name": _class_name(name),
        "title": title_of(name),
    }
    found = {}
    for folder, home in (("common", ""), (kind, f"src/{package}/")):
        for template in sorted((TEMPLATES / folder).rglob("*.txt")):
            path = template.relative_to(TEMPLATES / folder).as_posix().removesuffix(".txt")
            text = template.read_text(encoding="utf-8")
            found[home + Template(path).substitute(words)] = Template(text).substitute(words)
    if kind == "course":
        course = _course(name, titles or {"en": title_of(name)}, taken)
        found |= {
            f"src/{package}/course/{path}": text for path, text in scaffold.files(course).items()
        }
    return found


def is_name(kind: str, name: str) -> bool:
    """Whether a plugin of a kind can have a name: its class is no word of Python or of its file."""
    if not NAME.fullmatch(name):
        return False
    texts = (path.read_text(encoding="utf-8") for path in (TEMPLATES / kind).rglob("*.py.txt"))
    taken = {*keyword.kwlist, *(word for text in texts for word in re.findall(r"\w+", text))}
    return _class_name(name) not in taken


def title_of(name: str) -> str:
    """A plugin's name as people write a title."""
    return name.replace("-", " ").capitalize()


def write(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write files into a folder that is not there yet, or is empty.

    Args:
        texts: path in the folder → text.
    Raises:
        OSError: the folder cannot be written.
    """
    written = []
    for path, text in texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        written.append(target)
    return written


def _class_name(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))


def _course(name: str, titles: Mapping[str, str], taken: Collection[str]) -> NewCourse:
    return NewCourse(
        code=name,
        kind="special",
        phase=None,
        language=next(iter(titles)),
        title=titles,
        topics=[{language: TOPICS[language] for language in titles}],
        taken=taken,
    )
