"""One rectification notice: its steps, who does what next, and the step itself."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain import rectification
from certify.domain.rectification import NoticeAction
from certify.i18n import N_, _
from certify.services import listing
from certify.services.forms.form import Wanted
from certify.services.inspection import lines, notice_steps, notices
from certify.services.inspection.notices import NoticeView
from certify.tui.dialogs.form import Form
from certify.tui.dialogs.inspection import PASSED
from certify.tui.exports import Exports
from certify.tui.lines_page import LinesPage
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed
from certify.tui.widgets.fields import Ask, required


class NoticeScreen(Exports, LinesPage):
    """Only the key of the next step is offered, and only to who may do it."""

    HELP = N_(
        "A notice is issued, answered, done, verified and closed, in this order. The owner answers "
        "(A) and says when it is done (D); an inspector who is not the owner verifies (V) and "
        "closes (C). When the verification fails, the notice is open again with a new deadline and "
        "the owner gets remedial training. E exports the notice."
    )
    BINDINGS = [
        Binding("a", "answer", N_("Reply")),
        Binding("d", "do", N_("Done")),
        Binding("v", "verify", N_("Verify")),
        Binding("c", "close", N_("Close it")),
        Binding("e", "export", N_("Export")),
    ]

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.view: NoticeView | None = None

    async def fetch(self) -> None:
        self.view = await self.certify.use(notices.show, actor=self.actor, number=self.number)
        self.today = await self.certify.use(listing.today)

    def forms(self) -> Sequence[tuple[str, Wanted]]:
        return [("rectification-notice", Wanted(number=self.number))]

    def heading(self) -> str:
        return _("Rectification notice {number}").format(number=self.number)

    def lines(self) -> Sequence[str]:
        return lines.notice_lines(self.view, self.today) if self.view else ()

    def foot(self) -> Content:
        if self.view is None:
            return Content()
        text = _(rectification.NEXT[self.view.state])
        if self.view.may_act:
            return signed("◐", " ".join([_("It is your turn."), text]), "$accent")
        return safe_line(text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in [one.value for one in NoticeAction]:
            view = self.view
            return view is not None and view.may_act and view.next == action
        return super().check_action(action, parameters)

    @work
    async def action_answer(self) -> None:
        """Name cause and measure."""
        asks = [
            Ask("cause", N_("Cause"), check=required),
            Ask("measure", N_("Measure"), check=required),
        ]
        await self.ask(Form(N_("Reply"), asks, partial(self._send, notice_steps.answer)))

    @work
    async def action_do(self) -> None:
        """Say that it is done."""
        asks = [Ask("text", N_("What was put right"))]
        await self.ask(Form(N_("Done"), asks, partial(self._send, notice_steps.done)))

    @work
    async def action_verify(self) -> None:
        """Say whether it works."""
        asks = [
            Ask("passed", N_("Result"), choices=PASSED),
            Ask("text", N_("What was seen")),
        ]
        await self.ask(Form(N_("Verify"), asks, partial(self._send, notice_steps.verify)))

    @work
    async def action_close(self) -> None:
        """Close it."""
        asks = [Ask("text", N_("Remark"))]
        await self.ask(Form(N_("Close it"), asks, partial(self._send, notice_steps.close)))

    async def _send(self, step: Callable[..., None], values: dict[str, str]) -> str:
        given: dict[str, Any] = dict(values)
        if "passed" in given:
            given["passed"] = given["passed"] == "yes"
        await self.certify.use(step, actor=self.actor, number=self.number, **given)
        return self.number
