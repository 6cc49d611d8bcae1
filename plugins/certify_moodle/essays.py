"""`essay`: what a person marks, by a rubric."""

import re
from collections.abc import Sequence

from certify.api import ItemBlock, _
from certify_moodle.question import Question, number

HEADS = {"zh": ("评分点", "分值"), "en": ("Criterion", "Points")}
WHOLE = {"zh": "整篇作答", "en": "The answer as a whole"}
POINTS = "10"
"""Of an essay whose file gives no criteria."""
_CELL_END = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_essay(question: Question) -> tuple[str, ItemBlock]:
    """`essay`; a table of criteria and points in the notes for markers is its rubric."""
    notes = question.markdown(question.parts.get("graderinfo"))
    template = question.markdown(question.parts.get("responsetemplate"))
    rows, rest = rubric(notes)
    if not rows:
        rows = [HEADS[question.language], (WHOLE[question.language], POINTS)]
        question.lose(
            _("It has no criteria with points; one of {points} points stands for all.").format(
                points=POINTS
            ),
            is_serious=True,
        )
    if rest:
        question.said.append(rest)
    if template:
        question.lose(_("The text that stood in the answer from the start is left out."))
    if question.value("attachments") not in ("", "0"):
        question.lose(_("Files cannot be handed in with an answer."), is_serious=True)
    return "essay", question.block("rows", rows=rows)


def rubric(notes: str) -> tuple[Sequence[Sequence[str]], str]:
    """The rows of the first table with points, and what stands around it."""
    parts = notes.split("\n\n")
    for place, part in enumerate(parts):
        lines = part.split("\n")
        if len(lines) < 3 or not lines[1].startswith("|---"):
            continue
        rows = [_cells(line) for line in (lines[0], *lines[2:])]
        if all(len(row) == 2 and row[0] for row in rows) and all(map(_has_points, rows[1:])):
            return rows, "\n\n".join((*parts[:place], *parts[place + 1 :]))
    return (), notes


def _cells(line: str) -> tuple[str, ...]:
    cells = _CELL_END.split(line.strip())[1:-1]
    return tuple(_ESCAPED.sub(r"\1", cell.strip()) for cell in cells)


def _has_points(row: Sequence[str]) -> bool:
    points = number(row[1])
    return points is not None and 0 < points <= 100
