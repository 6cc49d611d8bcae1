"""The cells of one question, with what their kinds have done to their texts."""

from certify.api import Loss, _, clean_line, tidy_line
from certify_spreadsheet import keys, options
from certify_spreadsheet.records import Record, cell_name
from certify_spreadsheet.wrong import Wrong

NEEDED = ("stem", "option", "options", "key", "explanation")
NOTHING = ("/", "\\", "-", "—", "——", "无选项", "N/A", "n/a")
"""What stands in the column of an option that a question does not have."""
MARKDOWN = "markdown"


class Cells:
    """Reads the cells of one question and gathers what cannot be held."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.losses: list[Loss] = []
        self.is_markdown = self.text("form").casefold() == MARKDOWN

    def place(self, key: str, language: str = "", option: int = 0) -> int | None:
        """Where a column stands."""
        columns = self.record.columns
        place = columns.place(key, language, option)
        return columns.place("options", language) if place is None and key == "option" else place

    def text(self, key: str, language: str = "") -> str:
        """What a column says, whatever the file keeps there."""
        return self.record.text(self.place(key, language))

    def needed(self, key: str, language: str = "") -> str:
        """The text of a column that must have come over whole; raises Wrong."""
        place = self.place(key, language)
        return self._whole(place, key) if place is not None else ""

    def _whole(self, place: int, key: str, option: int = 0) -> str:
        for row, cell in self.record.cells.get(place, ()):
            if cell.kind not in ("text", "number", "flag"):
                where = cell_name(self.record.sheet, place, row)
                self._look(cell.kind, cell.text, key, option, where)
        return self.record.text(place)

    def _look(self, kind: str, text: str, key: str, option: int, where: str) -> None:
        """Say what the kind of a cell has done to its text."""
        if kind == "formula":
            raise Wrong(
                _("The cell holds a formula without a value."),
                _("Open the file in a spreadsheet program and save it, or write the text itself."),
                key,
                option,
            )
        if kind == "error":
            raise Wrong(
                _("The cell shows the error {text}.").format(text=clean_line(text)[:20]),
                _("Write the text itself in the place of the formula."),
                key,
                option,
            )
        if kind == "date" and key == "key":
            raise Wrong(
                _("The spreadsheet has made a date of the key."),
                _("Format the cell as text and write the key again."),
                key,
            )
        if kind == "date":
            message = _("The spreadsheet keeps a date here; it may have been other text, as 1-2.")
            self.losses.append(Loss(where, message, is_serious=True))
        if kind == "raised":
            message = _("Raised or lowered characters come over as plain ones, 10² as 102.")
            self.losses.append(Loss(where, message, is_serious=True))
        if kind == "picture":
            self.losses.append(Loss(where, picture_lost(), is_serious=True))

    def options(self, language: str) -> dict[int, str]:
        """The options by their places; raises Wrong where one is missing between others."""
        found = {}
        for place, one in self.record.columns.known.items():
            if one.key == "option" and one.language == language:
                text = self._whole(place, "option", one.option)
                if not self.is_markdown:
                    text = options.without_label(text, one.option)
                if text := tidy_line(text):
                    found[one.option] = text
        if not found and (together := self.needed("options", language)):
            return dict(enumerate(options.split_options(together)))
        while found and found[max(found)] in NOTHING and max(found) > 1:
            del found[max(found)]
        found = dict(sorted(found.items()))
        for number, place in enumerate(found):
            if number != place:
                raise Wrong(
                    _("Option {letter} is empty, and there are options after it.").format(
                        letter=keys.LETTERS[number]
                    ),
                    _("Fill in the option, or move the others up and correct the key."),
                    "option",
                    number,
                )
        return found


def picture_lost() -> str:
    """What is said of each picture."""
    return _("A picture is not taken over; look at the item before it is used.")
