"""One question of a file while it is read: its texts, and what is lost of them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from html import escape
from typing import Literal, TypeAlias

from certify.api import (
    ItemBlock,
    Loss,
    _,
    html_to_line,
    html_to_markdown,
    markdown_to_html,
    plain_markdown,
    safe_xml,
    tidy_line,
)
from certify_moodle.languages import in_language

Form: TypeAlias = Literal["options", "rows", "lines", "stem", "explanation"]
"""What follows a text in its item, which must not be taken for a part of it."""
FORMATS = {"0": "moodle_auto_format", "1": "html", "2": "plain_text", "4": "markdown"}
FEEDBACK = {"zh": "“{answer}”：{feedback}", "en": "“{answer}”: {feedback}"}
"""How the feedback of one answer stands in the explanation."""
_HTML = re.compile(r"<[A-Za-z/!]|&[A-Za-z#]")
_BLOCK_TAG = re.compile(r"<(?:br|p|div|[uo]l|li|t[rdh]|table|pre|h[1-6])\b", re.IGNORECASE)
_USUAL = frozenset(
    (
        "",
        "your answer is correct.",
        "your answer is partially correct.",
        "your answer is incorrect.",
        "回答正确",
        "回答部分正确",
        "回答错误",
        "您的回答正确",
        "您的答案正确",
    )
)
"""What Moodle writes of its own accord when an answer is right or wrong."""


class Unfit(Exception):
    """A question that cannot become an item; says why and how to mend it."""

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason, self.mend = reason, mend


class Question:
    """Reads the parts of one `question` in one language."""

    def __init__(self, element: safe_xml.Element, language: str, *, many: bool = False) -> None:
        """
        Args:
            language: of which texts are taken.
            many: whether texts may have parts in several languages.
        """
        self.element = element
        self.language, self._many = language, many
        self.kind = element.attributes.get("type", "").strip()
        self.parts = {child.tag: child for child in reversed(element.children)}
        """The first child of each name."""
        self.losses: dict[str, bool] = {}
        """What is lost, and whether a person must look at it."""
        self.said: list[str] = []
        """Feedback of single answers, as Markdown."""

    def lose(self, message: str, *, is_serious: bool = False) -> None:
        """Say that something is lost."""
        self.losses[message] = self.losses.get(message, False) or is_serious

    def all_losses(self, place: str) -> Sequence[Loss]:
        """What was lost so far."""
        return tuple(Loss(place, message, serious) for message, serious in self.losses.items())

    def value(self, name: str) -> str:
        """A setting, such as `single`; empty where it is not there."""
        found = self.parts.get(name)
        return "" if found is None else raw(found).strip()

    def is_set(self, name: str, *, default: bool = False) -> bool:
        """Whether a setting is true, in any of its spellings."""
        text = self.value(name).lower()
        return text in ("1", "true", "yes", "on") if text else default

    def all(self, name: str) -> list[safe_xml.Element]:
        """Every child of a name."""
        return [child for child in self.element.children if child.tag == name]

    def markdown(self, element: safe_xml.Element | None, form: Form = "explanation") -> str:
        """A text as the Markdown of a stem or an explanation."""
        if element is None:
            return ""
        kind, text = self.source(element)
        if kind == "plain":
            return plain_markdown(text) if text else ""
        return self.from_html(text, form)

    def from_html(self, html: str, form: Form) -> str:
        """HTML as Markdown."""
        text, lost = html_to_markdown(
            html, has_lists=form not in ("options", "stem"), has_tables=form not in ("rows", "stem")
        )
        self.losses.update(lost)
        return text

    def line(self, element: safe_xml.Element | None) -> str:
        """A text as one plain line, such as an option."""
        if element is None:
            return ""
        kind, text = self.source(element)
        return " ".join(text.split()) if kind == "plain" else self.line_of(text)

    def line_of(self, html: str) -> str:
        """HTML as one plain line."""
        text, lost = html_to_line(html)
        self.losses.update(lost)
        return text

    def source(self, element: safe_xml.Element) -> tuple[str, str]:
        """`plain` or `html`, and the text of an element in the language wanted."""
        children = element.children
        if len(children) > 1 and any(child.tag == "file" for child in children):
            self.lose(_("An embedded file is lost."), is_serious=True)
        text = raw(element)
        if not text or text.isspace():
            return "plain", ""
        if self._many:
            text = in_language(text, self.language)
        kind = element.attributes.get("format", "")
        kind = FORMATS.get(kind, kind)
        if kind == "plain_text":
            return "plain", text
        if kind == "markdown":
            return "html", markdown_to_html(text)
        if kind != "html":
            if not _HTML.search(text):
                return "plain", text
            if not _BLOCK_TAG.search(text):
                text = text.strip().replace("\n", "<br>")
        return "html", text

    def asked(self) -> tuple[str, str]:
        """`plain` or `html`, and the text of the question."""
        element = self.parts.get("questiontext")
        return ("plain", self.name()) if element is None else self.source(element)

    def feedback(self, answer: str, element: safe_xml.Element) -> None:
        """Keep the feedback of one answer for the explanation."""
        if text := self.line(element.child("feedback")):
            self.say(answer, text)

    def say(self, answer: str, feedback: str) -> None:
        """Keep what is said to one answer for the explanation."""
        text = FEEDBACK[self.language].format(answer=answer, feedback=feedback)
        self.said.append(plain_markdown(tidy_line(text)))

    def name(self) -> str:
        """Its title."""
        return tidy_line(self.line(self.parts.get("name")))

    def stem(self, form: Form) -> str:
        """What is asked, else its title."""
        text = self.markdown(self.parts.get("questiontext"), form)
        if not text and (text := plain_markdown(self.name())):
            self.lose(_("It has no text; its title stands for it."), is_serious=True)
        return text

    def block(
        self,
        form: Form,
        *,
        stem: str | None = None,
        options: Sequence[tuple[str, bool | None]] = (),
        rows: Sequence[Sequence[str]] = (),
        lines: Sequence[str] = (),
    ) -> ItemBlock:
        """The item's text; to be asked for once all feedback is kept.

        Args:
            form: the part that holds the answers.
            stem: where it is more than the text of the question.
        """
        if stem is None:
            stem = self.stem(form)
        return ItemBlock(
            stem, tuple(options), self._explanation(), tuple(map(tuple, rows)), tuple(lines)
        )

    def _explanation(self) -> str:
        for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
            if name in self.parts and self.line(self.parts[name]).lower() not in _USUAL:
                self.lose(_("Feedback on right and wrong answers as a whole is left out."))
        general = self.markdown(self.parts.get("generalfeedback"))
        return "\n\n".join(part for part in (general, *self.said) if part)


def raw(element: safe_xml.Element) -> str:
    """The text of an element as it was written: that of its `text`, or its own."""
    for child in element.children:
        if child.tag == "text":
            return "".join(_markup(child)) if child.children else child.text
    return element.text


def _markup(element: safe_xml.Element) -> Iterator[str]:
    """HTML that was put into XML without being quoted."""
    yield escape(element.text)
    for child in element.children:
        given = "".join(f' {name}="{escape(text)}"' for name, text in child.attributes.items())
        yield f"<{child.tag}{given}>"
        yield from _markup(child)
        yield f"</{child.tag}>{escape(child.tail)}"


_OFTEN = {text: Decimal(text) for text in ("0", "100", "1.0000000", "0.3333333", "0.0000000")}


def number(text: str) -> Decimal | None:
    """A number as Moodle writes it; None where it is none."""
    if text in _OFTEN:
        return _OFTEN[text]
    try:
        found = Decimal(text.strip().replace(",", ".").replace("\u2212", "-"))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) < 30 else None


def fraction(element: safe_xml.Element) -> Decimal:
    """How much an answer earns, in per cent."""
    return number(element.attributes.get("fraction", "0")) or Decimal(0)


def is_full(share: Decimal) -> bool:
    """Whether an answer is fully right; Moodle rounds thirds."""
    return share >= Decimal("99.9")
