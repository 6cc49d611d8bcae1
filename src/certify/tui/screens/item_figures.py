"""One item of an exam in full: its figures with their intervals, and who chose what."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.content import Content

from certify.domain.item_analysis import OptionAnalysis
from certify.i18n import N_, _, pick
from certify.services import item_stats_words as words
from certify.services.item_stats import ExamFigures, ItemStats
from certify.tui.bars import bar
from certify.tui.columns import fit, fit_right, row
from certify.tui.page import Page
from certify.tui.safe_text import safe_line
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.wrap import wrap

BAR = 10
LEAST = 46
"""Cells that the two bars of an option need beside each other."""


class ItemFiguresScreen(Page):
    """What one item did in an exam."""

    HELP = N_(
        "The figures of one item with intervals of 95 percent. Below, for each option: how many "
        "chose it, how many of the best and of the weakest group, and how choosing it goes with "
        "the rest of the exam. ✓ is the key. A good wrong option is chosen by the weak."
    )
    RELOADS = False

    def __init__(self, item: ItemStats, whole: ExamFigures) -> None:
        super().__init__()
        self.item = item
        self.whole = whole

    def body(self) -> ComposeResult:
        yield Paper()

    def heading(self) -> str:
        return f"{self.item.item} · {pick(self.whole.title)}"

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        self.query_one(Paper).focus()

    def _write(self, width: int) -> Sequence[PaperLine]:
        one = self.item
        lines = [safe_line(words.item_line(one)), Content()]
        figures = words.item_figures(one, self.whole)
        name = max(safe_line(figure.name).cell_length for figure in figures)
        for figure in figures:
            cells = [fit(figure.name, min(name, width - 30)), fit_right(figure.value, 6)]
            note = [safe_line(figure.note, "$foreground 70%")] if figure.note else []
            lines.append(row([*cells, *note]))
        lines.append(Content())
        said = words.meanings(one.figures) or [_("✓ Nothing to look at.")]
        if not one.figures.enough:
            said = words.flags(one.figures)
        for text in said:
            lines += wrap(safe_line(text), width)
        if one.figures.options:
            lines += [Content(), Content.styled(_("Who chose what"), "bold"), Content()]
            lines += option_lines(one, width)
        return [PaperLine(line) for line in lines]


def option_lines(one: ItemStats, width: int) -> list[Content]:
    """Each option: what it says, how many chose it, and bars of the upper and the lower group."""
    lines: list[Content] = []
    for option in one.figures.options:
        style = "bold $success" if option.is_key else ""
        head = safe_line(f"{words.option_name(option)}  {words.option_text(one, option)}", style)
        lines += wrap(head, width)
        counted = f"n {option.n} · {words.option_share(option.share)}"
        r = f"r {words.number(option.option_rest)}"
        lines.append(Content("    ") + safe_line(f"{counted} · {r}", "$foreground 80%"))
        lines += _groups(option, width - 4)
    return lines


def _groups(option: OptionAnalysis, width: int) -> list[Content]:
    groups = ((_("upper"), option.upper_share), (_("lower"), option.lower_share))
    name = max(cell_len(group) for group, _share in groups)
    shown = []
    for group, share in groups:
        filled = Content.styled(bar(share or 0, BAR), "$primary")
        shown.append(row([fit(group, name), filled, fit(words.option_share(share), 6)], gap=1))
    indent = Content("    ")
    return [indent + row(shown)] if width >= LEAST else [indent + one for one in shown]
