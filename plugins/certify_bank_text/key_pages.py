"""Lists of keys at the end of a file or section: where they begin and end, what they hold."""

import re

from certify_bank_text import heads
from certify_bank_text.draft import Section
from certify_bank_text.heads import Head
from certify_bank_text.key_list import NUMBERS, TITLE, KeyList, listed
from certify_bank_text.labels import Segment
from certify_bank_text.line import Line
from certify_bank_text.numbers import number_of
from certify_bank_text.page import Page, has_held
from certify_bank_text.shapes import Shape

LONGEST_TITLE = 40
EACH = re.compile(r"(?:(?<=\s)|(?<=[、.:]))[(]?(\d{1,3})\s*(?:[)]|、|\.(?!\d))\s*")
"""A number before its key, on a line that holds several."""


def opens(page: Page, line: Line, shape: Shape) -> bool:
    """Whether a list of keys begins with this line, and not the key of one question."""
    first = shape.segments[0]
    is_key = first.kind == "key" and len(shape.segments) == 1
    text = line.plain[first.start : first.end].strip() if is_key else ""
    if text:
        if page.draft is not None and page.kind in ("matching", "cloze", "ordering"):
            return False
        pairs = listed(text)
        return pairs is not None and len(pairs) != 1
    if not any(section.drafts for section in page.sections):
        return False
    if NUMBERS.match(line.plain):
        return shape.next < len(page.lines) and page.lines[shape.next].plain.startswith("答案")
    if not is_key and not (TITLE.match(line.plain) and len(line.plain) < LONGEST_TITLE):
        return page.draft is not None and _is_run(listed(line.plain) or [])
    following = page.after(shape)
    if following is None:
        return False
    plain = page.lines[shape.next].plain
    if _ordered(plain) and any(section.order for section in page.sections):
        return True
    if following.head or listed(plain) is not None or plain.startswith("题号"):
        return True
    return (
        following.number is not None
        and _waits_before(page)
        and KeyList(page.sections[page.open_from :]).knows(following.number.value)
    )


def open_list(page: Page, line: Line, first: Segment) -> None:
    """Begin a list; it speaks of the sections that no list has spoken of yet."""
    page.flush()
    page.end()
    known = [section for section in page.sections[page.open_from :] if section.drafts]
    page.key_list = KeyList(known or [section for section in page.sections if section.drafts])
    text = line.plain[first.start : first.end].strip() if first.kind else line.plain
    page.key_list.take(line.place, text)


def take(page: Page, line: Line, shape: Shape) -> bool:
    """Take a line into the open list; False where the list is over and the line is none of it."""
    key_list, head = page.key_list, shape.head
    is_taken = key_list is not None and not line.is_stem
    if key_list is not None and is_taken:
        if head is not None:
            is_taken = _take_head(key_list, head, line)
        else:
            is_taken = _take_line(page, key_list, line, shape)
    if not is_taken:
        end_list(page)
    return is_taken


def end_list(page: Page) -> None:
    """Give the keys of the open list to their questions."""
    if page.key_list is not None:
        page.found += page.key_list.hand_out()
        page.key_list = None
        page.open_from = len(page.sections)
        page.open_section(Section(page.section.kind, page.section.title, page.section.topic))


def _take_line(page: Page, key_list: KeyList, line: Line, shape: Shape) -> bool:
    plain, number = line.plain, shape.number
    if (found := _ordered(plain)) and _take_ordered(key_list, line, found):
        return True
    if shape.is_page or TITLE.match(plain) or key_list.take(line.place, plain):
        return True
    first = shape.segments[0]
    if first.kind and key_list.given:
        if first.kind != "key" or not key_list.take(line.place, plain[first.start :]):
            key_list.given[-1].texts.append(line.text)
        return True
    if number and number.style != "circle" and not _is_point(page, number.value, number.style):
        is_known = any(one.number == number.value for one in key_list.given)
        if not is_known and not key_list.knows(number.value):
            return False
        key_list.add(line.place, number.value, line.text[number.end :].strip())
        key_list.is_compact = False
        return True
    if key_list.given and not key_list.is_compact:
        key_list.given[-1].texts.append(line.text)
        return True
    return False


def _ordered(plain: str) -> re.Match[str] | None:
    """The numeral of a section before the first of its keys, as in `一、1、A 2、B`."""
    return re.match(rf"[(]?({heads.NUMERAL})[)]?\s*[、.:]\s*(?=[(]?\d)", plain)


def _take_ordered(key_list: KeyList, line: Line, found: re.Match[str]) -> bool:
    sections = [one for one in key_list.sections if one.order == found[1]]
    rest = line.plain[found.end() :]
    if len(sections) != 1 or number_of(rest) is None:
        return False
    key_list.section = sections[0]
    if not key_list.take(line.place, rest):
        marks: list[re.Match[str]] = []
        for mark in EACH.finditer(line.plain, found.end()):
            if not marks or int(mark[1]) == int(marks[-1][1]) + 1:
                marks.append(mark)
        ends = [*(mark.start() for mark in marks[1:]), len(line.plain)]
        for mark, end in zip(marks, ends, strict=True):
            key_list.add(line.place, int(mark[1]), line.text[mark.end() : end].strip())
        key_list.is_compact = False
    return True


def _take_head(key_list: KeyList, head: Head, line: Line) -> bool:
    named = [id(one.section) for one in key_list.given]
    waiting = [
        section
        for section in key_list.sections
        if section.kind == head.kind
        and id(section) not in named
        and any(not draft.keys for draft in section.drafts)
    ]
    if not waiting:
        return False
    key_list.section = waiting[0]
    rest = head.rest.lstrip(":、)。. ")
    for text in (rest, rest.partition(")")[2].strip(" :")):
        if text and key_list.take(line.place, text):
            break
    return True


def _is_point(page: Page, value: int, style: str) -> bool:
    """Whether a number within a list of keys counts the points of one answer."""
    is_of_questions = style == page.turns.style and KeyList(page.sections).knows(value)
    return style in ("both", "paren") and not is_of_questions


def _is_run(pairs: list[tuple[int, str]]) -> bool:
    """Whether these are at least two keys of questions that follow each other."""
    numbers = [number for number, _key in pairs]
    return len(numbers) > 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _waits_before(page: Page) -> bool:
    """Whether the question before the last has no key, so that keys come in a list."""
    drafts = [draft for section in page.sections[-2:] for draft in section.drafts[-2:]]
    return any(not draft.keys and not has_held(draft) for draft in drafts[-2:-1])
