"""`json`: one document for programs, written row by row."""

import json
from typing import BinaryIO

from certify.api import N_, ExportFormat, Sheet, clean


class JsonFormat(ExportFormat):
    """`{"form", "header", "columns", "rows"}`; rows are objects by column key."""

    name = "json"
    suffix = ".json"
    label = N_("JSON for programs")
    is_text = True

    def write(self, sheet: Sheet, out: BinaryIO) -> None:
        header = {key: clean(value) for key, _label, value in sheet.header}
        columns = [
            {"key": column.key, "heading": clean(column.heading)} for column in sheet.columns
        ]
        keys = [column.key for column in sheet.columns]
        parts = {"form": clean(sheet.title), "header": header, "columns": columns}
        for name, part in parts.items():
            out.write(f"{'{' if name == 'form' else ' '}{_text(name)}: {_text(part)},\n".encode())
        out.write(b' "rows": [')
        separator = "\n  "
        for row in sheet.rows:
            fields = dict(zip(keys, map(clean, row), strict=True))
            out.write(f"{separator}{_text(fields)}".encode())
            separator = ",\n  "
        out.write(b"\n]}\n")


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
