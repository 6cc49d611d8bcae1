"""Everybody in the company, for HR and administrators."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content

from certify.domain.permission import Action, may
from certify.domain.person import PersonStatus
from certify.errors import CertifyError
from certify.i18n import N_, _, _n, pick
from certify.services import people, people_columns, sign_in
from certify.services.forms.form import Wanted
from certify.services.people import PersonView
from certify.tui import files, people_filters, person_words
from certify.tui.columns import fit, fit_right, row, widths
from certify.tui.dialogs.assign import assign_form
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.form import Form
from certify.tui.dialogs.new_department import new_department_form
from certify.tui.dialogs.new_person import new_person_form
from certify.tui.dialogs.start_code import StartCode
from certify.tui.exports import Exports
from certify.tui.filtered_list import Filter, FilteredList
from certify.tui.safe_text import safe_line
from certify.tui.widgets.fields import Ask, required
from certify.tui.widgets.line import Line
from certify.tui.widgets.rows import Entry

NEEDS = {
    "assign": Action.ASSIGN_COURSE,
    "start_code": Action.CHANGE_PEOPLE,
    "new": Action.CHANGE_PEOPLE,
    "take_over": Action.CHANGE_PEOPLE,
    "new_department": Action.CHANGE_PEOPLE,
    "history": Action.SEE_RECORD,
}
"""What one must be allowed to do for a key to be there."""


class PeopleScreen(Exports, FilteredList):
    """The people list; Enter opens the one under ▸."""

    HELP = N_(
        "Everybody with a staff number, by department. Enter opens the person, if you may see "
        "the record. A assigns a course, C gives a start code for the first sign-in (it is shown "
        "once), N adds a person, I takes over a file of people: first you see what it would "
        "change, then you decide. D adds a department or a post. H shows the history: posts, "
        "supervisors and absences, and there HR changes them. / searches by name, number or "
        "pinyin, F narrows the list, V keeps the filters under a name and shows them again."
    )
    KEEPS = "people"
    SEARCHES = True
    AT_MOST = 150
    IS_BESIDE = False
    BINDINGS = [
        Binding("a", "assign", N_("Assign course")),
        Binding("c", "start_code", N_("Start code")),
        Binding("n", "new", N_("New person")),
        Binding("i", "take_over", N_("Import")),
        Binding("d", "new_department", N_("Department/post")),
        Binding("h", "history", N_("History")),
        Binding("e", "export", N_("Export")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.everybody: list[PersonView] = []
        self.found: list[PersonView] = []
        """Who fits what is searched for and the filters."""
        self.done = ("", "")
        """Staff number of whom something was done to, and what."""

    async def fetch(self) -> None:
        await self.begin()
        self.everybody = await self.certify.use(people.people_list, actor=self.actor)

    def searched(self) -> None:
        self.show()  # everybody is here already: a letter costs no look into the database

    def narrowed(self) -> None:
        self.show()

    def top(self) -> ComposeResult:
        yield Line(id="filters")

    def filters(self) -> Sequence[Filter]:
        return people_filters.filters(self.everybody)

    def forms(self) -> Sequence[tuple[str, Wanted]]:
        values: dict[str, Any] = {**self.values, "search": self.wanted}
        return [("people-list", Wanted(**values))]

    def show(self) -> None:
        self.query_one("#filters", Line).put(Content(" ") + self.said())
        self.found = people_filters.fitting(self.everybody, self.values, self.wanted)
        super().show()

    def heading(self) -> str:
        return _("People")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in NEEDS:
            has_person = (
                action not in ("assign", "start_code", "history") or self._chosen() is not None
            )
            return has_person and may(self.actor, NEEDS[action])
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        heads = [_("Staff no."), _("Name"), _("Department"), _("Post"), _("Supervisor")]
        heads += [_("Level"), _("Qual."), _("Hired on")]
        return _row(heads, width)

    def entries(self, width: int) -> Sequence[Entry]:
        if not self.found:
            none = _("Nobody is called “{text}”.").format(text=self.wanted)
            if self.values:
                none = _("Nobody fits. F changes the filters.")
            return [Entry(safe_line(none))]
        return [
            Entry(
                _row(
                    [
                        one.staff_no,
                        one.name,
                        pick(one.department),
                        pick(one.post),
                        one.supervisor,
                        one.level,
                        str(one.qualifications or ""),
                        one.hired_on.isoformat(),
                    ],
                    width,
                ),
                one.staff_no,
            )
            for one in self.some(self.found)
        ]

    def detail(self, name: str) -> Content:
        one = self._chosen()
        if one is None:
            return Content()
        left = " · " + _("has left") if one.status is PersonStatus.LEFT else ""
        where = [pick(one.department), pick(one.post), person_words.roles(one.roles)]
        if one.supervisor:
            where.append(_("supervisor: {name}").format(name=one.supervisor))
        return Content("\n").join(
            [safe_line(f"{one.name} {one.staff_no}{left}", "bold"), safe_line(" · ".join(where))]
        )

    def foot(self) -> Content:
        about, said = self.done
        if said and about == self.chosen:
            return safe_line(f"✓ {said}", "$success")
        count = len(self.found)
        return Content(_n("{count} person", "{count} people", count).format(count=count))

    def open(self, name: str) -> None:
        from certify.tui.screens.person_card import PersonCardScreen

        self.app.push_screen(PersonCardScreen(name))

    @work
    async def action_assign(self) -> None:
        """Assign a course to the person under ▸."""
        if one := self._chosen():
            form = await assign_form(self.certify, self.actor, one.staff_no, one.name)
            if said := await self.app.push_screen_wait(form):
                self.done = (one.staff_no, said)
                self.show()

    @work
    async def action_start_code(self) -> None:
        """Give the person under ▸ a start code; an earlier password ends."""
        if (one := self._chosen()) is None:
            return
        details = _("{name} signs in with it once and then chooses a password. ")
        details += _("An earlier password stops working.")
        question = _("Give a new start code?")
        if not await self.app.push_screen_wait(
            Confirm(question, safe_line(details.format(name=f"{one.name} {one.staff_no}")))
        ):
            return
        try:
            code = await self.certify.use(
                sign_in.give_start_code, actor=self.actor, staff_no=one.staff_no
            )
        except CertifyError as error:
            await self.certify.tell(error)
            return
        await self.app.push_screen_wait(StartCode(one.name, one.staff_no, code))

    def action_history(self) -> None:
        """Open the history of the person under ▸."""
        from certify.tui.screens.person_history import PersonHistoryScreen

        if one := self._chosen():
            self.app.push_screen(PersonHistoryScreen(one.staff_no))

    @work
    async def action_new(self) -> None:
        """Add a person."""
        form = await new_person_form(self.certify, self.actor)
        if await self.app.push_screen_wait(form):
            self.reload()

    @work
    async def action_new_department(self) -> None:
        """Add a department or a post."""
        form = new_department_form(self.certify, self.actor)
        if said := await self.app.push_screen_wait(form):
            self.done = (self.chosen, said)
            self.show()

    @work
    async def action_take_over(self) -> None:
        """Ask for a file of people and show what it would change."""

        if await files.cannot_give(self.certify, "certify person import FILE"):
            return

        async def check(values: dict[str, str]) -> str:
            return values["path"]

        about = N_("A CSV or XLSX file with a row of headings. Nothing is changed yet.")
        asks = [Ask("path", N_("File"), check=required)]
        path = await self.app.push_screen_wait(Form(N_("Import people"), asks, check, about))
        if path:
            await self._look_at(Path(path).expanduser())

    async def _look_at(self, path: Path) -> None:
        """Show what a file would change; first what its columns mean, where that is not plain."""
        from certify.tui.screens.people_columns import PeopleColumnsScreen
        from certify.tui.screens.people_import import PeopleImportScreen

        try:
            found = await self.certify.use(people_columns.file_columns, actor=self.actor, path=path)
        except CertifyError as error:
            await self.certify.tell(error)
            return
        page = PeopleImportScreen(path)
        if found.is_plain:
            self.app.push_screen(page)
            return

        def take(mapping: dict[str, str]) -> None:
            page.mapping = mapping
            self.app.call_later(self.app.push_screen, page)

        self.app.push_screen(PeopleColumnsScreen(found, take))

    def _chosen(self) -> PersonView | None:
        chosen = self.chosen
        return next((one for one in self.found if one.staff_no == chosen), None)


def _row(texts: Sequence[str], width: int) -> Content:
    shared = widths(width, [person_words.number_width(), 0, 0, 0, 0, 5, 5, 10], [5, 6, 6, 5], gap=1)
    return row(
        [
            fit_right(text, cells) if place == 6 else fit(text, cells)
            for place, (text, cells) in enumerate(zip(texts, shared, strict=True))
        ],
        gap=1,
    )
