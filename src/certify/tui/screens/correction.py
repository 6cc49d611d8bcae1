"""One correction: exactly whom it changes, and then the decision."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain import scoring
from certify.domain.correction import Change
from certify.errors import CertifyError
from certify.i18n import N_, _, _n
from certify.services import correcting
from certify.services.correcting import Wish
from certify.services.correction_words import KINDS, change_text
from certify.tui.columns import fit, fit_right, row, widths
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.done import Done
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.rows import Entry


class CorrectionScreen(ListPage):
    """Whom a correction changes: one that is wished for, or one that was proposed."""

    HELP = N_(
        "Each line is a person whose result would change: the mark before and after, and what "
        "follows from it. P puts the correction before a second person; that person opens it from "
        "the list and applies it with A, or gives it up with W. Until then nothing changes."
    )
    RELOADS = False  # what is being applied must not be looked at again meanwhile
    BINDINGS = [
        Binding("p", "propose", N_("Propose")),
        Binding("a", "apply", N_("Apply")),
        Binding("w", "withdraw", N_("Withdraw")),
    ]

    def __init__(self, *, wish: Wish | None = None, number: int | None = None) -> None:
        """Args:
        wish: what is to be corrected, not proposed yet.
        number: of a proposed correction.
        """
        super().__init__()
        self.wish = wish
        self.number = number
        self.changes: list[Change] = []

    async def fetch(self) -> None:
        if self.wish is not None:
            self.changes = await self.certify.use(
                correcting.preview, actor=self.actor, wish=self.wish
            )
        elif self.number is not None:
            self.changes = await self.certify.use(
                correcting.look, actor=self.actor, number=self.number
            )

    def heading(self) -> str:
        if self.wish is not None:
            return f"{self.wish.item} · {_(KINDS[self.wish.kind])}"
        return _("Correction {number}").format(number=self.number)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "propose":
            return self.wish is not None
        if action in ("apply", "withdraw"):
            return self.number is not None
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Before"), _("After"), _("What changes")]
        return row([fit(text, room) for text, room in zip(heads, _widths(width), strict=True)])

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.changes:
            none = _("Nobody's result changes. Attempts still open are corrected when submitted.")
            return [Entry(safe_line(none))]
        return [Entry(_line(one, width), str(one.attempt_id)) for one in self.some(self.changes)]

    def detail(self, name: str) -> Content:
        one = next(one for one in self.changes if str(one.attempt_id) == name)
        return safe_text(f"{one.name} {one.staff_no}\n{change_text(one)}")

    def foot(self) -> Content:
        changed = sum(not one.kept for one in self.changes)
        kept = len(self.changes) - changed
        said = [_n("{count} result changes", "{count} results change", changed)]
        if kept:
            said.append(_n("{kept} keeps the higher mark", "{kept} keep the higher mark", kept))
        return Content(" · ".join(said).format(count=changed, kept=kept))

    @work(exclusive=True, group="decide")
    async def action_propose(self) -> None:
        """Put it before a second person."""
        assert self.wish is not None  # noqa: S101  the key is there for wishes only
        try:
            number = await self.certify.use(correcting.propose, actor=self.actor, wish=self.wish)
        except CertifyError as error:
            await self.certify.tell(error)
            return
        head = _("Correction {number} waits for a second person.").format(number=number)
        told = _("Somebody else who may correct results opens it under Corrections and applies it.")
        await self.app.push_screen_wait(Done(head, [told]))
        self.action_back()

    @work(exclusive=True, group="decide")
    async def action_apply(self) -> None:
        """Carry it out, after asking once more."""
        changed = sum(not one.kept for one in self.changes)
        told = _n("{count} result changes", "{count} results change", changed)
        details = Content(told.format(count=changed))
        question = Confirm(_("Apply the correction now?"), details, guarded=True)
        if self.number is not None and await self.app.push_screen_wait(question):
            await self._decide(correcting.apply)

    @work(exclusive=True, group="decide")
    async def action_withdraw(self) -> None:
        """Give it up, after asking."""
        question = Confirm(_("Withdraw the correction?"), Content(_("Nothing was changed by it.")))
        if self.number is not None and await self.app.push_screen_wait(question):
            await self._decide(correcting.withdraw)

    async def _decide(self, do: Callable[..., object]) -> None:
        try:
            await self.certify.use(do, actor=self.actor, number=self.number)
        except CertifyError as error:
            await self.certify.tell(error)
            return
        self.action_back()


def _widths(width: int) -> list[int]:
    return widths(width, [9, 12, 7, 7, 0], [1])


def _line(one: Change, width: int) -> Content:
    rooms = _widths(width)
    marks = [fit_right(_mark(mark), 7) for mark in (one.before, one.after)]
    names = [fit(one.staff_no, rooms[0]), fit(one.name, rooms[1])]
    return row([*names, *marks, fit(change_text(one), rooms[-1])])


def _mark(mark: Fraction | None) -> str:
    return "–" if mark is None else scoring.cut(mark)
