"""Reads and writes a bank file of a course."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from certify.api import (
    N_,
    BankFile,
    BankItem,
    Entry,
    ItemFormat,
    Loss,
    NotTaken,
    Remark,
    Unwritable,
    _,
    decode,
    read_items,
    written_item,
)

_HEADING = re.compile(r"^## [A-Z][A-Z0-9]{1,7}-\d{3,5}\b", re.MULTILINE)


class MarkdownBank(ItemFormat):
    """One second-level heading per item, in one language."""

    name = "markdown"
    label = N_("Markdown bank")
    suffixes = (".md", ".markdown", ".txt")
    can_write = True

    def recognises(self, file: BankFile) -> bool:
        return _HEADING.search(decode(file.data)[0]) is not None

    def read(self, file: BankFile, language: str) -> Iterator[Entry]:
        text, encoding = decode(file.data)
        if encoding not in ("utf-8", "utf-8-sig"):
            message = _("Read as {encoding}.").format(encoding=encoding)
            yield Remark("1:1", message)
        yield from read_items(file.name, text)

    def write(
        self, items: Iterable[BankItem], out: BinaryIO, *, title: str, language: str
    ) -> Iterable[Loss | NotTaken]:
        lost: list[Loss | NotTaken] = []
        out.write(f"# {' '.join(title.split())}\n".encode())
        for number, item in enumerate(items, start=1):
            try:
                out.write(f"\n{written_item(item, number)}".encode())
            except Unwritable as problem:
                lost.append(NotTaken(item.place, "rejected", item.block.stem, str(problem)))
                continue
            if item.wordings:
                message = _("One file holds one language; the other wording is left out.")
                lost.append(Loss(item.place, message))
        return lost
