"""What one deed for many certificates comes to: shown before it is done, and after."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.bulk import Deed
from certify.errors import CertifyError
from certify.i18n import N_, _, pick
from certify.services.bulk import Outcome, bulk
from certify.tui import person_words
from certify.tui.bulk_words import DEEDS
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.signs import signed
from certify.tui.widgets.rows import Entry


class BulkScreen(ListPage):
    """Who is dealt with and who is refused, first as a trial."""

    HELP = N_(
        "Nothing is done yet: each line says what will happen to whom, or why it is refused. A "
        "does it for every line that is not refused; each person is done whole or not at all. "
        "Whatever was done is not done twice when you do the same again."
    )
    RELOADS = False
    IS_BESIDE = False
    BINDINGS = [Binding("a", "take", N_("Do it"))]

    def __init__(self, deed: Deed, certificates: Sequence[str], reason: str) -> None:
        super().__init__()
        self.deed = deed
        self.certificates = certificates
        self.reason = reason
        self.outcomes: tuple[Outcome, ...] = ()
        self.is_done = False

    async def fetch(self) -> None:
        self.outcomes = await self._bulk(self.certificates, apply=False)

    def heading(self) -> str:
        return _(DEEDS[self.deed]) if self.deed in DEEDS else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "take":
            return not self.is_done and any(not one.is_refused for one in self.outcomes)
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Qualification")]
        return _row(heads, Content(""), Content(_("What happens")), width)

    def entries(self, width: int) -> Sequence[Entry]:
        return [
            Entry(
                _row(
                    [one.staff_no, one.name, pick(one.title)],
                    self._sign(one),
                    safe_line(one.said),
                    width,
                ),
                one.certificate,
            )
            for one in self.some(sorted(self.outcomes, key=lambda one: one.is_refused))
        ]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.outcomes if one.certificate == name)
        head = safe_line(f"{one.name} {one.staff_no} · {one.certificate} · ", "bold")
        return Content("\n").join([head + self._sign(one), safe_text(one.said)])

    def foot(self) -> Content:
        refused = sum(one.is_refused for one in self.outcomes)
        done = len(self.outcomes) - refused
        text = _("Nothing is done yet: {done} will be done, {refused} are refused. A does it.")
        if self.is_done:
            text = _("✓ {done} were done, {refused} were refused.")
        elif not done:
            text = _("Nothing can be done: all {refused} are refused.")
        return Content(text.format(done=done, refused=refused))

    @work
    async def action_take(self) -> None:
        """Do it for all that are not refused."""
        which = [one.certificate for one in self.outcomes if not one.is_refused]
        left = tuple(one for one in self.outcomes if one.is_refused)
        try:
            made = await self._bulk(which, apply=True)
        except CertifyError as error:
            await self.certify.tell(error)
            return
        self.outcomes, self.is_done = (*made, *left), True
        self.retell()

    async def _bulk(self, which: Sequence[str], *, apply: bool) -> tuple[Outcome, ...]:
        return await self.certify.use(
            bulk,
            actor=self.actor,
            deed=self.deed,
            certificates=which,
            reason=self.reason,
            apply=apply,
        )

    def _sign(self, one: Outcome) -> Content:
        if one.is_refused:
            return signed("✗", _("refused"), "$error")
        return (
            signed("✓", _("done"), "$success") if self.is_done else signed("→", _("will be done"))
        )


def _row(texts: Sequence[str], sign: Content, said: Content, width: int) -> Content:
    shared = widths(width, [person_words.number_width(), 0, 0, 14, 0], [3, 4, 10], gap=1)
    cells = [fit(text, cells) for text, cells in zip(texts, shared, strict=False)]
    return row([*cells, fit_content(sign, shared[3]), fit_content(said, shared[4])], gap=1)
