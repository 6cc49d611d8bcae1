"""What was noticed of one sitting, and every time given to it."""

from collections.abc import Sequence

from textual.content import Content

from certify.i18n import N_, _, _n
from certify.services import sitting_events
from certify.services.sitting_events import EventView
from certify.tui.columns import fit, fit_right, row
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.sitting_words import clock_text
from certify.tui.widgets.rows import Entry

WHEN, WHAT, LASTED = 19, 26, 9


class SittingEventsScreen(ListPage):
    """One line for each thing, in order."""

    HELP = N_(
        "What the terminals and the server noticed of this sitting, and every time that was given "
        "to it, with reason and name. No verdict is drawn from any of it."
    )

    def __init__(self, attempt_id: int, who: str) -> None:
        super().__init__()
        self.attempt_id = attempt_id
        self.who = who
        self.events: list[EventView] = []

    async def fetch(self) -> None:
        self.events = await self.certify.use(
            sitting_events.events, actor=self.actor, attempt_id=self.attempt_id
        )

    def heading(self) -> str:
        return _("Sitting of {who}").format(who=self.who)

    def columns(self, width: int) -> Content:
        return _row(_("When"), _("What"), _("Duration"), _("Reason"), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.events:
            return [Entry(Content(_("Nothing was noticed.")))]
        return [
            Entry(
                _row(
                    f"{self.local(one.at):%Y-%m-%d %H:%M:%S}",
                    one.words,
                    "" if one.seconds is None else clock_text(one.seconds),
                    one.reason,
                    width,
                ),
                str(place),
            )
            for place, one in enumerate(self.events)
        ]

    def detail(self, name: str) -> Content:
        one = self.events[int(name)]
        return safe_line(" · ".join(text for text in (one.words, one.reason, one.by) if text))

    def foot(self) -> Content:
        count = len(self.events)
        return Content(_n("{count} entry", "{count} entries", count).format(count=count))


def _row(when: str, what: str, lasted: str, reason: str, width: int) -> Content:
    left = max(0, width - WHEN - WHAT - LASTED - 6)
    return row([fit(when, WHEN), fit(what, WHAT), fit_right(lasted, LASTED), fit(reason, left)])
