"""Puts lines together into questions: what a line means where it stands."""

import re
from collections.abc import Sequence

from certify_bank_text import heads, key_pages, keys, options, parts
from certify_bank_text.draft import Draft, Section
from certify_bank_text.joining import joined
from certify_bank_text.line import Line
from certify_bank_text.page import SHARED, Found, Page, has_held
from certify_bank_text.shapes import EARNED, FORM, PREAMBLE, Shape

SENTENCE_ENDS = tuple("。）)】.√×✓✗")
LONGEST_TITLE = 25


def assembled(lines: Sequence[Line]) -> list[Found]:
    """The questions of a file in order, with their keys, and what belongs to none."""
    page = Page(lines)
    for line, shape in zip(lines, page.shapes, strict=True):
        if shape.is_blank:
            page.is_after_blank = True
        else:
            _feed(page, line, shape)
            page.is_after_blank = False
    key_pages.end_list(page)
    page.flush()
    return page.found


def _feed(page: Page, line: Line, shape: Shape) -> None:
    if page.key_list is not None and key_pages.take(page, line, shape):
        return
    first = shape.segments[0]
    if line.is_stem:
        parts.begin(page, line, shape)
    elif head := _head(page, shape):
        page.open_section(Section(head.kind, head.title, page.section.topic, order=head.order))
    elif key_pages.opens(page, line, shape):
        key_pages.open_list(page, line, first)
    elif first.kind:
        parts.take_labels(page, line, shape.segments)
    elif _begins_numbered(page, line, shape):
        parts.begin(page, line, shape)
    elif _is_earned(page, line) or (shape.is_page and not page.is_text_open()):
        return
    elif marks := parts.option_marks(page, line, shape):
        parts.take_options(page, line, marks, first.end)
        parts.take_labels(page, line, shape.segments[1:])
    else:
        _text(page, line, shape)


def _head(page: Page, shape: Shape) -> heads.Head | None:
    """The head that a line is; “题型：单选题” may also speak of the next question alone."""
    following = page.after(shape)
    is_label = shape.segments[0].kind == "type" and not (following and following.number)
    return None if is_label or page.is_answer_open() else shape.head


def _begins_numbered(page: Page, line: Line, shape: Shape) -> bool:
    """Whether a numbered line begins a question, and is no point of an answer or a list."""
    number, draft = shape.number, page.draft
    if number is None:
        return False
    is_next = number.style == shape.style and number.value == page.turns.last + 1 > 1
    if page.slot == "key" and page.is_answer_open() and not is_next:
        return False
    is_closed = draft is None or bool(draft.keys or draft.options) or has_held(draft)
    is_evident = _is_evident(line, shape)
    begins = page.turns.begins(
        number,
        shape.style,
        is_first=draft is None,
        is_closed=is_closed,
        is_inside=draft is not None and (page.slot in ("key", "explanation") or not is_closed),
        is_evident=is_evident,
    )
    if begins and draft is None and not page.section.kind and not page.section.drafts:
        return is_evident or not any(PREAMBLE.match(one.plain) for one in page.unread)
    return begins


def _is_evident(line: Line, shape: Shape) -> bool:
    """Whether a line is a stem by what it holds or what follows it."""
    if shape.event in ("A", "key") or len(shape.segments) > 1:
        return True
    start = shape.number.end if shape.number else 0
    return bool(
        keys.has_empty(line.text)
        or keys.letters_in(line.text)
        or keys.verdicts_in(line.text)
        or options.within_stem(line.plain, start, "")
    )


def _text(page: Page, line: Line, shape: Shape) -> None:
    """A line without number, letter and label."""
    draft, first = page.draft, shape.segments[0]
    chapter = None if page.is_text_open() else heads.CHAPTER.match(line.plain)
    if chapter:
        topic = (chapter[1] or chapter[0]).strip()
        page.open_section(Section(page.section.kind, page.section.title, topic))
    elif line.is_title or (draft is None and FORM.fullmatch(line.plain)):
        page.end()
        if line.is_title:
            page.leave(line)
    elif SHARED.match(line.plain) and page.is_complete() and shape.style:
        page.end()
        page.leave(line)
        page.section.shared = line.place
    elif draft is not None and page.slot == "option" and keys.ALONE.match(line.plain):
        draft.keys.append(line.plain.strip("()[]【】。. "))
        page.slot = "key"
    elif _begins_unnumbered(page, line, shape):
        parts.begin(page, line, shape)
    elif draft is None:
        page.leave(line)
    elif page.slot == "mine":
        return  # what somebody answered, over several lines
    elif page.slot == "stem":
        parts.take_stem(page, line, shape, 0, first.end)
        parts.take_labels(page, line, shape.segments[1:])
    elif page.slot == "option":
        draft.options[-1].text = joined(draft.options[-1].text, line.text[: first.end])
        page.keep_losses(line)
        parts.take_labels(page, line, shape.segments[1:])
    elif page.slot == "fact" or (page.is_after_blank and _is_title(line) and page.is_complete()):
        page.end()
        page.leave(line)
    else:
        texts = draft.keys if page.slot == "key" else draft.explanation
        if not texts[-1]:
            page.turns.begin_points(line.plain)
        texts[-1] = f"{texts[-1]}\n{line.text}".strip()
        page.keep_losses(line)


def _begins_unnumbered(page: Page, line: Line, shape: Shape) -> bool:
    """Whether a line without a number begins a question."""
    draft, event, following = page.draft, shape.event, page.after(shape)
    is_next = following is not None and following.event != event
    kind, _name, _end = heads.own_kind(line.plain)
    if kind and page.is_complete():
        return True
    if page.is_answer_open() or (shape.number and shape.style):
        return False
    if shape.style:
        if draft is None:
            return event == "A" and not _is_title(line) and not PREAMBLE.match(line.plain)
        return bool(draft.options) and event == "A" and (page.is_after_blank or is_next)
    is_evident = _is_evident(line, shape)
    if draft is None:
        is_sure = is_evident and not _is_title(line)
        return is_sure or bool(page.section.kind and not PREAMBLE.match(line.plain))
    if draft.keys or draft.options:
        if page.is_after_blank:
            is_evident = is_evident or (
                event == "label" and page.slot != "fact" and _is_closed(draft)
            )
            return is_evident or page.slot not in ("key", "explanation") or not draft.stem
        return is_evident and (is_next or event not in ("A", "key"))
    if page.section.kind in ("truefalse", "cloze") or has_held(draft):
        return page.is_after_blank or draft.stem_text.endswith(SENTENCE_ENDS)
    return False


def _is_earned(page: Page, line: Line) -> bool:
    """Whether a line says what somebody earned, and no points of a written answer."""
    found = EARNED.fullmatch(line.plain)
    if not found or page.kind == "essay":
        return False
    return bool(found["part"]) or not page.is_text_open()


def _is_closed(draft: Draft) -> bool:
    """Whether the key of a question is a mere letter or verdict, which nothing continues."""
    said = [keys.letters_of(text, ()) or keys.verdict_of(text) for text in draft.keys]
    return bool(said) and all(one is not None and not one[1] for one in said)


def _is_title(line: Line) -> bool:
    """Whether a line could be a title: short, and no sentence."""
    return len(line.text) <= LONGEST_TITLE and not re.search(r"[?？。（(_：:，,；;√×]", line.text)
