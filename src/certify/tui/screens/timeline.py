"""Everything that happened to one person, newest first: 一人一档."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n
from certify.services.reporting import timeline
from certify.services.reporting.said import shown
from certify.services.reporting.timeline import KINDS, Event, Timeline
from certify.tui.columns import fit, row, widths
from certify.tui.dialogs.choose import Choose
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.widgets.rows import Entry

EVERY = "every"


class TimelineScreen(ListPage):
    """One line an event; F chooses a kind, / searches."""

    HELP = N_(
        "One line for each thing that happened, the newest first. F chooses a kind, / searches. "
        "You see all of your own; a supervisor sees no bonus, no sums of money and no reasons of "
        "absence; what a single rater gave stands in no timeline."
    )
    SEARCHES = True
    BINDINGS = [Binding("f", "kind", N_("Kind"))]

    def __init__(self, staff_no: str | None = None) -> None:
        """Args:
        staff_no: whose; None for the person at the screen.
        """
        super().__init__()
        self.staff_no = staff_no
        self.kind = ""
        self.view: Timeline | None = None

    async def fetch(self) -> None:
        self.view = await self.certify.use(
            timeline.timeline, actor=self.actor, staff_no=self.staff_no
        )

    def searched(self) -> None:
        self.show()

    def heading(self) -> str:
        if self.view is None:
            return _("Timeline")
        return _("Timeline · {name} {staff_no}").format(
            name=self.view.name, staff_no=self.view.staff_no
        )

    def columns(self, width: int) -> Content:
        heads = [_("Day"), _("Kind"), _("Event")]
        return row([fit(text, room) for text, room in zip(heads, _widths(width), strict=True)])

    def entries(self, width: int) -> Sequence[Entry]:
        found = self._found()
        if not found:
            return [Entry(Content.styled(_("Nothing fits."), "$foreground 80%"))]
        return [Entry(_line(one, width), str(n)) for n, one in self.some(found)]

    def detail(self, name: str) -> Content:
        if self.view is None:
            return Content()
        one = self.view.events[int(name)]
        lines = [safe_line(shown(one.what), "bold")]
        if one.more is not None:
            lines.append(safe_line(shown(one.more)))
        return Content("\n").join(lines)

    def foot(self) -> Content:
        count = len(self._found())
        kind = _(KINDS[self.kind]) if self.kind else _("every kind")
        text = _n("{count} event · {kind}", "{count} events · {kind}", count)
        return safe_line(text.format(count=count, kind=kind))

    @work
    async def action_kind(self) -> None:
        """Choose a kind of event."""
        choices = [Entry(Content(_("every kind")), EVERY)]
        choices += [Entry(Content(_(name)), kind) for kind, name in KINDS.items()]
        chosen = await self.app.push_screen_wait(Choose(_("Kind"), choices, self.kind or EVERY))
        if chosen is not None:
            self.kind = "" if chosen == EVERY else chosen
            self.show()

    def _found(self) -> list[tuple[int, Event]]:
        events = self.view.events if self.view else ()
        wanted = self.wanted
        return [(n, one) for n, one in enumerate(events) if timeline.fits(one, self.kind, wanted)]


def _widths(width: int) -> list[int]:
    return widths(width, [10, 16, 0], [1])


def _line(one: Event, width: int) -> Content:
    rooms = _widths(width)
    texts = [one.day.isoformat(), _(KINDS[one.kind]), shown(one.what)]
    return row([fit(text, room) for text, room in zip(texts, rooms, strict=True)])
