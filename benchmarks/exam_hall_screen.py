"""What stands on a terminal, kept so cheaply that a thousand clients leave the cores to the server.

Only what decides where text stands is understood; colours are passed over. A sample of the clients
keeps the same picture with `pyte` besides, and `differences` compares the two.
"""

import re
from codecs import getincrementaldecoder
from functools import lru_cache

from rich.cells import cell_len

_PARTS = re.compile(
    r"\x1b\[(?P<given>[0-9;?<=>]*)[ -/]*(?P<kind>[@-~])"
    r"|\x1b[\]P_^][^\x07\x1b]*(?:\x07|\x1b\\)"  # a title, a query
    r"|\x1b(?P<short>[78=>cDEHM])"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f])"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
)
_UNFINISHED = re.compile(r"\x1b(?:\[[0-9;?<=>]*[ -/]*|[\]P_^][^\x07\x1b]*)?\Z")
_width = lru_cache(maxsize=8192)(cell_len)


class LightScreen:
    """The characters of a terminal of a fixed size."""

    def __init__(self, columns: int = 80, lines: int = 24) -> None:
        self._columns, self._lines = columns, lines
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._rest = ""
        self._x = self._y = 0
        self._kept = (0, 0)
        self._clear()

    def _clear(self) -> None:
        self._cells = [[" "] * self._columns for _line in range(self._lines)]

    def feed(self, data: bytes) -> None:
        """Take what the server wrote."""
        text = self._rest + self._decode(data)
        self._rest = ""
        if unfinished := _UNFINISHED.search(text):
            self._rest, text = unfinished[0], text[: unfinished.start()]
        for part in _PARTS.finditer(text):
            kind = part.lastgroup
            if kind == "text":
                self._put(part["text"])
            elif kind == "kind":
                self._obey(part["kind"], part["given"])
            elif kind == "control":
                self._control(part["control"])
            elif kind == "short" and part["short"] == "7":
                self._kept = (self._x, self._y)
            elif kind == "short" and part["short"] == "8":
                self._x, self._y = self._kept

    def _put(self, text: str) -> None:
        row = self._cells[self._y]
        if text.isascii():
            end = min(self._x + len(text), self._columns)
            row[self._x : end] = text[: end - self._x]
            self._x = end
            return
        for letter in text:
            width = _width(letter)
            if width == 0 or self._x + width > self._columns:
                continue
            row[self._x] = letter
            if width == 2:
                row[self._x + 1] = ""
            self._x += width

    def _control(self, control: str) -> None:
        if control == "\r":
            self._x = 0
        elif control == "\n":
            self._y = min(self._y + 1, self._lines - 1)
        elif control == "\b":
            self._x = max(self._x - 1, 0)

    def _obey(self, kind: str, given: str) -> None:
        if kind == "m":
            return
        if kind in "Hf":
            line, _semicolon, column = given.partition(";")
            self._y = min(int(line or 1), self._lines) - 1
            self._x = min(int(column or 1), self._columns) - 1
        elif kind == "J" or (kind == "h" and given == "?1049"):
            self._clear()
        elif kind == "K":
            self._cells[self._y][self._x :] = [" "] * (self._columns - self._x)
        elif kind == "G":
            self._x = min(int(given or 1), self._columns) - 1
        elif kind in "ABCD":
            self._move(kind, int(given or 1))
        elif kind == "s" and not given:
            self._kept = (self._x, self._y)
        elif kind == "u" and not given:
            self._x, self._y = self._kept

    def _move(self, kind: str, step: int) -> None:
        if kind in "AB":
            place = self._y + (step if kind == "B" else -step)
            self._y = min(max(place, 0), self._lines - 1)
        else:
            place = self._x + (step if kind == "C" else -step)
            self._x = min(max(place, 0), self._columns - 1)

    def row(self, number: int) -> str:
        """One line; negative numbers count from the last one."""
        return "".join(self._cells[number])

    def rows(self) -> list[str]:
        """All lines."""
        return ["".join(row) for row in self._cells]


class CheckedScreen(LightScreen):
    """The same with a whole terminal beside it."""

    def __init__(self, columns: int = 80, lines: int = 24) -> None:
        import pyte

        super().__init__(columns, lines)
        self._whole = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._whole)

    def feed(self, data: bytes) -> None:
        super().feed(data)
        self._stream.feed(data)

    def differences(self) -> list[tuple[str, str]]:
        """The lines that the two terminals show otherwise: this one's and pyte's."""
        pairs = []
        for number, ours in enumerate(self.rows()):
            cells = self._whole.buffer[number]
            theirs = "".join(cells[x].data for x in range(self._columns))
            pairs.append((ours.rstrip(), theirs.rstrip()))
        return [(ours, theirs) for ours, theirs in pairs if ours != theirs]
