"""What each line looks like by itself and with the lines after it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from certify_bank_text import heads, options
from certify_bank_text.heads import Head
from certify_bank_text.labels import Segment, segments_of
from certify_bank_text.line import Line
from certify_bank_text.numbers import Number, number_of
from certify_bank_text.options import Mark

RULER = re.compile(r"[-=*_~·.—─━…\s]{3,}\Z")
PAGE = re.compile(
    r"第\s*\d+\s*页.*|[-—]+\s*\d{1,4}\s*[-—]+|\d{1,4}(?:\s*/\s*\d{1,4})?|page\s+\d+(?:\s+of\s+\d+)?"
    r"|共\s*\d+\s*页.*|以下空白|(?:试卷|全卷|试题)?(?:结束|完)[.!。]?|[-—(]*\s*end\s*[-—)]*",
    re.IGNORECASE,
)
EARNED = re.compile(r"\d{1,3}(?P<part>\.\d{1,2})?\s*分")
"""What somebody earned, as platforms write it below a question."""
FORM = re.compile(
    r".*(?:姓名|部门|工号|班级|学号|单位|考号|准考证号?|岗位|日期|得分|总分|成绩|阅卷人?|评卷人?|name|date|score|department)"
    r"\s*:?\s*_{2,}.*|(?:\s*(?:得\s*分|评卷人?|阅卷人?|总\s*分|题\s*号|核分人|签名|复核人?|[一二三四五六七八九十])\s*\|?)+"
    r"|(?:姓名|部门|工号|班级|学号|单位|出题人|审核人|命题人|name|date)\s*:.{0,60}",
    re.IGNORECASE,
)
PREAMBLE = re.compile(
    r".*(?:共\s*\d+\s*(?:道|个)?\s*(?:小|大)?题|考试时间|答题时间|满分|总分|考生须知|注意事项"
    r"|答题卡|答题说明|考试说明)|(?:本|每|各|请|下列各|以下各|在每|选择|正确的|将|从|判断下列"
    r"|time allowed|instructions?\b|choose|answer all)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Shape:
    """All that one line could be."""

    head: Head | None = None
    number: Number | None = None
    segments: Sequence[Segment] = ()
    mark: Mark | None = None
    weak: Mark | None = None
    is_blank: bool = False
    is_page: bool = False
    next: int = 0
    """The place of the next line with text, or how many lines there are."""
    event: str = ""
    """The first that follows and is no plain text: A, option, key, label, number or head."""
    style: str = ""
    """How the questions around it are numbered; empty where they are not."""


def shapes_of(lines: Sequence[Line]) -> list[Shape]:
    """The shape of every line."""
    shapes = [_shape(line) for line in lines]
    _look_ahead(lines, shapes)
    _find_styles(shapes)
    return shapes


def kind_of(shape: Shape) -> str:
    """What a line most likely is, for the lines before it."""
    if shape.head:
        return "head"
    if shape.segments and shape.segments[0].kind:
        return "key" if shape.segments[0].kind == "key" else "label"
    if shape.number and shape.number.style not in ("circle", "space"):
        return "number"
    if shape.mark:
        return "A" if shape.mark.letter == "A" else "option"
    return ""


def letter_of(shape: Shape) -> str:
    """The option letter a line begins with, with or without a sign behind it."""
    if shape.head or (shape.segments and shape.segments[0].kind) or shape.is_blank:
        return ""
    found = shape.mark or shape.weak
    return found.letter if found else ""


def _shape(line: Line) -> Shape:
    plain = line.plain
    if not plain or RULER.match(plain):
        return Shape(is_blank=True)
    shape = Shape(
        head=heads.head_of(plain),
        number=_number(plain),
        segments=segments_of(plain),
        mark=options.leading(plain),
        weak=options.weak(plain),
        is_page=bool(PAGE.fullmatch(plain)),
    )
    if EARNED.fullmatch(plain):
        shape.number = None
    if shape.mark and shape.number and shape.number.style == "space":
        shape.number = None
    return shape


def _number(plain: str) -> Number | None:
    """The number of a line, also behind or before its own mark of a kind."""
    number = number_of(plain)
    if number is None:
        _kind, _name, end = heads.own_kind(plain)
        number = number_of(plain[end:]) if end else None
        return replace(number, end=number.end + end) if number else None
    if number.style == "space" and heads.own_kind(plain[number.end :])[0]:
        return replace(number, style="plain")
    return number


def _look_ahead(lines: Sequence[Line], shapes: Sequence[Shape]) -> None:
    following, event = len(lines), ""
    for place in range(len(lines) - 1, -1, -1):
        shape = shapes[place]
        shape.next, shape.event = following, event
        if shape.is_blank:
            continue
        kind = kind_of(shape)
        if not kind and shape.weak and shape.weak.letter == "A":
            marks = options.split_weak(lines[place].plain, shape.weak)
            follows = following < len(lines) and letter_of(shapes[following]) == "B"
            kind = "A" if len(marks) > 1 or follows else ""
        following, event = place, kind or event


def _find_styles(shapes: Sequence[Shape]) -> None:
    """Tell each stretch between heads how its questions are numbered."""
    start = 0
    for place in range(len(shapes) + 1):
        if place == len(shapes) or shapes[place].head:
            style = _style(shapes[start:place])
            for shape in shapes[start:place]:
                shape.style = style
            start = place
    # A head has the style of what follows it already: it is the first of its stretch.


def _style(stretch: Sequence[Shape]) -> str:
    blanks = circles = ""
    for shape in stretch:
        if shape.is_blank or shape.head or shape.is_page:
            continue
        kind = kind_of(shape)
        if kind in ("A", "key") and not blanks and not circles:
            return ""
        number = shape.number
        if number is None or kind not in ("", "number"):
            continue
        if number.style not in ("space", "circle"):
            if not number.is_doubtful or number.value == 1:
                return blanks or number.style
        elif number.style == "space":
            if number.value == 1 and not number.is_doubtful:
                blanks = blanks or "space"
        elif number.value == 1:
            circles = circles or "circle"
    return blanks or circles
