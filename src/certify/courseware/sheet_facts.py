"""What a sheet of a workbook holds beside its values: merged cells, hidden rows, pictures.

openpyxl leaves all this out where it reads row by row, so the XML is looked at once more.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from certify.courseware import safe_xml
from certify.courseware.table_row import MAX_COLUMNS, MAX_ROWS

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
PIECE = 65_536
RAISED = b"vertAlign"
ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")


@dataclass(slots=True)
class SheetFacts:
    """Rows are counted from 1, columns from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    merged: dict[tuple[int, int], int] = field(default_factory=dict)
    formulas: dict[int, list[int]] = field(default_factory=dict)
    """Row → columns of formulas that have no value beside them."""
    raised: dict[int, list[int]] = field(default_factory=dict)
    """Row → columns of texts with raised or lowered characters."""
    pictures: list[int] = field(default_factory=list)
    """For each picture the row in which it begins."""


def raised_strings(parts: zipfile.ZipFile) -> frozenset[str]:
    """The numbers of the shared texts that have raised or lowered characters.

    Raises:
        BadInput: the part with these texts is not well-formed.
    """
    for name in parts.namelist():
        if name.casefold().endswith("sharedstrings.xml") and RAISED in (data := parts.read(name)):
            texts = safe_xml.stream(name, data, ("si",))
            return frozenset(str(number) for number, one in enumerate(texts) if _is_raised(one))
    return frozenset()


def _is_raised(text: safe_xml.Element) -> bool:
    return any(
        one.tag == "vertAlign" and one.attributes.get("val") != "baseline" for one in text.within()
    )


def sheet_facts(parts: zipfile.ZipFile, path: str, raised: frozenset[str]) -> SheetFacts:
    """Look through the XML of a sheet.

    Args:
        raised: see `raised_strings`.
    Raises:
        expat.ExpatError: it is not well-formed.
    """
    look = _Look(raised)
    with parts.open(path) as source:
        while piece := source.read(PIECE):
            look.parser.Parse(piece)
    look.parser.Parse(b"", True)
    look.facts.pictures.extend(_pictures(parts, path))
    return look.facts


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column of a cell such as `B7`."""
    found = _CELL.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


class _Look:
    """One pass through a sheet."""

    def __init__(self, raised: frozenset[str]) -> None:
        self.facts = SheetFacts()
        self.raised = raised
        self.type = self.value = ""
        self.row = self.column = 0
        self.has_formula = self.has_value = False
        self.parser = expat.ParserCreate(None, " ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "c":
            place = place_of(attributes.get("r", ""))
            self.column = place[1] if place else self.column + 1
            self.has_formula = self.has_value = False
            self.type = attributes.get("t", "")
        elif tag == "f":
            self.has_formula = True
        elif tag == "v":
            self.value = ""
            self.has_value = self.type == "str"  # a formula may well give an empty text
            is_watched = self.has_formula or (self.raised and self.type == "s")
            self.parser.CharacterDataHandler = self._value if is_watched else None
        elif tag == "row":
            number = attributes.get("r", "")
            self.row = int(number) if number.isdecimal() else self.row + 1
            self.column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.facts.hidden_rows.add(self.row)
        elif tag == "vertAlign" and self.type == "inlineStr":
            self._note(self.facts.raised)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _value(self, text: str) -> None:
        self.has_value = True
        self.value += text

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "v":
            self.parser.CharacterDataHandler = None
            if self.type == "s" and self.value in self.raised:
                self._note(self.facts.raised)
        elif tag == "c" and self.has_formula and not self.has_value:
            self._note(self.facts.formulas)

    def _note(self, places: dict[int, list[int]]) -> None:
        if self.column < MAX_COLUMNS and self.row <= MAX_ROWS:
            places.setdefault(self.row, []).append(self.column)

    def _merge(self, reference: str) -> None:
        first, _colon, last = reference.partition(":")
        top, bottom = place_of(first), place_of(last)
        if top and bottom and bottom[0] > top[0] and top[1] < MAX_COLUMNS:
            self.facts.merged[top] = min(bottom[0], MAX_ROWS)


def _pictures(parts: zipfile.ZipFile, path: str) -> Iterator[int]:
    for drawing in _related(parts, path, "/drawing"):
        for anchor in safe_xml.stream(drawing, parts.read(drawing), ANCHORS):
            if any(element.tag == "blip" for element in anchor.within()):
                start = anchor.child("from")
                row = start.child("row") if start else None
                number = row.text.strip() if row else ""
                yield int(number) + 1 if number.isdecimal() else 1


def _related(parts: zipfile.ZipFile, path: str, kind: str) -> Iterator[str]:
    """The parts of one kind that belong to a part."""
    folder, name = posixpath.split(path)
    listed = f"{folder}/_rels/{name}.rels"
    known = set(parts.namelist())
    if listed not in known:
        return
    for one in safe_xml.parse(listed, parts.read(listed)).all("Relationship"):
        target = posixpath.normpath(posixpath.join(f"/{folder}", one.attributes.get("Target", "")))
        if one.attributes.get("Type", "").endswith(kind) and target.lstrip("/") in known:
            yield target.lstrip("/")
