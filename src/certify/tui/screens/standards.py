"""The standards catalogue: what is in force, its targets, the items that cite it."""

from collections.abc import Sequence
from datetime import date

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.i18n import N_, _, pick
from certify.services import standards
from certify.services.standard_life import reviewing
from certify.services.standards import StandardView
from certify.tui.columns import fit, fit_content, row, widths
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.form import Form
from certify.tui.dialogs.standard_draft import YES_NO, draft_form
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.screens.standard_draft import StandardDraftScreen
from certify.tui.screens.standard_drafts import StandardDraftsScreen
from certify.tui.signs import signed
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

TEXTS = ("item", "category", "requirement", "department", "target", "remark")
"""What a text says, as a draft keeps it."""


class StandardsScreen(ListPage):
    """Every standard; Enter shows it in full."""

    SEARCHES = True
    HELP = N_(
        "The catalogue as it is today: number, what it is about, its target, its state with how "
        "many items in use are older than its text, and until when it is to be reviewed. D drafts "
        "a new text of the one under ▸, M shows all texts in the making, R writes down a regular "
        "review. “certify standard show” on the command line shows any earlier day."
    )
    BINDINGS = [
        Binding("d", "draft", N_("New text")),
        Binding("m", "makings", N_("In the making")),
        Binding("r", "review", N_("Reviewed")),
        Binding("l", "loop", N_("Loop")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.views: list[StandardView] = []

    async def fetch(self) -> None:
        self.views = await self.certify.use(standards.catalogue, actor=self.actor)

    def searched(self) -> None:
        self.show()

    def heading(self) -> str:
        return _("Standards")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("draft", "review"):
            one = self._named(self.chosen) if self.chosen else None
            if one is None or not may(self.actor, Action.MANAGE_STANDARDS):
                return False
            return one.withdrawn_on is None if action == "draft" else one.is_in_force
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("No."), _("Standard"), _("Target"), _("State"), _("Review until")]
        return row([fit(text, room) for text, room in zip(heads, _widths(width), strict=True)])

    def entries(self, width: int) -> Sequence[Entry]:
        wanted = self.wanted.casefold()
        found = [
            one
            for one in self.views
            if wanted in " ".join((one.number, *one.item.values())).casefold()
        ]
        if not self.views:
            none = _("The catalogue is empty. “certify standard import FILE” fills it.")
            return [Entry(line) for line in wrap(Content.styled(none, "$foreground 80%"), width)]
        today = self.certify.platform.today()
        return [Entry(_line(one, width, today), one.number) for one in self.some(found)]

    def detail(self, name: str) -> Content:
        one = self._named(name)
        head = safe_line(f"{one.number}  {pick(one.item)}", "bold")
        return Content("\n").join([head, safe_text("\n".join(standards.lines(one)[1:]))])

    def foot(self) -> Content:
        return Content(_("Enter: all of it")) if self.chosen else Content()

    def open(self, name: str) -> None:
        head, *rest = standards.lines(self._named(name))
        self.app.push_screen(Done(head, rest))

    @work
    async def action_draft(self) -> None:
        """Begin a new text of the chosen one, or go on with the one that is begun."""
        one = self._named(self.chosen)
        if one.draft is not None:
            self.app.push_screen(StandardDraftScreen(one.draft))
            return
        content = {name: getattr(one, name) for name in TEXTS}
        form = await draft_form(self.certify, self.actor, number=one.number, content=content)
        if number := await self.app.push_screen_wait(form):
            self.app.push_screen(StandardDraftScreen(int(number)))

    def action_makings(self) -> None:
        """All texts in the making."""
        self.app.push_screen(StandardDraftsScreen())

    @work
    async def action_review(self) -> None:
        """Write down that the chosen one was reviewed today."""
        one = self._named(self.chosen)

        async def send(values: dict[str, str]) -> str:
            await self.certify.use(
                reviewing.review,
                actor=self.actor,
                number=one.number,
                keeps=bool(values["keeps"]),
                remark=values["remark"],
            )
            return ""

        asks = [
            Ask("keeps", N_("Stays as it is"), "yes", choices=YES_NO),
            Ask("remark", N_("Remark"), check=required),
        ]
        about = f"{one.number}  {pick(one.item)}"
        if await self.app.push_screen_wait(Form(N_("Regular review"), asks, send, about)) is None:
            return
        self.reload()

    def action_loop(self) -> None:
        """From the lesson to the work and back."""
        from certify.tui.screens.standard_loop import StandardLoopScreen

        if self.chosen:
            self.app.push_screen(StandardLoopScreen(self.chosen))

    def _named(self, number: str) -> StandardView:
        return next(one for one in self.views if one.number == number)


def _widths(width: int) -> list[int]:
    return widths(width, [9, 0, 0, 14, 12], [1, 1])


def _line(one: StandardView, width: int, today: date) -> Content:
    rooms = _widths(width)
    texts = [one.number, pick(one.item), standards.target_text(one.target)]
    fitted = [fit(text, room) for text, room in zip(texts, rooms, strict=False)]
    return row(
        [*fitted, fit_content(_state(one), rooms[3]), fit_content(_review(one, today), rooms[4])]
    )


def _state(one: StandardView) -> Content:
    if one.withdrawn_on is not None and not one.is_in_force:
        return signed("–", _("withdrawn"), "$foreground 70%")
    if not one.is_in_force:
        return signed("○", _("approved"), "$accent")
    if one.stale:
        text = _("{count} to look at").format(count=len(one.stale))
        return signed("!", text, "$warning")
    if one.draft is not None:
        return signed("◐", _("new text"), "$accent")
    return signed("✓", _("in force"), "$success")


def _review(one: StandardView, today: date) -> Content:
    if one.review_due is None:
        return Content()
    if one.review_due < today:
        return signed("!", one.review_due.isoformat(), "$error")
    return Content(f"  {one.review_due.isoformat()}")
