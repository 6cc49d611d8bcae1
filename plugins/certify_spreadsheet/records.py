"""The rows of a sheet as questions: each with the rows that go on below it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from string import ascii_uppercase

from certify.api import NotTaken, Remark, _, clean_line, table_file, tidy_text
from certify_spreadsheet import kinds
from certify_spreadsheet.headings import Columns, columns_of

ANSWERS = ("option", "options", "key")
ALONE = ("id", "number", "type", "key")
"""Columns that a row which goes on with the one above leaves empty."""
LABELS = tuple(ascii_uppercase[:9])


@dataclass(slots=True)
class Record:
    """One question as it stands in a sheet."""

    sheet: str
    row: int
    columns: Columns
    type_hint: str
    """Type that the sheet or a row above sets; may be empty."""
    source_type: str
    """How they call it."""
    topic: str
    """What the sheet is called, where that may be a topic."""
    is_hidden: bool
    cells: dict[int, list[tuple[int, table_file.Cell]]] = field(default_factory=dict)
    """Place of a column → the cells that say something, each with its row."""
    pictures: int = 0
    _texts: dict[int, str] = field(default_factory=dict)

    def add(self, row: int, cells: Mapping[int, table_file.Cell]) -> None:
        """Take up the cells of one row."""
        self._texts.clear()
        for place, cell in cells.items():
            self.cells.setdefault(place, []).append((row, cell))

    def text(self, place: int | None) -> str:
        """All that a column says, a line for each row."""
        if place is None or place not in self.cells:
            return ""
        if place not in self._texts:
            texts = (cell.text for _row, cell in self.cells[place])
            self._texts[place] = tidy_text("\n".join(texts)).strip()
        return self._texts[place]

    def at(self, place: int | None) -> str:
        """The cell of a column, such as `Sheet1!C7`."""
        rows = self.cells.get(place, []) if place is not None else []
        return cell_name(self.sheet, place or 0, rows[0][0] if rows else self.row)


def cell_name(sheet: str, place: int, row: int) -> str:
    """`Sheet1!C7`, or `C7` where the file has no sheets."""
    high, low = divmod(place, 26)
    column = (ascii_uppercase[high - 1] if high else "") + ascii_uppercase[low]
    return f"{sheet}!{column}{row}" if sheet else f"{column}{row}"


class SheetReader:
    """Goes through one sheet; `has_headings` tells whether it found a row of them."""

    def __init__(self, page: table_file.Page, own: str) -> None:
        self.page, self.own = page, own
        self.sheet = clean_line(page.name)
        self.columns: Columns | None = None
        self.has_headings = False
        self.above = 0
        """Rows above the first headings."""
        name = page.name.strip()
        self.type_hint = kinds.type_of(name)
        self.source_type = self.sheet if self.type_hint else ""
        is_topic = name and not self.type_hint and not kinds.GENERIC.fullmatch(name)
        self.topic = self.sheet if is_topic else ""
        self.current: Record | None = None
        self._said: set[int] = set()
        """Places of columns that have a heading, or of which it was said that they have none."""
        self._reaching: dict[int, tuple[int, table_file.Cell]] = {}
        self._pictures = sorted(page.pictures, reverse=True)

    def read(self) -> Iterator[Record | NotTaken | Remark]:
        """Everything below the headings, in the order of the sheet."""
        for row in self.page.rows:
            cells, repeated = self._filled(row)
            if found := self._headings(row):
                yield from self._closed(row.number)
                yield from self._pictures_above(row.number + 1)
                yield from self._said_of(found, row)
                self.columns, self.has_headings = found, True
                self._said = {*found.known, *found.unknown}
            elif self.columns is None:
                self._title(row)
            else:
                yield from self._below(row, self.columns, cells, repeated)
        yield from self._closed(table_file.MAX_ROWS + 1)
        if self.has_headings:
            yield from self._pictures_above(table_file.MAX_ROWS + 1)

    def _headings(self, row: table_file.Row) -> Columns | None:
        """The columns that a row names; one below other headings must leave no doubt."""
        texts = [cell.text for cell in row.cells if cell.text]
        found = columns_of([cell.text for cell in row.cells], self.own)
        is_doubtful = self.has_headings and (
            any(map(str.isdecimal, texts)) or (found and 2 * len(found.known) < len(texts))
        )
        return None if is_doubtful else found

    def _below(
        self,
        row: table_file.Row,
        columns: Columns,
        cells: dict[int, table_file.Cell],
        repeated: set[int],
    ) -> Iterator[Record | NotTaken | Remark]:
        yield from self._unnamed(row, cells)
        own = {place: cell for place, cell in cells.items() if place not in repeated}
        alone = next(iter(own.values())).text if len(own) == 1 else ""
        if name := kinds.section_type(alone):
            yield from self._closed(row.number)
            self.type_hint, self.source_type = name, clean_line(alone)
            yield self._skipped(row, alone, _("This row only names the questions below it."))
        elif kinds.is_no_question(alone):
            yield from self._closed(row.number)
            yield self._skipped(row, alone, _("This row is a note."))
        elif self.current is not None and self._goes_on(columns, own, repeated):
            self.current.add(row.number, own)
        else:
            yield from self._closed(row.number)
            self.current = Record(
                self.sheet,
                row.number,
                columns,
                self.type_hint,
                self.source_type,
                self.topic,
                row.number in self.page.hidden_rows or self.page.is_hidden,
            )
            self.current.add(row.number, cells)

    def _goes_on(
        self, columns: Columns, own: Mapping[int, table_file.Cell], repeated: set[int]
    ) -> bool:
        """Whether a row belongs to the question above it."""
        stem = columns.place("stem")
        if stem in repeated:
            return True
        keys = {columns.known[place].key for place in own if place in columns.known}
        if keys & set(ALONE) or not keys:
            return False
        if stem not in own:
            return bool(keys & {"option", "options", "explanation"})
        text = own[stem].text if stem is not None else ""
        return len(own) == 1 and text[:1] in LABELS and text[1:2] in tuple(".．、:：)）")

    def _filled(self, row: table_file.Row) -> tuple[dict[int, table_file.Cell], set[int]]:
        """The cells that say something, and which of them are merged with the row above."""
        cells = {
            place: cell
            for place, cell in enumerate(row.cells)
            if cell.text or cell.kind in ("formula", "picture")
        }
        repeated = set()
        if self.page.merged:
            for place, (last, cell) in list(self._reaching.items()):
                if row.number > last:
                    del self._reaching[place]
                elif place not in cells:
                    cells[place] = cell
                    repeated.add(place)
            for place, cell in cells.items():
                if last_row := self.page.merged.get((row.number, place)):
                    self._reaching[place] = (last_row, cell)
        return cells, repeated

    def _title(self, row: table_file.Row) -> None:
        self.above += 1
        texts = [cell.text for cell in row.cells if cell.text]
        name = kinds.section_type(texts[0]) or kinds.hint(texts[0]) if texts else ""
        if name and len(texts) == 1:
            self.type_hint, self.source_type = name, clean_line(texts[0])

    def _closed(self, until: int) -> Iterator[Record | Remark]:
        """The question that was open, with the pictures above a row."""
        record, self.current = self.current, None
        if record is None:
            return
        yield from self._pictures_above(record.row)
        while self._pictures and self._pictures[-1] < until:
            self._pictures.pop()
            record.pictures += 1
        yield record

    def _pictures_above(self, until: int) -> Iterator[Remark]:
        while self._pictures and self._pictures[-1] < until:
            place = cell_name(self.sheet, 0, self._pictures.pop())
            yield Remark(place, _("A picture stands here that belongs to no question."))

    def _said_of(self, columns: Columns, row: table_file.Row) -> Iterator[Remark]:
        for place in columns.unknown:
            text = _("The column “{heading}” is not taken over.").format(
                heading=clean_line(row.cells[place].text)[:60]
            )
            yield Remark(cell_name(self.sheet, place, row.number), text)
        if (place_of_points := columns.place("points")) is not None:
            text = _("Points are not taken over: the exam says what an item counts.")
            yield Remark(cell_name(self.sheet, place_of_points, row.number), text)

    def _unnamed(
        self, row: table_file.Row, cells: Mapping[int, table_file.Cell]
    ) -> Iterator[Remark]:
        for place in cells.keys() - self._said:
            self._said.add(place)
            text = _("A column without a heading is not taken over.")
            yield Remark(cell_name(self.sheet, place, row.number), text)

    def _skipped(self, row: table_file.Row, text: str, reason: str) -> NotTaken:
        place = cell_name(self.sheet, 0, row.number)
        return NotTaken(place, "skipped", clean_line(text)[:80], reason)
