"""What an export format promises: it writes every list whole, as rows come, and text stays text."""

import io
from collections.abc import Iterator, Sequence

from certify.conformance.fault import Fault
from certify.domain.exchange import Column, Sheet
from certify.hooks.registry import Plugins
from certify.i18n import _

CELLS = (
    "=1+1",
    "+86 10",
    "-5",
    "@all",
    "007",
    "王小兰 👩‍💼",
    "a\nb",
    '"quoted"',
    ",;|\t",
    "",
    "<b>&amp;",
)
ROWS = 3_000


def check(plugins: Plugins, names: Sequence[str]) -> Iterator[Fault]:
    """Every fault of these export formats."""
    for name in names:
        yield from _one(plugins, name)


def _one(plugins: Plugins, name: str) -> Iterator[Fault]:
    form = plugins.export_formats[name]
    if not form.suffix.startswith("."):
        yield Fault(name, _("Its suffix has no dot."))
    taken = 0

    def rows() -> Iterator[Sequence[str]]:
        nonlocal taken
        for taken in range(1, ROWS + 1):
            yield [str(taken), *CELLS]

    columns = [Column(f"c{place}", f"列 {place}") for place in range(len(CELLS) + 1)]
    sheet = Sheet("名单", [("number", "编号", "L-1")], columns, rows())
    out = io.BytesIO()
    try:
        form.write(sheet, out)
    except Exception as problem:
        yield Fault(
            name, f"{type(problem).__name__}: {problem}"[:200], _("It must write any text.")
        )
        return
    if taken < ROWS:
        yield Fault(name, _("It did not write every row."))
    if out.closed or not out.getvalue():
        yield Fault(name, _("Nothing was written, or the stream was closed."))
    empty = io.BytesIO()
    form.write(Sheet("名单", (), columns, ()), empty)
    if not empty.getvalue():
        yield Fault(name, _("An empty list has no header."), _("Write its columns all the same."))
