"""The views a person keeps of a list: choose one, keep the filters of now, rename, delete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from certify.errors import CertifyError
from certify.i18n import N_, _
from certify.services import saved_views
from certify.services.saved_views import KeptView
from certify.tui.dialogs.choose import Options
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.dialog import Dialog
from certify.tui.dialogs.form import Form
from certify.tui.safe_text import safe_line
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry, Rows

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp


class Views(Dialog[KeptView | None]):
    """Gives the chosen view, or None."""

    HELP = N_(
        "A view is a set of filters under a name of your own. Enter shows one, S keeps the "
        "filters of now, N renames, X deletes, B lets the page begin with it (★), or with none."
    )
    BINDINGS = [
        Binding("escape", "dismiss(None)", N_("Cancel")),
        Binding("s", "keep", N_("Keep these filters")),
        Binding("b", "begin_with", N_("Begin with it")),
        Binding("n", "rename", N_("Rename")),
        Binding("x", "delete", N_("Delete")),
    ]
    DEFAULT_CSS = """
    Views Rows { height: auto; max-height: 14; background: $surface; }
    """

    def __init__(
        self,
        app: CertifyApp,
        actor: Actor,
        page: str,
        views: Sequence[KeptView],
        values: Mapping[str, str],
    ) -> None:
        """
        Args:
            page: the page of which views are kept.
            values: the filters of now.
        """
        super().__init__()
        self.certify, self.actor, self.keeps = app, actor, page
        self.views, self.values = list(views), dict(values)

    def body(self) -> ComposeResult:
        yield Static(Content.styled(_("Views"), "bold"))
        yield Options()

    def heading(self) -> str:
        return _("Views")

    def on_mount(self) -> None:
        self.show()
        self.query_one(Rows).focus()

    def show(self) -> None:
        entries = [
            Entry(safe_line(f"{'★' if one.is_default else ' '} {one.name}"), str(place))
            for place, one in enumerate(self.views)
        ]
        none = Entry(Content(_("None is kept yet: set filters, then S keeps them.")))
        self.query_one(Rows).put(entries or [none])
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("begin_with", "rename", "delete"):
            return self.chosen is not None
        return True

    @property
    def chosen(self) -> KeptView | None:
        """The view under ▸."""
        if not self.is_mounted or not self.query(Rows):
            return None
        name = self.query_one(Rows).chosen
        return self.views[int(name)] if name and int(name) < len(self.views) else None

    @on(Rows.OptionSelected)
    def take(self) -> None:
        """Show the chosen one."""
        if self.chosen is not None:
            self.dismiss(self.chosen)

    @work
    async def action_keep(self) -> None:
        """Keep the filters of now under a name."""

        async def send(values: dict[str, str]) -> str:
            return await self.certify.use(
                saved_views.keep,
                actor=self.actor,
                page=self.keeps,
                name=values["name"],
                values=self.values,
            )

        now = self.chosen.name if self.chosen else ""
        asks = [Ask("name", N_("Name of the view"), now, required)]
        about = N_("What is kept under this name already gives way.")
        if await self.app.push_screen_wait(Form(N_("Keep these filters"), asks, send, about)):
            await self._again()

    @work
    async def action_rename(self) -> None:
        """Give the view under ▸ another name."""
        if (one := self.chosen) is None:
            return

        async def send(values: dict[str, str]) -> str:
            return await self.certify.use(
                saved_views.rename,
                actor=self.actor,
                page=self.keeps,
                name=one.name,
                to=values["name"],
            )

        asks = [Ask("name", N_("Name of the view"), one.name, required)]
        if await self.app.push_screen_wait(Form(N_("Rename the view"), asks, send)):
            await self._again()

    @work
    async def action_delete(self) -> None:
        """Delete the view under ▸."""
        if (one := self.chosen) is None:
            return
        if await self.app.push_screen_wait(Confirm(_("Delete this view?"), safe_line(one.name))):
            try:
                await self.certify.use(
                    saved_views.delete, actor=self.actor, page=self.keeps, name=one.name
                )
            except CertifyError as error:
                await self.certify.tell(error)
            await self._again()

    @work
    async def action_begin_with(self) -> None:
        """Let the page begin with the view under ▸; with none when it does so already."""
        if (one := self.chosen) is None:
            return
        name = None if one.is_default else one.name
        try:
            await self.certify.use(
                saved_views.begin_with, actor=self.actor, page=self.keeps, name=name
            )
        except CertifyError as error:
            await self.certify.tell(error)
        await self._again()

    async def _again(self) -> None:
        found = await self.certify.use(saved_views.kept, actor=self.actor, page=self.keeps)
        self.views = list(found)
        self.show()
