"""One item of the bank: its wording, then its key, its history and what may be done next."""

from collections.abc import Awaitable, Callable, Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.domain.item import ItemState
from certify.domain.permission import Action, may
from certify.domain.reviewing import Bar, Stage
from certify.errors import CertifyError, Refused
from certify.i18n import N_, _
from certify.services import review_item, review_steps
from certify.services.review_item import ItemView
from certify.services.review_steps import Outcome
from certify.tui import bank_words
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.form import Form
from certify.tui.page import Page
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.paper import Paper, PaperLine

KNOWN = {Bar.IS_AUTHOR, Bar.HAS_SEEN, Bar.HAS_ANSWERED, Bar.NO_KEY_NEEDED}
"""With one of these somebody can give no second key anyway."""


class BankItemScreen(Page):
    """The version that waits for its review, else the one in use."""

    HELP = N_(
        "An item opens without its key, so that you may still give a second key with G. S shows "
        "key, explanation, remarks and what a new version changes. A approves the item, U puts it "
        "in use, R gives it back to its author with what to mend, N keeps a remark on it, X "
        "retires it, P says that it is still right after a standard changed. A key that is not "
        "offered is not yours to use now: “certify item approve CODE” says why."
    )
    BINDINGS = [
        Binding("s", "key", N_("Show the key")),
        Binding("g", "second_key", N_("Second key")),
        Binding("a", "approve", N_("Approve")),
        Binding("u", "use", N_("Put in use")),
        Binding("r", "give_back", N_("Return")),
        Binding("p", "keep", N_("Still right")),
        Binding("n", "note", N_("Remark")),
        Binding("x", "retire", N_("Retire")),
    ]

    def __init__(self, code: str) -> None:
        """Args:
        code: of the item.
        """
        super().__init__()
        self.code = code
        self.with_key = False
        self.view: ItemView | None = None

    def body(self) -> ComposeResult:
        yield Paper()

    async def fetch(self) -> None:
        view = await self.certify.use(
            review_item.look, actor=self.actor, code=self.code, key=self.with_key
        )
        if not self.with_key and _is_open(view):
            # Nothing depends on whether this person saw the key.
            view = await self.certify.use(
                review_item.look, actor=self.actor, code=self.code, key=True
            )
        self.view = view

    def heading(self) -> str:
        return _("Item {code}").format(code=self.code)

    def show(self) -> None:
        self.query_one(Paper).write(self._write)
        self.query_one(Paper).focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self.view
        if action == "back" or view is None:
            return action == "back"
        can = {
            "key": not view.has_key,
            "second_key": not view.may_give_key,
            "approve": view.has_key and not view.may_approve,
            "use": view.has_key and not view.may_release,
            "give_back": not view.may_return,
            "keep": view.stale is not None and view.state is ItemState.IN_USE,
            "note": True,
            "retire": not view.may_retire,
        }
        if action not in can:
            return super().check_action(action, parameters)
        return can[action] and (action == "key" or may(self.actor, Action.REVIEW_ITEMS))

    def _write(self, width: int) -> Sequence[PaperLine]:
        if self.view is None:
            return ()
        times = [f"{self.local(one.at):%Y-%m-%d %H:%M}" for one in self.view.history]
        return bank_words.page(self.view, times, width)

    @work
    async def action_key(self) -> None:
        """Show the key; ask first where the person could still give a second key."""
        view = self.view
        if view is not None and Bar.NO_AUTHOR not in view.may_give_key and view.is_pending:
            said = Content(_("Then you can give no second key for it any more."))
            if not await self.app.push_screen_wait(Confirm(_("Show the key?"), said)):
                return
        self.with_key = True
        self.reload()

    def action_second_key(self) -> None:
        """Answer the item as a candidate would."""
        from certify.tui.screens.second_key import SecondKeyScreen

        self.app.push_screen(SecondKeyScreen([self.code]))

    @work(exclusive=True, group="decide")
    async def action_approve(self) -> None:
        """Approve the version that was read."""
        said = Content(_("You answer for its wording, its key and what it rests on."))
        question = _("Approve {code}?").format(code=self.code)
        view = self.view
        if await self.app.push_screen_wait(Confirm(question, said)) and view is not None:
            looked_at = {self.code: view.version_id}

            async def approve() -> list[Outcome]:
                return await self.certify.use(
                    review_steps.approve,
                    actor=self.actor,
                    codes=[self.code],
                    looked_at=looked_at,
                )

            await self._do(approve)

    @work(exclusive=True, group="decide")
    async def action_use(self) -> None:
        """Put it in use, or in use again."""
        said = Content(_("From then on exams draw it; open attempts keep what they showed."))
        question = _("Put {code} in use?").format(code=self.code)
        if await self.app.push_screen_wait(Confirm(question, said)):

            async def release() -> list[Outcome]:
                return await self.certify.use(
                    review_steps.release, actor=self.actor, codes=[self.code]
                )

            await self._do(release)

    @work(exclusive=True, group="decide")
    async def action_keep(self) -> None:
        """Say that it is still right after a standard changed."""
        from certify.tui.screens.stale_items import KEPT_WORDS

        question = _("{code} is still right?").format(code=self.code)
        if await self.app.push_screen_wait(Confirm(question, Content(_(KEPT_WORDS)))):

            async def keep() -> list[Outcome]:
                return await self.certify.use(
                    review_steps.keep, actor=self.actor, codes=[self.code]
                )

            await self._do(keep)

    @work(exclusive=True, group="decide")
    async def action_note(self) -> None:
        """Keep a remark."""

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                review_steps.note, actor=self.actor, code=self.code, text=values["why"]
            )
            return values["why"]

        about = N_("Its author and all reviewers read it. It blocks nothing.")
        await self._ask(N_("A remark"), N_("Remark"), send, about)

    @work(exclusive=True, group="decide")
    async def action_give_back(self) -> None:
        """Give it back to its author."""

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                review_steps.give_back, actor=self.actor, code=self.code, why=values["why"]
            )
            return values["why"]

        about = N_("Nothing happens to it until its author has edited it.")
        await self._ask(N_("Give it back to its author"), N_("What to mend"), send, about)

    @work(exclusive=True, group="decide")
    async def action_retire(self) -> None:
        """Put it away."""

        async def send(values: dict[str, str]) -> str:
            outcomes = await self.certify.use(
                review_steps.retire, actor=self.actor, codes=[self.code], why=values["why"]
            )
            _require_done(outcomes)
            return values["why"]

        about = N_("No exam draws it any more; it stays readable in old attempts.")
        await self._ask(N_("Retire the item"), N_("Reason"), send, about)

    async def _ask(
        self,
        title: str,
        label: str,
        send: Callable[[dict[str, str]], Awaitable[str | None]],
        about: str,
    ) -> None:
        """Ask for a text and do what it is for.

        Args:
            title, label, about: English source texts, marked with `N_`.
        """
        form = Form(title, [Ask("why", label, check=required)], send, about)
        if await self.app.push_screen_wait(form):
            self.reload()

    async def _do(self, step: Callable[[], Awaitable[list[Outcome]]]) -> None:
        """Take a step; a rule that keeps it back is said."""
        try:
            _require_done(await step())
        except CertifyError as error:
            await self.certify.tell(error)
        self.reload()


def _is_open(view: ItemView) -> bool:
    """Whether somebody can see the key and lose nothing by it."""
    is_settled = view.stage in (Stage.REVIEW, Stage.RELEASE, Stage.NOTHING)
    return is_settled or bool(KNOWN & set(view.may_give_key))


def _require_done(outcomes: Sequence[Outcome]) -> None:
    """Refuse in the words of the first step that was kept back.

    Raises:
        Refused
    """
    for one in outcomes:
        if not one.is_done:
            raise Refused(one.reason, place=one.code, mend=one.mend)
