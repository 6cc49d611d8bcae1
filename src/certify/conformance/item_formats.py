"""What an item format promises: one entry for each question, never a crash, and a way back."""

import io
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from certify.conformance import bank_samples
from certify.conformance.fault import Fault
from certify.domain.item_format import BankFile, BankItem, Entry, ItemFormat, Loss, NotTaken
from certify.errors import BadInput
from certify.hooks.registry import Plugins
from certify.i18n import _

BROKEN = 120
"""Broken copies of a sample that are tried."""
LANGUAGE = "zh"


def check(plugins: Plugins, names: Sequence[str], samples: Path | None) -> Iterator[Fault]:
    """Every fault of these item formats, on the files of the samples."""
    for name in names:
        form = plugins.item_formats[name]
        mine = [one for one in _files(samples, form) if form.recognises(one)]
        if form.can_read and not mine:
            message = _("There is no file of this format in “samples/”.")
            yield Fault(name, message, _("Put one there as people really have them."))
        for file in mine if form.can_read else ():
            yield from _file(plugins, form, file)


def _files(samples: Path | None, form: ItemFormat) -> Iterator[BankFile]:
    for path in sorted(samples.iterdir()) if samples else ():
        if path.name.lower().endswith(form.suffixes):
            yield BankFile(path.name, path.read_bytes())


def _file(plugins: Plugins, form: ItemFormat, file: BankFile) -> Iterator[Fault]:
    where = f"{form.name} {file.name}"
    try:
        entries = list(form.read(file, LANGUAGE))
    except BadInput as problem:
        yield Fault(where, str(problem))
        return
    except Exception as problem:
        yield Fault(where, _crash(problem), _("Raise BadInput, or give a rejected entry."))
        return
    items = [entry for entry in entries if isinstance(entry, BankItem)]
    if not items:
        yield Fault(where, _("Not one item was read of the sample."))
    for name in sorted({item.type for item in items} - set(plugins.question_types)):
        yield Fault(where, _("Question type “{name}” is not known.").format(name=name))
    yield from _entries(where, entries)
    yield from _broken(form, where, file)
    if form.can_write and items:
        yield from _way_back(form, where, items)
        yield from _way_back(form, form.name, bank_samples.ITEMS)


def _entries(where: str, entries: Sequence[Entry]) -> Iterator[Fault]:
    for entry in entries:
        if isinstance(entry, NotTaken):
            if entry.kind == "rejected" and not (entry.place and entry.reason and entry.mend):
                message = _("A rejection lacks its place, its reason or its mend: {entry}")
                yield Fault(where, message.format(entry=entry))
        elif isinstance(entry, BankItem) and not entry.place:
            yield Fault(where, _("An item has no place: {entry}").format(entry=entry.name))


def _broken(form: ItemFormat, where: str, file: BankFile) -> Iterator[Fault]:
    """Copies with bytes lost, doubled and changed: refused or read, never a crash."""
    chance = random.Random(1)  # noqa: S311  the same faults each time
    for _time in range(BROKEN):
        data = bytearray(file.data)
        for _fault in range(chance.randint(1, 8)):
            place = chance.randrange(len(data) + 1)
            length = chance.randint(0, 40)
            data[place : place + length] = chance.randbytes(chance.choice((0, 1, length)))
        broken = BankFile(file.name, bytes(data))
        try:
            form.recognises(broken)
            entries = list(form.read(broken, LANGUAGE))
        except BadInput:
            continue
        except Exception as problem:
            yield Fault(where, _crash(problem), _("Whatever the file holds, nothing may crash."))
            return
        if faults := list(_entries(where, entries)):
            yield faults[0]
            return


def _way_back(form: ItemFormat, where: str, items: Sequence[BankItem]) -> Iterator[Fault]:
    """What was written reads back alike, unless the writer named what it cannot hold."""
    out = io.BytesIO()
    try:
        named = list(form.write(items, out, title="样例", language=LANGUAGE))
        data = BankFile(f"copy{form.suffixes[0]}", out.getvalue())
        written = form.read(data, LANGUAGE) if data.data else ()
        back = [entry for entry in written if isinstance(entry, BankItem)]
    except Exception as problem:
        yield Fault(where, _crash(problem), _("What cannot be written is named, with its place."))
        return
    unwritten = {one.place for one in named if isinstance(one, NotTaken)}
    lossy = {one.place for one in named if isinstance(one, Loss)}
    kept = [item for item in items if item.place not in unwritten]
    if len(back) != len(kept):
        message = _("{count} items were written, {back} read back, {named} named as not written.")
        said = message.format(count=len(items), back=len(back), named=len(unwritten))
        yield Fault(where, said, _("Read back what you write, and name what does not come back."))
        return
    for before, after in zip(kept, back, strict=True):
        if before.place not in lossy and _held(before) != _held(after):
            message = _("An item comes back other than it was, and no loss is named: {item}")
            said = f"{before.name or before.place} “{before.block.stem[:40]}”"
            yield Fault(where, message.format(item=said))


def _held(item: BankItem) -> tuple[object, ...]:
    """What a writer keeps of an item, or names as lost."""
    return (
        item.type,
        item.block.stem,
        tuple(map(tuple, item.block.options)),
        item.block.explanation,
        tuple(map(tuple, item.block.rows)),
        tuple(item.block.lines),
        item.topic,
        item.difficulty,
    )


def _crash(problem: Exception) -> str:
    return _("It crashes: {problem}").format(problem=f"{type(problem).__name__}: {problem}"[:200])
