"""Takes the parts of a line into the open question: stem, options, labels."""

from collections.abc import Sequence

from certify_bank_text import heads, options
from certify_bank_text.draft import Draft, Option, Section
from certify_bank_text.labels import Segment
from certify_bank_text.line import Line
from certify_bank_text.options import Mark
from certify_bank_text.page import Page
from certify_bank_text.shapes import Shape

LAST = "L"
"""No option has a letter behind this one."""


def begin(page: Page, line: Line, shape: Shape) -> None:
    """A question begins with this line, behind its number if it has one."""
    number = shape.number
    start, value = (number.end, number.value) if number else (0, None)
    kind, name, end = heads.own_kind(line.plain[start:])
    if not kind and start:  # “[单选] 1. …”
        kind, name, _end = heads.own_kind(line.plain)
    following = page.after(shape)
    is_alone = bool(kind and start) and not line.plain[start + end :].strip()
    is_over = bool(following and following.number and following.style == shape.style)
    if is_alone and is_over and not line.is_stem:  # “1. 单选题” over “1. …”
        page.open_section(Section(kind, name, page.section.topic))
        return
    draft = Draft(line.place, page.section, value, kind, name)
    draft.before = number.before if number else ""
    page.start(draft)
    labels = [one for one in shape.segments if one.kind and one.begin >= start]
    take_stem(page, line, shape, start + end, labels[0].begin if labels else len(line.plain))
    take_labels(page, line, labels)


def take_stem(page: Page, line: Line, shape: Shape, start: int, end: int) -> None:
    """Take a part of a line as stem, with the options that may follow in it."""
    if page.draft is None:
        return
    page.keep_losses(line)
    letter = page.letter_after(shape)
    marks = [] if page.draft.options else options.within_stem(line.plain[:end], start, letter)
    stop = marks[0].start if marks else end
    page.draft.stem.append(line.text[start:stop].strip())
    if marks:
        take_options(page, line, marks, end)


def option_marks(page: Page, line: Line, shape: Shape) -> Sequence[Mark]:
    """The options of a line; empty where its letters are none."""
    draft, is_answer = page.draft, page.slot in ("key", "explanation")
    if draft is None or (is_answer and (draft.options or page.section.kind == "essay")):
        return ()
    last = draft.options[-1].letter if draft.options else ""
    following = page.letter_after(shape)
    end = shape.segments[0].end if not shape.segments[0].kind else len(line.plain)
    is_list = page.slot in ("stem", "option") and page.kind not in ("essay", "cloze")
    bullet = options.bulleted(line.plain, last) if is_list else None
    if bullet and not shape.mark and bullet.letter <= LAST:
        return [bullet]
    if shape.mark and (last or shape.mark.letter <= "D"):
        return options.split(line.plain[:end], shape.mark, following)
    if shape.weak and page.slot in ("stem", "option"):
        marks = options.split_weak(line.plain[:end], shape.weak)
        if last and shape.weak.letter == chr(ord(last) + 1):
            return marks
        if not last and shape.weak.letter == "A" and (len(marks) > 1 or following == "B"):
            return marks
    return ()


def take_options(page: Page, line: Line, marks: Sequence[Mark], end: int) -> None:
    """Take the options that begin at the marks; the last one ends where the labels begin."""
    if page.draft is None:
        return
    page.keep_losses(line)
    ends = [*(mark.start for mark in marks[1:]), end]
    for mark, stop in zip(marks, ends, strict=True):
        text = line.text[mark.end : stop].strip().rstrip(";；").strip()
        forms = line.forms(mark.end, stop)
        page.draft.options.append(Option(mark.letter, text, forms, mark.is_ticked))
    page.slot = "option"


def take_labels(page: Page, line: Line, segments: Sequence[Segment]) -> None:
    """Take what stands behind labels."""
    for segment in segments:
        _take_label(page, line, segment, line.text[segment.start : segment.end].strip())


def _take_label(page: Page, line: Line, segment: Segment, text: str) -> None:
    draft, kind = page.draft, segment.kind
    is_new = draft is None or bool(draft.keys or draft.options)
    if is_new and (kind in ("stem", "type") or (kind == "code" and draft is not None)):
        page.start(draft := Draft(line.place, page.section))
    if draft is None:
        if kind == "topic":
            page.section.topic = text
        elif kind not in ("options", "mine"):
            page.leave(line)
        return
    page.keep_losses(line)
    if kind == "stem":
        draft.stem.append(line.text[segment.begin :].strip() if draft.stem_text else text)
        page.slot = "stem"
    elif kind == "key":
        draft.keys.append(text)
        page.slot = "key"
        page.turns.begin_points(text)
    elif kind == "mine":
        page.slot = "mine"
    elif kind == "explanation":
        draft.explanation.append(text)
        page.slot = "explanation"
        page.turns.begin_points(text)
    elif kind == "type":
        draft.kind, draft.kind_name = heads.kind_named(text), text
    elif kind in ("difficulty", "topic", "source", "code", "points"):
        setattr(draft, kind, text)
        page.slot = "fact"
