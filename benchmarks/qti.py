"""Reading and writing a QTI package, beside bare expat over the same XML in the same run.

The package holds items of eight types in turn, written by our own writer, each a file of its own.
The bare run unpacks the same files and hands them to expat, with nothing listening: no reader in
Python can be faster. Memory is what Python allocates at most while entries are read one by one.
Goals: nothing over 1 s for 1,000 items, nothing over 200 MB.

    .venv/bin/python -m benchmarks.qti [items] [runs]
"""

import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from xml.parsers import expat

from benchmarks.measuring import measured
from certify.domain.item_format import BankFile, BankItem
from certify.domain.question_type import ItemBlock
from certify_qti.qti_format import QtiFormat

GOAL_SECONDS, GOAL_MB = 1.0, 200
STEM = "依据 CS-003，收到客户投诉后，客服专员**最迟**多少小时内给出解决方案？请按服务标准作答。"
WHY = "24 小时内给出方案；处理完毕与回访另有时限。"
OPTIONS = ("12 小时内给出方案", "24 小时内给出方案", "48 小时内给出方案", "不必给出方案")
BLOCKS = {
    "single": ItemBlock(STEM, [(one, one == OPTIONS[1]) for one in OPTIONS], WHY),
    "multiple": ItemBlock(STEM, [(one, one < "4") for one in OPTIONS], WHY),
    "truefalse": ItemBlock(STEM, (("正确", True), ("错误", False)), WHY),
    "ordering": ItemBlock(STEM, [(one, None) for one in OPTIONS], WHY),
    "matching": ItemBlock(
        STEM, (), WHY, rows=(("情形", "时限"), ("投诉", OPTIONS[1]), ("咨询", OPTIONS[0]))
    ),
    "numeric": ItemBlock(STEM, (), WHY, lines=("= 24 ± 0.5 小时 | h",)),
    "cloze": ItemBlock("收到投诉后 {{24|二十四}} 小时内{{=回复|搁置|转走}}。", (), WHY),
    "essay": ItemBlock(
        STEM, (), WHY, rows=(("评分点", "分值"), ("先道歉", "6"), ("说清时限", "4"))
    ),
}


def bank(count: int) -> Iterator[BankItem]:
    """So many items, the types in turn."""
    for number, (kind, block) in enumerate(islice(cycle(BLOCKS.items()), count), start=1):
        yield BankItem(f"items.md:{number}", kind, block, topic="complaint", difficulty=2)


def written(count: int) -> bytes:
    """A package of so many items."""
    out = io.BytesIO()
    if left_out := list(QtiFormat().write(bank(count), out, title="基准", language="zh")):
        raise SystemExit(f"not everything was written: {left_out[0]}")
    return out.getvalue()


def read(package: bytes) -> int:
    """How many items the reader makes of it, one at a time."""
    entries = QtiFormat().read(BankFile("bench.zip", package), "zh")
    return sum(isinstance(entry, BankItem) for entry in entries)


def bare(package: bytes) -> int:
    """How many files expat reads of it, without anything being kept."""
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        for name in parts.namelist():
            expat.ParserCreate().Parse(parts.read(name), True)
        return len(parts.namelist()) - 1


def measure(name: str, count: int, work: Callable[[], object], runs: int) -> float:
    """Print items a second and the most memory; gives the median, in seconds."""
    found = measured(work, runs)
    print(
        f"  {name:12} median {found.median:7.3f} s  min {found.least:7.3f} s"
        f"  {count / found.median:9,.0f} items/s  memory {found.megabytes:6.1f} MB"
    )
    return found.median


def main(count: int = 10_000, runs: int = 5) -> None:
    """Measure writing, reading and the bare run."""
    package = written(count)
    print(f"{count:,} items, a package of {len(package) / 1e6:.1f} MB")
    if not read(package) == bare(package) == count:
        raise SystemExit("items were lost")
    measure("write", count, lambda: written(count), runs)
    ours = measure("read", count, lambda: read(package), runs)
    theirs = measure("bare expat", count, lambda: bare(package), runs)
    print(f"  read / bare expat: {ours / theirs:.1f}")
    print(f"  goal ≤ {GOAL_SECONDS} s for 1,000 items: {ours / count * 1_000:.3f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
