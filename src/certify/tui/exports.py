"""Pages whose forms can be taken away: who may, which one, and where it went."""

from collections.abc import Sequence

from textual import work
from textual.content import Content

from certify.i18n import _
from certify.services.forms.form import Wanted
from certify.services.forms.registry import FORMS
from certify.tui import files
from certify.tui.dialogs.choose import Choose
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.export import ExportForm
from certify.tui.page import Page
from certify.tui.widgets.rows import Entry


class Exports(Page):
    """A subclass binds a key to `export` and says which forms it has."""

    def forms(self) -> Sequence[tuple[str, Wanted]]:
        """The forms that can be taken away now: their names, and what is wanted of each."""
        return ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "export":
            return any(FORMS[name].may_export(self.actor) for name, _wanted in self.forms())
        return super().check_action(action, parameters)

    @work
    async def action_export(self) -> None:
        """Write a form to a file."""
        wanted = dict(self.forms())
        name: str | None = next(iter(wanted), None)
        if len(wanted) > 1:
            entries = [Entry(Content(_(FORMS[one].label)), one) for one in wanted]
            name = await self.app.push_screen_wait(Choose(_("Which form?"), entries))
        if name is None or await files.cannot_take(self.certify, f"certify export {name}"):
            return
        form = ExportForm(self.certify, self.actor, name, wanted[name])
        if answer := await self.app.push_screen_wait(form):
            number, rows, path = answer.split("\n", 2)
            said = ((_("Export number"), number), (_("Rows"), rows), (_("File"), path))
            lines = [_("{label}: {value}").format(label=one, value=value) for one, value in said]
            await self.app.push_screen_wait(Done(_("The list was written"), lines))
