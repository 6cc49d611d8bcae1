"""What may stand in text from people and courses, and how the rest is made visible.

Terminals obey control characters and bidirectional marks wherever they come from, so they are
refused where text comes in and replaced where text goes out (G13).
"""

import re
import unicodedata

from certify.i18n import _

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
"""C0 and C1 controls but tab and line feed, bidirectional and invisible formatting marks."""

INVISIBLE = ("Cc", "Cf", "Co", "Cn", "Zl", "Zp")
"""Unicode categories of characters by which two names could look alike and yet differ."""


def is_clean(text: str) -> bool:
    """Whether no forbidden character is in a text."""
    return text.isprintable() or FORBIDDEN.search(text) is None  # the first is much the faster


def clean(text: str) -> str:
    """Text that is safe to show: forbidden characters become `�`, tabs a space."""
    if text.isprintable():  # much the faster, and true of nearly every text
        return text
    return FORBIDDEN.sub("�", text).replace("\t", " ")


def clean_line(text: str) -> str:
    """One safe line: line feeds become spaces too."""
    return clean(text).replace("\n", " ")


def tidy_line(text: str) -> str:
    """A typed or pasted text as one safe line without blanks around it, for answer models."""
    return clean_line(_with_line_feeds(text)).strip()


def tidy_text(text: str) -> str:
    """The same with its lines kept, without blanks at their ends or empty lines around them."""
    lines = clean(_with_line_feeds(text)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def clean_pasted(text: str) -> str:
    """A pasted text as it may come into any field: its lines and tabs stay, else as `clean`."""
    return FORBIDDEN.sub("�", _with_line_feeds(text))


def _with_line_feeds(text: str) -> str:
    """Line breaks of every system as line feeds, which alone are no forbidden characters."""
    return "\n".join(text.splitlines())


def refuse_controls(text: str) -> str:
    """The text itself, for pydantic models of files.

    Raises:
        ValueError: it holds a forbidden character.
    """
    if found := FORBIDDEN.search(text):
        raise ValueError(_("Control character U+{code:04X}.").format(code=ord(found[0])))
    return text


def is_clean_name(text: str) -> bool:
    """Whether a text may be a name or a number: one printable line, not blank, not too long."""
    return (
        any(character.isalnum() for character in text)
        and text == text.strip()
        and len(text) <= 80
        and not FORBIDDEN.search(text)
        and not any(unicodedata.category(character) in INVISIBLE for character in text)
    )
