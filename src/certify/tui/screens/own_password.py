"""The first password of one's own, after a start code; or another one later."""

from dataclasses import replace

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from certify.errors import CertifyError
from certify.i18n import N_, _
from certify.services import sign_in
from certify.services.access import entering
from certify.tui.page import Page
from certify.tui.safe_text import safe_text
from certify.tui.widgets.fields import Ask, Fields, long_enough


class OwnPasswordScreen(Page):
    """A password, typed twice; then home, or back to where one came from."""

    HELP = N_(
        "Choose a password that only you know. It is kept in a form that nobody can read, not "
        "even an administrator."
    )
    RELOADS = False

    def __init__(self, *, is_first: bool = True) -> None:
        """Args:
        is_first: whether nothing else can be done before there is one; else the present one is
            asked for, if there is one.
        """
        super().__init__()
        self.is_first = is_first

    def body(self) -> ComposeResult:
        with Vertical(classes="form"):
            yield Static(classes="lead")
            present = Ask("present", N_("Present password"), is_secret=True)
            yield Fields(
                [
                    *([] if self.is_first else [present]),
                    Ask("password", N_("New password"), check=long_enough, is_secret=True),
                    Ask("again", N_("Once more"), is_secret=True),
                ]
            )
            yield Static(classes="trouble")

    async def fetch(self) -> None:
        self.query_one(Fields).start()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "back" or not self.is_first

    def heading(self) -> str:
        return _("Your password")

    def show(self) -> None:
        lead = _("Choose another password; without a present one leave that empty.")
        if self.is_first:
            lead = _("Choose a password of your own first.")
        self.query_one(".lead", Static).update(Content.styled(lead, "bold $primary"))
        self.query_one(Fields).retell()

    @on(Fields.Done)
    @work(exclusive=True)
    async def keep(self, message: Fields.Done) -> None:
        """Keep the password and go home, or back."""
        fields, password = self.query_one(Fields), message.values["password"]
        if password != message.values["again"]:
            fields.complain("again", _("The two are not the same."))
            return
        try:
            if not self.is_first:
                present, address = message.values["present"], self.certify.address
                await self.certify.use(
                    entering.confirm, actor=self.actor, password=present, address=address
                )
            await self.certify.use(sign_in.change_password, actor=self.actor, password=password)
        except CertifyError as error:
            text = f"! {error.message}\n{error.mend}"
            self.query_one(".trouble", Static).update(safe_text(text, "$error"))
            return
        if self.certify.signed_in is not None:
            self.certify.signed_in = replace(self.certify.signed_in, must_change=False)
        if not self.is_first:
            self.app.notify(_("Your password is changed."), markup=False)
            self.action_back()
            return
        from certify.tui.screens.home import HomeScreen

        self.app.switch_screen(HomeScreen())
