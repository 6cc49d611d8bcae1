"""The body of an item as HTML, with what QTI puts into it taken out or replaced."""

import re
from collections.abc import Callable
from html import escape

from certify.api import safe_xml

Swap = Callable[[safe_xml.Element], str | None]
"""What stands for an element; None where it stands for itself."""
FIRST_MARK = 0xF0000
"""Characters of private use from here on mark gaps; in a text of the file they mean nothing."""
_MARKS = re.compile("[\U000f0000-\U000ffffd]")
_HTML = re.compile(r"\s*<(p|div)(?:\s[^<>]*)?>.*</\1>\s*", re.DOTALL | re.IGNORECASE)
_MAY_BE_HTML = ("contentbody", "div", "itembody", "modalfeedback", "p", "prompt")
_NAMES = """
    a annotation article aside audio b blockquote br caption cite code dd del details dfn div dl dt
    em embed figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i iframe img ins kbd li main mark
    math object ol p pre q rt ruby s samp section small span strike strong sub summary sup svg
    table tbody td tfoot th thead tr tt u ul var video
"""
_SHOWN = frozenset(_NAMES.split())
_OTHERS = """
    abbr acronym address bdi bdo big center col colgroup fieldset font label legend mediainteraction
    nav rb rbc rtc semantics time wbr
"""
_HARMLESS = frozenset(_OTHERS.split())
_MATH = "http://www.w3.org/1998/Math/MathML"
_LINES = ("contentbody", "prompt", "rubricblock", "stimulusbody")
"""Elements of QTI that begin on a new line."""
_EMPTY = ("br", "hr", "img", "embed")
_CLOSED = ("audio", "iframe", "svg", "video")
"""What is inside them is no text of the question."""
_LONGEST = 1_000
"""Characters of a value; longer ones are pictures as text."""
_KEPT = ("alt", "colspan", "data", "encoding", "href", "rowspan", "src", "start", "title", "type")


def is_html(element: safe_xml.Element) -> bool:
    """Whether the text of an element is HTML that some exports write as text."""
    return not element.children and _HTML.fullmatch(element.text) is not None


def is_known(element: safe_xml.Element) -> bool:
    """Whether an element is HTML or a formula, or one of QTI that only holds others."""
    name = element.tag
    return name in _SHOWN or name in _LINES or name in _HARMLESS or element.namespace == _MATH


def inside(element: safe_xml.Element, swap: Swap) -> str:
    """HTML of all that is inside an element."""
    if element.tag in _MAY_BE_HTML and is_html(element):
        return _MARKS.sub("�", element.text)
    parts = [_text(element.text)]
    for child in element.children:
        parts.append(_whole(child, swap))
        parts.append(_text(child.tail))
    return "".join(parts)


def mark(number: int) -> str:
    """The character that stands for a gap until Markdown is made."""
    return chr(FIRST_MARK + number)


def _whole(element: safe_xml.Element, swap: Swap) -> str:
    if (swapped := swap(element)) is not None:
        return swapped
    name = element.tag
    if name not in _SHOWN:
        name = "div" if name in _LINES else "span"
    given = "".join(
        f' {key}="{escape(value[:_LONGEST])}"'
        for key, value in element.attributes.items()
        if key in _KEPT
    )
    if name in _EMPTY:
        return f"<{name}{given}>"
    if name == "annotation":
        return f"<{name}{given}>{_text(_bare(element.text))}</{name}>"
    if name == "object" and element.attributes.get("type", "").startswith("image/"):
        picture = given.replace(" data=", " src=")
        return f"<img{picture}>{inside(element, swap)}"
    held = "" if name in _CLOSED else inside(element, swap)
    return f"<{name}{given}>{held}</{name}>"


def _bare(formula: str) -> str:
    """A formula of TeX without the signs around it."""
    found = formula.strip()
    for before, after in ((r"\[", r"\]"), (r"\(", r"\)"), ("$$", "$$"), ("$", "$")):
        if found.startswith(before) and found.endswith(after) and len(found) > 2:
            return found[len(before) : -len(after)].strip()
    return found


def _text(text: str) -> str:
    if not text.isascii():
        text = _MARKS.sub("�", text)
    return escape(text, quote=False)
