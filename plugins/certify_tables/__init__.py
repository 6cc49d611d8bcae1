"""Writers of lists: `csv`, `xlsx` for spreadsheets, `json` for programs, `md`, `pdf` to read."""

from certify.api import ExportFormat, hookimpl
from certify_tables.csv_format import CsvFormat
from certify_tables.json_format import JsonFormat
from certify_tables.markdown_format import MarkdownFormat
from certify_tables.pdf_format import PdfFormat
from certify_tables.xlsx_format import XlsxFormat


@hookimpl
def certify_register_export_formats() -> list[ExportFormat]:
    return [CsvFormat(), XlsxFormat(), JsonFormat(), MarkdownFormat(), PdfFormat()]
