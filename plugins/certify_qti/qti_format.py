"""The item format `qti`."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from certify.api import N_, BankFile, BankItem, Entry, ItemFormat, Loss, NotTaken


class QtiFormat(ItemFormat):
    """Reads items and packages of QTI 2.0 to 3.0; writes a package of QTI 3.0."""

    name = "qti"
    label = N_("QTI items and packages")
    suffixes = (".zip", ".xml")
    can_write = True

    def recognises(self, file: BankFile) -> bool:
        from certify_qti.package import looks_like_package
        from certify_qti.xml_file import ITEM, OLD, TESTS, holds_items, root_of

        if file.data.startswith(b"PK"):
            return looks_like_package(file.data)
        return root_of(file.data) in (ITEM, OLD, *TESTS, "manifest") or holds_items(file.data)

    def read(self, file: BankFile, language: str) -> Iterator[Entry]:
        from certify_qti.reading import read_file, read_package

        is_package = file.data.startswith(b"PK")
        return (read_package if is_package else read_file)(file, language)

    def write(
        self, items: Iterable[BankItem], out: BinaryIO, *, title: str, language: str
    ) -> Iterable[Loss | NotTaken]:
        from certify_qti.writing import write_package

        return write_package(items, out, title=title, language=language)
