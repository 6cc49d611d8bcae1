"""A person's extract as one file: JSON for programs, Markdown for people, and a manifest."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from certify.domain.clean import clean_line
from certify.domain.person import Actor
from certify.domain.personal_tables import TABLES
from certify.domain.privacy import HIDDEN_TECHNICAL, KEPT_BY_NUMBER
from certify.i18n import _, pick
from certify.platform import Platform
from certify.services.exporting import SERIES
from certify.services.privacy.column_words import COLUMNS
from certify.services.privacy.extracting import Extract, Section, extract
from certify.services.recording import record
from certify.services.whole_file import whole_file
from certify.services.windows import moment_text
from certify.storage import people, qualifications

ACTION = "data-extracted"
"""What the ledger calls it."""


@dataclass(frozen=True)
class ExtractReceipt:
    """An extract that was written."""

    number: str
    path: Path
    rows: int
    sha256: str


def write_extract(
    platform: Platform, *, actor: Actor, staff_no: str | None = None, path: Path | None = None
) -> ExtractReceipt:
    """Write everything that is kept of a person into one archive, whole or not at all.

    Args:
        staff_no: None for the actor.
        path: left out, the file goes into the folder of exports under its number.
    Raises:
        NotPermitted, NotFound
        BadInput: the place cannot be written.
    """
    found = extract(platform, actor=actor, staff_no=staff_no)
    exports = platform.settings.home.exports
    with platform.database.write() as session:
        year = platform.today().year
        number = f"{SERIES}-{year}-{qualifications.next_number(session, f'{SERIES}-{year}'):06}"
        data = _archive(platform, actor, found, number)
        digest = hashlib.sha256(data).hexdigest()
        person = people.by_staff_no(session, found.staff_no)
        subject = f"person:{person.id if person else 0}"
        facts = {"number": number, "rows": found.rows, "sha256": digest}
        record(session, platform, actor, ACTION, subject, **facts)
        where = path or exports / f"personal-data-{number}.zip"
        with whole_file(where, exports) as out:
            out.write(data)
    return ExtractReceipt(number, where, found.rows, digest)


def _archive(platform: Platform, actor: Actor, found: Extract, number: str) -> bytes:
    head = {
        "number": number,
        "made_at": found.at.isoformat(),
        "made_by": "certify" if actor.is_console else actor.staff_no,
        "staff_no": found.staff_no,
    }
    files = {
        "personal-data.json": _json({**head, **_data(found)}),
        "personal-data.md": _markdown(platform, found, number).encode(),
    }
    manifest = {
        **head,
        "rows": {one.table: len(one.rows) for one in found.sections},
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in {**files, "manifest.json": _json(manifest)}.items():
            entry = ZipInfo(name)  # of 1980: the same data give the same bytes
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def _data(found: Extract) -> dict[str, Any]:
    return {
        "tables": {
            one.table: {
                "title": one.title,
                "kind": one.kind.value,
                "rows": [dict(row) for row in one.rows],
                "left_out": dict(one.left_out),
            }
            for one in found.sections
        },
        "did": dict(found.acts),
    }


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def _markdown(platform: Platform, found: Extract, number: str) -> str:
    lines = [
        "# "
        + _("All that certify keeps of {who}").format(
            who=clean_line(f"{found.name} {found.staff_no}")
        ),
        _("{number} · {when}").format(number=number, when=moment_text(platform, found.at)),
        _("Kept for {years} years after the person leaves; then HR may have it removed.").format(
            years=platform.policy.retention.years
        ),
    ]
    for one in found.sections:
        if one.rows:
            lines += _section(platform, one)
    if found.acts:
        lines += ["## " + _("Done by this person"), _(KEPT_BY_NUMBER)]
        lines.append("\n".join(f"- {_title(name)}: {count}" for name, count in found.acts.items()))
    empty = [one.title for one in found.sections if not one.rows]
    if empty:
        lines += ["## " + _("Nothing is kept of"), _(", ").join(empty)]
    return "\n\n".join(lines) + "\n"


def _title(table: str) -> str:
    title = TABLES[table].title
    return _(title) if title else table


def _section(platform: Platform, one: Section) -> list[str]:
    lines = [f"## {one.title}"]
    for row in one.rows:
        said = [
            (column, _said(platform, column, value))
            for column, value in row.items()
            if column != "id"
        ]
        lines.append(
            "\n".join(f"- {_words(column)}: {text}" for column, text in said if text) or "- …"
        )
    if one.left_out:
        words: dict[str, list[str]] = {}
        for column, why in one.left_out.items():
            if why == _(HIDDEN_TECHNICAL):
                continue
            words.setdefault(why, []).append(_words(column))
        lines += [
            "*"
            + _("Not shown: {columns}. {why}").format(columns=_(", ").join(names), why=why)
            + "*"
            for why, names in words.items()
        ]
    return lines


def _words(column: str) -> str:
    """What a column is called; its own name where it has no other."""
    return _(COLUMNS[column]) if column in COLUMNS else column


def _said(platform: Platform, column: str, value: object) -> str:
    """A value on one line, in words where it has some."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, str) and (column == "at" or column.endswith(("_at", "deadline"))):
        return moment_text(platform, datetime.fromisoformat(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict) and set(value) <= {"zh", "en"}:
        return clean_line(pick(value))
    if isinstance(value, (dict, list)):
        return clean_line(json.dumps(value, ensure_ascii=False))
    return clean_line(str(value))
