"""What grades bring: HR confirms or declines, one by one or all of a grade."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.evaluation import ConsequenceState
from certify.domain.grade import Grade
from certify.i18n import N_, _, _n
from certify.services.evaluation import consequence_decisions, consequence_words, words
from certify.services.evaluation.consequence_decisions import ConsequenceView
from certify.tui import evaluation_words
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.form import Form, Send
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

CONFIRM, DECLINE = N_("Confirm: then it happens"), N_("Decline: nothing happens")
STYLES = {
    ConsequenceState.PROPOSED: "$accent",
    ConsequenceState.CONFIRMED: "$success",
    ConsequenceState.DECLINED: "$foreground 70%",
    ConsequenceState.WITHDRAWN: "$foreground 70%",
}


class ConsequencesScreen(ListPage):
    """What waits for a decision, by grade; T shows what was decided too."""

    SEARCHES = True
    HELP = N_(
        "What a grade brings is proposed when a period closes and happens only when HR confirms "
        "it, with a reason that the person reads. C confirms and D declines the one under ▸; "
        "G decides about all of the same kind and grade in that period. Nobody decides about "
        "their own. T also shows what was decided. No pay is worked out here."
    )
    BINDINGS = [
        Binding("c", "decide(True)", N_("Confirm")),
        Binding("d", "decide(False)", N_("Decline")),
        Binding("g", "decide_alike", N_("All alike")),
        Binding("t", "show_decided", N_("Decided too")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.views: list[ConsequenceView] = []
        self.shows_all = False

    async def fetch(self) -> None:
        state = None if self.shows_all else ConsequenceState.PROPOSED
        self.views = await self.certify.use(
            consequence_decisions.listed, actor=self.actor, state=state
        )

    def searched(self) -> None:
        self.show()

    def heading(self) -> str:
        return _("Consequences of grades")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("decide", "decide_alike"):
            one = self._chosen()
            return one is not None and one.state is ConsequenceState.PROPOSED and not one.is_own
        return super().check_action(action, parameters)

    def entries(self, width: int) -> Sequence[Entry]:
        wanted = self.wanted.casefold()
        found = [
            one
            for one in self.views
            if wanted in f"{one.staff_no} {one.name} {one.period}".casefold()
        ]
        if not self.views:
            none = _("Nothing waits for a decision. A period that closes brings proposals.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        entries: list[Entry] = []
        for grade in Grade:
            lines = [Entry(_line(one, width), str(one.id)) for one in found if one.grade is grade]
            if lines:
                entries += [Entry(Content())] if entries else []
                entries += [Entry(evaluation_words.grade(grade)), *self.some(lines)]
        return entries

    def detail(self, name: str) -> Content:
        one = self._chosen()
        if one is None:
            return Content()
        lines = [
            safe_line(f"{one.name} {one.staff_no} · {one.period}", "bold"),
            safe_line(f"{words.grade_word(one.grade)} → {consequence_words.kind(one)}"),
        ]
        if one.is_own:
            lines.append(Content(_("Somebody else of HR decides about your own.")))
        if reason := consequence_words.reason(one):
            lines.append(safe_text(reason))
        return Content("\n").join(lines)

    def foot(self) -> Content:
        count = sum(one.state is ConsequenceState.PROPOSED for one in self.views)
        return Content(_n("{count} to decide", "{count} to decide", count).format(count=count))

    def action_show_decided(self) -> None:
        """Show what was decided too, or only what waits."""
        self.shows_all = not self.shows_all
        self.reload()

    @work
    async def action_decide(self, confirm: bool) -> None:
        """Decide about the one under ▸."""
        if (one := self._chosen()) is None:
            return
        head = CONFIRM if confirm else DECLINE
        about = f"{one.name} {one.staff_no} · {consequence_words.kind(one)}"
        form = Form(head, [_reason()], self._sender([one], confirm=confirm), about)
        if await self.app.push_screen_wait(form) is not None:
            self.reload()

    @work
    async def action_decide_alike(self) -> None:
        """Decide about all that are alike: kind, grade and period; own ones are left out."""
        if (one := self._chosen()) is None:
            return
        alike = [
            other
            for other in self.views
            if (other.kind, other.grade, other.period) == (one.kind, one.grade, one.period)
            and other.state is ConsequenceState.PROPOSED
            and not other.is_own
        ]
        text = _n(
            "{grade}, {period}: {kind}, {count} person",
            "{grade}, {period}: {kind}, {count} people",
            len(alike),
        )
        about = text.format(
            grade=words.grade_word(one.grade),
            period=one.period,
            kind=consequence_words.kind(one),
            count=len(alike),
        )
        choices = [Choice("confirm", CONFIRM), Choice("decline", DECLINE)]
        asks = [Ask("decision", N_("Decision"), choices=choices), _reason()]
        form = Form(N_("Decide about all alike"), asks, self._sender(alike), about)
        if await self.app.push_screen_wait(form) is not None:
            self.reload()

    def _sender(self, wanted: list[ConsequenceView], confirm: bool | None = None) -> Send:
        """Decides about some; without `confirm` as the form says."""

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                consequence_decisions.decide,
                actor=self.actor,
                ids=[one.id for one in wanted],
                confirm=values["decision"] == "confirm" if confirm is None else confirm,
                reason=values["reason"],
            )
            return ""

        return send

    def _chosen(self) -> ConsequenceView | None:
        return next((one for one in self.views if str(one.id) == self.chosen), None)


def _reason() -> Ask:
    return Ask("reason", N_("Reason"), check=required)


def _line(one: ConsequenceView, width: int) -> Content:
    rooms = widths(width, [8, 0, 9, 0, 13], [4, 6])
    sign, _word = consequence_words.STATES[one.state]
    texts = [one.staff_no, one.name, one.period, consequence_words.kind(one)]
    cells = [fit(text, room) for text, room in zip(texts, rooms, strict=False)]
    state = signed(sign, consequence_words.state(one), STYLES[one.state])
    return row([*cells, fit_content(state, rooms[-1])])
