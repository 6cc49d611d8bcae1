"""Writes a form to a file: asks for format, purpose and place, and says where it went."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on

from certify.i18n import N_, _
from certify.services import exporting
from certify.services.forms.form import Wanted
from certify.services.forms.registry import FORMS
from certify.tui import files
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice, Choices
from certify.tui.widgets.fields import Ask, Fields

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp


class ExportForm(Form):
    """A folder is enough as a place: the file's name is then the form's and its number's."""

    HELP = N_(
        "Choose a format and say what the file is for: the purpose stands at its head, with who "
        "made it and when. In a folder the file is named by its number, so that none is ever "
        "overwritten; whoever names a file replaces one of that name. The number is kept in the "
        "ledger."
    )

    def __init__(self, app: CertifyApp, actor: Actor, form: str, wanted: Wanted) -> None:
        self.formats = app.platform.plugins.export_formats
        folder = app.platform.settings.home.exports
        which = actor.staff_no, form

        async def send(values: dict[str, str]) -> str:
            app.purposes[which] = values["purpose"]
            async with files.place(app, values.get("path", ""), folder) as place:
                receipt = await app.use(
                    exporting.export_form,
                    actor=actor,
                    form=form,
                    format_name=values["format"],
                    wanted=wanted,
                    path=None if place == folder else place,
                    purpose=values["purpose"],
                )
            written = files.shown(app, receipt.path) if receipt.path else ""
            return f"{receipt.number}\n{receipt.rows}\n{written}"

        choices = [Choice(name, one.label) for name, one in self.formats.items()]
        asks = [
            Ask("format", N_("Format"), next(iter(self.formats), ""), choices=choices),
            Ask("purpose", N_("Purpose"), app.purposes.get(which, "")),
            *files.place_asks(app, folder),
        ]
        super().__init__(N_("Export the list"), asks, send, about=_(FORMS[form].label))

    @on(Choices.Changed)
    def follow(self, message: Choices.Changed) -> None:
        """Give a named file the end of the format, if it has that of another."""
        place = self.query_one(Fields).fields.get("path")
        suffixes = {one.suffix for one in self.formats.values()}
        if place is None or isinstance(place.box, Choices):
            return
        if Path(place.box.value).suffix in suffixes:
            suffix = self.formats[message.value].suffix
            place.box.value = str(Path(place.box.value).with_suffix(suffix))
