"""What is asked for before a certificate is written to a file or issued anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from certify.i18n import LANGUAGES, N_
from certify.services.certificates import handing_out, reissuing, words
from certify.tui import files
from certify.tui.dialogs.form import Form
from certify.tui.widgets.choices import Choice, Choices
from certify.tui.widgets.fields import Ask, Fields, required

if TYPE_CHECKING:
    from certify.domain.person import Actor
    from certify.tui.app import CertifyApp

FORMATS = (
    Choice("pdf", N_("PDF to print")),
    Choice("png", N_("PNG picture")),
    Choice("json", N_("Signed JSON")),
    Choice("jwt", N_("Signed JWT")),
)
SPOKEN = (Choice(words.BOTH, N_("both")), *(Choice(key, name) for key, name in LANGUAGES.items()))


class CertificateExportForm(Form):
    """Asks for format, language and place; the place's suffix follows the format."""

    HELP = N_(
        "PDF and PNG are the page, with a QR code and the signed document inside; JSON and JWT "
        "are the signed document alone. The language counts for the page."
    )

    def __init__(self, app: CertifyApp, actor: Actor, number: str) -> None:
        folder = app.platform.settings.home.exports
        self.stem = str(folder / number)

        async def send(values: dict[str, str]) -> str:
            typed, file = values.get("path", ""), f"{number}.{values['format']}"
            async with files.place(app, typed, folder / file, file) as place:
                done = await app.use(
                    handing_out.export,
                    actor=actor,
                    number=number,
                    format_name=values["format"],
                    path=place,
                    lang=values["lang"],
                )
            return files.shown(app, done.path)

        asks = [
            Ask("format", N_("Format"), FORMATS[0].value, choices=FORMATS),
            Ask("lang", N_("Language"), words.BOTH, choices=SPOKEN),
            *files.place_asks(app, folder / f"{number}.{FORMATS[0].value}", N_("File"), required),
        ]
        super().__init__(N_("Write the certificate to a file"), asks, send)

    @on(Choices.Changed)
    def follow(self, message: Choices.Changed) -> None:
        """Give the place the suffix of the format unless the person named another place."""
        place = self.query_one(Fields).fields.get("path")
        known = {f"{self.stem}.{one.value}" for one in FORMATS}
        if place is None or message.value not in handing_out.FORMATS:
            return
        if isinstance(place.box, Input) and place.box.value in known:
            place.box.value = f"{self.stem}.{message.value}"


def reissue_form(app: CertifyApp, actor: Actor, number: str) -> Form:
    """Asks why a certificate is issued anew."""

    async def send(values: dict[str, str]) -> str:
        done = await app.use(reissuing.reissue, actor=actor, number=number, reason=values["reason"])
        return str(done.revision)

    about = N_(
        "The number stays and the revision rises. The page gets the name and staff number that "
        "the person has now; what it said before stays readable."
    )
    return Form(N_("Issue anew"), [Ask("reason", N_("Reason"), check=required)], send, about)
