"""Question banks as tables: Excel workbooks (`xlsx`, `xls`) and `csv`."""

from certify.api import ItemFormat, hookimpl
from certify_spreadsheet.formats import CsvFormat, XlsFormat, XlsxFormat


@hookimpl
def certify_register_item_formats() -> list[ItemFormat]:
    return [XlsxFormat(), XlsFormat(), CsvFormat()]
