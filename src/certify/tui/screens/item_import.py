"""A question bank of another program: which course it goes into, and the file or the text."""

from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.events import Paste
from textual.widgets import Static

from certify.domain.clean import clean
from certify.domain.item_format import BankFile
from certify.i18n import N_, _
from certify.services import item_file, own_courses
from certify.services.item_formats import PASTED
from certify.services.own_courses import OwnCourse
from certify.tui.page import Page
from certify.tui.safe_text import safe_text
from certify.tui.screens.item_import_report import ItemImportReportScreen
from certify.tui.widgets.choices import Choice
from certify.tui.widgets.fields import Ask, Fields
from certify.tui.written_widget import AnswerField

MOST = 500_000
"""Characters that may be pasted; more belongs into a file."""
EXAMPLE = "~/questions.docx"
TOLD = Choice("", N_("told from the file"))


class QuestionsField(AnswerField):
    """Takes pasted questions with their tabs, which divide the cells of a table."""

    BINDINGS = [
        Binding("pageup", "cursor_page_up", N_("Page up"), show=False),
        Binding("pagedown", "cursor_page_down", N_("Page down"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__(most=MOST, one_line=False)

    def on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        rows = ["\t".join(map(clean, line.split("\t"))) for line in event.text.splitlines()]
        self.replace("\n".join(rows)[: MOST + 1], *self.selection)


class ItemImportScreen(Page):
    """Asks where to and whence; the trial run follows at once."""

    HELP = N_(
        "Brings along a question bank: a text as people write it, Word, Excel, GIFT, Aiken, "
        "Moodle XML or QTI. Choose the course with ← and →, then type or paste the path of the "
        "file and press Enter; or paste the questions themselves into the field below and press "
        "F10. First comes a trial run that changes nothing and tells of every question what "
        "becomes of it."
    )
    RELOADS = False
    DEFAULT_CSS = """
    ItemImportScreen .form { max-width: 100; padding: 1 2 0 2; }
    ItemImportScreen .form > .label { height: 1; }
    """
    BINDINGS = [Binding("f10", "check", N_("Check"))]

    def __init__(self, course: str = "") -> None:
        """Args:
        course: code of the course to begin at.
        """
        super().__init__()
        self.course = course
        self.courses: list[OwnCourse] = []

    def body(self) -> ComposeResult:
        with Vertical(classes="form"):
            yield Static(classes="lead")
            yield Static(classes="trouble")

    async def fetch(self) -> None:
        self.courses = await self.certify.use(own_courses.own_courses, actor=self.actor)
        if not self.courses:
            return
        choices = [Choice(one.code, one.title) for one in self.courses]
        asks = [
            Ask("course", N_("Course"), self.course, choices=choices),
            Ask("format", N_("Format"), choices=[TOLD, *self._formats()]),
        ]
        if not self.certify.IS_REMOTE:
            asks.append(Ask("path", N_("File"), example=EXAMPLE))
        fields, pasted = Fields(asks), QuestionsField()
        lead = self.query_one(".lead")
        await self.query_one(".form").mount(fields, Static(classes="label"), pasted, after=lead)
        self._focus("path" if len(choices) == 1 else "course")

    def _focus(self, name: str) -> None:
        fields = self.query_one(Fields).fields
        fields.get(name, fields["course"]).box.focus()

    def _formats(self) -> list[Choice]:
        known = self.certify.platform.plugins.item_formats.items()
        return [Choice(name, one.label) for name, one in known if one.can_read]

    def heading(self) -> str:
        return _("Import a question bank")

    def show(self) -> None:
        lead = self.query_one(".lead", Static)
        if not self.courses:
            there = (
                Path("courses") if self.certify.IS_REMOTE else self.certify.settings.home.courses
            )
            lead.update(safe_text(_none(there)))
            return
        text = _("A file of questions, or the questions themselves. Nothing is changed yet.")
        label = _("… or paste the questions here and press F10:")
        if self.certify.IS_REMOTE:
            text = _(
                "Nothing is changed yet. A file is taken over at the server: {command}"
            ).format(command="certify item import FILE")
            label = _("Paste the questions here and press F10:")
        lead.update(safe_text(text, "bold $primary"))
        self.query_one(Fields).retell()
        self.query_one(".form > .label", Static).update(Content(label))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.courses) if action == "check" else True

    @on(AnswerField.Left)
    def to_path(self) -> None:
        """Esc in the field gives the keys back to the page."""
        self._focus("path")

    @on(Fields.Done)
    def action_check(self) -> None:
        """Try what is named or pasted."""
        fields, pasted = self.query_one(Fields), self.query_one(QuestionsField).text
        typed = fields.values.get("path", "")
        if typed and pasted.strip():
            self._complain(_("Is it the file or what is pasted? Empty one of the two."))
        elif len(pasted) > MOST:
            self._complain(_("That is too much to paste: write it into a file and name that."))
        elif typed or pasted.strip():
            self._complain("")
            course = next(one for one in self.courses if one.code == fields.values["course"])
            whence = partial(_pasted, pasted)
            if not self.certify.IS_REMOTE:
                whence = partial(_file, typed, pasted)
            page = ItemImportReportScreen(whence, course, fields.values["format"])
            self.app.push_screen(page)
        elif self.certify.IS_REMOTE:
            self._complain(_("Paste the questions here and press F10:"))
        else:
            fields.complain("path", _("Name a file, or paste questions into the field below."))

    def _complain(self, text: str) -> None:
        self.query_one(".trouble", Static).update(safe_text(f"! {text}" if text else "", "$error"))


def _file(typed: str, pasted: str) -> BankFile:
    """What is meant: a path may as well stand in the field for questions.

    Raises:
        BadInput: the file cannot be read.
    """
    if not typed and "\n" not in pasted.strip() and item_file.is_there(pasted):
        typed = pasted
    return item_file.read(typed) if typed else _pasted(pasted)


def _pasted(text: str) -> BankFile:
    return BankFile(PASTED, text.encode(errors="replace"))


def _none(folder: Path) -> str:
    text = _(
        "There is no course of your own yet.\n\nItems are written into the files of a course in "
        "{folder}; those of installed plugins are not changed.\n\nMake one: leave certify with "
        "Ctrl+Q, type\n\n    certify course new\n\nand answer its questions. Then come back here."
    )
    return text.format(folder=folder)
