"""The blueprint of an exam as its bank fills it: the two-way table and how the forms compare."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.domain.blueprint_proof import Comparison
from certify.i18n import N_, _, pick
from certify.services import proof_words as words
from certify.services import proving
from certify.services.proving import ProofView, ProvableExam
from certify.tui.bars import bar
from certify.tui.columns import fit, fit_right, row
from certify.tui.dialogs.choose import Choose
from certify.tui.grid import grid
from certify.tui.page import Page
from certify.tui.safe_text import safe_line
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

BAR = 24


class BlueprintScreen(Page):
    """What the bank makes of one exam after the other."""

    HELP = N_(
        "Whether the item bank can fill every cell of an exam's blueprint, before anybody sits "
        "it. Each cell reads wanted/available. Below stand what two forms have in common, what a "
        "retake repeats, how likely an item is to be drawn, and the mark to be expected."
    )
    RELOADS = False
    BINDINGS = [
        Binding("left", "step(-1)", N_("Previous exam")),
        Binding("right", "step(1)", N_("Next exam")),
        Binding("enter", "choose", N_("Choose an exam")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.exams: list[ProvableExam] = []
        self.place = 0
        self.view: ProofView | None = None

    def body(self) -> ComposeResult:
        yield Paper()

    async def fetch(self) -> None:
        self.exams = await self.certify.use(proving.exams, actor=self.actor)
        if self.exams:
            self.place %= len(self.exams)
            self.view = await self.certify.use(
                proving.prove, actor=self.actor, exam=self.exams[self.place].code
            )

    def heading(self) -> str:
        if self.view is None:
            return _("Blueprint")
        return _("Blueprint · {exam}").format(exam=pick(self.view.title))

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        self.query_one(Paper).focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return len(self.exams) > 1 if action in ("step", "choose") else True

    def action_step(self, by: int) -> None:
        """Go to the exam before or after."""
        self._go_to((self.place + by) % len(self.exams))

    @work
    async def action_choose(self) -> None:
        """Choose an exam by its name."""
        entries = [Entry(safe_line(pick(one.title)), one.code) for one in self.exams]
        now = self.exams[self.place].code
        chosen = await self.app.push_screen_wait(Choose(_("Which exam?"), entries, now))
        if chosen is not None:
            self._go_to([one.code for one in self.exams].index(chosen))

    def _go_to(self, place: int) -> None:
        self.place = place
        self.query_one(Paper).go_to(0)
        self.reload()

    def _write(self, width: int) -> Sequence[PaperLine]:
        view = self.view
        if view is None:
            return [PaperLine(Content(_("There are no exams yet; they come with the courses.")))]
        rules = safe_line(words.rules(view), "$foreground 70%")
        lines = [rules, Content(), *self._table(view, width), Content()]
        lines += wrap(_verdict(view), width)
        for text in words.conflicts(view):
            lines += _paragraph(text, width, "$error")
        if view.comparison is not None:
            lines += self._forms(view, view.comparison, width)
        return [PaperLine(line) for line in lines]

    def _table(self, view: ProofView, width: int) -> list[Content]:
        """The two-way table."""
        found = words.grid(view)
        head = words.headings(found.columns, cell_len)
        lines = grid([*head, *found.rows], len(head), width, _style)
        marks = words.marks(view)
        return lines + ([safe_line(marks, "$foreground 70%")] if marks else [])

    def _forms(self, view: ProofView, compared: Comparison, width: int) -> list[Content]:
        lines = [*_heading(_("Items that two parallel forms have in common"))]
        for text in words.overlap(view, compared):
            lines += _paragraph(text, width)
        if compared.retakes:
            lines += _heading(_("Items that a retake repeats"))
            for text in words.retakes(compared):
                lines += _paragraph(text, width)
            if view.keeps_bound:
                lines += _paragraph(words.bound_kept(view), width, "$success")
            for number, text in enumerate(words.warnings(view, compared)):
                sign, style = ("  ", "") if number else ("! ", "$accent")
                lines += _paragraph(sign + text, width, style)
        lines += _heading(_("How likely an item is to be drawn: the likeliest of each topic"))
        topics = words.exposure_by_topic(view, compared)
        names = [safe_line(one.title) for one in topics]
        longest = min(max(name.cell_length for name in names), width - BAR - 13)
        for one, name in zip(topics, names, strict=True):
            drawn = Content.styled(bar(one.highest, BAR), "$primary")
            share = fit_right(words.percent(one.highest), 7)
            lines.append(row([Content(""), fit(name.plain, longest), drawn, share]))
        for text in words.exposure(compared):
            lines += _paragraph(text, width)
        lines += _heading(_("Mark expected on a form"))
        for text in words.spread(view, compared):
            lines += _paragraph(text, width)
        return lines


def _style(is_head: bool, entry: str) -> str:
    if is_head:
        return "$foreground 70%"
    return "bold $error" if entry.startswith("✗") else ""


def _verdict(view: ProofView) -> Content:
    return safe_line(words.verdict(view), "bold $success" if view.may_open else "bold $error")


def _heading(text: str) -> list[Content]:
    return [Content(), Content.styled(text, "bold")]


def _paragraph(text: str, width: int, style: str = "") -> list[Content]:
    return [Content("  ") + line for line in wrap(safe_line(text, style), width - 2)]
