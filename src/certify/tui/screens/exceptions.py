"""What HR decided by way of exception: who, when, for whom and why."""

from collections.abc import Sequence
from datetime import date, timedelta

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n
from certify.services import exceptions as decided
from certify.services import listing
from certify.services.exceptions import ExceptionView
from certify.tui.columns import fit, row, widths
from certify.tui.dates import day, is_day
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.widgets.fields import Ask
from certify.tui.widgets.line import Line
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class ExceptionsScreen(ListPage):
    """Every exception of a span of days, the newest first."""

    HELP = N_(
        "Everything that HR decided otherwise than the rules alone would have it: levels granted "
        "although a condition is not met, recognitions, extensions, reinstatements, phases of "
        "onboarding that somebody was freed from. It is read from the ledger; each line names "
        "its entry. D sets the days. Enter opens the person."
    )
    IS_BESIDE = False
    BINDINGS = [Binding("d", "days", N_("Span of days"))]

    def __init__(self) -> None:
        super().__init__()
        self.first = self.last = date.min
        self.found: list[ExceptionView] = []

    def top(self) -> ComposeResult:
        yield Line(id="filters")

    async def fetch(self) -> None:
        if self.last == date.min:
            self.last = await self.certify.use(listing.today)
            self.first = self.last - timedelta(days=decided.DAYS)
        self.found = await self.certify.use(
            decided.exceptions, actor=self.actor, since=self.first, until=self.last
        )

    def heading(self) -> str:
        return _("Exceptions")

    def show(self) -> None:
        days = f"{self.first.isoformat()} – {self.last.isoformat()}"
        self.query_one("#filters", Line).put(safe_line(f" {days}", "bold"))
        super().show()

    def columns(self, width: int) -> Content:
        return _row([_("Day"), _("Name"), _("What"), _("Decided by"), _("Reason")], width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.found:
            none = Content.styled(_("No exception was made in these days."), "$foreground 80%")
            return [Entry(line) for line in wrap(none, width)]
        return [
            Entry(
                _row(
                    [
                        one.day.isoformat(),
                        one.name,
                        " ".join(filter(None, (one.what, _(decided.KIND_NAMES[one.kind])))),
                        one.decided_by or _("command line"),
                        one.reason,
                    ],
                    width,
                ),
                str(one.entry),
            )
            for one in self.some(self.found)
        ]

    def detail(self, name: str) -> Content:
        one = self._named(name)
        what = " ".join(filter(None, (one.what, _(decided.KIND_NAMES[one.kind]))))
        parts = [
            f"{self.local(one.at):%Y-%m-%d %H:%M}",
            one.decided_by or _("command line"),
            _("ledger entry {number}").format(number=one.entry),
        ]
        if one.until:
            parts.append(_("valid to {day}").format(day=one.until))
        return Content("\n").join(
            [
                safe_line(f"{one.name} {one.staff_no} · {what}", "bold"),
                safe_line(" · ".join(parts)),
                safe_line(one.reason),
            ]
        )

    def foot(self) -> Content:
        count = len(self.found)
        return Content(_n("{count} exception", "{count} exceptions", count).format(count=count))

    def open(self, name: str) -> None:
        from certify.tui.screens.person_card import PersonCardScreen

        if self._named(name).staff_no:
            self.app.push_screen(PersonCardScreen(self._named(name).staff_no))

    @work
    async def action_days(self) -> None:
        """Choose the span of days."""

        async def take(values: dict[str, str]) -> str:
            first, last = day(values["first"]), day(values["last"])
            assert first is not None  # noqa: S101  the form checked it
            assert last is not None  # noqa: S101
            await self.certify.use(decided.exceptions, actor=self.actor, since=first, until=last)
            self.first, self.last = first, last
            return values["first"]

        asks = [
            Ask("first", N_("From"), self.first.isoformat(), is_day),
            Ask("last", N_("To"), self.last.isoformat(), is_day),
        ]
        if await self.app.push_screen_wait(Form(N_("Which days?"), asks, take)):
            self.reload()

    def _named(self, name: str) -> ExceptionView:
        return next(one for one in self.found if str(one.entry) == name)


def _row(texts: Sequence[str], width: int) -> Content:
    shared = widths(width, [10, 0, 0, 0, 0], [4, 9, 5, 8], gap=1)
    return row([fit(text, cells) for text, cells in zip(texts, shared, strict=True)], gap=1)
