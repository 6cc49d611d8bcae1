"""10,000 questions of a file into a course: read; read and judged; and stored, beside a peer.

Stored means: the bank files are flushed to the disk and the rows committed to SQLite with full
flush. Near-duplicates are timed apart. Each run is a process of its own which only imports; the
file is made by another one, so that the peak memory is that of an import. GIFT is read by
pygiftparser in the same run, which says no lines and no columns.

Run: `.venv/bin/python -m benchmarks.item_import [QUESTIONS]`
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from certify.platform import Platform

COUNT = 10_000
SAMPLE = Path(__file__).parents[1] / "tests" / "courses" / "sample"
THINGS = ("invoices", "calls", "visits", "parts", "refunds", "letters", "returns")
NOTED = {"gift": 10_000, "moodle-xml": 5_000}
"""Goals, stored in a second."""


def main(count: int = COUNT) -> None:
    """Measure every format that can be read and written, each in its own process."""
    made = "\n".join(map(_question, range(count))).encode()
    _say("pygiftparser, read", count, lambda: _peer(made))
    for name in ("gift", "moodle-xml", "markdown", "xlsx", "qti", "csv"):
        size = count if name in NOTED else min(count, 1_000)
        with tempfile.TemporaryDirectory() as folder:
            for part in ("make", "judge", "store"):
                given = [part, name, str(size), f"{folder}/bank"]
                command = [sys.executable, "-m", "benchmarks.item_import", *given]
                done = subprocess.run(command, check=False, capture_output=True, text=True)
                if done.returncode:
                    print(f"{name}: {done.stderr.strip().splitlines()[-1:]}")
                print(done.stdout, end="")


def make(name: str, count: int, path: Path) -> None:
    """Write the questions into a file of a format."""
    from certify.domain.item_format import BankFile, BankItem
    from certify.hooks import registry

    made = "\n".join(map(_question, range(count))).encode()
    formats = registry.load().item_formats
    entries = formats["gift"].read(BankFile("x.gift", made), "zh")
    items = [entry for entry in entries if isinstance(entry, BankItem)]
    out = BytesIO(made if name == "gift" else b"")
    if name != "gift":
        list(formats[name].write(items, out, title="Bank", language="zh"))
    path.write_bytes(out.getvalue())


def one(name: str, count: int, path: Path, *, is_stored: bool) -> None:
    """Measure one format in this process: reading and judging, or the whole import."""
    from certify.domain.item_format import BankFile
    from certify.domain.person import CONSOLE
    from certify.services import course_sync, item_alike, item_import
    from certify.services.item_import import ImportWish
    from certify.services.item_import_facts import Defaults

    with _home() as (platform, course):
        reader = platform.plugins.item_formats[name]
        file = BankFile(f"bank{reader.suffixes[0]}", path.read_bytes())
        defaults = Defaults(topic="limits", difficulty=2, facts=("S1-EX-01",))
        alike: list[tuple[float, float]] = []
        honest = item_alike.of_import

        def timed(*given: object) -> object:
            begun, cpu = time.perf_counter(), time.process_time()
            found = honest(*given)  # type: ignore[arg-type]
            alike.append((time.perf_counter() - begun, time.process_time() - cpu))
            return found

        item_import.item_alike.of_import = timed  # type: ignore[attr-defined]
        for label, apply in (("read and judged", False), ("stored", True))[is_stored:]:
            wish = ImportWish("sample", name, defaults, skip_rejected=True, apply=apply)
            begun, cpu = time.perf_counter(), time.process_time()
            counts = item_import.import_items(platform, actor=CONSOLE, file=file, wish=wish).counts
            wall = time.perf_counter() - begun - alike[-1][0]
            used = time.process_time() - cpu - alike[-1][1]
            print(
                f"{name}, {label:24} {count / wall:8.0f}/s wall {count / used:8.0f}/s CPU"
                f"   {counts}"
            )
            if not is_stored:
                _say(f"{name}, read", count, lambda: sum(1 for _ in reader.read(file, "zh")))
                return
        wall, used = alike[-1]
        print(f"{name}, near-duplicates            {wall:8.1f} s wall {used:8.1f} s CPU")
        print(f"{name}, peak memory                {_peak():8.0f} MB")
        begun, cpu = time.perf_counter(), time.process_time()
        (course / "zh" / "01-lesson.md").touch()
        with platform.database.write() as session:
            from sqlalchemy import text

            session.connection().execute(text("UPDATE course SET source_hash = ''"))
        course_sync.sync_courses(platform, actor=CONSOLE)
        wall, used = time.perf_counter() - begun, time.process_time() - cpu
        print(f"{name}, course sync of all         {wall:8.1f} s wall {used:8.1f} s CPU")


def _say(label: str, count: int, work: Callable[[], object]) -> float:
    begun, cpu = time.perf_counter(), time.process_time()
    work()
    wall, used = time.perf_counter() - begun, time.process_time() - cpu
    print(f"{label:30} {count / wall:8.0f}/s wall {count / used:8.0f}/s CPU")
    return wall


def _peer(data: bytes) -> None:
    from io import StringIO

    from pygiftparser import parser  # type: ignore[import-untyped]

    parser.parseFile(StringIO(data.decode()))


def _peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _question(n: int) -> str:
    """Questions of five kinds whose wording differs as those of a real bank do."""
    thing, other = THINGS[n % 7], THINGS[(n // 7) % 7]
    kind = n % 5
    if kind == 0:
        return (
            f"::Q{n}:: How is case {n} of the {thing} closed once row {n * 7919 % 10007} agrees? "
            f"{{=With note {n} ~By {other} alone ~After {n % 9 + 2} reminders"
            f"####Note {n} is kept.}}\n"
        )
    if kind == 1:
        return (
            f"::Q{n}:: Which two records of batch {n * 104729 % 99991} belong to {thing}? "
            f"{{~%50%log {n} ~%50%receipt {n} ~%-50%menu ~%-50%poster####Batch {n} has both.}}\n"
        )
    if kind == 2:
        return f"::Q{n}:: Office {n * 31337 % 65537} answers {thing}. {{T####Rule {n} says so.}}\n"
    if kind == 3:
        return (
            f"::Q{n}:: Match the {thing} of group {n * 7817 % 30011}. "
            f"{{=first {n} -> red =second -> green =third -> blue####See page {n}.}}\n"
        )
    return f"::Q{n}:: What is {n} plus {n * 17 % 1013}? {{#{n + n * 17 % 1013}:0####A sum: {n}.}}\n"


@contextmanager
def _home() -> "Iterator[tuple[Platform, Path]]":
    from certify.domain.person import CONSOLE
    from certify.paths import Home
    from certify.platform import open_platform
    from certify.services import course_sync
    from certify.settings import Settings

    root = Path(tempfile.mkdtemp(prefix="certify-"))
    platform = open_platform(Settings(home=Home(root), lang="zh"))
    platform.plugins.course_folders.clear()
    try:
        course = root / "courses" / "sample"
        course.parent.mkdir()
        shutil.copytree(SAMPLE, course)
        course_sync.sync_courses(platform, actor=CONSOLE)
        yield platform, course
    finally:
        platform.close()
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    if sys.argv[1:2] in (["judge"], ["store"]):
        stored = sys.argv[1] == "store"
        one(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]), is_stored=stored)
    elif sys.argv[1:2] == ["make"]:
        make(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        main(*map(int, sys.argv[1:2]))
