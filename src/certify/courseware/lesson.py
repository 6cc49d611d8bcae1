"""Lesson files: TOML between two `+++` lines, then Markdown."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from certify.courseware import markdown
from certify.courseware.finding import Finding
from certify.courseware.toml_place import explain, line_of, load_toml
from certify.domain.course import Code, Method, Shown
from certify.i18n import _

Title = Annotated[Shown, Field(min_length=1, max_length=120)]


class _Front(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LessonFront(_Front):
    """The facts of a lesson, in the course's own language."""

    id: Code
    title: Title
    topics: Annotated[tuple[Code, ...], Field(min_length=1)]
    method: Method
    minutes: Annotated[int, Field(ge=1, le=480)]
    facts: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()
    """Which contents of onboarding it holds: codes of `certify.domain.must_cover` (R-LRN-02)."""


class WordingFront(_Front):
    """What a translation of a lesson says of itself: facts stand once, in the own language."""

    id: Code
    title: Title


@dataclass(frozen=True)
class LessonText:
    """One lesson in one language as it stands in its file."""

    path: Path
    front: LessonFront | WordingFront
    body: str
    block_count: int


def read_lesson(path: Path, *, is_own_language: bool, findings: list[Finding]) -> LessonText | None:
    """Read one lesson file; None when it cannot be used, with the reasons in `findings`."""
    text = markdown.read(path, findings)
    parts = text.split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        findings.append(
            Finding(
                path,
                1,
                _("The lesson does not begin with its facts between two “+++” lines."),
                _("Begin with +++, id = …, title = …, +++."),
            )
        )
        return None
    front_text, body = parts[1], parts[2]
    model = LessonFront if is_own_language else WordingFront
    values = load_toml(path, front_text, findings, first_line=2)
    if values is None:
        return None
    try:
        front = model.model_validate(values)
    except ValidationError as problem:
        for error in problem.errors():
            line = 1 + line_of(front_text, error["loc"])
            findings.append(Finding(path, line, *explain(error)))
        return None
    first_line = parts[0].count("\n") + front_text.count("\n") + 3
    tokens = markdown.check_safe(path, first_line, body, findings)
    for token in tokens:
        if token.type == "heading_open" and token.tag == "h1" and token.map:
            line = first_line + token.map[0]
            findings.append(
                Finding(path, line, _("Headings of a lesson start at “##”."), _("Add a “#”."))
            )
    # Top-level blocks are the unit in which reading places are kept.
    blocks = sum(token.level == 0 and token.nesting >= 0 for token in tokens)
    return LessonText(path, front, body, blocks)
