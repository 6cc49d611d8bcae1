"""Certificates: one's own, for HR everybody's."""

from collections.abc import Sequence

from textual.content import Content

from certify.domain.permission import Action, may
from certify.i18n import N_, _, _n, pick
from certify.services.certificates import listing
from certify.services.certificates.listing import CertificateLine
from certify.tui import qualification_words
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class CertificatesScreen(ListPage):
    """One line each, newest first; Enter opens the certificate."""

    HELP = N_(
        "Every certificate that was ever given, also those that do not hold any more; HR sees "
        "everybody's. / searches by number, name, pinyin or qualification. Enter opens one: what "
        "it says, and a file of it as PDF, PNG or signed document."
    )
    SEARCHES = True
    IS_BESIDE = False

    def __init__(self) -> None:
        super().__init__()
        self.found: list[CertificateLine] = []

    async def fetch(self) -> None:
        if may(self.actor, Action.SEE_QUALIFICATIONS):
            self.found = await self.certify.use(
                listing.of_everybody, actor=self.actor, search=self.wanted
            )
        else:
            self.found = await self.certify.use(listing.of_person, actor=self.actor)

    def heading(self) -> str:
        return _("Certificates")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "search":
            return may(self.actor, Action.SEE_QUALIFICATIONS)
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Certificate no."), _("Name"), _("Qualification"), _("Valid to")]
        return _row(heads, Content(_("State")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.found:
            none = _(
                "There is no certificate here. Who passes the exam of a course earns one, with a "
                "number that anybody can check."
            )
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        return [_entry(one, width) for one in self.some(self.found)]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.found if one.number == name)
        text = _("Certificate {number}, issued on {day}, revision {revision}").format(
            number=one.number, day=one.issued_on.isoformat(), revision=one.revision
        )
        head = safe_line(f"{one.name} {one.staff_no} · {pick(one.title)} · ", "bold")
        state = qualification_words.state(one.state)
        lines = [head + state, safe_text(text)]
        if one.is_erased:
            lines.append(Content(_("The personal data were removed.")))
        return Content("\n").join(lines)

    def foot(self) -> Content:
        count = len(self.found)
        text = _n("{count} certificate", "{count} certificates", count)
        return Content(text.format(count=count))

    def open(self, name: str) -> None:
        from certify.tui.screens.certificate import CertificateScreen

        self.app.push_screen(CertificateScreen(name))


def _entry(one: CertificateLine, width: int) -> Entry:
    texts = [one.number, one.name, pick(one.title), one.valid_to.isoformat()]
    return Entry(_row(texts, qualification_words.state(one.state), width), one.number)


def _row(texts: Sequence[str], state: Content, width: int) -> Content:
    shared = widths(width, [18, 0, 0, 10, 12], [3, 4])
    cells = [fit(text, cells) for text, cells in zip(texts, shared[:-1], strict=True)]
    return row([*cells, fit_content(state, shared[-1])])
