"""Every question of a workbook or a CSV file, in the order of the file."""

from collections.abc import Iterator
from itertools import islice

from certify.api import (
    BadInput,
    BankFile,
    Entry,
    NotTaken,
    Remark,
    _,
    _n,
    clean_line,
    decode,
    table_file,
)
from certify_spreadsheet.headings import columns_of
from certify_spreadsheet.item import read_item
from certify_spreadsheet.layout import HELP_SHEETS
from certify_spreadsheet.records import Record, SheetReader

DELIMITERS = (",", "\t", ";", "|")
LOOKED_AT = 60
"""Rows in which the headings of a CSV file are looked for, to tell its delimiter."""


def read(file: BankFile, language: str) -> Iterator[Entry]:
    """One entry for each row of a question, with what is to be said of the sheets between them.

    Raises:
        BadInput: the file cannot be read, or none of its sheets has a row of headings.
    """
    waiting: list[Entry] = []
    has_headings = False
    for page in _pages(file, language, waiting):
        if page.name in HELP_SHEETS:
            continue
        sheet = SheetReader(page, language)
        for found in sheet.read():
            yield from waiting
            waiting.clear()
            yield read_item(found, language) if isinstance(found, Record) else found
        has_headings = has_headings or sheet.has_headings
        if sheet.has_headings and page.is_hidden:
            waiting.append(Remark(sheet.sheet, _("The sheet is hidden; it was read all the same.")))
        elif sheet.above and not sheet.has_headings:
            waiting.append(_without_headings(sheet))
    if not has_headings:
        raise _no_headings(file.name)
    yield from waiting


def _pages(file: BankFile, language: str, waiting: list[Entry]) -> Iterator[table_file.Page]:
    if table_file.is_workbook(file.data):
        yield from table_file.pages(file.name, file.data)
        return
    text, encoding = decode(file.data)
    if text.lstrip()[:1] == "<":
        raise BadInput(
            _("This is a web page or XML rather than a table."),
            place=file.name,
            mend=_("Open it in a spreadsheet program and save it as .xlsx."),
        )
    if encoding not in ("utf-8", "utf-8-sig"):
        said = _("The file is read as {encoding}.").format(encoding=encoding)
        waiting.append(Remark(file.name, said))
    if (first := text[:6].casefold()).startswith("sep=") and first[5:] == "\n":
        text = f"\n{text[6:]}"  # how a CSV file tells Excel its delimiter
    yield table_file.Page(
        "", table_file.csv_rows(file.name, text, _delimiter(file, text, language))
    )


def _delimiter(file: BankFile, text: str, language: str) -> str:
    """The delimiter with which most headings are understood."""
    counts: dict[str, int] = {}
    problems = []
    for delimiter in DELIMITERS:
        try:
            rows = list(islice(table_file.csv_rows(file.name, text, delimiter), LOOKED_AT))
        except BadInput as problem:
            problems.append(problem)
            continue
        found = (columns_of([cell.text for cell in row.cells], language) for row in rows)
        counts[delimiter] = max((len(one.known) for one in found if one), default=0)
    if any(counts.values()):
        return max(counts, key=lambda delimiter: counts[delimiter])
    raise problems[0] if problems else _no_headings(file.name)


def _without_headings(sheet: SheetReader) -> NotTaken | Remark:
    """What is said of a sheet that holds no questions; a hidden one serves the others."""
    message = _n(
        "The sheet has no row of headings; its {count} row was left.",
        "The sheet has no row of headings; its {count} rows were left.",
        sheet.above,
    ).format(count=sheet.above)
    if sheet.page.is_hidden:
        return Remark(sheet.sheet, message)
    mend = _("If it holds questions, write 题干 and 答案, or stem and key, above them.")
    return NotTaken(sheet.sheet, "skipped", clean_line(sheet.sheet), message, mend)


def _no_headings(name: str) -> BadInput:
    return BadInput(
        _("No row names the columns of questions."),
        place=name,
        mend=_("Write headings above them, such as 题干, 选项A, 答案, or stem, option A, key."),
    )
