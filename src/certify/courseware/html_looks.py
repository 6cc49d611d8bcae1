"""The look of a text by the tags around it: strong, emphasised, code, raised, lowered."""

from certify.courseware.html_tokens import Token

_STYLES = {
    **dict.fromkeys(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"), "**"),
    **dict.fromkeys(("i", "em", "u", "ins", "cite", "dfn", "var", "mark"), "*"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "`"),
    "sub": "_",
    "sup": "^",
}
_STRONGEST = ("`", "^", "_", "**", "*")
"""Where several stand inside one another, the first of these counts."""
_SPAN_STYLES = (
    ("underline", "*"),
    ("italic", "*"),
    ("font-weight: bold", "**"),
    ("font-weight:bold", "**"),
)


class Looks:
    """The tags that are open; those that are never closed or never opened do no harm."""

    def __init__(self) -> None:
        self._open: dict[str, list[str]] = {}
        """Of each open tag its style, by the name of the tag."""
        self._counts = dict.fromkeys(_STRONGEST, 0)

    @property
    def style(self) -> str:
        """The strongest of those that are open; see `Piece.style`."""
        return next((style for style in _STRONGEST if self._counts[style]), "")

    def open(self, token: Token) -> bool:
        """Take note of a tag; whether it is one that has a look."""
        style = _STYLES.get(token.name, "")
        if token.name == "span":
            look = token.content.lower()
            style = next((style for sign, style in _SPAN_STYLES if sign in look), "")
        elif not style:
            return False
        self._open.setdefault(token.name, []).append(style)
        if style:
            self._counts[style] += 1
        return True

    def close(self, name: str) -> None:
        """End the last open tag of a name."""
        if (styles := self._open.get(name)) and (style := styles.pop()):
            self._counts[style] -= 1
