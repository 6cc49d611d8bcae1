"""An item while it is read: its element, what is lost, and its texts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from certify.api import Loss, _, html_to_line, html_to_markdown, safe_xml
from certify_qti.marking import Marking
from certify_qti.markup import inside, is_known
from certify_qti.names import INTERACTIONS
from certify_qti.response import Response, Unfit

UNSEEN = ("stylesheet", "cataloginfo", "gaptext", "gapimg", "source", "track", "param", "rp")
MOST_TEXT = 100_000
"""Characters of one text; also the longest passage to be read has far less."""
INLINE = ("textentryinteraction", "inlinechoiceinteraction", "gap")


@dataclass
class Draft:
    """What the readers of interactions share; `losses`, `gaps` and the rest fill up on the way."""

    file: str
    """Its name, for places."""
    language: str
    responses: Mapping[str, Response]
    marking: Marking
    losses: dict[str, Loss] = field(default_factory=dict)
    """By their messages: each is named once for an item."""
    feedback: list[str] = field(default_factory=list)
    """HTML of what is said after the answer."""
    rubrics: list[safe_xml.Element] = field(default_factory=list)
    """Notes for those who mark."""
    passages: list[safe_xml.Element] = field(default_factory=list)
    """Texts from other files that stand before the stem."""
    marks: dict[int, str] = field(default_factory=dict)
    """`id` of the element of a gap → the character that marks it."""

    def place(self, element: safe_xml.Element) -> str:
        """Where an element begins."""
        return f"{self.file}:{element.line}:{element.column}"

    def lose(self, element: safe_xml.Element, message: str, *, is_serious: bool = False) -> None:
        """Say that something is lost."""
        self.losses.setdefault(message, Loss(self.place(element), message, is_serious))

    def response(self, interaction: safe_xml.Element) -> Response:
        """The declaration of what an interaction takes; says so when points are lost.

        Raises:
            Unfit: there is none.
        """
        name = interaction.attributes.get("responseidentifier", "").strip()
        if (found := self.responses.get(name)) is None:
            raise Unfit(
                _("It has no key: its response is not declared."),
                _("Give the right answer in the program it comes from, and export it again."),
            )
        if found.weighs():
            self.lose(interaction, _("The points of single answers are left out; ours count."))
        return found

    def line(self, element: safe_xml.Element, *, is_html: bool = False) -> str:
        """The text inside an element on one line, as options and cells have it.

        Args:
            is_html: whether its text is HTML.
        Raises:
            Unfit: it is too long.
        """
        said: list[str] = []
        html = element.text if is_html else inside(element, self._swap(said))
        text, losses = html_to_line(_short_enough(html))
        self.feedback += (f"<p>{escape(text)} – {html}</p>" for html in said)
        for lost in losses:
            self.lose(element, lost.message, is_serious=lost.is_serious)
        return text

    def markdown(self, element: safe_xml.Element, html: str, form: str = "") -> str:
        """HTML that stands in an element as Markdown.

        Args:
            form: the part of a block that holds the answers, which no other may look like.
        Raises:
            Unfit: it is too long.
        """
        text, losses = html_to_markdown(
            _short_enough(html),
            has_lists=form not in ("options", "stem"),
            has_tables=form not in ("rows", "stem"),
        )
        for lost in losses:
            self.lose(element, lost.message, is_serious=lost.is_serious)
        return text

    def inside(self, element: safe_xml.Element) -> str:
        """HTML of what a candidate sees inside an element; gaps are marked."""
        return inside(element, self._swap(self.feedback))

    def _swap(self, said: list[str]) -> Callable[[safe_xml.Element], str | None]:
        """What stands for the elements of QTI within HTML; feedback is put aside."""

        def swap(element: safe_xml.Element) -> str | None:
            name = element.tag
            if name in ("feedbackinline", "feedbackblock"):
                said.append(inside(element, swap))
                return ""
            if name in UNSEEN:
                return ""
            if name in INLINE:
                return self.marks.get(id(element), "＿＿")
            if name == "rubricblock":
                return self._rubric(element)
            if name in ("infocontrol", "endattemptinteraction"):
                self.lose(element, _("Hints and buttons during the answer are left out."))
                return ""
            if name in INTERACTIONS and name != "mediainteraction":
                prompt = element.child("prompt")
                asked = inside(prompt, swap) if prompt else ""
                rest = inside(element, _without(prompt, swap)) if name.startswith("gap") else ""
                rest += self.marks.get(id(element), "")
                return f"<div>{asked}</div><div>{rest}</div>" if rest else f"<div>{asked}</div>"
            if not is_known(element):
                self.lose(element, _("Markup of another kind is read as plain text."))
            return None

        return swap

    def _rubric(self, element: safe_xml.Element) -> str | None:
        """None where a candidate sees it: then it is text like any other."""
        views = element.attributes.get("view", "candidate").split()
        if "candidate" in views:
            return None
        if "scorer" in views:
            self.rubrics.append(element)
        else:
            self.lose(element, _("Notes for others than the candidate are left out."))
        return ""


def _short_enough(html: str) -> str:
    if len(html) > MOST_TEXT:
        raise Unfit(
            _("Its text has more than {count} characters.").format(count=MOST_TEXT),
            _("Put what is to be read into a lesson, and only the question here."),
        )
    return html


def _without(
    left_out: safe_xml.Element | None, swap: Callable[[safe_xml.Element], str | None]
) -> Callable[[safe_xml.Element], str | None]:
    return lambda element: "" if element is left_out else swap(element)
