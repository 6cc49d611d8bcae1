"""`pdf`: pages to print; Chinese shows on any machine, for the letters are in the file."""

from typing import BinaryIO

from certify.api import N_, ExportFormat, Sheet, write_table


class PdfFormat(ExportFormat):
    """Title, header facts, rows below repeated headings; whose list it is, on every page."""

    name = "pdf"
    suffix = ".pdf"
    label = N_("PDF for printing")

    def write(self, sheet: Sheet, out: BinaryIO) -> None:
        write_table(sheet, out)
