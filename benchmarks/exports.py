"""Lists on their way out: seconds and the most memory, beside `sqlite3` and XlsxWriter.

Two questions. How long takes a list of so many rows of 12 cells, fetched from SQLite and written as
CSV (beside the `sqlite3` command line and `csv.writerows`) and as a workbook (beside XlsxWriter in
constant memory)? And how long takes `certify export` of a company of so many people, without the
start of the program? Each answer comes from a process of its own, which says how much memory it
took above what it had before it began. Goals: 1,000,000 rows to CSV in 5 s and to a workbook in
1.2 times what XlsxWriter takes; 10,000 people to CSV in 0.2 s, to a workbook in 1 s, with 50 marks
each in 1 s.

    .venv/bin/python -m benchmarks.exports [rows] [people]
"""

import csv
import io
import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.lists_of_10000 import NOW, fill
from certify.clock import SetClock
from certify.domain.exchange import Column, ExportFormat, Sheet
from certify.domain.person import CONSOLE
from certify.hooks import registry
from certify.paths import Home
from certify.platform import open_platform
from certify.services import exporting
from certify.services.forms.form import Wanted
from certify.settings import Settings

COLUMNS = 12
MARKS = 50
QUERY = "SELECT * FROM listed ORDER BY number"


@cache
def writers() -> dict[str, ExportFormat]:
    """Every format; loading them is part of the start of the program."""
    return registry.load(["tables"]).export_formats


def fill_rows(file: Path, rows: int) -> None:
    """A table as the on-post list would be, all of it text."""
    base = sqlite3.connect(file)
    names = ", ".join(["number TEXT PRIMARY KEY", *(f"c{n} TEXT" for n in range(1, COLUMNS))])
    base.execute(f"CREATE TABLE listed ({names}) WITHOUT ROWID")
    values = ", ".join("?" * COLUMNS)
    base.executemany(
        f"INSERT INTO listed VALUES ({values})",
        (
            (
                f"{n:07}",
                f"王小兰{n % 977}",
                "客服部",
                "客服专员",
                f"接待流程{n % 7}",
                f"L{n % 4}",
                f"{60 + n % 40}.50",
                "first pass" if n % 3 else "retake",
                f"2024-03-{n % 28 + 1:02}",
                f"2025-03-{n % 28 + 1:02}",
                f"PQ-2024-{n:07}-{n % 10}",
                "active",
            )
            for n in range(rows)
        ),
    )
    base.commit()
    base.close()


def sheet_of(rows: Iterable[Sequence[str]], columns: int) -> Sheet:
    """A list of these rows."""
    header = [("number", "编号", "EXP-2024-000001"), ("time", "时间", "2024-03-04T12:00:00+08:00")]
    return Sheet("名单", header, [Column(f"c{n}", f"列 {n}") for n in range(columns)], rows)


def by_certify(form: str, file: Path, out: Path) -> None:
    """Fetched and written as an export is."""
    writer = writers()[form]
    with sqlite3.connect(file) as base, out.open("wb") as target:
        writer.write(sheet_of(base.execute(QUERY), COLUMNS), target)


def by_sqlite3(file: Path, out: Path) -> None:
    """The command line of SQLite, which is written in C."""
    with out.open("wb") as target:
        subprocess.run(["sqlite3", "-csv", file, QUERY], check=True, stdout=target)


def by_csv(file: Path, out: Path) -> None:
    """The bare library: nothing is cleaned, nothing guarded."""
    with sqlite3.connect(file) as base, out.open("w", encoding="utf-8-sig", newline="") as target:
        csv.writer(target).writerows(base.execute(QUERY))


def by_xlsxwriter(file: Path, out: Path) -> None:
    """The fastest library that is kept and needs no more memory for more rows."""
    import xlsxwriter  # type: ignore[import-untyped]

    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet()
    with sqlite3.connect(file) as base:
        for number, row in enumerate(base.execute(QUERY)):
            for place, cell in enumerate(row):
                page.write_string(number, place, cell)
    book.close()


def with_marks(form: str, people: int) -> None:
    """So many people with their marks, from memory: what packing alone takes."""
    rows = (
        [f"{n:06}", f"王小兰{n % 977}", *(f"{60 + (n + m) % 40}.50" for m in range(MARKS))]
        for n in range(people)
    )
    writer = writers()[form]
    with io.FileIO(tempfile.mkstemp()[0], "wb") as target:
        writer.write(sheet_of(rows, MARKS + 2), target)


def exported(form: str, name: str, home: Path) -> None:
    """An export of a company, its number and its entries in the ledger included."""
    platform = open_platform(Settings(home=Home(home)), clock=SetClock(NOW))
    measure_from_here()
    with (home / "out").open("wb") as out:
        exporting.write_form(
            platform, actor=CONSOLE, form=name, format_name=form, wanted=Wanted(), out=out
        )


_begun = [0.0, 0.0, 0.0]


def measure_from_here() -> None:
    """What is done before does not count."""
    _begun[:] = [time.perf_counter(), _processor(), _megabytes()]


def _processor() -> float:
    """Seconds of the processor, those of programs that were called included."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


TASKS: dict[str, Callable[..., None]] = {
    "certify": lambda form, file, out: by_certify(form, Path(file), Path(out)),
    "sqlite3": lambda file, out: by_sqlite3(Path(file), Path(out)),
    "csv": lambda file, out: by_csv(Path(file), Path(out)),
    "xlsxwriter": lambda file, out: by_xlsxwriter(Path(file), Path(out)),
    "marks": lambda form, people: with_marks(form, int(people)),
    "export": lambda form, name, home: exported(form, name, Path(home)),
}


def alone(*task: str) -> dict[str, Any]:
    """Do a task in a process of its own; its seconds and megabytes."""
    command = [sys.executable, "-m", "benchmarks.exports", "--task", *task]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, Any] = json.loads(said)
    return found


def do(task: str, *arguments: str) -> None:
    """Do one task here and say how it was."""
    writers()
    measure_from_here()
    TASKS[task](*arguments)
    now = time.perf_counter(), _processor(), _megabytes()
    names = "seconds", "processor", "megabytes"
    print(json.dumps({name: now[place] - _begun[place] for place, name in enumerate(names)}))


def say(name: str, found: dict[str, Any], beside: float = 0.0) -> None:
    """One line; the ratio of the processor's time to the peer's where there is one."""
    ratio = f"  × {found['processor'] / beside:.2f}" if beside else ""
    print(
        f"{name:36} {found['seconds']:7.2f} s  {found['processor']:7.2f} s of processor  "
        f"{found['megabytes']:6.1f} MB more{ratio}"
    )


def main(rows: int = 100_000, people: int = 10_000) -> None:
    """Ask both questions; a tenth of the rows first, which shows whether memory grows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in (rows // 10, rows):
            file, out = folder / f"{count}.db", str(folder / "out")
            fill_rows(file, count)
            print(f"{count} rows of {COLUMNS} cells")
            if shutil.which("sqlite3"):
                peer = alone("sqlite3", str(file), out)
                say("  csv: sqlite3 command line", peer)
            else:
                peer = {"processor": 0.0}
            say("  csv: csv.writerows", alone("csv", str(file), out), peer["processor"])
            say("  csv: certify", alone("certify", "csv", str(file), out), peer["processor"])
            peer = alone("xlsxwriter", str(file), out)
            say("  xlsx: XlsxWriter, constant memory", peer)
            say("  xlsx: certify", alone("certify", "xlsx", str(file), out), peer["processor"])
        platform = open_platform(Settings(home=Home(folder)), clock=SetClock(NOW))
        fill(platform, people)
        platform.close()
        print(f"{people} people")
        for form in ("people-list", "qualification-list", "qualification-matrix"):
            for suffix in ("csv", "xlsx"):
                say(f"  {suffix}: {form}", alone("export", suffix, form, str(folder)))
        for suffix in ("csv", "xlsx"):
            say(f"  {suffix}: {MARKS} marks each, from memory", alone("marks", suffix, str(people)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--task"]:
        do(*sys.argv[2:])
    else:
        main(*map(int, sys.argv[1:]))
