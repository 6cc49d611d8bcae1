"""The item format `moodle-xml`."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import BinaryIO

from certify.api import (
    N_,
    BadInput,
    BankFile,
    BankItem,
    Entry,
    ItemFormat,
    Loss,
    NotTaken,
    Remark,
    _,
    safe_xml,
)
from certify_moodle.question import number
from certify_moodle.reading import category, read_question
from certify_moodle.repair import mended
from certify_moodle.writing import write_items

_WRITTEN = ("1.0000000", "0.3333333")
"""What stands in nearly every question."""
_USUAL = {
    "defaultgrade": (None, Decimal(1)),
    "penalty": (None, Decimal(0), Decimal("0.1"), Decimal("0.3333333"), Decimal(1)),
}


class MoodleXml(ItemFormat):
    """XML as Moodle exports and imports it, of every version."""

    name = "moodle-xml"
    label = N_("Moodle XML")
    suffixes = (".xml",)
    can_write = True

    def recognises(self, file: BankFile) -> bool:
        """Whether questions of Moodle are in it, or the element that holds them."""
        start = file.data[:200_000].replace(b"\0", b"").lower()
        return b"<quiz" in start or b"<question " in start

    def read(self, file: BankFile, language: str) -> Iterator[Entry]:
        """Every `question` element that is no category, wherever it stands.

        After a place where the file is not well-formed nothing can be read: what is left is one
        rejected entry.
        """
        data, encoding = mended(file.data)
        if encoding:
            message = _("The file does not say its encoding; it was read as {encoding}.")
            yield Remark("1:1", message.format(encoding=encoding))
        many = b"mlang" in data or b"multilang" in data
        topic, count, has_marks = "", 0, False
        try:
            for element in safe_xml.stream(file.name, data, {"question"}):
                if element.attributes.get("type", "").strip() == "category":
                    topic = category(element)
                    continue
                count += 1
                has_marks = has_marks or _has_marks(element)
                yield read_question(element, language, topic=topic, many=many)
        except BadInput as problem:
            if not count:
                raise
            yield _rest(problem, data, problem.place.removeprefix(f"{file.name}:"))
        if has_marks:
            yield Remark("", _("Marks and penalties are left out; the blueprint gives the points."))

    def write(
        self, items: Iterable[BankItem], out: BinaryIO, *, title: str, language: str
    ) -> Iterable[Loss | NotTaken]:
        return write_items(items, out, title=title, language=language)


def _rest(problem: BadInput, data: bytes, place: str) -> Entry:
    """What is said of the part of a file that cannot be read: nothing may be lost silently."""
    line, column = map(int, place.split(":"))
    begin = 0
    for _number in range(line - 1):
        begin = data.find(b"\n", begin) + 1
    before, after = data[: begin + column - 1], data[begin + column - 1 :]
    is_between = before.rfind(b"</question>") > before.rfind(b"<question ")
    if is_between and b"<question" not in after and re.search(rb"</\w{1,20}>\s*\Z", before):
        return Remark(place, _("What stands from here on is no XML; all questions were read."))
    reason = _("From here on the file cannot be read: {reason}").format(reason=problem.message)
    return NotTaken(place, "rejected", "", reason, problem.mend)


def _has_marks(element: safe_xml.Element) -> bool:
    """Whether a question has other marks or penalties than Moodle gives by itself."""
    return any(
        number(child.text) not in _USUAL[child.tag]
        for child in element.children
        if child.tag in _USUAL and child.text not in _WRITTEN
    )
