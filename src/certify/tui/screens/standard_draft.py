"""One draft of a standard: the steps, the text beside the one before, who has spoken."""

from collections.abc import Callable, Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.domain.standard_change import DraftState
from certify.errors import CertifyError
from certify.i18n import N_, _
from certify.services.forms.form import Wanted
from certify.services.standard_life import approving, draft_view, draft_words, drafting, words
from certify.services.standard_life.draft_view import DraftView
from certify.services.standard_life.texts import beside
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.form import Form
from certify.tui.dialogs.standard_draft import draft_form, opinion_form, trial_form
from certify.tui.exports import Exports
from certify.tui.lesson_text import MAX_WIDTH
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.standard_texts import beside_lines
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.line import Line
from certify.tui.widgets.paper import Paper, PaperLine
from certify.tui.wrap import wrap

STEPS = (DraftState.DRAFT, DraftState.REVIEW, DraftState.PILOT, DraftState.APPROVED)


class StandardDraftScreen(Exports):
    """The next step is taken here, by whoever may."""

    HELP = N_(
        "Above stands how far the draft is and what is missing; below the text beside the one "
        "before, and what was said. Who wrote it changes it (E), gives it to review (S) or gives "
        "it up (X); a change voids what was said. The departments say their opinion (O), others "
        "write down how it did where it was tried (T), top management approves it (A). Nobody "
        "judges their own draft. W exports what was said."
    )
    BINDINGS = [
        Binding("s", "submit", N_("To review")),
        Binding("o", "opine", N_("Opinion")),
        Binding("t", "try_scene", N_("Trial")),
        Binding("a", "approve", N_("Approve")),
        Binding("e", "edit", N_("Change")),
        Binding("x", "drop", N_("Give up")),
        Binding("w", "export", N_("Export")),
    ]

    def __init__(self, draft_id: int) -> None:
        super().__init__()
        self.draft_id = draft_id
        self.view: DraftView | None = None

    def body(self) -> ComposeResult:
        yield Paper()
        yield Line(id="status")

    async def fetch(self) -> None:
        self.view = await self.certify.use(
            draft_view.draft, actor=self.actor, draft_id=self.draft_id
        )

    def heading(self) -> str:
        return _("Draft {number}").format(number=self.draft_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("submit", "edit", "drop", "opine", "try_scene", "approve"):
            return self.view is not None and self._may(action, self.view)
        return super().check_action(action, parameters)

    def forms(self) -> Sequence[tuple[str, Wanted]]:
        return [("review-opinions", Wanted(draft=self.draft_id))]

    def _may(self, action: str, view: DraftView) -> bool:
        is_open = view.state in STEPS[:3]
        manages = may(self.actor, Action.MANAGE_STANDARDS)
        opines = may(self.actor, Action.OPINE_STANDARD)
        if action == "submit":
            return view.is_own and manages and view.state is DraftState.DRAFT
        if action == "edit":
            return view.is_own and manages and is_open
        if action == "drop":
            return manages and is_open
        if action == "opine":
            return opines and not view.is_own and view.state in STEPS[1:3]
        if action == "try_scene":
            return (opines or manages) and not view.is_own and view.state is DraftState.PILOT
        return view.may_approve and view.is_ready

    def show(self) -> None:
        if self.view is None:
            return
        paper = self.query_one(Paper)
        paper.write(self._write)
        paper.focus()
        mark = words.confidential() if self.view.is_confidential else ""
        self.query_one("#status", Line).put(safe_line(mark, "bold $warning"), None, None)
        self.refresh_bindings()

    def _write(self, width: int) -> Sequence[PaperLine]:
        view, width = self.view, min(width, MAX_WIDTH)
        if view is None:
            return ()
        lines = [Content(), safe_line(draft_words.head(view), "bold underline $primary")]
        lines += [Content(), _steps(view.state), Content()]
        for text in draft_words.missing(view):
            lines += wrap(safe_text(f"▸ {text}", "bold"), width)
        for text in draft_words.warnings(view):
            lines += wrap(safe_text(f"! {text}", "$warning"), width)
        lines += beside_lines(beside(view.before, view.content), width)
        if view.before is not None:
            lines.append(Content.styled(_("[ ] marks what differs."), "$foreground 70%"))
        lines += _part(_("About the change"), draft_words.facts(view), width)
        none = [_("Nobody has spoken yet.")]
        lines += _part(_("Opinions"), draft_words.opinions(view) or none, width)
        none = [_("It was tried nowhere yet.")]
        lines += _part(_("Trials"), draft_words.scenes(view) or none, width)
        return [PaperLine(line) for line in lines]

    @work
    async def action_submit(self) -> None:
        """Give it to review."""
        await self._do(drafting.submit)

    @work
    async def action_approve(self) -> None:
        """Ask, then let it have its first day."""
        if (view := self.view) is None:
            return
        text = _("It is in force from {day}, 00:00. Nothing can take that back.")
        details = safe_text(text.format(day=view.effective_from.isoformat()))
        question = _("Approve {number}?").format(number=view.number)
        if await self.app.push_screen_wait(Confirm(question, details)):
            await self._do(approving.approve)

    @work
    async def action_edit(self) -> None:
        """Write it anew."""
        await self._ask(await draft_form(self.certify, self.actor, draft=self.view))

    @work
    async def action_opine(self) -> None:
        """Say what a department thinks."""
        missing = self.view.missing_sides if self.view else ()
        side = missing[0] if missing else ""
        await self._ask(opinion_form(self.certify, self.actor, self.draft_id, side))

    @work
    async def action_try_scene(self) -> None:
        """Write down how it did."""
        await self._ask(trial_form(self.certify, self.actor, self.draft_id))

    @work
    async def action_drop(self) -> None:
        """Ask why, then give it up."""

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                drafting.drop, actor=self.actor, draft_id=self.draft_id, reason=values["reason"]
            )
            return ""

        asks = [Ask("reason", N_("Reason"), check=required)]
        await self._ask(Form(N_("Give the draft up"), asks, send))

    async def _do(self, step: Callable[..., object]) -> None:
        try:
            await self.certify.use(step, actor=self.actor, draft_id=self.draft_id)
        except CertifyError as error:
            await self.certify.tell(error)
        self.reload()

    async def _ask(self, form: Form) -> None:
        if await self.app.push_screen_wait(form) is not None:
            self.reload()


def _steps(state: DraftState) -> Content:
    """The way of a draft, with the place it has reached."""
    if state is DraftState.DROPPED:
        return Content.styled(f"– {_(words.DRAFT_STATES[state])}", "$foreground 70%")
    place = STEPS.index(state)
    parts = []
    for number, step in enumerate(STEPS):
        text = _(words.DRAFT_STATES[step])
        is_done = number < place or state is DraftState.APPROVED
        sign = "✓" if is_done else "▸" if number == place else "○"
        style = "bold $accent" if number == place else "$success" if is_done else "$foreground 70%"
        parts.append(Content.styled(f"{sign} {text}", style))
    return Content("  ").join(parts)


def _part(head: str, texts: Sequence[str], width: int) -> list[Content]:
    lines = [Content(), Content.styled(head, "bold $primary")]
    for text in texts:
        lines += wrap(safe_text(text), width)
    return lines
