"""The case library: what everybody reads, and drafts for who wrote or publishes them."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.i18n import N_, _, _n
from certify.services import case_steps, cases
from certify.services.cases import CaseView, state_text
from certify.tui import files
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.form import Form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

SIGNS = {"draft": ("○", "$accent"), "published": ("✓", "$success"), "withdrawn": ("–", "")}


class CasesScreen(ListPage):
    """Cases, the newest first; Enter opens one."""

    HELP = N_(
        "Excellent cases of your company, to learn from. N brings a case in from a Markdown file "
        "as a draft. Somebody else than its author reads it and publishes it; everything that may "
        "be data of a customer must be removed before. Enter opens the case."
    )
    SEARCHES = True
    BINDINGS = [Binding("n", "new", N_("New case"))]

    def __init__(self) -> None:
        super().__init__()
        self.cases: list[CaseView] = []

    async def fetch(self) -> None:
        self.cases = await self.certify.use(cases.library, actor=self.actor)

    def heading(self) -> str:
        return _("Case library")

    def searched(self) -> None:
        self.show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "new":
            return may(self.actor, Action.WRITE_CASE)
        return super().check_action(action, parameters)

    def entries(self, width: int) -> Sequence[Entry]:
        wanted = self.wanted.strip().lower()
        found = [one for one in self.cases if wanted in f"{one.title} {one.body}".lower()]
        if not found:
            none = _("No case fits.") if self.cases else _("There are no cases yet.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [Entry(line(one, width), one.code) for one in self.some(found)]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.cases if one.code == name)
        lines = [f"{one.code} · {one.author} · {state_text(one)}"]
        if one.findings:
            lines.append(trouble(one))
        head = safe_line(one.title, "bold")
        return Content("\n").join([head, *map(safe_line, lines)])

    def foot(self) -> Content:
        count = len(self.cases)
        return Content(_n("{count} case", "{count} cases", count).format(count=count))

    def open(self, name: str) -> None:
        from certify.tui.screens.case import CaseScreen

        self.app.push_screen(CaseScreen(name))

    @work
    async def action_new(self) -> None:
        """Bring a case in from a file."""

        if await files.cannot_give(self.certify, "certify case add FILE"):
            return

        async def send(values: dict[str, str]) -> str:
            path = Path(values["path"]).expanduser()
            title, body = await asyncio.to_thread(case_steps.read_file, path)
            course, slash, lesson = values["lesson"].partition("/")
            return await self.certify.use(
                case_steps.write,
                actor=self.actor,
                title=title,
                body=body,
                lessons=[(course, lesson)] if slash else [],
            )

        about = N_("A Markdown file whose first line is its heading. It becomes a draft.")
        asks = [
            Ask("path", N_("File"), check=required),
            Ask("lesson", N_("Lesson it belongs to"), example="course/lesson"),
        ]
        if await self.app.push_screen_wait(Form(N_("New case"), asks, send, about)) is not None:
            self.reload()


def line(one: CaseView, width: int) -> Content:
    """A case in a list: its title, its author, how it stands."""
    rooms = widths(width, [0, 10, 22], [1])
    sign, style = SIGNS[one.state]
    state = signed(sign, state_text(one), style)
    return row([fit(one.title, rooms[0]), fit(one.author, 10), fit_content(state, rooms[2])])


def trouble(one: CaseView) -> str:
    """How many places of a draft may be data of a customer."""
    count = len(one.findings)
    text = _n(
        "! {count} place may be data of a customer",
        "! {count} places may be data of a customer",
        count,
    )
    return text.format(count=count)
