"""What the rows of a survey file say: each cell read, checked and explained on its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from certify.courseware.table_file import Row, Table
from certify.domain.clean import clean_line
from certify.domain.survey import TOPICS
from certify.errors import BadInput
from certify.i18n import N_, _
from certify.services.people_rows import SERIAL_DAYS, Rejection
from certify.services.people_words import plain

HEADINGS = {
    "code": N_("Survey"),
    "first_day": N_("From"),
    "last_day": N_("To"),
    "sent": N_("Sent"),
    "returned": N_("Returned"),
    "attitude": N_("Attitude"),
    "efficiency": N_("Efficiency"),
    "effect": N_("Effect of resolution"),
}
"""Column of a survey file → its heading."""
_WORDS = {
    "code": ("survey", "code", "编号", "问卷编号", "调查编号", "问卷"),
    "first_day": ("from", "first day", "开始日期", "起始日期", "起"),
    "last_day": ("to", "last day", "结束日期", "截止日期", "止"),
    "sent": ("sent", "发出份数", "发放份数", "发出"),
    "returned": ("returned", "回收份数", "收回份数", "回收"),
    "attitude": ("attitude", "服务态度", "态度"),
    "efficiency": ("efficiency", "服务效率", "效率"),
    "effect": ("effect", "effect of resolution", "解决效果", "效果"),
}
_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ T]00:00(?::00)?)?", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", re.ASCII)
MOST_CODE = 40


@dataclass(frozen=True)
class SurveyEntry:
    """What one row says, checked."""

    row: int
    code: str
    first_day: date
    last_day: date
    sent: int
    returned: int
    topics: dict[str, str]
    """Means, 0 to 100, as exact text; only those there are."""


def is_heading(row: Row) -> bool:
    """Whether a row has the headings of a survey file: code, sent and returned."""
    return {"code", "sent", "returned"} <= set(_places(row))


class RowReader:
    """Reads the rows of one table and gathers what is wrong with them."""

    def __init__(self, table: Table) -> None:
        self._places = _places(table.headings)
        for column in HEADINGS:
            if column not in self._places:
                raise BadInput(
                    _("The column “{heading}” is missing.").format(heading=_(HEADINGS[column])),
                    mend=_("Write these columns: {columns}.").format(
                        columns=", ".join(_(one) for one in HEADINGS.values())
                    ),
                )
        self._heads = [clean_line(cell.text) for cell in table.headings.cells]
        self.rejections: list[Rejection] = []

    def read(self, rows: Sequence[Row]) -> list[SurveyEntry]:
        """Every row that is in order; `rejections` grows by what is wrong with the others."""
        found = [entry for row in rows if (entry := self._entry(row)) is not None]
        seen: dict[str, int] = {}
        for entry in found:
            if entry.code in seen:
                message = _("Row {row} has the same code.").format(row=seen[entry.code])
                self.reject(entry.row, "code", message, _("Give each survey its own code."))
            seen.setdefault(entry.code, entry.row)
        return found

    def reject(self, row: int, column: str, message: str, mend: str) -> None:
        """Note why a row cannot be taken over."""
        self.rejections.append(Rejection(row, self._heads[self._places[column]], message, mend))

    def _entry(self, row: Row) -> SurveyEntry | None:
        before = len(self.rejections)
        code = self._text(row, "code")
        if not code or len(code) > MOST_CODE:
            self.reject(
                row.number, "code", _("This is no code."), _("Write one of at most 40 characters.")
            )
        first, last = self._day(row, "first_day"), self._day(row, "last_day")
        if first and last and last < first:
            message = _("The survey ends before it begins.")
            self.reject(row.number, "last_day", message, _("Correct one of the days."))
        sent, returned = self._count(row, "sent"), self._count(row, "returned")
        if sent is not None and returned is not None and returned > sent:
            message = _("{returned} came back of {sent} sent.").format(returned=returned, sent=sent)
            self.reject(row.number, "returned", message, _("At most as many return as were sent."))
        topics = {topic: self._mean(row, topic, returned) for topic in TOPICS}
        if len(self.rejections) > before or None in (first, last, sent, returned):
            return None
        assert first and last and sent is not None and returned is not None  # noqa: S101, PT018
        said = {topic: text for topic, text in topics.items() if text}
        return SurveyEntry(row.number, code, first, last, sent, returned, said)

    def _text(self, row: Row, column: str) -> str:
        place = self._places[column]
        return clean_line(row.cells[place].text).strip() if place < len(row.cells) else ""

    def _day(self, row: Row, column: str) -> date | None:
        text = self._text(row, column)
        if text.isdigit() and int(text) in SERIAL_DAYS:
            return date(1899, 12, 30) + timedelta(days=int(text))
        found = _DAY.fullmatch(text)
        try:
            if found:
                return date(*map(int, found.groups()))
        except ValueError:
            pass
        mend = _("Write it as year-month-day, for instance 2024-12-31.")
        self.reject(row.number, column, _("This is no day."), mend)
        return None

    def _count(self, row: Row, column: str) -> int | None:
        text = self._text(row, column)
        if _NUMBER.fullmatch(text) and Fraction(text).denominator == 1:
            return int(Fraction(text))
        self.reject(row.number, column, _("This is no count."), _("Write a whole number."))
        return None

    def _mean(self, row: Row, column: str, returned: int | None) -> str:
        text = self._text(row, column)
        if not text and returned == 0:
            return ""
        if _NUMBER.fullmatch(text) and Fraction(text) <= 100:
            return str(Fraction(text))
        message = _("The mean of a topic lies between 0 and 100.")
        self.reject(row.number, column, message, _("Correct the cell."))
        return ""


def _places(row: Row) -> dict[str, int]:
    """The place of each known column, the first one of each."""
    known = {plain(word): column for column, words in _WORDS.items() for word in words}
    found: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        if column := known.get(plain(cell.text)):
            found.setdefault(column, place)
    return found
