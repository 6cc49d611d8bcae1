"""Writes all that is kept of a person into an archive, and says where it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from certify.i18n import N_
from certify.services.privacy import extract_file
from certify.tui import files
from certify.tui.dialogs.form import Form

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp


class ExtractForm(Form):
    """A folder is enough as a place: the file's name is then its number's."""

    HELP = N_(
        "The archive holds the same twice, as JSON for programs and as Markdown to read, and a "
        "manifest with the number that the ledger keeps. Only its owner may read the file; hand "
        "it to that person alone."
    )

    def __init__(self, app: CertifyApp, actor: Actor, staff_no: str, name: str) -> None:
        folder = app.platform.settings.home.exports

        async def send(values: dict[str, str]) -> str:
            typed, file = values.get("path", ""), f"personal-data-{staff_no}.zip"
            async with files.place(app, typed, folder, file) as place:
                made = await app.use(
                    extract_file.write_extract,
                    actor=actor,
                    staff_no=staff_no,
                    path=None if place == folder else place,
                )
            return f"{made.number}\n{made.rows}\n{files.shown(app, made.path)}"

        asks = files.place_asks(app, folder)
        super().__init__(N_("Write it to a file"), asks, send, about=f"{name} {staff_no}")
