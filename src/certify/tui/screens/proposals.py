"""What one person proposed and another has to confirm: revocations, removal of personal data."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.proposal import ProposalState
from certify.i18n import N_, _, _n
from certify.services import confirming, proposals
from certify.services.proposals import KINDS, STATES, ProposalView
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

SIGNS = {
    ProposalState.CONFIRMED: ("✓", "$success"),
    ProposalState.DECLINED: ("–", "$foreground 70%"),
    ProposalState.WITHDRAWN: ("–", "$foreground 70%"),
}


class ProposalsScreen(ListPage):
    """Proposals, open ones first; Y confirms, R declines and W takes back the one under ▸."""

    HELP = N_(
        "What cannot be undone takes two persons: one proposes it, another one of HR confirms it "
        "here with Y, and only then is it done. R declines it with a reason that who proposed it "
        "reads; W takes back what you proposed yourself. Nobody confirms their own proposal or "
        "decides about themselves."
    )
    BINDINGS = [
        Binding("y", "confirm", N_("Confirm")),
        Binding("r", "decline", N_("Decline")),
        Binding("w", "withdraw", N_("Take back")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.proposals: list[ProposalView] = []

    async def fetch(self) -> None:
        self.proposals = await self.certify.use(proposals.listed, actor=self.actor)

    def heading(self) -> str:
        return _("Proposals")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        one = self._chosen()
        if action in ("confirm", "decline"):
            return one is not None and one.may_decide
        if action == "withdraw":
            return one is not None and one.is_own
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("What"), _("Code")]
        return _row(heads, Content(_("State")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.proposals:
            none = _("Nothing waits for a second person.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [
            Entry(
                _row(
                    [one.staff_no, one.name, _(KINDS[one.kind]), one.facts.get("code", "")],
                    _state(one),
                    width,
                ),
                str(one.id),
            )
            for one in self.some(self.proposals)
        ]

    def detail(self, name: str) -> Content:
        one = self._chosen()
        if one is None:
            return Content()
        lines = [safe_line(f"{one.name} {one.staff_no}", "bold"), safe_text(one.reason)]
        if one.decided_at is not None:
            decided = f"{_(STATES[one.state])}: {one.decided_by}"
            lines.append(safe_text(f"{decided} {one.remark}".rstrip()))
        elif one.is_own:
            said = _("Number {number}: you proposed it, somebody else confirms it.")
            lines.append(Content(said.format(number=one.id)))
        else:
            made = _("Number {number}, proposed by {who}, {time}").format(
                number=one.id,
                who=one.proposed_by,
                time=f"{self.local(one.proposed_at):%Y-%m-%d %H:%M}",
            )
            lines.append(safe_text(made))
        return Content("\n").join(lines)

    def foot(self) -> Content:
        count = sum(one.state is ProposalState.OPEN for one in self.proposals)
        return Content(_n("{count} waits", "{count} wait", count).format(count=count))

    @work
    async def action_confirm(self) -> None:
        """Ask once more, then do it."""
        if (one := self._chosen()) is None:
            return
        question = _("Do this now? It cannot be undone.")
        about = safe_text(f"{_(KINDS[one.kind])} · {_about(one)}\n{one.reason}")
        if await self.app.push_screen_wait(Confirm(question, about, guarded=True)):
            await self.certify.use(confirming.confirm, actor=self.actor, number=one.id)
            self.reload()

    @work
    async def action_decline(self) -> None:
        """Ask why."""
        if (one := self._chosen()) is None:
            return

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                proposals.decline, actor=self.actor, number=one.id, reason=values["reason"]
            )
            return ""

        asks = [Ask("reason", N_("Reason"), check=required)]
        form = Form(N_("Decline the proposal"), asks, send, _about(one))
        if await self.app.push_screen_wait(form) is not None:
            self.reload()

    @work
    async def action_withdraw(self) -> None:
        """Take one's own back."""
        if (one := self._chosen()) is not None:
            await self.certify.use(proposals.withdraw, actor=self.actor, number=one.id)
            self.reload()

    def _chosen(self) -> ProposalView | None:
        return next((one for one in self.proposals if str(one.id) == self.chosen), None)


def _about(one: ProposalView) -> str:
    return f"{one.name} {one.staff_no} {one.facts.get('certificate', '')}".rstrip()


def _state(one: ProposalView) -> Content:
    if one.may_decide:
        return signed("!", _("decide"), "$error")
    if one.state is ProposalState.OPEN:
        return signed("○", _("waiting"), "$accent")
    return signed(SIGNS[one.state][0], _(STATES[one.state]), SIGNS[one.state][1])


def _row(texts: Sequence[str], state: Content, width: int) -> Content:
    rooms = widths(width, [10, 0, 23, 12, 12], [1])
    cells = [fit(text, room) for text, room in zip(texts, rooms, strict=False)]
    return row([*cells, fit_content(state, rooms[4])])
