"""Rows kept aside: counted before the first is given back, in memory while few, else in a file."""

import marshal
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Self

PAGE = 500
"""Rows kept at once."""
SIZE = 8
"""Bytes that say how long a page is."""
IN_MEMORY = 8_000_000
"""Bytes from which on a file without a name is used; nobody else can open it."""


class Spool:
    """Takes every row when it is made, so that nothing they come from is held open later.

    A list says at its head how many rows follow; one that is read while others change the
    database would have to be read twice, or count what it does not show.
    """

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        self.count = 0
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed by `__exit__`
        try:
            each = iter(rows)
            while page := [tuple(row) for row in islice(each, PAGE)]:
                self.count += len(page)
                data = marshal.dumps(page)
                self._file.write(len(data).to_bytes(SIZE, "big") + data)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """Every row from the first on."""
        self._file.seek(0)
        left = self.count
        while left:
            size = int.from_bytes(self._file.read(SIZE), "big")
            page: list[tuple[str, ...]] = marshal.loads(self._file.read(size))  # noqa: S302  ours
            left -= len(page)
            yield from page
