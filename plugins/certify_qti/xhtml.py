"""Markdown of the bank as XHTML for the body of an item."""

import re
from functools import cache
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from certify.api import clean

_NOT_IN_XML = re.compile("[\ufffe\uffff]")


def xhtml(markdown: str) -> str:
    """Elements of XHTML that show what a Markdown text shows."""
    parser = _parser()
    tokens = parser.parse(safe(markdown))
    for token in tokens:
        token.attrs.pop("style", None)  # the alignment of a column, which QTI does not know
    return str(parser.renderer.render(tokens, parser.options, {}))


def text(plain: str) -> str:
    """A plain text within an element."""
    return escape(safe(plain))


def attribute(plain: str) -> str:
    """A plain text as the value of an attribute, in its quotes; line feeds stay."""
    return quoteattr(safe(plain))


def safe(plain: str) -> str:
    """A text with nothing in it that XML cannot hold."""
    return _NOT_IN_XML.sub("�", clean(plain))


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable("table")
