"""HTML that somebody hands in, cut into its tags and its texts in one pass.

It is read here rather than by a parser of the web: of a broken text nothing may be swallowed, so
what is no tag of HTML (`List<String>`) stays text; and a text made to be slow must not be, which
`html.parser` of some releases of Python is.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_TAG = re.compile(
    r"""<(?:!--|[!?][^<>]*>|(/?)([A-Za-z][A-Za-z0-9:._-]{0,40})"""
    r"""((?:[\s/](?:=\s*+(?:"[^"]*+"|'[^']*+')|[^<>="']++|[="']){0,200}+)?)>)"""
)
_ATTRIBUTE = re.compile(r"""([A-Za-z][\w:.-]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
BLANKS = re.compile(r"[ \t\n\r\f\v\xa0\x85\u2028\u2029]+")
"""What HTML shows as one space; a protected space is none of HTML's, but of ours."""
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""What no course may hold and nobody sees."""
_NAMES = """
a abbr acronym address annotation applet area article aside audio b base basefont bdi bdo bgsound
big blink blockquote body br button canvas caption center cite code col colgroup data datalist dd
del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame
frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label lang
legend li link main map mark marquee math menclose menu meta meter mfenced mfrac mi mmultiscripts
mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup
mtable mtd mtext mtr munder munderover nav nobr noscript object ol optgroup option output p param
path picture pre progress q rb rp rt ruby s samp script section select semantics small source span
strike strong style sub summary sup svg table tbody td template textarea tex tfoot th thead time
title tr track tt u ul var video wbr
"""
_KNOWN = frozenset(_NAMES.split())
_DROPPED = ("script", "style")


class Token(NamedTuple):
    """A tag or a text."""

    kind: str
    """`text`, `open`, `close`, or `dropped` for a whole script or style."""
    name: str
    """Of the tag, in lower case."""
    content: str
    """The text without entities, or the attributes as they stand."""

    def attributes(self) -> dict[str, str]:
        """Those that have a value, by name in lower case."""
        found = _ATTRIBUTE.findall(self.content)
        return {name.lower(): plain(one or two or three) for name, one, two, three in found}


def plain(text: str) -> str:
    """A text with its entities resolved."""
    if "&" not in text:
        return text
    try:
        return unescape(text)
    except ValueError:  # a number of more digits than Python reads
        return text


def tokens(html: str) -> Iterator[Token]:
    """Tags and texts in their order; comments and declarations are left out."""
    place, end = 0, len(html)
    has_comments = True
    while place < end:
        found = _TAG.search(html, place)
        if found is None:
            break
        name = (found[2] or "").lower()
        stop = found.end()
        if name and name not in _KNOWN and ":" not in name:
            yield Token("text", "", plain(html[place:stop]))
            place = stop
            continue
        if found.start() > place:
            yield Token("text", "", plain(html[place : found.start()]))
        if name in _DROPPED and not found[1]:
            stop = _after(html, name, stop)
            yield Token("dropped", name, "")
        elif name:
            yield Token("close" if found[1] else "open", name, found[3])
        elif found[0] == "<!--" and has_comments:
            closing = html.find("-->", stop)
            has_comments = closing >= 0
            stop = closing + 3 if has_comments else stop
        place = stop
    if place < end:
        yield Token("text", "", plain(html[place:]))


def _after(html: str, name: str, start: int) -> int:
    """Where an element ends that holds no HTML; the end of the text where it is never closed."""
    found = re.compile(f"</{name}[^<>]*>", re.IGNORECASE).search(html, start)
    return len(html) if found is None else found.end()
