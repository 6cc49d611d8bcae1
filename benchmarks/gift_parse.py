"""10,000 GIFT questions made items with their places, beside pygiftparser's bare parse.

The file has eight kinds of questions in turn; both read the same text in the same run, by turns.
Ours goes on to the items of the bank (Markdown stems, options with their marks, exact numbers)
and knows line and column of each; pygiftparser stops at the parts of a question and knows no
places. Goals: 25,000 questions a second, and memory that does not grow with the file beyond it.

    .venv/bin/python -m benchmarks.gift_parse [questions] [runs]
"""

import io
import logging
import statistics
import sys
import time
import tracemalloc
import warnings
from collections.abc import Callable

from certify.api import BankFile, BankItem
from certify_gift.gift import Gift

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it has escapes that Python frowns upon
    from pygiftparser import parser as peer  # type: ignore[import-untyped]

GOAL = 25_000
KINDS = (
    "::Q{n}:: Within how many hours is complaint {n} answered?"
    "{{\n\t~12 hours\n\t=24 hours\n\t~48 hours\n\t~72 hours\n}}",
    "::Q{n}:: 收到第{n}件客户投诉后，最迟多少小时内给出方案？"
    "{{\n\t~12 小时\n\t=24 小时\n\t~48 小时\n}}",
    "A call of kind {n} is {{~dropped =answered ~ignored}} within three rings.",
    "::Q{n}:: The customer of case {n} may exchange within seven days.{{TRUE}}",
    "Who signs form {n}?{{=the agent =agent}}",
    "::Q{n}:: How many percent does rule {n} ask for?{{#{n}:0.5}}",
    "::Q{n}:: Which two belong to step {n}?"
    "{{\n\t~%-100%sell\n\t~%50%ask\n\t~%50%listen\n\t~%-100%wait\n}}",
    "Match the posts of list {n}."
    "{{\n\t=agent -> answers\n\t=guide -> shows\n\t=examiner -> marks\n}}",
)


def made(count: int) -> str:
    """A file of so many questions."""
    return "\n\n".join(KINDS[n % len(KINDS)].format(n=n) for n in range(count)) + "\n"


def ours(data: bytes) -> int:
    """How many items a file has; they are let go as they come."""
    file = BankFile("bank.gift", data)
    return sum(isinstance(entry, BankItem) for entry in Gift().read(file, "zh"))


def theirs(data: bytes) -> int:
    """How many questions the peer finds."""
    return len(peer.parseFile(io.StringIO(data.decode())))


def rate(work: Callable[[bytes], int], data: bytes, count: int) -> float:
    """Questions a second of one run, by CPU time: other programs do not count."""
    begun = time.process_time()
    found = work(data)
    taken = time.process_time() - begun
    assert found == count, f"{found} of {count} questions were found"
    return count / taken


def memory(data: bytes) -> float:
    """The most memory that reading needs besides the file itself, in MB."""
    tracemalloc.start()
    ours(data)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return peak


def main(count: int = 10_000, runs: int = 9) -> None:
    """Both by turns, then the memory of ours for this file and one ten times as long."""
    logging.disable(logging.WARNING)  # the peer warns of every question without a title
    data = made(count).encode()
    print(f"{count:,} questions, {len(data) / 1e6:.1f} MB")
    rates: dict[str, list[float]] = {"certify": [], "pygiftparser": []}
    for _run in range(runs):
        rates["certify"].append(rate(ours, data, count))
        rates["pygiftparser"].append(rate(theirs, data, count))
    for name, found in rates.items():
        print(
            f"  {name:14} median {statistics.median(found):8,.0f}/s"
            f"  slowest {min(found):8,.0f}/s  fastest {max(found):8,.0f}/s"
        )
    print(f"  goal ≥ {GOAL:,}/s: {statistics.median(rates['certify']):,.0f}/s")
    for size in (count, 10 * count):
        text = made(size).encode()
        print(
            f"  memory for {size:>9,} questions ({len(text) / 1e6:5.1f} MB): {memory(text):.1f} MB"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
