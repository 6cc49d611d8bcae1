"""Ids of items: none is ever given twice, though its item be gone (R-ASM-13)."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from certify.courseware.loader import IDS
from certify.errors import BadInput
from certify.i18n import _

PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,7}")
HIGHEST = 99_999
_CODE = re.compile(r"^(?:##\s+)?([A-Z][A-Z0-9]{1,7})-(\d{3,5})\b", re.MULTILINE)


def used_in(folder: Path) -> Iterator[tuple[str, int]]:
    """Prefix and number of every id in a course folder, and of the highest ones ever given there.

    The latter stand in `items/ids.txt`, so that they hold wherever the course is copied to.
    """
    for path in (folder / "items").glob("*.md"):
        yield from split(_CODE.findall(path.read_text(encoding="utf-8-sig", errors="replace")))
    yield from recorded(folder)


def recorded(folder: Path) -> Iterator[tuple[str, int]]:
    """The highest numbers ever given by imports into a course, by prefix."""
    path = folder / "items" / IDS
    if path.is_file():
        yield from split(_CODE.findall(path.read_text(encoding="utf-8-sig", errors="replace")))


def split(codes: Iterable[str | tuple[str, str]]) -> Iterator[tuple[str, int]]:
    """Prefix and number of ids."""
    for code in codes:
        prefix, number = code.rsplit("-", 1) if isinstance(code, str) else code
        yield prefix, int(number)


class Ids:
    """Gives new ids, each above all that were ever used with its prefix."""

    def __init__(self, used: Iterable[tuple[str, int]]) -> None:
        self.highest: dict[str, int] = {}
        for prefix, number in used:
            self.highest[prefix] = max(number, self.highest.get(prefix, 0))

    def next(self, prefix: str) -> str:
        """The id that is to be given next; `take` gives it.

        Raises:
            BadInput: the prefix has none left.
        """
        number = self.highest.get(prefix, 0) + 1
        if number > HIGHEST:
            raise BadInput(
                _("No id is left that begins with “{prefix}-”.").format(prefix=prefix),
                mend=_("Choose another beginning with --prefix."),
            )
        return f"{prefix}-{number:03}"

    def take(self, code: str) -> None:
        """Give an id; it will not be given again."""
        (prefix, number), *_rest = split([code])
        self.highest[prefix] = max(number, self.highest.get(prefix, 0))


def record(prefix_numbers: dict[str, int]) -> bytes:
    """The text of `items/ids.txt`."""
    lines = [
        "# The highest number ever given. Numbers of deleted items are not given again.",
        *(f"{prefix}-{number:03}" for prefix, number in sorted(prefix_numbers.items())),
    ]
    return ("\n".join(lines) + "\n").encode()
