"""Pieces of Moodle's XML."""

import re
from html import escape
from xml.sax.saxutils import escape as escape_xml
from xml.sax.saxutils import quoteattr

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, text: str) -> str:
    """A setting or a plain text."""
    return f"    <{name}>{plain(text)}</{name}>\n"


def plain(text: str) -> str:
    """A text as the content of an element."""
    return escape_xml(_ILLEGAL.sub("", text))


def wrapped(name: str, text: str, inner: str = "", **attributes: str) -> str:
    """An element that holds its text in a `text` element, and more behind it."""
    given = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    body = f"\n{inner}    " if inner else ""
    return f"    <{name}{given}><text>{plain(text)}</text>{body}</{name}>\n"


def html(name: str, text: str, inner: str = "", **attributes: str) -> str:
    """The same with HTML in it, quoted as Moodle does."""
    given = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    quoted = _ILLEGAL.sub("", text).replace("]]>", "]]]]><![CDATA[>")
    body = f"\n{inner}    " if inner else ""
    return f'    <{name}{given} format="html"><text><![CDATA[{quoted}]]></text>{body}</{name}>\n'


def as_html(line: str) -> str:
    """A plain line as HTML."""
    return escape(line, quote=False)
