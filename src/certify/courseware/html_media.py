"""The place holders of what a terminal cannot show, and formulas."""

from posixpath import basename
from urllib.parse import unquote

from certify.courseware.html_blocks import Lost
from certify.courseware.html_tokens import BLANKS, INVISIBLE, Token
from certify.i18n import _

MEDIA = ("img", "audio", "video", "iframe", "object", "embed", "svg", "canvas", "applet", "input")


def place_holder(token: Token) -> tuple[Lost, str]:
    """What is lost with a tag of `MEDIA`, and what stands in its place.

    It is named by its description, else by its file.
    """
    given = token.attributes()
    name = _one_line(given.get("alt") or given.get("title") or _file(given))
    if token.name == "img":
        text = _("[picture: {name}]").format(name=name) if name else _("[picture]")
        return Lost(_("A picture is lost."), is_serious=True), text
    if token.name == "audio":
        text = _("[sound: {name}]").format(name=name) if name else _("[sound]")
        return Lost(_("A sound is lost."), is_serious=True), text
    if token.name == "input":
        return Lost(_("A field of a form is lost."), is_serious=True), "＿＿"
    text = _("[medium: {name}]").format(name=name) if name else _("[medium]")
    return Lost(_("A video, a drawing or an embedded page is lost."), is_serious=True), text


def _file(attributes: dict[str, str]) -> str:
    address = attributes.get("src") or attributes.get("data") or ""
    return "" if address.startswith("data:") else basename(unquote(address.split("?")[0]))


def _one_line(text: str) -> str:
    return BLANKS.sub(" ", INVISIBLE.sub("", text)).strip()


class Formula:
    """MathML that is being read; its LaTeX is taken where it stands beside it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._tex: list[str] | None = None

    def begin_note(self, token: Token) -> None:
        """Read an `annotation`, which may be the LaTeX of the formula."""
        if "tex" in token.content.lower():
            self._tex = []

    def take(self, text: str) -> None:
        """Read a text inside it."""
        (self._parts if self._tex is None else self._tex).append(text.strip())

    def end(self) -> tuple[list[Lost], str]:
        """What is lost of it, and what stands in its place."""
        if self._tex:
            return [], f"\\({' '.join(filter(None, self._tex))}\\)"
        text = _one_line(" ".join(filter(None, self._parts)))
        loss = Lost(_("A formula is written in one line."), is_serious=True)
        return [loss], _("[formula: {text}]").format(text=text)
