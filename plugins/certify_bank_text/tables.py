"""Tables of a Word file: rows of questions, grids of keys, or text that was only laid out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from certify.api import Loss, _
from certify_bank_text.line import Line, as_line, folded
from certify_bank_text.numbers import number_of
from certify_bank_text.options import leading
from certify_bank_text.shapes import kind_of, shapes_of

HEADINGS = {
    "number": r"题号|序号|编号|试题编号|no\.?|#|number",
    "type": r"题型|(?:题目|试题)?类型|(?:question )?type",
    "stem": r"题干(?:内容)?|题目(?:内容|描述)?|试题(?:内容|题干)?|问题|内容"
    r"|questions?(?: text)?|stem",
    "options": r"选项(?:内容)?|备选项|备选答案|答案选项|options|choices",
    "key": r"(?:正确|参考|标准)?答案|正确选项|(?:correct )?answers?|key",
    "explanation": r"(?:答案|试题)?(?:解析|分析|说明)|explanation|rationale",
    "difficulty": r"难度(?:系数|等级)?|难易程?度|difficulty",
    "topic": r"知识点|章节|考点|分类|所属章节|topic|chapter|category",
    "source": r"出处|来源|依据|source|reference",
    "points": r"分值|分数|points?|marks?|score",
}
LABELS = {
    "type": "题型：",
    "key": "答案：",
    "explanation": "解析：",
    "difficulty": "难度：",
    "topic": "知识点：",
    "source": "出处：",
    "points": "分值：",
}
OPTION = re.compile(
    r"(?:答案)?(?:备选)?(?:选项|答案|option|choice)?\s*([A-L])(?:选?项)?", re.IGNORECASE
)
SHORT = 6
"""Characters of a cell that belongs to a grid."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, each with the lines it shows."""

    place: str
    cells: Sequence[Sequence[Line]]

    def texts(self) -> list[str]:
        return ["\n".join(line.text for line in cell).strip() for cell in self.cells]


def lines_of_table(rows: Sequence[Row]) -> list[Line]:
    """A table as lines of a bank."""
    for place, row in enumerate(rows[:3]):
        if columns := _columns(row.texts()):
            before = [line for one in rows[:place] for line in _plain(one)]
            return [
                *before,
                *(line for one in rows[place + 1 :] for line in _question(one, columns)),
            ]
    lines = [line for row in rows for line in _plain(row)]
    if any(kind_of(shape) not in ("", "number") for shape in shapes_of(lines)):
        return lines
    if sum(1 for line in lines if number_of(line.plain)) > 1 or len(rows) == 1:
        return lines
    lost = Loss("", _("A table became lines of text."), is_serious=True)
    return [
        Line(line.place, line.text, line.plain, line.spans, (*line.losses, lost)) for line in lines
    ]


def _columns(texts: Sequence[str]) -> dict[int, str]:
    """What each column holds, if this is a row of headings; a single letter is an option."""
    found: dict[int, str] = {}
    for place, text in enumerate(texts):
        plain = re.sub(r"\s+", "", folded(text)).rstrip(":*")
        if option := OPTION.fullmatch(plain):
            found[place] = option[1].upper()
            continue
        for name, words in HEADINGS.items():
            if re.fullmatch(
                words, folded(text).strip().rstrip(":*"), re.IGNORECASE
            ) or re.fullmatch(words, plain, re.IGNORECASE):
                found.setdefault(place, name)
    names = set(found.values())
    is_full = "stem" in names and len(names & {"key", "options", "A", "type", "explanation"}) > 0
    return found if is_full else {}


def _question(row: Row, columns: dict[int, str]) -> list[Line]:
    held: dict[str, Sequence[Line]] = {}
    for place, cell in enumerate(row.cells):
        if place in columns and any(line.text for line in cell):
            held.setdefault(columns[place], cell)
    if "stem" not in held:
        return []
    number = held["number"][0].plain if "number" in held else ""
    stem = [line for line in held["stem"] if line.text]
    head = f"{number}. " if number.isdigit() and not number_of(stem[0].plain) else ""
    lines = [_again(row, stem[0], head, is_stem=True), *(_again(row, one) for one in stem[1:])]
    if "type" in held:
        lines.append(_labelled(row, "type", held["type"]))
    for name in sorted(name for name in held if len(name) == 1):
        mark = leading(held[name][0].plain)
        lines.append(
            _again(row, held[name][0], "" if mark and mark.letter == name else f"{name}. ")
        )
        lines += [_again(row, one) for one in held[name][1:]]
    lines += _option_lines(row, held.get("options", ()))
    return lines + [
        _labelled(row, name, held[name]) for name in LABELS if name in held and name != "type"
    ]


def _option_lines(row: Row, cell: Sequence[Line]) -> list[Line]:
    lines = [line for line in cell if line.text]
    if len(lines) == 1 and not leading(lines[0].plain):
        lines = [
            as_line(row.place, part) for part in re.split(r"[|;；]", lines[0].text) if part.strip()
        ]
    if any(leading(line.plain) for line in lines):
        return [_again(row, line) for line in lines]
    return [_again(row, line, f"{chr(ord('A') + place)}. ") for place, line in enumerate(lines)]


def _labelled(row: Row, name: str, cell: Sequence[Line]) -> Line:
    text = " ".join(line.text for line in cell if line.text)
    losses = [loss for line in cell for loss in line.losses]
    return as_line(row.place, LABELS[name] + text, losses=losses)


def _again(row: Row, line: Line, head: str = "", *, is_stem: bool = False) -> Line:
    return Line(
        row.place,
        head + line.text,
        head + line.plain,
        () if head else line.spans,
        line.losses,
        is_stem=is_stem,
    )


def _plain(row: Row) -> list[Line]:
    """A row without headings: a grid or a short row is one line, else each cell has its own."""
    texts = row.texts()
    if not any(texts):
        return []
    is_grid = texts[0].replace(" ", "") in ("题号", "答案", "正确答案", "得分") or all(
        len(text) <= SHORT for text in texts
    )
    if is_grid or folded(texts[0]).isdigit():
        losses = [loss for cell in row.cells for line in cell for loss in line.losses]
        joined = "\t".join(" ".join(text.split()) for text in texts)
        return [as_line(row.place, joined, losses=losses)]
    return [line for cell in row.cells for line in cell if line.text]
