"""Who is at the screen: staff number and password, and the first password of one's own."""

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from certify.errors import CertifyError
from certify.i18n import N_, _
from certify.services import founding
from certify.services.access import entering
from certify.tui.entrance import first_page_of
from certify.tui.page import Page
from certify.tui.safe_text import safe_text
from certify.tui.widgets.fields import Ask, Fields, required


class SignInScreen(Page):
    """Two fields; a start code leads on to choosing a password."""

    HELP = N_(
        "Type your staff number and your password. The first time, use the start code that HR "
        "gave you instead of a password; you then choose a password of your own. Whoever forgot "
        "theirs gets a new start code from HR. With the exam code of a sitting you come straight "
        "to that exam, and to nothing else. After too many wrong tries passwords are not taken "
        "for a while; an exam code is."
    )
    RELOADS = False
    BINDINGS = [Binding("ctrl+q", "app.quit", N_("Quit"))]

    def __init__(self) -> None:
        super().__init__()
        self.organisation = ""

    def body(self) -> ComposeResult:
        with Vertical(classes="form"):
            yield Static(classes="lead")
            yield Fields(
                [
                    Ask("staff_no", N_("Staff no."), check=required),
                    Ask("password", N_("Password or code"), check=required, is_secret=True),
                ]
            )
            yield Static(classes="trouble")

    async def fetch(self) -> None:
        found = await self.certify.use(founding.organisation)
        self.organisation = found.name if found else ""
        self.query_one(Fields).start()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "back"

    def heading(self) -> str:
        return f"certify · {self.organisation}"

    def show(self) -> None:
        self.query_one(".lead", Static).update(Content.styled(_("Sign in"), "bold $primary"))
        self.query_one(Fields).retell()

    @on(Fields.Done)
    @work(exclusive=True)
    async def enter(self, message: Fields.Done) -> None:
        """Check number and password, off the event loop: it is slow on purpose."""
        trouble = self.query_one(".trouble", Static)
        trouble.update(Content(_("One moment…")))
        try:
            found = await entering.enter_soon(
                self.certify.platform, address=self.certify.address, **message.values
            )
        except CertifyError as error:
            trouble.update(safe_text(f"! {error.message}\n{error.mend}", "$error"))
            return
        trouble.update(Content())
        self.certify.signed_in, self.certify.actor = found, found.actor
        self.app.switch_screen(first_page_of(found))
