"""Whom a supervisor or HR must look after: used-up attempts and overdue remedial training."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n, pick
from certify.services import escalation
from certify.services.escalation import FollowUp, OverdueRemedial, UsedUp
from certify.tui.columns import fit, fit_content, fit_right, row, widths
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class RetakesScreen(ListPage):
    """Used-up attempts, to be decided, and overdue remedial training."""

    HELP = N_(
        "When somebody has used all attempts at an exam, the direct supervisor decides: G grants "
        "one more attempt, D decides against it, either with a reason that the person reads and "
        "the ledger keeps. Where there is no such supervisor HR decides. Below stands whose "
        "remedial training is past its last day. Enter opens the person's record."
    )
    BINDINGS = [
        Binding("g", "decide(True)", N_("Grant one more")),
        Binding("d", "decide(False)", N_("Decline")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.view = FollowUp((), ())

    async def fetch(self) -> None:
        self.view = await self.certify.use(escalation.follow_up, actor=self.actor)

    def heading(self) -> str:
        return _("Retakes and remedial training")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "decide":
            one = self._used_up(self.chosen)
            return one is not None and one.may_decide
        return super().check_action(action, parameters)

    def entries(self, width: int) -> Sequence[Entry]:
        used = [Entry(_used_up(one, width), _name("used", one)) for one in self.view.used_up]
        late = [Entry(_overdue(one, width), _name("late", one)) for one in self.view.overdue]
        groups = [
            (_("All attempts used"), used, _("Nobody has used up their attempts.")),
            (_("Remedial training overdue"), late, _("No remedial training is overdue.")),
        ]
        entries: list[Entry] = []
        for title, lines, empty in groups:
            entries += [Entry(Content())] if entries else []
            entries.append(Entry(Content.styled(title, "bold $primary")))
            said = wrap(Content.styled(empty, "$foreground 80%"), width)
            entries += self.some(lines) or [Entry(line) for line in said]
        return entries

    def detail(self, name: str) -> Content:
        if (one := self._used_up(name)) is not None:
            return _about(one)
        late = next(one for one in self.view.overdue if _name("late", one) == name)
        topics = _("; ").join(pick(topic) for topic in late.topics)
        lines = [f"{late.name} {late.staff_no} · {pick(late.title)}", topics]
        return safe_text("\n".join(lines))

    def foot(self) -> Content:
        return Content(_("Enter: the person's record")) if self.chosen else Content()

    def open(self, name: str) -> None:
        from certify.tui.screens.record import RecordScreen

        self.app.push_screen(RecordScreen(name.split(":")[1]))

    @work
    async def action_decide(self, grant: bool) -> None:
        """Ask for the reason, then decide."""
        one = self._used_up(self.chosen)
        if one is None:
            return

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                escalation.decide,
                actor=self.actor,
                staff_no=one.staff_no,
                exam=one.exam,
                grant=grant,
                reason=values["reason"],
            )
            return ""

        head = N_("Grant one more attempt") if grant else N_("Decide against another attempt")
        about = f"{one.name} {one.staff_no} · {pick(one.title)}"
        asks = [Ask("reason", N_("Reason"), check=required)]
        if await self.app.push_screen_wait(Form(head, asks, send, about)) is not None:
            self.reload()

    def _used_up(self, name: str) -> UsedUp | None:
        return next((one for one in self.view.used_up if _name("used", one) == name), None)


def _name(kind: str, one: UsedUp | OverdueRemedial) -> str:
    return f"{kind}:{one.staff_no}:{one.exam}"


def _used_up(one: UsedUp, width: int) -> Content:
    rooms = widths(width, [8, 10, 0, 7, 14], [1])
    if one.refused_on is not None:
        state = signed("–", _("declined"), "$foreground 70%")
    elif one.may_decide:
        state = signed("!", _("decide"), "$error")
    else:
        state = signed("○", _("undecided"), "$accent")
    cells = [fit(one.staff_no, rooms[0]), fit(one.name, rooms[1]), fit(pick(one.title), rooms[2])]
    return row([*cells, fit_right(one.last_mark, rooms[3]), fit_content(state, rooms[4])])


def _overdue(one: OverdueRemedial, width: int) -> Content:
    rooms = widths(width, [8, 10, 0, 18], [1])
    until = Content.styled("! " + _("until {day}").format(day=one.due_on), "$error")
    cells = [fit(one.staff_no, rooms[0]), fit(one.name, rooms[1]), fit(pick(one.title), rooms[2])]
    return row([*cells, fit_content(until, rooms[3])])


def _about(one: UsedUp) -> Content:
    text = _n(
        "{count} attempt, the last one on {day} with {mark}.",
        "{count} attempts, the last one on {day} with {mark}.",
        one.attempts,
    )
    lines = [
        safe_line(f"{one.name} {one.staff_no} · {pick(one.title)}", "bold"),
        safe_line(text.format(count=one.attempts, day=one.last_on, mark=one.last_mark or "–")),
    ]
    if one.refused_on is not None:
        refused = _("Declined on {day}: {reason}")
        lines.append(safe_text(refused.format(day=one.refused_on, reason=one.refusal)))
    return Content("\n").join(lines)
