"""Tables that people of the ready-made company bring in, written as a file for the import."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def table_file(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[Path]:
    """A CSV file that is there until the import is over."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(headings)
            writer.writerows(rows)
        yield path
