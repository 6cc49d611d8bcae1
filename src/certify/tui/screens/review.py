"""The review of an attempt: own answer, key and explanation, once they are released."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content

from certify.i18n import N_, _, pick
from certify.services import release
from certify.services.release import ReviewedItem, ReviewView
from certify.tui.lesson_text import text_lines
from certify.tui.page import Page
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.wrap import wrap


class ReviewScreen(Page):
    """Every item below the other."""

    HELP = N_(
        "Your answers beside the right ones, with the reason. They are shown when the window of "
        "the exam has ended for everybody; until then only the mark and the topics are."
    )
    RELOADS = False

    def __init__(self, attempt_id: int) -> None:
        super().__init__()
        self.attempt_id = attempt_id
        self.view: ReviewView | None = None

    def body(self) -> ComposeResult:
        yield Paper()

    async def fetch(self) -> None:
        self.view = await self.certify.use(
            release.review, actor=self.actor, attempt_id=self.attempt_id
        )

    def heading(self) -> str:
        return _("Review: {title}").format(title=pick(self.view.title)) if self.view else ""

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        self.query_one(Paper).focus()

    def _write(self, width: int) -> Sequence[PaperLine]:
        if self.view is None:
            return ()
        width = min(width, 88)
        lines = [Content()]
        if self.view.hidden:
            lines += wrap(safe_line(self.view.hidden, "$accent"), width)
        for item in self.view.items:
            lines += _item(item, width)
        return [PaperLine(line) for line in lines]


def _item(item: ReviewedItem, width: int) -> list[Content]:
    points = _("{earned} of {points} points").format(earned=item.earned, points=item.points)
    if item.is_voided:
        verdict = Content.styled(_("– voided, it counts for nobody"), "$accent")
    elif item.is_right:
        verdict = Content.styled(f"✓ {points}", "$success")
    else:
        verdict = Content.styled(f"✗ {points}", "$error")
    head = Content.assemble(
        (f"{item.number}. ", "bold $primary"), safe_line(pick(item.topic)), "  "
    )
    lines = [head + verdict, *text_lines(pick(item.stem), width)]
    lines += _part(_("Your answer"), pick(item.answer) or _("none"), width)
    lines += _part(_("Right answer"), pick(item.key), width)
    lines += _part(_("Why"), pick(item.explanation), width)
    return [*lines, Content()]


def _part(label: str, text: str, width: int) -> list[Content]:
    if not text:
        return []
    whole = Content.styled(f"{label}: ", "bold") + safe_text(text)
    return [Content("  ") + line for line in wrap(whole, width - 2)]
