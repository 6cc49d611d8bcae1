"""The ladder of one person: every level with its conditions, what is held, and why."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.qualification import QualificationKind, QualificationState
from certify.i18n import N_, _, pick
from certify.services.qualifying import deciding, decisions
from certify.services.qualifying.ladder_view import (
    ChangeView,
    HeldView,
    LadderView,
    RungView,
    is_ready,
    ladder,
)
from certify.services.qualifying.states import STATE_NAMES
from certify.tui import qualification_words
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class LadderScreen(ListPage):
    """Levels and post qualifications of one person, with the reasons."""

    HELP = N_(
        "Each level of the ladder with how many of its conditions are met; the line under ▸ says "
        "them all, with what there is of each. Below stand what is held, and every change with "
        "its reason. HR gives the level under ▸ with G once everything is met, and suspends (S), "
        "gives back (R) or revokes (V) what is held, each with a reason."
    )
    BINDINGS = [
        Binding("g", "grant", N_("Give")),
        Binding("s", "change('suspended')", N_("Suspend")),
        Binding("r", "change('active')", N_("Give back")),
        Binding("v", "change('revoked')", N_("Revoke")),
    ]

    def __init__(self, staff_no: str | None = None) -> None:
        """Args:
        staff_no: whose; None for that of the person at the screen.
        """
        super().__init__()
        self.staff_no = staff_no
        self.view: LadderView | None = None

    async def fetch(self) -> None:
        self.view = await self.certify.use(ladder, actor=self.actor, staff_no=self.staff_no)

    def heading(self) -> str:
        if self.view is None or self.view.staff_no == self.actor.staff_no:
            return _("My levels")
        text = _("Levels of {name} {staff_no}")
        return text.format(name=self.view.name, staff_no=self.view.staff_no)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("grant", "change"):
            if self.view is None or not self.view.may_manage:
                return False
            if action == "grant":
                return self._rung() is not None
            held = self._held()
            if held is None:
                return False
            is_suspended = held.state is QualificationState.SUSPENDED
            return parameters == ("revoked",) or is_suspended == (parameters == ("active",))
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        if self.view is None:
            return Content()
        if (ready := is_ready(self.certify.platform, self.view)) is not None:
            text = _("Every condition of {level} is met; HR decides.").format(level=ready.level)
            return signed("✓", text, "$success")
        if (following := self.view.next_level) is None:
            return Content()
        text = _("Next: {level} {title}, {met} of {count} conditions met")
        said = text.format(
            level=following.level,
            title=pick(following.title),
            met=following.met,
            count=len(following.conditions),
        )
        return fit(said, width)

    def entries(self, width: int) -> Sequence[Entry]:
        if self.view is None:
            return []
        nothing = _("Nothing yet. Who passes the exam of a course earns what it stands for.")
        groups = [
            (
                _("Levels"),
                [Entry(_rung(one, width), f"rung:{one.level}") for one in self.view.rungs],
                "",
            ),
            (
                _("Held"),
                [
                    Entry(_held(one, width), f"held:{place}")
                    for place, one in enumerate(self.view.held)
                ],
                nothing,
            ),
            (
                _("Changes"),
                [
                    Entry(_change(one, width), f"change:{place}")
                    for place, one in enumerate(self.view.changes)
                ],
                "",
            ),
        ]
        entries: list[Entry] = []
        for title, lines, empty in groups:
            if not lines and not empty:
                continue
            entries += [Entry(Content())] if entries else []
            entries.append(Entry(Content.styled(title, "bold $primary")))
            said = wrap(Content.styled(empty, "$foreground 80%"), width)
            entries += lines or [Entry(line) for line in said]
        return entries

    def detail(self, name: str) -> Content:
        assert self.view is not None  # noqa: S101  lines come from the view
        kind, _colon, code = name.partition(":")
        if kind == "rung":
            return _conditions(next(one for one in self.view.rungs if one.level == code))
        if kind == "held":
            one = self.view.held[int(code)]
            return safe_line(_name(one.kind, one.code, one.title), "bold")
        return _why(self.view.changes[int(code)])

    def show_detail(self) -> None:
        super().show_detail()
        self.refresh_bindings()

    def _rung(self) -> RungView | None:
        kind, _colon, code = self.chosen.partition(":")
        if self.view is None or kind != "rung":
            return None
        return next((one for one in self.view.rungs if one.level == code), None)

    def _held(self) -> HeldView | None:
        kind, _colon, code = self.chosen.partition(":")
        return self.view.held[int(code)] if self.view is not None and kind == "held" else None

    @work
    async def action_grant(self) -> None:
        """Give the level under ▸, as an exception where something is missing."""
        rung, view = self._rung(), self.view
        if rung is None or view is None:
            return
        missing = [one.text for one in rung.conditions if not one.is_met] + list(rung.obstacles)
        note = _("Everything is met.")
        if missing:
            text = _("Given as an exception, for this is missing: {what}")
            note = text.format(what=_("; ").join(missing))

        async def send(reason: str) -> None:
            await self.certify.use(
                decisions.grant,
                actor=self.actor,
                staff_no=view.staff_no,
                level=rung.level,
                reason=reason,
                exception=bool(missing),
            )

        title = _("Give {level} {title}").format(level=rung.level, title=pick(rung.title))
        await self._decide(title, note, send)

    @work
    async def action_change(self, state: str) -> None:
        """Suspend, give back or revoke what stands under ▸."""
        held, view = self._held(), self.view
        if held is None or view is None:
            return

        async def send(reason: str) -> None:
            proposal = await self.certify.use(
                deciding.decide,
                actor=self.actor,
                staff_no=view.staff_no,
                code=held.code,
                state=QualificationState(state),
                reason=reason,
            )
            if proposal is not None:
                said = _("Proposed as number {number}; it waits for a second person.")
                self.notify(said.format(number=proposal), markup=False)

        titles = {
            "suspended": _("Suspend “{title}”"),
            "active": _("Give “{title}” back"),
            "revoked": _("Revoke “{title}” for ever"),
        }
        note = _("It counts from today and is told to {name}.").format(name=view.name)
        if state == "revoked" and self.certify.platform.policy.trust.two_persons:
            note = _("It counts when another person of HR has confirmed it, and is told to {name}.")
            note = note.format(name=view.name)
        await self._decide(titles[state].format(title=pick(held.title)), note, send)

    async def _decide(self, title: str, note: str, send: Callable[[str], Awaitable[None]]) -> None:
        async def sent(values: dict[str, Any]) -> str:
            await send(values["reason"])
            return ""

        asks = [Ask("reason", N_("Reason"), check=required)]
        if await self.app.push_screen_wait(Form(title, asks, sent, note)) is not None:
            self.reload()


def _rung(one: RungView, width: int) -> Content:
    shared = widths(width, [0, 18, 15], [1])
    state = qualification_words.state(one.state) if one.state else Content()
    if one.is_trainee:
        met = _("when hired")
    elif not one.conditions:
        met = _("given by HR")
    else:
        met = _("{met} of {count} met").format(met=one.met, count=len(one.conditions))
    title = f"{one.level} {pick(one.title)}"
    return row([fit(title, shared[0]), fit(met, 18), fit_content(state, 15)])


def _held(one: HeldView, width: int) -> Content:
    shared = widths(width, [0, 21, 15], [1])
    last = _("valid to {day}").format(day=one.valid_to.isoformat())
    state = qualification_words.state(one.state)
    name = _name(one.kind, one.code, one.title)
    return row([fit(name, shared[0]), fit(last, 21), fit_content(state, 15)])


def _change(one: ChangeView, width: int) -> Content:
    shared = widths(width, [11, 0, 12, 0], [1, 2])
    cells = [
        fit(one.from_day.isoformat(), 11),
        fit(_name(one.kind, one.code, one.title), shared[1]),
        fit_content(qualification_words.state(one.state), 12),
        fit(one.reason, shared[3]),
    ]
    return row(cells)


def _conditions(one: RungView) -> Content:
    lines = [safe_line(f"{one.level} {pick(one.title)}", "bold")]
    for each in one.conditions:
        sign, style = ("✓", "$success") if each.is_met else ("○", "$warning")
        lines.append(signed(sign, each.text, style))
        if each.evidence:
            lines.append(safe_line(f"  {each.evidence}", "$foreground 80%"))
    lines += [signed("!", text, "$error") for text in one.obstacles]
    if one.is_promotion:
        lines.append(safe_line(_("HR decides about it."), "$foreground 80%"))
    return Content("\n").join(lines)


def _why(one: ChangeView) -> Content:
    text = _("{day}: {state}. {reason}").format(
        day=one.from_day.isoformat(),
        state=_(STATE_NAMES[one.state]),
        reason=one.reason,
    )
    by = _("Decided by {name}").format(name=one.by) if one.by else ""
    return Content("\n").join([safe_line(text), safe_line(by, "$foreground 80%")])


def _name(kind: QualificationKind, code: str, title: dict[str, str]) -> str:
    return f"{code} {pick(title)}" if kind is QualificationKind.LEVEL else pick(title)
