"""One check in full: whom it is about confirms reading it, an inspector issues a notice."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.inspection import InspectionResult
from certify.errors import CertifyError
from certify.i18n import N_, _
from certify.services.inspection import lines, reading, register
from certify.services.inspection.register import InspectionView
from certify.tui.dialogs.inspection import notice_form
from certify.tui.lines_page import LinesPage
from certify.tui.signs import signed


class InspectionScreen(LinesPage):
    """A line of the register; nothing of it can be changed."""

    HELP = N_(
        "All that was seen. Whom the check is about confirms with R having read it. After a fault "
        "an inspector issues a rectification notice with I. The line itself is never changed."
    )
    BINDINGS = [
        Binding("r", "read", N_("Confirm reading")),
        Binding("i", "issue", N_("Issue a notice")),
    ]

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.view: InspectionView | None = None

    async def fetch(self) -> None:
        self.view = await self.certify.use(register.show, actor=self.actor, number=self.number)

    def heading(self) -> str:
        return _("Inspection {number}").format(number=self.number)

    def lines(self) -> Sequence[str]:
        return lines.inspection_lines(self.view) if self.view else ()

    def foot(self) -> Content:
        if self.check_action("read", ()):
            return signed("!", _("R confirms that you have read this."), "$warning")
        return Content()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self.view
        if action == "read":
            return view is not None and view.is_own and view.read_on is None
        if action == "issue":
            at_fault = view is not None and view.result is InspectionResult.NOT_MET
            return at_fault and register.may_record(self.actor)
        return super().check_action(action, parameters)

    @work
    async def action_read(self) -> None:
        """Confirm having read it."""
        try:
            await self.certify.use(reading.confirm, actor=self.actor, number=self.number)
        except CertifyError as error:
            await self.certify.tell(error)
        self.reload()

    @work
    async def action_issue(self) -> None:
        """Order a correction."""
        from certify.tui.screens.notice import NoticeScreen

        form = notice_form(self.certify, self.actor, self.view)
        if number := await self.app.push_screen_wait(form):
            self.app.push_screen(NoticeScreen(number))
