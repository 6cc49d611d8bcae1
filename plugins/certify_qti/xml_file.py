"""One XML file: what its root is, and the items in it with their sources."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import accumulate, pairwise

from certify.api import BadInput, _, decode, safe_xml, tidy_line
from certify_qti.names import plain_name, with_plain_names

ITEM = "assessmentitem"
TESTS = ("assessmenttest", "assessmentsection", "qtitestpart")
OLD = "questestinterop"
"""The root of QTI 1."""
_TAGS = ("assessmentItem", "qti-assessment-item")
MOST_TAGS = 100_000
"""Of one item; real ones have a few hundred."""
LINE = b"\n"
_HEAD = 65_536
_ROOT = re.compile(
    r"(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*+(?:\[.*?\])?\s*+>|\s)*+<(?:[\w.-]+:)?([\w.-]+)",
    re.DOTALL,
)
_TITLE = re.compile(r"""[^<>]*?\stitle\s*=\s*(?:"([^"<]{1,200})|'([^'<]{1,200}))""")
_ITEM = re.compile(rb"<(?:[\w.-]+:)?(?:assessmentItem|qti-assessment-item)[\s>]")
_END = re.compile(r"</(?:[\w.-]+:)?(?:assessmentItem|qti-assessment-item)\s*>")
_PROLOGUE = re.compile(rb"(\s+)(<\?xml.*?\?>)", re.DOTALL)


def root_of(data: bytes) -> str:
    """The plain name of the root of an XML file; empty where none stands near its beginning."""
    found = _ROOT.match(_head(data))
    return plain_name(found[1]) if found else ""


def title_of(data: bytes) -> str:
    """The title that the root of an XML file has; empty without one."""
    head = _head(data)
    root = _ROOT.match(head)
    found = _TITLE.match(head, root.end()) if root else None
    return tidy_line(unescape(found[1] or found[2])) if found else ""


def holds_items(data: bytes) -> bool:
    """Whether an XML file holds items of QTI 2 or 3, as its root or within another."""
    return root_of(data) == ITEM or bool(_ITEM.search(data))


def elements(name: str, data: bytes) -> Iterator[tuple[safe_xml.Element, str]]:
    """The items of an XML file, each with its source.

    Raises:
        BadInput: it is broken; items before that were given.
    """
    # A blank before the declaration, which some exports have, would make it no XML.
    data = _PROLOGUE.sub(rb"\2\1", data, count=1) if data[:1].isspace() else data
    is_whole = root_of(data) == ITEM
    text = decode(data)[0]
    starts = [] if is_whole else [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    for element in stream(name, data, _TAGS):
        if is_whole:
            yield element, text
        else:
            start = starts[element.line - 1] + element.column - 1
            end = _END.search(text, start)
            yield element, text[start : end.end() if end else None]


def passage_in(name: str, data: bytes) -> safe_xml.Element | None:
    """The body of a text that items share; None where the file holds none.

    Raises:
        BadInput: it is broken.
    """
    body = next(stream(name, data, ("stimulusBody", "qti-stimulus-body")), None)
    if body is not None:
        with_plain_names(body)
    return body


def stream(name: str, data: bytes, tags: Sequence[str]) -> Iterator[safe_xml.Element]:
    """The elements of these names, one after the other; each is small enough to be held.

    Raises:
        BadInput: it is broken, or one of them is made of too many.
    """
    pattern = rf"<(?:[\w.-]+:)?(?:{'|'.join(tags)})[\s/>]"
    starts = [found.start() for found in re.finditer(pattern.encode(), data)]
    for start, end in pairwise((0, *starts, len(data))):
        if data.count(b"<", start, end) > MOST_TAGS:
            raise BadInput(
                _("An entry of this file has more than {count} tags.").format(count=MOST_TAGS),
                place=f"{name}:{data.count(LINE, 0, start) + 1}:1",
                mend=_("Check that it is the right file."),
            )
    yield from safe_xml.stream(name, data, tags)


def _head(data: bytes) -> str:
    head = data[:_HEAD]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else "utf-8", errors="replace")
    return text.removeprefix("\ufeff")
