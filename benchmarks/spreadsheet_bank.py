"""Reading question tables, per 1,000 questions, beside bare openpyxl over the same workbook.

The table holds items of eight types in turn, with explanation, topic and sources, as our own
writer writes it; the bare run has openpyxl read every cell of the same workbook row by row
(`read_only`, `data_only`) and does nothing with them. `wild` is the same bank as a hand-made
workbook, saved by openpyxl with shared strings, numbers and merged cells. Memory is what Python
allocates at most while entries are read one by one, and for the whole process what the system
says. Goals: nothing over 1 s for 1,000 questions, nothing over 200 MB.

    .venv/bin/python -m benchmarks.spreadsheet_bank [questions] [runs]
"""

import io
import resource
import sys
from collections.abc import Callable, Iterator
from itertools import cycle, islice

import openpyxl

from benchmarks.measuring import measured
from benchmarks.qti import BLOCKS, GOAL_MB, GOAL_SECONDS, OPTIONS, STEM, WHY
from certify.domain.item_format import BankFile, BankItem, ItemFormat
from certify_spreadsheet.formats import CsvFormat, XlsxFormat

HEADINGS = ("序号", "题型", "题目", "选项A", "选项B", "选项C", "选项D", "答案", "解析", "章节")


def bank(count: int) -> Iterator[BankItem]:
    """So many items, the types in turn."""
    for number, (kind, block) in enumerate(islice(cycle(BLOCKS.items()), count), start=1):
        code, sources = f"CMP-{number:05}", ("S2-CP-04",)
        yield BankItem("1", kind, block, code=code, topic="complaint", difficulty=2, facts=sources)


def written(way: ItemFormat, count: int) -> bytes:
    """A file of so many items."""
    out = io.BytesIO()
    if left_out := list(way.write(bank(count), out, title="基准", language="zh")):
        raise SystemExit(f"not everything was written: {left_out[0]}")
    return out.getvalue()


def wild(count: int) -> bytes:
    """A workbook such as people make: numbers beside text, the chapter merged over ten rows."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(HEADINGS)
    for number in range(1, count + 1):
        chapter = f"第{number}章" if number % 10 == 1 else None
        page.append([number, "单选题", f"{number}. {STEM}", *OPTIONS, "B", WHY, chapter])
    for start in range(2, count - 8, 10):
        page.merge_cells(f"J{start}:J{start + 9}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(way: ItemFormat, data: bytes) -> int:
    """How many items the reader makes of a file, one at a time."""
    entries = way.read(BankFile(f"bench{way.suffixes[0]}", data), "zh")
    return sum(isinstance(entry, BankItem) for entry in entries)


def bare(data: bytes) -> int:
    """How many rows openpyxl reads below the headings, without anything being kept."""
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return sum(1 for _row in book.worksheets[0].iter_rows(values_only=True)) - 1


def measure(name: str, count: int, work: Callable[[], object], runs: int) -> float:
    """Print seconds for 1,000 questions and the most memory; gives the median of all, seconds."""
    found = measured(work, runs)
    print(
        f"  {name:22} {found.median * 1_000 / count:6.3f} s for 1,000  min {found.least:7.3f} s"
        f"  {count / found.median:9,.0f} questions/s  memory {found.megabytes:6.1f} MB"
    )
    return found.median


def main(count: int = 10_000, runs: int = 3) -> None:
    """Measure writing, reading and the bare run."""
    xlsx, csv = XlsxFormat(), CsvFormat()
    files = {"our own": written(xlsx, count), "wild": wild(count)}
    for name, data in files.items():
        print(f"{count:,} questions, {name} workbook of {len(data) / 1e6:.1f} MB")
        if not read(xlsx, data) == bare(data) == count:
            raise SystemExit("questions were lost")
        ours = measure("read xlsx", count, lambda data=data: read(xlsx, data), runs)  # type: ignore[misc]
        theirs = measure("bare openpyxl", count, lambda data=data: bare(data), runs)  # type: ignore[misc]
        print(f"  read / bare openpyxl: {ours / theirs:.1f}")
        print(f"  goal ≤ {GOAL_SECONDS} s for 1,000 questions: {ours / count * 1_000:.3f} s")
    text = written(csv, count)
    print(f"{count:,} questions, CSV of {len(text) / 1e6:.1f} MB")
    measure("read csv", count, lambda: read(csv, text), runs)
    measure("write xlsx", count, lambda: written(xlsx, count), runs)
    measure("write csv", count, lambda: written(csv, count), runs)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"goal ≤ {GOAL_MB} MB; the whole process, files and tracing included: {most:.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
