"""Extended text: an essay that a person marks by the rubric for its scorers."""

import re
from collections.abc import Sequence
from html import escape

from certify.api import BLOCK_WORDS, WHOLE_POINTS, _, safe_xml
from certify_qti.answers import Answers
from certify_qti.draft import Draft
from certify_qti.response import decimal, one_line

_POINTS = r"([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*(?:分|points?|pts?|marks?|p)?\.?"
_CELL = re.compile(_POINTS, re.IGNORECASE)
_ENTRY = re.compile(rf"(.*\S)\s*(?:[(（\[]\s*{_POINTS}\s*[)）\]]|[:：]\s*{_POINTS})", re.IGNORECASE)
Criteria = Sequence[tuple[str, str]]


def read_essay(draft: Draft, interaction: safe_xml.Element) -> Answers:
    """`essay`; an answer that the file declares becomes part of the explanation."""
    response = draft.responses.get(interaction.attributes.get("responseidentifier", "").strip())
    draft.feedback += (f"<p>{escape(text)}</p>" for text in (response.correct if response else ()))
    return Answers("essay", "rows", rows=BLOCK_WORDS[draft.language].one_criterion())


def by_rubric(draft: Draft, interaction: safe_xml.Element, answers: Answers) -> Answers:
    """The same with the criteria of the rubrics that were found in the body."""
    head = BLOCK_WORDS[draft.language].rubric_heads
    for rubric in draft.rubrics:
        if rows := _table(rubric, head) or _list(rubric, head):
            return Answers("essay", "rows", rows=rows)
    draft.feedback += (draft.inside(rubric) for rubric in draft.rubrics)
    draft.lose(
        interaction,
        _("It has no criteria with points; one of {points} points stands for all.").format(
            points=WHOLE_POINTS
        ),
        is_serious=True,
    )
    return answers


def _table(rubric: safe_xml.Element, head: tuple[str, str]) -> Criteria:
    """Criteria from a table of two columns, the second with points."""
    rows = [
        tuple(one_line(cell.content()) for cell in row.children if cell.tag in ("td", "th"))
        for row in rubric.within()
        if row.tag == "tr"
    ]
    if not rows or any(len(row) != 2 for row in rows):
        return ()
    if not _CELL.fullmatch(rows[0][1]):
        head, rows = (rows[0][0], rows[0][1]), rows[1:]
    points = [_CELL.fullmatch(row[1]) for row in rows]
    pairs = [(row[0], found[1]) for row, found in zip(rows, points, strict=True) if found]
    return [head, *pairs] if len(pairs) == len(rows) and _are_criteria(pairs) else ()


def _list(rubric: safe_xml.Element, head: tuple[str, str]) -> Criteria:
    """Criteria from a list, each entry with its points at the end."""
    entries = [one_line(one.content()) for one in rubric.within() if one.tag == "li"]
    found = [_ENTRY.fullmatch(entry) for entry in entries]
    pairs = [(one[1], one[2] or one[3]) for one in found if one]
    return [head, *pairs] if len(pairs) == len(entries) and _are_criteria(pairs) else ()


def _are_criteria(pairs: Criteria) -> bool:
    points = [decimal(text) for _title, text in pairs]
    return bool(pairs) and all(one is not None and 0 < one <= 100 for one in points)
