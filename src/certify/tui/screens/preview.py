"""A course folder under work: what is wrong with it, and everything its readers will see."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.binding import Binding
from textual.content import Content

from certify.i18n import N_, _, _n, pick
from certify.services.previewing import PreviewItem, PreviewView
from certify.tui.columns import fit, row, widths
from certify.tui.list_page import ListPage
from certify.tui.safe_text import safe_line
from certify.tui.widgets.rows import Entry
from certify.tui.wrap import wrap

if TYPE_CHECKING:
    from certify.tui.preview import PreviewApp


class PreviewScreen(ListPage):
    """Findings, lessons, exams and items of the folder; Enter opens the line under ▸."""

    HELP = N_(
        "The folder as its readers will have it: save a file in your editor and it is shown here a "
        "moment later. First stands what is wrong, with file and line. Enter opens a lesson in the "
        "real reader, an exam as it is sat, or an item as it is shown. While there is an error, "
        "the lessons and exams are those of the last state without one."
    )
    IS_BESIDE = False
    BINDINGS = [Binding("escape,q", "leave", N_("Leave"), key_display="Esc")]

    @property
    def view(self) -> PreviewView:
        """What was found at the last look."""
        return cast("PreviewApp", self.app).preview

    def heading(self) -> str:
        name = pick(self.view.title) or self.view.folder.name
        return _("Preview: {course}").format(course=name)

    def entries(self, width: int) -> Sequence[Entry]:
        view = self.view
        entries = [Entry(_heading(_state(view)))]
        for place, finding in enumerate(view.findings):
            sign = "✗" if finding.severity == "error" else "!"
            where = f"{finding.path.name}:{finding.line}"
            style = "$error" if finding.severity == "error" else "$warning"
            text = safe_line(f"{sign} {where}  {finding.message}", style)
            entries.append(Entry(fit_line(text, width), f"finding:{place}"))
        for title, kind, named in (
            (_("Lessons"), "lesson", view.lessons),
            (_("Exams"), "exam", view.exams),
        ):
            if named:
                entries += [Entry(Content()), Entry(_heading(title))]
                entries += [Entry(safe_line(pick(text)), f"{kind}:{code}") for code, text in named]
        if view.items:
            entries += [Entry(Content()), Entry(_heading(_("Items")))]
            items = self.some(view.items)
            entries += [Entry(_item(item, width), f"item:{item.code}") for item in items]
        return entries

    def detail(self, name: str) -> Content:
        kind, _colon, code = name.partition(":")
        if kind == "finding":
            finding = self.view.findings[int(code)]
            return safe_line(f"{finding.message} {finding.mend}")
        return Content()

    def foot(self) -> Content:
        return safe_line(str(self.view.folder), "$foreground 70%")

    def open(self, name: str) -> None:
        kind, _colon, code = name.partition(":")
        if kind == "lesson":
            from certify.tui.screens.lesson import LessonScreen

            self.app.push_screen(LessonScreen(self.view.course, code))
        elif kind == "exam":
            from certify.tui.screens.lobby import LobbyScreen

            self.app.push_screen(LobbyScreen(code))
        elif kind == "item":
            from certify.tui.screens.preview_item import PreviewItemScreen

            self.app.push_screen(PreviewItemScreen(code))

    def action_leave(self) -> None:
        """End the preview; nothing of it is kept."""
        self.app.exit(0)


def fit_line(text: Content, width: int) -> Content:
    """A line cut to a width."""
    lines = wrap(text, width)
    return lines[0] + "…" if len(lines) > 1 else text


def _heading(text: str) -> Content:
    return Content.styled(text, "bold $primary")


def _state(view: PreviewView) -> str:
    count = len(view.findings)
    if not count:
        return _("✓ Nothing to mend")
    said = _n("{count} finding", "{count} findings", count).format(count=count)
    return (
        said if view.is_current else _("{findings}: the course is not loaded").format(findings=said)
    )


def _item(item: PreviewItem, width: int) -> Content:
    rooms = widths(width, [10, 10, 18, 0], [3])
    state = _("draft") if item.is_draft else _("practice") if item.pool == "practice" else ""
    stem = " ".join(pick(item.shown.get("stem", {})).split())
    cells = [fit(item.code, rooms[0]), fit(state, rooms[1]), fit(item.topic, rooms[2])]
    return row([*cells, fit(stem, rooms[3])])
