"""The one way in which text from people and courses reaches a widget (G13).

Textual reads markup in plain strings and lets control characters through to the terminal, so a
widget is never given a string that somebody else wrote, only `Content` from here.
"""

from textual.content import Content

from certify.domain.clean import clean, clean_line


def safe_text(text: str, style: str = "") -> Content:
    """Text as it is, without markup, its control characters made visible."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def safe_line(text: str, style: str = "") -> Content:
    """The same on one line."""
    return Content.styled(clean_line(text), style) if style else Content(clean_line(text))
