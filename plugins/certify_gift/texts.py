"""Texts of GIFT in its four formats, as the Markdown of a stem or as one plain line.

Without a tag a text has the format of its question, and that is `[moodle]`: its lines stay lines
and it may hold HTML.
"""

import re
from functools import cache
from typing import Literal, TypeAlias

from markdown_it import MarkdownIt

from certify.api import _, html_to_line, html_to_markdown, plain_markdown
from certify_gift.answers import Unusable
from certify_gift.escapes import unescaped

Form: TypeAlias = Literal["options", "rows", "lines", "stem", "explanation"]
"""What follows a text in its item, which must not be taken for a part of it."""
BLANK = "_____"
"""What stands in a stem where the answers stood."""
MOST = 20_000
"""Most characters of a text that is no HTML, which holds much that is not shown."""
_TAG = re.compile(r"\s*+\[(html|markdown|plain|moodle)\]")
_BLOCK_TAG = re.compile(r"<(?:br|p|div|[uo]l|li|t[rdh]|table|pre|h[1-6])\b", re.IGNORECASE)
_HTML = re.compile(r"<[A-Za-z/!]|&[A-Za-z#]")
_EASY = re.compile(r"[^\\\[<&]*+\Z")
_PLAIN = re.compile(r"(?!\d)[^\\`*_\[\]<>&#!！|~+=＝\n-]*+\Z")
_SIGN = re.compile(r"^[ \t]*[=＝!！]", re.MULTILINE)
_LINKS = ("https://", "mailto:")
_SAFE = frozenset(
    ["inline", "text", "text_special", "softbreak", "hardbreak", "code_inline", "fence"]
)
"""What Markdown may hold to be taken as it is written, besides what is opened and closed below."""
_SAFE_PAIRS = frozenset(["paragraph", "strong", "em", "link"])
_LISTS = frozenset(["bullet_list", "ordered_list", "list_item"])
_TABLES = frozenset(["table", "thead", "tbody", "tr", "th", "td"])


class Texts:
    """Reads the texts of one question and keeps what is lost of them."""

    __slots__ = ("_format", "head", "losses")

    def __init__(self, head: str) -> None:
        """
        Args:
            head: what stands before the answers, which says the format of them all.
        """
        self.losses: dict[str, bool] = {}
        """What is lost, and whether a person must look at it."""
        self._format = "moodle"
        self._format, self.head = self._cut(head)

    def markdown(self, text: str, form: Form = "explanation") -> str:
        """The Markdown that shows a text, for a place in an item.

        Raises:
            Unusable: it is too long for an item.
        """
        kind, text = self._cut(text)
        return self._markdown(kind, unescaped(text).strip(), form)

    def stem(self, tail: str, blank: str, form: Form) -> str:
        """The stem of a question, with a blank where its answers stand within it."""
        head = self.head
        if not tail:
            return self._markdown(self._format, unescaped(head).strip(), form)
        mark = "Blank"
        while mark in head or mark in tail:
            mark += "x"
        text = self._markdown(self._format, unescaped(f"{head}{mark}{tail}").strip(), form)
        if blank == BLANK and re.search(rf"^\s*{mark}[\s_]*\\?$", text, re.MULTILINE):
            blank = f"\\{blank}"  # underscores alone in a line would be a rule
        return text.replace(mark, blank, 1)

    def line(self, text: str) -> str:
        """A text as one plain line, such as an option."""
        if self._format != "markdown" and _EASY.match(text):
            return " ".join(text.split())
        kind, text = self._cut(text)
        text = unescaped(text)
        if kind == "markdown" and len(text) <= MOST and not _PLAIN.match(text.strip()):
            kind, text = "html", _renderer().render(text)
        if kind == "plain" or not _HTML.search(text):
            return " ".join(text.split())
        line, lost = html_to_line(text)
        self.losses.update(lost)
        return line

    def answer(self, text: str) -> str:
        """A text that is compared with a reply, and so is no markup but where it says `[html]`."""
        kind = "plain" if not (found := _TAG.match(text)) else found[1]
        text = text[found.end() :] if found else text
        return self.line(f"[{'html' if kind == 'html' else 'plain'}]{text}")

    def _cut(self, text: str) -> tuple[str, str]:
        """A text's format, and the text without its tag."""
        if found := _TAG.match(text):
            return found[1], text[found.end() :]
        return self._format, text

    def _markdown(self, kind: str, text: str, form: Form) -> str:
        is_html = kind == "html" or (kind == "moodle" and _HTML.search(text))
        if not is_html and len(text) > MOST:
            raise Unusable(
                _("The text is longer than {most} characters.").format(most=MOST),
                _("Shorten it, or make several questions of it."),
            )
        if not is_html and kind != "markdown":
            return plain_markdown(text)
        has_lists, has_tables = form not in ("options", "stem"), form not in ("rows", "stem")
        if kind == "moodle" and not _BLOCK_TAG.search(text):
            text = text.replace("\n", "<br>")
        if kind == "markdown":
            if _PLAIN.match(text) or _is_safe(text, has_lists=has_lists, has_tables=has_tables):
                return text
            text = _renderer().render(text)
        shown, lost = html_to_markdown(text, has_lists=has_lists, has_tables=has_tables)
        self.losses.update(lost)
        return shown


def may_be_markup(text: str, *, is_markdown: bool) -> bool:
    """Whether a text could mean something else than itself in a question of `[markdown]`, or in
    one without a format."""
    return not _PLAIN.match(text) if is_markdown else bool(_HTML.search(text))


def _is_safe(text: str, *, has_lists: bool, has_tables: bool) -> bool:
    """Whether Markdown may stand in an item as it is."""
    pairs = _SAFE_PAIRS | (_LISTS if has_lists else set()) | (_TABLES if has_tables else set())
    tokens = _renderer().parse(text)
    inner = [child for token in tokens for child in token.children or ()]
    return not _SIGN.search(text) and all(
        token.type in _SAFE
        or (token.type.rpartition("_")[0] in pairs and _is_safe_link(token.attrGet("href")))
        for token in (*tokens, *inner)
    )


def _is_safe_link(target: str | int | float | None) -> bool:
    return target is None or str(target).startswith(_LINKS)


@cache
def _renderer() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")
