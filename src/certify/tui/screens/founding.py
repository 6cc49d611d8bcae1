"""The first start of a lasting home: language, organisation and first administrator."""

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from certify.domain.person import CONSOLE
from certify.errors import CertifyError
from certify.i18n import LANGUAGES, N_, _
from certify.services import course_sync, founding, sign_in
from certify.tui.dialogs.confirm import Confirm
from certify.tui.page import Page
from certify.tui.safe_text import safe_text
from certify.tui.widgets.choices import Choice, Choices
from certify.tui.widgets.fields import (
    Ask,
    Fields,
    long_enough,
    nameable,
    required,
    staff_number,
)


class FoundingScreen(Page):
    """Asks only for what must be known; then loads the courses and goes home."""

    HELP = N_(
        "This home is empty. It needs the name of your organisation and its first administrator, "
        "who is HR reviewer too until there are others. ↑ and ↓ or Enter go from field to field; "
        "Enter on the last one asks once more and begins."
    )
    RELOADS = False
    BINDINGS = [Binding("ctrl+q", "app.quit", N_("Quit"))]

    def body(self) -> ComposeResult:
        with Vertical(classes="form"):
            yield Static(classes="lead")
            yield Fields(
                [
                    Ask(
                        "language",
                        # Both, for whoever reads only one of them.
                        "语言 Language",
                        self.certify.speaker.language,
                        choices=[Choice(code, name) for code, name in LANGUAGES.items()],
                    ),
                    Ask("organisation", N_("Organisation"), check=nameable),
                    Ask("staff_no", N_("Your staff no."), check=staff_number),
                    Ask("name", N_("Your name"), check=nameable),
                    Ask("password", N_("Password"), check=long_enough, is_secret=True),
                    Ask("again", N_("Password once more"), check=required, is_secret=True),
                ]
            )
            yield Static(classes="trouble")

    async def fetch(self) -> None:
        self.query_one(Fields).start()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "back"

    def heading(self) -> str:
        return "certify"

    def show(self) -> None:
        lead = Content.styled(_("Welcome to certify"), "bold $primary")
        about = _("This home is new. You become its first administrator.")
        self.query_one(".lead", Static).update(lead + "\n" + Content(about))
        self.query_one(Fields).retell()

    @on(Choices.Changed)
    def switch(self, message: Choices.Changed) -> None:
        """Speak the language as soon as it is chosen."""
        if message.value != self.certify.speaker.language:
            self.certify.action_language()

    @on(Fields.Done)
    @work(exclusive=True)
    async def found(self, message: Fields.Done) -> None:
        """Make the organisation, load the courses, go home."""
        values, trouble = message.values, self.query_one(".trouble", Static)
        if values["password"] != values["again"]:
            self.query_one(Fields).complain("again", _("The two are not the same."))
            return
        said = safe_text("\n".join(_summary(values)))
        if not await self.app.push_screen_wait(Confirm(_("Create this home?"), said)):
            return
        trouble.update(Content(_("Making your home…")))
        try:
            await self.certify.use(
                founding.found_organisation,
                name=values["organisation"],
                staff_no=values["staff_no"],
                person_name=values["name"],
                password=values["password"],
            )
            trouble.update(Content(_("Loading the courses…")))
            await self.certify.use(course_sync.sync_courses, actor=CONSOLE)
            self.certify.actor = await self.certify.use(sign_in.act_as, staff_no=values["staff_no"])
        except CertifyError as error:
            trouble.update(safe_text(f"! {error.message}\n{error.mend}", "$error"))
            return
        from certify.tui.screens.home import HomeScreen

        self.app.switch_screen(HomeScreen())


def _summary(values: dict[str, str]) -> list[str]:
    """What is about to be created, line by line."""
    said = (
        (_("Organisation"), values["organisation"]),
        (_("Your staff no."), values["staff_no"]),
        (_("Your name"), values["name"]),
    )
    lines = [_("{label}: {value}").format(label=label, value=value) for label, value in said]
    return [*lines, _("You become administrator and HR reviewer; the courses are loaded.")]
