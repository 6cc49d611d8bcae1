"""What a question bank would become in a course, before anything is written (R-ASM-13)."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.domain.item_format import BankFile
from certify.errors import CertifyError
from certify.i18n import N_, _, _n, pick
from certify.services import item_import, item_rejects
from certify.services.item_import import ImportWish
from certify.services.item_import_report import ImportReport
from certify.services.own_courses import OwnCourse
from certify.tui import files
from certify.tui import item_import_words as words
from certify.tui.columns import fit, row, widths
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.item_defaults import ItemDefaultsForm
from certify.tui.home_words import ABOUT
from certify.tui.item_import_words import ReportLine
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.line import Line
from certify.tui.widgets.rows import Entry, Rows
from certify.tui.wrap import wrap

BANK = "bank"
"""Name of the line that leads to the item bank."""


class ItemImportReportScreen(ListPage):
    """The trial run; A takes over what it shows, all of it or nothing."""

    HELP = N_(
        "The questions were read and checked; nothing is changed yet. What is rejected stands "
        "first with its place, the reason and how to mend it; then what is skipped, what the bank "
        "cannot hold, what asks nearly the same as another item. Enter shows a line in full. D "
        "says which topic and difficulty items get for which the file names none. Mend the file "
        "and press R to read it again. A takes everything over, or the good ones where some are "
        "rejected; it asks first."
    )
    RELOADS = False
    SEARCHES = True
    BINDINGS = [
        Binding("a", "take", N_("Take over")),
        Binding("d", "defaults", N_("Topic and difficulty")),
        Binding("r", "read_again", N_("Read again")),
    ]

    def __init__(
        self, source: Callable[[], BankFile], course: OwnCourse, format_name: str = ""
    ) -> None:
        """Args:
        source: gives the file, anew each time; raises `BadInput`.
        format_name: empty where it is told from the file.
        """
        super().__init__()
        self.source = source
        self.course = course
        self.wish = ImportWish(course.code, format_name)
        self.report: ImportReport | None = None
        self.rejects = ""
        self.lines: list[ReportLine] = []
        self.spoken = ""
        self.is_busy = False
        self.is_taking = False

    def top(self) -> ComposeResult:
        yield Line(id="bar")
        yield Line(id="counts")
        yield Line(id="told")

    async def fetch(self) -> None:
        await self._run(self.wish)

    async def _run(self, wish: ImportWish) -> None:
        """Read the file and try it, or take it over; says how long it has been at it."""
        self.spoken = self.certify.speaker.language
        begun = time.monotonic()
        told = self.set_interval(1, lambda: self._say_working(int(time.monotonic() - begun)))
        self.is_busy, self.is_taking = True, wish.apply
        try:
            file = await self.certify.use(lambda _platform: self.source())
            self.report = await self.certify.use(
                item_import.import_items, actor=self.actor, file=file, wish=wish
            )
            types = self.certify.platform.plugins.question_types
            self.lines = words.lines(self.report, {name: one.label for name, one in types.items()})
            if self.report.applied and self.report.count("rejected"):
                self.rejects = await self._list_rejects(self.report)
        finally:
            told.stop()
            self.is_busy = self.is_taking = False

    async def _list_rejects(self, report: ImportReport) -> str:
        """Write what was rejected where the person can read it; how the file is called."""
        app = self.certify
        if app.IS_REMOTE and app.offer_file is None:
            return ""  # every one stands on this page
        usual = item_rejects.usual_place(app.platform, report)
        async with files.place(app, "", usual, usual.name) as place:
            await app.use(item_rejects.write, report=report, path=place)
        return files.shown(app, place)

    def _say_working(self, seconds: int) -> None:
        text = _("… reading and checking every question: {seconds} s").format(seconds=seconds)
        self.query_one("#told", Line).put(Content.styled(text, "$accent"))

    def heading(self) -> str:
        name = self.report.file if self.report else _("Import")
        return _("{file} → {course}").format(file=name, course=pick(self.course.title))

    def retell(self) -> None:
        super().retell()
        is_open = self.report is not None and not self.report.applied
        if is_open and self.spoken != self.certify.speaker.language:
            self.reload()  # the report speaks the language of the run that made it

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("take", "defaults", "read_again"):
            report = self.report
            is_open = report is not None and not report.applied and not self.is_busy
            return is_open and (action != "take" or bool(report and report.imported))
        return super().check_action(action, parameters)

    async def may_quit(self) -> bool:
        return not self.is_taking

    def action_back(self) -> None:
        if not self.is_taking:  # what becomes of it is to be read
            super().action_back()

    def searched(self) -> None:
        self.show()

    def show(self) -> None:
        if (report := self.report) is not None:
            width = self.app.size.width - 2
            label = self.certify.platform.plugins.item_formats[report.format].label
            told = [_(label), *(one.message for one in report.remarks)]
            self.query_one("#bar", Line).put(words.bar(report, width))
            self.query_one("#counts", Line).put(words.counts(report))
            self.query_one("#told", Line).put(safe_line(" · ".join(told), "$foreground 70%"))
        super().show()

    def entries(self, width: int) -> Sequence[Entry]:
        return [*self._said(width), *self._listed(width)]

    def _said(self, width: int) -> Iterator[Entry]:
        """What can be done now, or what was done."""
        report = self.report
        if report is None:
            return
        said = (
            words.next_steps(report, self._course(), self.rejects)
            if report.applied
            else [words.ending(report)]
        )
        style = "$success" if report.applied or not report.count("rejected") else ""
        for text in said:
            for line in wrap(safe_text(text, style), width):
                yield Entry(line)
        if report.applied and report.imported:
            yield Entry(Content.styled(_("Open the item bank"), "bold $accent"), BANK)

    def _course(self) -> OwnCourse:
        """The course; where its folder lies is nobody's business at another machine."""
        if not self.certify.IS_REMOTE:
            return self.course
        return replace(self.course, folder=Path(self.course.code))

    def _listed(self, width: int) -> Iterator[Entry]:
        found = list(filter(words.matches(self.wanted), self.lines))
        some = self.some(found)
        numbers = {id(one): str(number) for number, one in enumerate(self.lines)}
        for group, members in groupby(some, lambda one: one.group):
            yield Entry(Content())
            yield Entry(words.heading(group, sum(one.group == group for one in found)))
            for one in members:
                yield Entry(_row(one.place, one.text, width), numbers[id(one)])

    @on(Rows.OptionHighlighted)
    def show_top(self, message: Rows.OptionHighlighted) -> None:
        """Show what stands above the first line that can be chosen, too."""
        rows = self.query_one(Rows)
        first = next((place for place, one in enumerate(rows.options) if one.id), 0)
        if message.option_index == first:
            self.call_after_refresh(rows.scroll_home, animate=False)

    def detail(self, name: str) -> Content:
        if name == BANK:
            return Content(_(ABOUT[BANK]))
        parts = self.lines[int(name)].parts
        said = [_("{label}: {text}").format(label=label, text=text) for label, text in parts]
        return Content("\n").join(safe_text(one) for one in said)

    def foot(self) -> Content:
        if self.report is None or self.report.applied:
            return Content()
        return safe_line(words.defaults(self.wish.defaults, self.course))

    def open(self, name: str) -> None:
        if name == BANK:
            self.certify.action_page(BANK)
            return
        from certify.tui.screens.item_import_line import ItemImportLineScreen

        self.app.push_screen(ItemImportLineScreen(self.lines[int(name)]))

    @work
    async def action_defaults(self) -> None:
        """Choose what counts where the file says nothing, and try again."""
        form = ItemDefaultsForm(self.course, self.wish.defaults)
        if await self.app.push_screen_wait(form) is not None:
            self.wish = replace(self.wish, defaults=form.defaults)
            self.reload()

    def action_read_again(self) -> None:
        """Read the file anew."""
        self.reload()

    @work(exclusive=True, group="take")
    async def action_take(self) -> None:
        """Take the questions over, whole or, where some are rejected, the others."""
        if (report := self.report) is None or report.applied:
            return
        rejected = report.count("rejected")
        question = _n(
            "Take {count} question over into “{course}”?",
            "Take {count} questions over into “{course}”?",
            report.imported,
        ).format(count=report.imported, course=pick(self.course.title))
        details = safe_text(words.will_happen(report))
        if not await self.app.push_screen_wait(Confirm(question, details)):
            return
        try:
            await self._run(replace(self.wish, apply=True, skip_rejected=rejected > 0))
        except CertifyError as error:
            await self.certify.tell(error)
        self.retell()
        self.query_one(Rows).action_first()


def _row(place: str, text: str, width: int) -> Content:
    shared = widths(width, [14, 0], [1])
    return row([fit(place, 14, "$foreground 70%"), fit(text, shared[1])])
