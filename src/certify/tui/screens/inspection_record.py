"""Going through a checklist: digits and the space bar say what was seen of each point."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.checklist import Checklist, Mark, Seen, judge_points
from certify.domain.inspection import InspectionResult
from certify.i18n import N_, _, pick
from certify.services.inspection import recording
from certify.services.inspection.rates import Whom
from certify.tui import inspection_words as words
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.form import Form
from certify.tui.dialogs.inspection import YES_NO
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.fields import Ask
from certify.tui.widgets.rows import Entry

NEXT = {Mark.OK: Mark.FAULT, Mark.FAULT: Mark.NOT_SEEN, Mark.NOT_SEEN: Mark.OK}


@dataclass(frozen=True)
class Begun:
    """A check that was begun and is not entered yet."""

    whom: Whom
    checklist: Checklist
    day: date


class InspectionRecordScreen(ListPage):
    """Every point is fine until it is said otherwise; F10 enters the check."""

    HELP = N_(
        "Every point is fine until you say otherwise: its digit or the space bar turns it to "
        "fault, then to not seen, then back. R writes a remark on the point under ▸. F10 enters "
        "the check in the register, after asking for the finding; from then on nothing changes "
        "it. Esc leaves without keeping anything."
    )
    RELOADS = False
    BINDINGS = [
        Binding("space", "turn", N_("Fine, fault, not seen")),
        *(Binding(str(n % 10), f"turn({n})", N_("Point"), show=False) for n in range(1, 11)),
        Binding("r", "remark", N_("Remark")),
        Binding("f10", "enter", N_("Enter the check")),
    ]

    def __init__(self, begun: Begun) -> None:
        super().__init__()
        self.begun = begun
        self.seen = {one.code: Seen() for one in begun.checklist.points}
        self.is_entered = False

    def heading(self) -> str:
        title = pick(dict(self.begun.checklist.title.items()))
        whom = pick(self.begun.whom.name)
        return f"{title} · {whom} {self.begun.whom.staff_no} · {self.begun.day.isoformat()}"

    def columns(self, width: int) -> Content:
        return _row("", Content(_("Seen")), _("Point"), width)

    def entries(self, width: int) -> Sequence[Entry]:
        return [
            Entry(
                _row(
                    str(place),
                    words.mark(self.seen[one.code].mark),
                    pick(dict(one.text.items())),
                    width,
                ),
                one.code,
            )
            for place, one in enumerate(self.begun.checklist.points, start=1)
        ]

    def detail(self, name: str) -> Content:
        point = next(one for one in self.begun.checklist.points if one.code == name)
        said = [safe_text(pick(dict(point.text.items())))]
        if remark := self.seen[name].remark:
            said.append(safe_line(_("Remark: {remark}").format(remark=remark)))
        return Content("\n").join(said)

    def foot(self) -> Content:
        marks = [one.mark for one in self.seen.values()]
        text = _("fine {fine}, fault {fault}, not seen {not_seen}").format(
            fine=marks.count(Mark.OK),
            fault=marks.count(Mark.FAULT),
            not_seen=marks.count(Mark.NOT_SEEN),
        )
        return Content(text)

    def open(self, name: str) -> None:
        self.action_turn()

    def action_turn(self, place: int = 0) -> None:
        """Turn a point, that under ▸ where no place is given."""
        codes = list(self.seen)
        if place > len(codes):
            return
        code = codes[place - 1] if place else self.chosen
        if code in self.seen:
            self.seen[code] = replace(self.seen[code], mark=NEXT[self.seen[code].mark])
            self.show()

    @work
    async def action_remark(self) -> None:
        """Write a remark on the point under ▸."""
        code = self.chosen

        async def send(values: dict[str, str]) -> str:
            return values["remark"]

        asks = [Ask("remark", N_("Remark"), self.seen[code].remark)]
        said = await self.app.push_screen_wait(Form(N_("Remark"), asks, send))
        if said is not None:
            self.seen[code] = replace(self.seen[code], remark=said)
            self.show()

    @work
    async def action_enter(self) -> None:
        """Enter the check in the register."""
        result = judge_points(one.mark for one in self.seen.values())

        async def send(values: dict[str, str]) -> str:
            return await self.certify.use(
                recording.record_check,
                actor=self.actor,
                checklist=self.begun.checklist.code,
                seen=self.seen,
                staff_no=self.begun.whom.staff_no,
                department=self.begun.whom.department,
                day=self.begun.day,
                finding=values["finding"],
                is_major=values.get("major") == "yes",
            )

        asks = [Ask("finding", N_("Finding"))]
        if result is InspectionResult.NOT_MET:
            asks.append(Ask("major", N_("Major problem"), "no", choices=YES_NO))
        about = N_("It is numbered now, and nothing changes it. A major problem is told at once.")
        number = await self.app.push_screen_wait(Form(N_("Enter the check"), asks, send, about))
        if number:
            from certify.tui.screens.inspection import InspectionScreen

            self.is_entered = True
            self.app.switch_screen(InspectionScreen(number))

    async def may_quit(self) -> bool:
        """Ask before something is lost that was seen and not entered."""
        if self.is_entered or all(one == Seen() for one in self.seen.values()):
            return True
        details = Content(_("What you marked is not kept."))
        return await self.app.push_screen_wait(Confirm(_("Leave without entering?"), details))

    def action_back(self) -> None:
        self._leave()

    @work(exclusive=True, group="ask")
    async def _leave(self) -> None:
        if await self.may_quit():
            super().action_back()


def _row(place: str, mark: Content, text: str, width: int) -> Content:
    rooms = widths(width, [3, 11, 0], [1])
    return row([fit(place, rooms[0]), fit_content(mark, rooms[1]), fit(text, rooms[2])])
