"""Writes the items of a course to a file of another program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from certify.i18n import LANGUAGES, N_, _
from certify.i18n import language as spoken
from certify.services import item_export
from certify.services.item_export import ExportReport, ExportWish
from certify.tui import files
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp

MOST_SAID = 8
"""Lines about what the file does not hold; the command line names all."""


class ItemExportForm(Form):
    """Asks for course, format and which items; what was written stands in `report`."""

    HELP = N_(
        "The file is written into the folder exports of the home and holds the keys: only you "
        "may read it. What its format cannot hold is named afterwards. The export stands in the "
        "ledger."
    )

    def __init__(
        self, app: CertifyApp, actor: Actor, titles: Mapping[str, Mapping[str, str]], course: str
    ) -> None:
        """Args:
        titles: of the courses to choose from, by code.
        course: code of the one to begin at.
        """
        self.report: ExportReport | None = None

        async def send(values: dict[str, str]) -> str:
            wish = ExportWish(
                values["course"], values["format"], values["language"], values["state"] == "in-use"
            )
            file = f"{wish.course}{known[wish.format].suffixes[0]}"
            async with files.place(app, "", exports / file, file) as place:
                report = await app.use(item_export.export_items, actor=actor, wish=wish, path=place)
            self.report = replace(report, path=Path(files.shown(app, report.path)))
            return str(self.report.path)

        exports = app.platform.settings.home.exports
        known = app.platform.plugins.item_formats
        formats = [Choice(name, one.label) for name, one in known.items() if one.can_write]
        states = [Choice("all", N_("all but retired")), Choice("in-use", N_("in use"))]
        asks = [
            Ask("course", N_("Course"), course, choices=[Choice(*one) for one in titles.items()]),
            Ask("format", N_("Format"), choices=formats),
            Ask("state", N_("Which items?"), choices=states),
            Ask(
                "language",
                N_("Language"),
                spoken(),
                choices=[Choice(code, name) for code, name in LANGUAGES.items()],
            ),
        ]
        about = N_(
            "The file holds the keys; only you may read it. You have then seen the keys of what "
            "waits for a second key, and give none for it."
        )
        super().__init__(N_("Export items"), asks, send, about)


def done(report: ExportReport) -> Done:
    """Says what was written where, and what was not."""
    message = _("{found} found = {written} written + {lost} not written: {path}")
    said = message.format(
        found=report.found,
        written=report.written,
        lost=len(report.not_written),
        path=report.path,
    )
    lines = [f"{one.place}: {one.reason} {one.mend}".rstrip() for one in report.not_written]
    lines += [f"{group.count} × {group.message}" for group in report.losses]
    more = len(lines) - MOST_SAID
    if more > 0:
        lines[MOST_SAID:] = [_("… and {count} more").format(count=more)]
    return Done(said, lines)
