"""One case to read; who may, publishes or withdraws it here."""

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.domain.clean import clean_line
from certify.i18n import N_, _
from certify.services import case_steps, cases
from certify.services.cases import CaseView, finding_text, state_text
from certify.tui.dialogs.form import Form
from certify.tui.lesson_text import MAX_WIDTH, lesson_lines
from certify.tui.page import Page
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.line import Line
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.wrap import wrap


class CaseScreen(Page):
    """The text of a case, and of a draft what may be data of a customer."""

    HELP = N_(
        "Read with Space and the arrow keys. In a draft the places that may be data of a customer "
        "stand first: the author removes them, or who publishes (P) says of each why it is none. "
        "W takes a case out of the library."
    )
    BINDINGS = [
        Binding("p", "publish", N_("Publish")),
        Binding("w", "withdraw", N_("Withdraw")),
    ]

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self.view: CaseView | None = None

    def body(self) -> ComposeResult:
        yield Paper()
        yield Line(id="status")

    async def fetch(self) -> None:
        self.view = await self.certify.use(cases.case, actor=self.actor, code=self.code)

    def heading(self) -> str:
        return _("Case: {title}").format(title=self.view.title) if self.view else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "publish":
            return self.view is not None and self.view.may_publish
        if action == "withdraw":
            return self.view is not None and self.view.may_withdraw
        return super().check_action(action, parameters)

    def show(self) -> None:
        if self.view is None:
            return
        paper = self.query_one(Paper)
        paper.write(self._write)
        paper.focus()
        said = f"{self.view.code} · {self.view.author} · {state_text(self.view)}"
        self.query_one("#status", Line).put(safe_line(said), None, None)
        self.refresh_bindings()

    def _write(self, width: int) -> Sequence[PaperLine]:
        view, width = self.view, min(width, MAX_WIDTH)
        if view is None:
            return ()
        lines = [Content(), safe_line(view.title, "bold underline $primary"), Content()]
        if view.findings:
            lines += wrap(Content.styled(_("This may be data of a customer:"), "$warning"), width)
            for one in view.findings:
                lines += wrap(safe_text(f"! {finding_text(one)}"), width)
            lines.append(Content())
        return [*map(PaperLine, lines), *lesson_lines(view.body, width)]

    @work
    async def action_publish(self) -> None:
        """Ask of each finding why it is none, then publish what was read."""
        if (view := self.view) is None:
            return
        texts = list(dict.fromkeys(one.text for one in view.findings))

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                case_steps.publish,
                actor=self.actor,
                code=view.code,
                digest=cases.digest_of(view.title, view.body),
                harmless={text: values[str(place)] for place, text in enumerate(texts)},
            )
            return ""

        asks = [
            Ask(str(place), clean_line(text), check=required) for place, text in enumerate(texts)
        ]
        if not asks:
            asks = [Ask("sure", N_("Type yes"), check=_is_yes)]
        about = N_("You have read it: no customer can be recognised. Say of each place why.")
        await self._ask(Form(N_("Publish the case"), asks, send, about))

    @work
    async def action_withdraw(self) -> None:
        """Ask why, then take it out of the library."""
        if (view := self.view) is None:
            return

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                case_steps.withdraw, actor=self.actor, code=view.code, reason=values["reason"]
            )
            return ""

        asks = [Ask("reason", N_("Reason"), check=required)]
        await self._ask(Form(N_("Withdraw the case"), asks, send))

    async def _ask(self, form: Form) -> None:
        if await self.app.push_screen_wait(form) is not None:
            self.reload()


def _is_yes(text: str) -> str:
    is_yes = text.strip().lower() in ("yes", "y", "是")
    return "" if is_yes else _("Type yes, or Esc to leave it.")
