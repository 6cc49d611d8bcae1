"""Writes the qualification list to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from certify.i18n import N_
from certify.services import exporting
from certify.services.listing import ListFilter
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice, Choices
from certify.tui.widgets.fields import Ask, Fields, required

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp

FORM = "qualification-list"


class ExportForm(Form):
    """Asks for format and place; the place's suffix follows the format."""

    HELP = N_(
        "The file holds exactly what the list shows. Choose a format, change the place if you "
        "like; the export gets a number that is kept in the ledger."
    )

    def __init__(self, app: CertifyApp, actor: Actor, wanted: ListFilter) -> None:
        self.formats = app.platform.plugins.export_formats
        folder = app.platform.settings.home.exports
        self.stem = str(folder / f"{FORM}-{wanted.as_of.isoformat()}")
        first = next(iter(self.formats), "")
        suffix = self.formats[first].suffix if first else ""

        async def send(values: dict[str, str]) -> str:
            path = Path(values["path"]).expanduser()
            receipt = await app.use(
                exporting.export_form,
                actor=actor,
                form=FORM,
                format_name=values["format"],
                wanted=wanted,
                path=path,
            )
            return f"{receipt.number}\n{receipt.rows}\n{path}"

        choices = [Choice(name, one.label) for name, one in self.formats.items()]
        asks = [
            Ask("format", N_("Format"), first, choices=choices),
            Ask("path", N_("File"), f"{self.stem}{suffix}", required),
        ]
        super().__init__(N_("Export the list"), asks, send)

    @on(Choices.Changed)
    def follow(self, message: Choices.Changed) -> None:
        """Give the place the suffix of the format unless the person named another place."""
        box = self.query_one(Fields).fields["path"].box
        known = {f"{self.stem}{one.suffix}" for one in self.formats.values()}
        if isinstance(box, Input) and box.value in known:
            box.value = f"{self.stem}{self.formats[message.value].suffix}"
