"""Texts in several languages at once, as Moodle's two filters for them write it.

The one of Moodle itself: `<span lang="zh" class="multilang">…</span>`; a common plugin:
`{mlang zh}…{mlang}`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_OPEN = re.compile(
    r"""<span((?:\s+(?:xml:lang|lang|class)\s*=\s*["'][^"'<>]{0,40}["']){2,3})\s*>"""
    r"""|\{mlang\s+([\w ,-]{1,60})\}""",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"""\blang\s*=\s*["']([^"']*)""", re.IGNORECASE)


class Part(NamedTuple):
    """A stretch of a text."""

    languages: tuple[str, ...]
    """`zh`, `en`, `other` …; empty where it belongs to all."""
    text: str


def languages_in(text: str) -> set[str]:
    """The languages of which a text has parts of their own."""
    return {one for part in _parts(text) for one in part.languages}


def in_language(text: str, language: str) -> str:
    """What a text says in a language; where it has not got it, in English, else in its first."""
    parts = list(_parts(text))
    known = list(dict.fromkeys(one for part in parts for one in part.languages))
    if not known:
        return text
    wanted = next((one for one in (language, "other", "en") if one in known), known[0])
    return "".join(part.text for part in parts if not part.languages or wanted in part.languages)


def _parts(text: str) -> Iterator[Part]:
    place = 0
    while found := _OPEN.search(text, place):
        closing = "{mlang}" if found[2] else "</span>"
        is_marked = bool(found[2]) or "multilang" in found[1].lower()
        stop = text.find(closing, found.end()) if is_marked else -1
        if is_marked and stop < 0:
            break
        if not is_marked:
            yield Part((), text[place : found.end()])
            place = found.end()
            continue
        yield Part((), text[place : found.start()])
        named = found[2] or (_LANGUAGE.findall(found[1]) or [""])[0]
        codes = tuple(re.split("[-_]", one.strip().lower())[0] for one in named.split(","))
        yield Part(codes, text[found.end() : stop])
        place = stop + len(closing)
    yield Part((), text[place:])
