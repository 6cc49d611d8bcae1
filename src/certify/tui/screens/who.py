"""The ready-made company: whom one wants to be."""

from collections.abc import Sequence

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.domain.person import Role
from certify.errors import CertifyError
from certify.i18n import N_, _, _n, pick
from certify.services import founding, sign_in
from certify.services.sign_in import Choice
from certify.tui import person_words
from certify.tui.columns import fit, row, widths
from certify.tui.dialogs.confirm import Confirm
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.rows import Entry

READY = "001001"
"""Who has read everything in the ready-made company and only needs to sit the exam."""
NOT_REAL = N_(
    "The ready-made company is not real; what you did in it is kept only if you named a --home."
)
"""What leaving it means."""
STORIES = (
    (Role.TRAINER, N_("item banks and figures, cohorts, corrections")),
    (Role.EXAMINER, N_("marks essays, and practical exams while watching")),
    (Role.HR, N_("people, qualification list and export, corrections")),
    (Role.SUPERVISOR, N_("rates their own people and assigns courses")),
    (Role.EVALUATOR, N_("runs evaluations: values, grades, appeals")),
    (Role.INSPECTOR, N_("checks the service and orders corrections")),
)
"""Roles worth looking at, each with what one can do."""
PAGES = {
    Role.TRAINER: (
        N_("Marking"),
        N_("Corrections"),
        N_("Item analysis"),
        N_("Cohorts"),
        N_("Blueprint"),
        N_("Exams in progress"),
    ),
    Role.EXAMINER: (N_("Marking"),),
    Role.HR: (
        N_("Corrections"),
        N_("Cohorts"),
        N_("Exams in progress"),
        N_("Retakes"),
        N_("Item analysis"),
    ),
    Role.EVALUATOR: (N_("Evaluation periods"), N_("Appeals")),
    Role.INSPECTOR: (
        N_("Inspections"),
        N_("Who is due for inspection"),
        N_("Rectification notices"),
        N_("Anomaly forms"),
    ),
}
"""What such a role opens by Ctrl+P, since the first page shows none of it."""


class WhoScreen(ListPage):
    """Everybody of the ready-made company; Enter becomes the one under ▸."""

    HELP = N_(
        "This is a ready-made company to look around in: choose somebody and see certify as they "
        "see it. Nothing here is real, so try everything.\n\nIn a home of your own, people sign in "
        "with staff number and password instead."
    )
    SEARCHES = True
    BINDINGS = [
        Binding("q", "leave", N_("Quit")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.people: list[Choice] = []
        self.organisation = ""

    async def fetch(self) -> None:
        self.people = await self.certify.use(sign_in.choices)
        found = await self.certify.use(founding.organisation)
        self.organisation = found.name if found else ""

    def heading(self) -> str:
        return self.organisation + " · " + _("Who do you want to be?")

    def searched(self) -> None:
        self.show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        # There is nothing before the first page, but Esc closes the search.
        return action != "back" or self.has_class("-searching")

    def columns(self, width: int) -> Content:
        names = [_("Staff no."), _("Name"), _("Department"), _("Post"), _("Roles")]
        shared = self._widths(width)
        return row([fit(name, cells) for name, cells in zip(names, shared, strict=True)])

    def entries(self, width: int) -> Sequence[Entry]:
        wanted, found = self.wanted.strip(), self._found()
        if not found:
            return [Entry(safe_line(_("Nobody is called “{text}”.").format(text=self.wanted)))]
        entries = []
        if not wanted and (suggested := self._suggested()):
            entries.append(Entry(Content.styled(_("Try this first"), "bold $primary")))
            for one, story in suggested:
                number, name, *_rest = self._widths(width)
                left = width - number - name - 4
                cells = [fit(one.staff_no, number), fit(one.name, name), fit(_(story), left)]
                line = row(cells)
                entries.append(Entry(line, f"try:{one.staff_no}"))
            entries.append(Entry(Content()))
            entries.append(Entry(Content.styled(_("Everybody"), "bold $primary")))
        return entries + [
            Entry(self._line(one, width), f"all:{one.staff_no}") for one in self.some(found)
        ]

    def detail(self, name: str) -> Content:
        one = self._named(name)
        if one is None:
            return Content()
        story = next((story for who, story in self._suggested() if who is one), "")
        name, post = f"{one.name}  {one.staff_no}", f"{pick(one.department)} · {pick(one.post)}"
        roles = person_words.roles(one.roles)
        if not story:
            return Content("\n").join([safe_line(name, "bold"), safe_line(f"{post} · {roles}")])
        parts = [safe_line(f"{name} · {post}", "bold"), safe_text(_(story))]
        pages = [page for role, pages in PAGES.items() if role in one.roles for page in pages]
        if pages:
            names = _(", ").join(_(page) for page in dict.fromkeys(pages))
            parts.append(safe_line(_("Ctrl+P there: {pages}").format(pages=names)))
        else:
            parts.append(safe_line(roles))
        return Content("\n").join(parts)

    def foot(self) -> Content:
        count = len(self._found())
        text = _n("{count} person", "{count} people", count).format(count=count)
        return Content(text + " · " + _("Enter: be this person") if count else text)

    def open(self, name: str) -> None:
        self.become(name.partition(":")[2])

    @work
    async def become(self, number: str) -> None:
        """Go on as the person with this staff number."""
        from certify.tui.screens.home import HomeScreen

        try:
            self.certify.actor = await self.certify.use(sign_in.act_as, staff_no=number)
        except CertifyError as error:
            await self.certify.tell(error)
            return
        self.app.push_screen(HomeScreen())

    @work
    async def action_leave(self) -> None:
        """Leave certify."""
        details = Content(_(NOT_REAL))
        if await self.app.push_screen_wait(Confirm(_("Leave certify?"), details)):
            self.app.exit(0)

    def _found(self) -> list[Choice]:
        """Whom the search finds; everybody when nothing is searched for."""
        wanted = self.wanted.strip().lower()
        return [
            one
            for one in self.people
            if any(wanted in text.lower() for text in (one.staff_no, one.name, *one.post.values()))
        ]

    def _suggested(self) -> list[tuple[Choice, str]]:
        by_number = {one.staff_no: one for one in self.people}
        found = (
            [(by_number[READY], N_("practises, and can sit the exam right now"))]
            if READY in by_number
            else []
        )
        for role, story in STORIES:
            taken = {one.staff_no for one, _story in found}
            able = [o for o in self.people if role in o.roles and o.staff_no not in taken]
            # Whoever has few other roles shows best what this one is.
            holder = min(able, key=lambda one: (len(one.roles), one.staff_no), default=None)
            if holder is not None:
                found.append((holder, story))
        return found

    def _named(self, name: str) -> Choice | None:
        number = name.partition(":")[2]
        return next((one for one in self.people if one.staff_no == number), None)

    def _line(self, one: Choice, width: int) -> Content:
        texts = [
            one.staff_no,
            one.name,
            pick(one.department),
            pick(one.post),
            person_words.roles(one.roles),
        ]
        shared = self._widths(width)
        return row([fit(text, cells) for text, cells in zip(texts, shared, strict=True)])

    @staticmethod
    def _widths(width: int) -> list[int]:
        return widths(width, [person_words.number_width(), 12, 0, 0, 0], [3, 3, 3])
