"""Refusals of onboarding that wait for HR's decision (R-PPL-07)."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n
from certify.services.placing import refusals
from certify.services.placing.refusals import WaitingRefusal
from certify.tui import person_words
from certify.tui.columns import fit, row, widths
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class RefusalsScreen(ListPage):
    """Who refuses onboarding, and why; the oldest first."""

    HELP = N_(
        "People who refuse mandatory onboarding wait here for a decision of HR. A accepts the "
        "reason: nothing of onboarding is due any more. D does not: everything stays due. Either "
        "needs a reason that the person reads. Enter opens the person."
    )
    IS_BESIDE = False
    BINDINGS = [
        Binding("a", "decide(True)", N_("Accept")),
        Binding("d", "decide(False)", N_("Decline")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[WaitingRefusal] = []

    async def fetch(self) -> None:
        self.waiting = await self.certify.use(refusals.waiting, actor=self.actor)

    def heading(self) -> str:
        return _("Refusals of onboarding")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "decide":
            return bool(self.chosen) and self.chosen != self.actor.staff_no
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        return _row([_("Staff no."), _("Name"), _("Since"), _("Reason")], width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.waiting:
            none = Content.styled(_("No refusal waits."), "$foreground 80%")
            return [Entry(line) for line in wrap(none, width)]
        return [
            Entry(
                _row([one.staff_no, one.name, f"{self.local(one.at):%Y-%m-%d}", one.reason], width),
                one.staff_no,
            )
            for one in self.some(self.waiting)
        ]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.waiting if one.staff_no == name)
        parts = [safe_line(f"{one.name} {one.staff_no}", "bold"), safe_text(one.reason)]
        return Content("\n").join(parts)

    def foot(self) -> Content:
        count = len(self.waiting)
        said = _n("{count} waits for a decision", "{count} wait for a decision", count)
        return Content(said.format(count=count)) if count else Content()

    def open(self, name: str) -> None:
        from certify.tui.screens.person_card import PersonCardScreen

        self.app.push_screen(PersonCardScreen(name))

    @work
    async def action_decide(self, accepted: bool) -> None:
        """Accept the reason of the one under ▸, or not, and say why."""
        one = next(one for one in self.waiting if one.staff_no == self.chosen)

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                refusals.decide,
                actor=self.actor,
                staff_no=one.staff_no,
                accepted=accepted,
                decision=values["reason"],
            )
            return one.staff_no

        title = N_("Accept the reason") if accepted else N_("Do not accept the reason")
        form = Form(title, [Ask("reason", N_("Why"), check=required)], send, one.reason)
        if await self.app.push_screen_wait(form):
            self.reload()


def _row(texts: Sequence[str], width: int) -> Content:
    shared = widths(width, [person_words.number_width(), 0, 10, 0], [2, 5], gap=1)
    return row([fit(text, cells) for text, cells in zip(texts, shared, strict=True)], gap=1)
