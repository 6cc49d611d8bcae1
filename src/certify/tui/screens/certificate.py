"""One certificate: how it stands, what it says, its revisions; files of it, and issuing it anew."""

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.domain.qualification import QualificationState
from certify.i18n import N_, _
from certify.services import catalogue
from certify.services.catalogue import CertificateView
from certify.services.certificates import reissuing, words
from certify.services.qualifying.words import reason_text
from certify.tui import files, qualification_words
from certify.tui.columns import fit
from certify.tui.dialogs.certificate import CertificateExportForm, reissue_form
from certify.tui.dialogs.choose import Choose
from certify.tui.dialogs.done import Done
from certify.tui.lines_page import LinesPage
from certify.tui.safe_text import safe_line
from certify.tui.signs import signed
from certify.tui.widgets.paper import PaperLine
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import hung, wrap

FADED = "$foreground 70%"


class CertificateScreen(LinesPage):
    """Keys are offered only to who may use them."""

    HELP = N_(
        "What the certificate says, as it was frozen on the day of issue. E writes it to a file: "
        "a page as PDF or PNG with a QR code, or the signed document. R, for HR, issues it anew "
        "with the name of today: the number stays, the revision rises. V shows what an earlier "
        "revision said. When a name changes, what still holds is issued anew by itself."
    )
    BINDINGS = [
        Binding("e", "export", N_("To a file")),
        Binding("r", "reissue", N_("Issue anew")),
        Binding("v", "revision", N_("Revisions")),
    ]

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self.wanted: int | None = None
        """The revision shown; None for the one that holds."""
        self.view: CertificateView | None = None

    async def fetch(self) -> None:
        view = await self.certify.use(
            catalogue.certificate, actor=self.actor, number=self.number, revision=self.wanted
        )
        if view.state == "unknown":
            raise reissuing.no_certificate(self.number)
        self.view = view

    def heading(self) -> str:
        return _("Certificate {number}").format(number=self.number)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        view = self.view
        if action == "export":
            is_own = view is not None and view.is_own
            return view is not None and not view.is_erased and (is_own or self._is_issuer)
        if action == "reissue":
            is_open = view is not None and not view.is_erased and self._state not in reissuing.OVER
            return is_open and self._is_issuer
        if action == "revision":
            return view is not None and bool(view.revisions)
        return super().check_action(action, parameters)

    def foot(self) -> Content:
        view = self.view
        if view is None:
            return Content()
        if view.is_erased:
            return signed("–", _("The personal data were removed."), "$warning")
        if self._is_earlier(view):
            text = _("This is an earlier revision; it does not hold any more.")
            return signed("!", text, "$warning")
        return Content()

    @work
    async def action_export(self) -> None:
        """Write the certificate to a file."""
        if await files.cannot_take(self.certify, f"certify certificate export {self.number}"):
            return
        form = CertificateExportForm(self.certify, self.actor, self.number)
        if path := await self.app.push_screen_wait(form):
            lines = [_("{label}: {value}").format(label=_("File"), value=path)]
            await self.app.push_screen_wait(Done(_("The certificate was written"), lines))

    @work
    async def action_reissue(self) -> None:
        """Issue the certificate anew."""
        form = reissue_form(self.certify, self.actor, self.number)
        if await self.app.push_screen_wait(form) is not None:
            self.wanted = None
            self.reload()

    @work
    async def action_revision(self) -> None:
        """Choose the revision to show."""
        if self.view is None:
            return
        newest = len(self.view.revisions) + 1
        text = _("Revision {revision}")
        entries = [
            Entry(Content(text.format(revision=one)), str(one)) for one in range(newest, 0, -1)
        ]
        chosen = await self.app.push_screen_wait(
            Choose(_("Revisions"), entries, str(self.view.revision))
        )
        if chosen is not None:
            self.wanted = None if int(chosen) == newest else int(chosen)
            self.reload()

    @property
    def _is_issuer(self) -> bool:
        return may(self.actor, Action.ISSUE_CERTIFICATES)

    @property
    def _state(self) -> QualificationState:
        assert self.view is not None  # noqa: S101  asked after the first fetch
        return QualificationState(self.view.state)

    def _is_earlier(self, view: CertificateView) -> bool:
        return view.revision <= len(view.revisions)

    def _write(self, width: int) -> list[PaperLine]:
        view = self.view
        if view is None:
            return []
        facts = words.fact_lines(view.facts)
        issued = f"{view.revision}"
        if view.issued_at is not None:
            issued += f" ({self.local(view.issued_at).date().isoformat()})"
        facts.append((_("Revision"), issued))
        room = min(24, max(Content(label).cell_length for label, _value in facts))
        lines = [PaperLine(qualification_words.state(self._state)), PaperLine(Content())]
        for block, (label, value) in enumerate(facts, start=1):
            lead = fit(label, room).stylize(FADED) + Content("  ")
            lines += [PaperLine(part, block) for part in hung(lead, safe_line(value), width)]
        if view.revisions:
            lines += [
                PaperLine(Content()),
                PaperLine(Content.styled(_("Earlier revisions"), "bold $primary")),
            ]
        for one in reversed(view.revisions):
            said = _("Revision {revision} of {day}, replaced: {reason}").format(
                revision=one.revision,
                day=self.local(one.issued_at).date().isoformat(),
                reason=reason_text(one.reason),
            )
            lines += [PaperLine(part, len(facts) + 1) for part in wrap(safe_line(said), width)]
        return lines
