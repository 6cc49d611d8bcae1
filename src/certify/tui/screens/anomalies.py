"""Anomaly handling forms: what is open and what waits for the person at the screen."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n, pick
from certify.services.forms.form import Wanted
from certify.services.inspection import anomalies, lines, register
from certify.services.inspection.anomalies import AnomalyView
from certify.tui import inspection_words as words
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.inspection import anomaly_form
from certify.tui.exports import Exports
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_text
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class AnomaliesScreen(Exports, ListPage):
    """The newest first; Enter opens one."""

    SEARCHES = True
    HELP = N_(
        "Something irregular in service gets a form: the specialist opens it with cause, process "
        "and countermeasure (N); the manager instructs; each department named countersigns; "
        "somebody who did not open it rechecks. None is skipped. ◐ marks what waits for you. E "
        "exports all of them."
    )
    BINDINGS = [Binding("n", "new", N_("New form")), Binding("e", "export", N_("Export"))]

    def __init__(self) -> None:
        super().__init__()
        self.views: list[AnomalyView] = []

    async def fetch(self) -> None:
        self.views = await self.certify.use(anomalies.forms, actor=self.actor)

    def searched(self) -> None:
        self.show()

    def heading(self) -> str:
        return _("Anomaly forms")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "new":
            return register.may_record(self.actor)
        return super().check_action(action, parameters)

    def forms(self) -> Sequence[tuple[str, Wanted]]:
        return [("anomaly-form", Wanted())]

    def columns(self, width: int) -> Content:
        heads = [_("No."), _("Day"), _("Department"), _("Anomaly"), _("Countersigned")]
        return _row(heads, Content(_("State")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        wanted = self.wanted.casefold()
        found = [one for one in self.views if wanted in f"{one.number} {one.what}".casefold()]
        if not self.views:
            none = _("There are no anomaly forms. The quality specialist opens one with N.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [
            Entry(
                _row(
                    [
                        one.number,
                        one.day.isoformat(),
                        pick(one.department),
                        one.what,
                        f"{sum(bool(s.signed_by) for s in one.signatures)}/{len(one.signatures)}",
                    ],
                    words.anomaly_state(one),
                    width,
                ),
                one.number,
            )
            for one in self.some(found)
        ]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.views if one.number == name)
        return safe_text("\n".join(lines.anomaly_lines(one)[1:]))

    def foot(self) -> Content:
        count = sum(one.may_act for one in self.views)
        if count:
            text = _n("{count} form waits for you", "{count} forms wait for you", count)
            return Content.styled(f"◐ {text.format(count=count)}", "$accent")
        return Content()

    def open(self, name: str) -> None:
        from certify.tui.screens.anomaly import AnomalyScreen

        self.app.push_screen(AnomalyScreen(name))

    @work
    async def action_new(self) -> None:
        """Open a form."""
        if number := await self.app.push_screen_wait(anomaly_form(self.certify, self.actor)):
            self.open(number)


def _row(texts: Sequence[str], state: Content, width: int) -> Content:
    rooms = widths(width, [14, 10, 10, 0, 6, 10], [1], gap=2)
    cells = [fit(text, room) for text, room in zip(texts, rooms, strict=False)]
    return row([*cells, fit_content(state, rooms[-1])])
