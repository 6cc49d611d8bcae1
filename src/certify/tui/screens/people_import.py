"""What a file of people would change, before it changes anything."""

from collections.abc import Sequence
from pathlib import Path

from textual import work
from textual.binding import Binding
from textual.content import Content

from certify.errors import CertifyError
from certify.i18n import N_, _, _n
from certify.services import people_columns, people_import, people_words
from certify.services.people_changes import PersonChange
from certify.services.people_import import ImportReport
from certify.services.people_rows import Rejection
from certify.tui.columns import fit, fit_right, row, widths
from certify.tui.dialogs.confirm import Confirm
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line, safe_text
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap


class PeopleImportScreen(ListPage):
    """The dry run of an import; `a` applies it when nothing is wrong."""

    HELP = N_(
        "The file was read and checked; nothing is changed yet. Every cell that cannot be used "
        "stands here with its row, what is wrong and how to mend it. Mend the file and press R "
        "to read it again; when nothing is wrong, A takes all of it over. Below stands what "
        "changes for whom; the line under the list says each value before and after. M says what "
        "the columns mean."
    )
    RELOADS = False
    BINDINGS = [
        Binding("a", "take", N_("Take over")),
        Binding("r", "read_again", N_("Read again")),
        Binding("m", "map", N_("Columns")),
    ]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.report: ImportReport | None = None
        self.mapping: dict[str, str] | None = None
        """What HR said of the headings on this page; None for what is kept or guessed."""

    async def fetch(self) -> None:
        self.report = await self._import(apply=False)

    async def _import(self, *, apply: bool) -> ImportReport:
        return await self.certify.use(
            people_import.import_people,
            actor=self.actor,
            path=self.path,
            apply=apply,
            mapping=self.mapping,
        )

    def heading(self) -> str:
        return _("Import people")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "take":
            report = self.report
            is_clean = report is not None and not report.rejections and not report.applied
            return report is not None and is_clean and report.added + report.changed > 0
        return super().check_action(action, parameters)

    def columns(self, width: int) -> Content:
        if self.report is None or not self.report.rejections:
            return Content()
        return _row(_("Row"), _("Column"), _("What is wrong"), width)

    def entries(self, width: int) -> Sequence[Entry]:
        report = self.report
        if report is None:
            return []
        if report.rejections:
            return [
                Entry(_row(str(one.row), one.column, one.message, width), str(number))
                for number, one in enumerate(report.rejections)
            ]
        if report.applied:
            text = _("✓ Done. New people can sign in as soon as you give them a start code.")
        elif report.added + report.changed:
            text = _("✓ Nothing is wrong. Press A to take it over, Esc to leave all as it is.")
        else:
            text = _("✓ Nothing is wrong, and nothing would change: all of it is known.")
        told = [Content(text), *(safe_line(f"! {one}", "$warning") for one in report.left_alone)]
        if report.ignored:
            ignored = _("Not read: {columns}. M says what they mean.")
            said = ignored.format(columns=_(", ").join(report.ignored))
            told.append(safe_line(said, "$foreground 80%"))
        return [
            *(Entry(line) for one in told for line in wrap(one, width)),
            *(Entry(_change(one, width), f"change:{n}") for n, one in self._some_changes()),
        ]

    def _some_changes(self) -> Sequence[tuple[int, PersonChange]]:
        return self.some(list(enumerate(self.report.changes if self.report else ())))

    def detail(self, name: str) -> Content:
        kind, _colon, number = name.partition(":")
        if kind == "change" and self.report is not None:
            change = self.report.changes[int(number)]
            head = safe_line(f"{change.name} {change.staff_no} · {_what(change)}", "bold")
            return Content("\n").join([head, safe_text(" · ".join(_fields(change)))])
        one = self._rejection(name)
        parts = [safe_line(f"{one.row} · {one.column}: {one.message}", "bold")]
        return Content("\n").join([*parts, safe_text(one.mend, "$primary")])

    def foot(self) -> Content:
        if self.report is None:
            return Content()
        text = _n(
            "{found} row = {added} new + {changed} changed + {unchanged} as before + "
            "{rejected} refused",
            "{found} rows = {added} new + {changed} changed + {unchanged} as before + "
            "{rejected} refused",
            self.report.found,
        ).format(
            found=self.report.found,
            added=self.report.added,
            changed=self.report.changed,
            unchanged=self.report.unchanged,
            rejected=self.report.rejected,
        )
        return safe_line(f"{self.path.name}: {text}")

    @work
    async def action_take(self) -> None:
        """Take the file over, whole or not at all."""
        report = self.report
        if report is None:
            return
        text = _("{added} people are added and {changed} changed.")
        details = Content(text.format(added=report.added, changed=report.changed))
        if not await self.app.push_screen_wait(Confirm(_("Take this file over?"), details)):
            return
        try:
            self.report = await self._import(apply=True)
        except CertifyError as error:
            await self.certify.tell(error)
        self.retell()

    @work
    async def action_map(self) -> None:
        """Say what the columns mean."""
        from certify.tui.screens.people_columns import PeopleColumnsScreen

        try:
            found = await self.certify.use(
                people_columns.file_columns, actor=self.actor, path=self.path
            )
        except CertifyError as error:
            await self.certify.tell(error)
            return
        self.app.push_screen(PeopleColumnsScreen(found, self.take_mapping))

    def take_mapping(self, mapping: dict[str, str]) -> None:
        """Read the file again with what HR said of its headings."""
        self.mapping = mapping
        self.reload()

    def action_read_again(self) -> None:
        """Check the file anew."""
        self.reload()

    def _rejection(self, name: str) -> Rejection:
        assert self.report is not None  # noqa: S101  lines come from the report
        return self.report.rejections[int(name)]


def _what(change: PersonChange) -> str:
    return _("new person") if change.is_new else _("changed")


def _fields(change: PersonChange) -> list[str]:
    """Each value in words, before and after."""
    heading = people_words.HEADINGS
    texts = []
    for one in change.fields:
        values = one.after or "–" if change.is_new else f"{one.before or '–'} → {one.after or '–'}"
        texts.append(_("{name}: {value}").format(name=_(heading[one.field]), value=values))
    return texts


def _change(change: PersonChange, width: int) -> Content:
    sign = "+ " if change.is_new else "~ "
    shared = widths(width, [6, 10, 10, 0, 0], [1, 3], gap=1)
    texts = [sign + _what(change), change.staff_no, change.name, " · ".join(_fields(change))]
    cells = [fit(text, room) for text, room in zip(texts, shared[1:], strict=True)]
    return row([fit_right(str(change.row), 6), *cells], gap=1)


def _row(number: str, column: str, message: str, width: int) -> Content:
    shared = widths(width, [6, 18, 0], [1])
    return row([fit_right(number, 6), fit(column, 18), fit(message, shared[2])])
