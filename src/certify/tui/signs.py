"""A state is always a sign and a word; a colour only repeats them."""

from textual.content import Content


def signed(sign: str, words: str, style: str = "") -> Content:
    """A sign before words that are translated already."""
    return Content.styled(f"{sign} {words}", style)
