"""Which export a file is, and whether it is as it was written: for an auditor who holds one."""

import hashlib
import lzma
import os
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from certify.domain.clean import clean_line
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.errors import BadInput
from certify.i18n import _
from certify.platform import Platform
from certify.services.exporting import MADE, WRITTEN
from certify.storage import exports

NUMBER = re.compile(rb"EXP-\d{4}-\d{6}\b")
PAGE = 1 << 20
HEAD = 64 << 10
"""Bytes in which a file states its number."""
SHEET = "xl/worksheets/sheet1.xml"
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError)


@dataclass(frozen=True)
class ExportCheck:
    """What the ledger says of a file."""

    number: str
    """Of the export; empty when the file is none that this company made."""
    is_unchanged: bool
    """Whether the file is, byte for byte, what was written."""
    form: str
    format: str
    rows: int
    made_at: datetime | None
    made_by: str
    """Staff number; empty for the command line itself."""
    sha256: str


def check(platform: Platform, *, actor: Actor, path: Path) -> ExportCheck:
    """Hold a file against the ledger.

    A file that was changed is known by the number it states, if it still states one.

    Raises:
        NotPermitted
        BadInput: the file cannot be read.
    """
    if not actor.is_console:
        require(actor, Action.SEE_LEDGER)
    digest, head = _read(path)
    with platform.database.read() as session:
        same = [
            one.subject.removeprefix("export:")
            for one in exports.entries(session, WRITTEN)
            if one.facts["sha256"] == digest
        ]
        number = same[0] if same else _stated(path, head)
        made = exports.of_export(session, number).get(MADE) if number else None
        if made is None:
            return ExportCheck("", False, "", "", 0, None, "", digest)
        staff_no = exports.staff_no(session, made.actor_id)
        facts = made.facts
        return ExportCheck(
            number=number,
            is_unchanged=bool(same),
            form=str(facts["form"]),
            format=str(facts["format"]),
            rows=int(facts["rows"]),
            made_at=made.at,
            made_by=staff_no,
            sha256=digest,
        )


def _read(path: Path) -> tuple[str, bytes]:
    """The SHA-256 of a file, and its first bytes."""
    digest, head = hashlib.sha256(), b""
    try:
        with path.open("rb") as file:
            while page := file.read(PAGE):
                head = head or page[:HEAD]
                digest.update(page)
    except OSError as problem:
        raise BadInput(
            _("The file cannot be read: {reason}").format(reason=problem.strerror or problem),
            place=clean_line(str(path)),
            mend=_("Check its name and that you may read it."),
        ) from problem
    return digest.hexdigest(), head


def _stated(path: Path, head: bytes) -> str:
    """The number that a file says it has, also inside a workbook; empty when it says none."""
    if zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as book, book.open(SHEET) as sheet:
                head = sheet.read(HEAD)
        except (KeyError, OSError, EOFError, ValueError, RuntimeError, *_BROKEN):
            return ""
    found = NUMBER.search(head) or NUMBER.search(os.fsencode(path.name))
    return found[0].decode() if found else ""
