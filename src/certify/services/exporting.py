"""Forms on their way out: numbered, in the ledger, then written (R-FRM-01, R-FRM-04).

An export has two entries in the ledger: that it was made, before its first byte, and what was
written, once all of it was; `export_check` holds a file against the second.
"""

import hashlib
import io
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from certify.domain.clean import tidy_line
from certify.domain.exchange import Column, ExportFormat, Sheet
from certify.domain.person import Actor
from certify.errors import BadInput
from certify.i18n import _
from certify.platform import Platform
from certify.services.cycles import no_search_for_cycles
from certify.services.forms.form import FILTERS, Form, Table, Wanted
from certify.services.forms.registry import form_named
from certify.services.recording import record
from certify.services.spool import Spool
from certify.services.typed import checked_text
from certify.services.whole_file import whole_file
from certify.storage import qualifications

SERIES = "EXP"
MADE, WRITTEN = "list-exported", "export-written"
"""What the ledger calls the two steps."""
CODE = re.compile("[A-Za-z0-9._-]{1,40}")
"""What a filter may be to stand in the ledger: people type anything where a code is asked for."""
MOST_OF_A_PURPOSE = 200
"""Characters."""


@dataclass(frozen=True)
class ExportReceipt:
    """An export that was written: its number is on it and in the ledger."""

    number: str
    rows: int
    sha256: str
    size: int
    """Bytes."""
    path: Path | None = None
    """Where it went; None for a stream."""


def export_form(
    platform: Platform,
    *,
    actor: Actor,
    form: str,
    format_name: str,
    wanted: Wanted,
    path: Path | None = None,
    purpose: str = "",
) -> ExportReceipt:
    """Write a form to a file, whole or not at all; only its owner may read it.

    Args:
        path: a file, or a folder in which the file is named by its number, so that no earlier one
            is lost; left out, the folder of exports.
    Raises:
        NotPermitted, NotFound
        BadInput: there is no such form or format, the form does not take a filter that is set, or
            the place cannot be written.
    """
    exports = platform.settings.home.exports
    with _prepared(platform, actor, form, format_name, wanted, purpose) as export:
        if path is None or os.path.isdir(path):  # which takes a name that is too long, too
            number = export.take_number()
            path = (path or exports) / f"{form}-{number}{export.writer.suffix}"
        with whole_file(path, exports) as out:
            return replace(export.write(out), path=path)


def write_form(
    platform: Platform,
    *,
    actor: Actor,
    form: str,
    format_name: str,
    wanted: Wanted,
    out: BinaryIO,
    purpose: str = "",
) -> ExportReceipt:
    """Write a form to a stream; number and ledger entry are committed before its first byte.

    Raises:
        NotPermitted, NotFound
        BadInput: there is no such form or format, or it does not take a filter that is set.
    """
    with _prepared(platform, actor, form, format_name, wanted, purpose) as export:
        return export.write(out)


def form_rows(
    platform: Platform, *, actor: Actor, form: str, wanted: Wanted
) -> tuple[Sequence[Column], list[Sequence[str]]]:
    """The columns and rows a form would have now; nothing is written.

    Raises:
        NotPermitted, NotFound, BadInput
    """
    known = form_named(form)
    known.check(actor, wanted)
    table = known.make(platform, actor, wanted)
    return table.columns, list(table.rows)


class _Export:
    """One export from its checks to its last byte."""

    def __init__(
        self,
        platform: Platform,
        actor: Actor,
        form: Form,
        writer: ExportFormat,
        wanted: Wanted,
        purpose: str,
        table: Table,
        rows: Spool,
    ) -> None:
        self.platform, self.actor = platform, actor
        self.form, self.writer, self.wanted, self.purpose = form, writer, wanted, purpose
        self.table, self.rows = table, rows
        self.number = ""
        self.at: datetime = platform.clock.now()

    def take_number(self) -> str:
        """The export's number, which the ledger knows from now on."""
        if not self.number:
            year = self.local.year
            with self.platform.database.write() as session:
                running = qualifications.next_number(session, f"{SERIES}-{year}")
                self.number = f"{SERIES}-{year}-{running:06}"
                record(
                    session,
                    self.platform,
                    self.actor,
                    MADE,
                    f"export:{self.number}",
                    form=self.form.name,
                    format=self.writer.name,
                    filter=_filter_facts(self.wanted),
                    purpose=bool(self.purpose),
                    rows=self.rows.count,
                )
        return self.number

    @property
    def local(self) -> datetime:
        """When it was made, by the clocks of the company."""
        return self.at.astimezone(ZoneInfo(self.platform.policy.organisation.time_zone))

    def write(self, out: BinaryIO) -> ExportReceipt:
        """Write everything, and then that it was written."""
        number, sealed = self.take_number(), _Sealed(out)
        title = _(self.form.label)
        self.writer.write(Sheet(title, self._head(), self.table.columns, self.rows), sealed)
        sealed.flush()
        digest = sealed.sha256.hexdigest()
        with self.platform.database.write() as session:
            subject, facts = f"export:{number}", {"sha256": digest, "bytes": sealed.size}
            record(session, self.platform, self.actor, WRITTEN, subject, **facts)
        return ExportReceipt(number, self.rows.count, digest, sealed.size)

    def _head(self) -> list[tuple[str, str, str]]:
        """What every export says of itself, then what its form says."""
        actor = self.actor
        author = actor.name if actor.is_console else f"{actor.staff_no} {actor.name}"
        own = (
            ("number", _("Export number"), self.number),
            ("time", _("Time"), self.local.isoformat(timespec="seconds")),
            ("author", _("Author"), author),
            ("filter", _("Filter"), self.form.said(self.wanted, self.table)),
            ("rows", _("Rows"), str(self.rows.count)),
            ("purpose", _("Purpose"), self.purpose or _("not stated")),
        )
        taken = {key for key, _label, _value in own}
        about = [
            (f"form_{key}" if key in taken else key, label, value)
            for key, label, value in self.table.about
        ]
        return [*own, *about]


@contextmanager
def _prepared(
    platform: Platform,
    actor: Actor,
    form: str,
    format_name: str,
    wanted: Wanted,
    purpose: str,
) -> Iterator[_Export]:
    """An export whose rows are there, and which has no number yet."""
    known, formats = form_named(form), platform.plugins.export_formats
    known.check(actor, wanted)
    if format_name not in formats:
        raise BadInput(
            _("There is no export format “{name}”.").format(name=format_name),
            mend=_("Possible: {values}").format(values=", ".join(sorted(formats)) or "–"),
        )
    if tidy_line(purpose):
        purpose = checked_text(purpose, _("purpose"), MOST_OF_A_PURPOSE)
    if "as_of" in known.takes and wanted.as_of is None:
        wanted = replace(wanted, as_of=platform.today())
    with no_search_for_cycles():
        table = known.make(platform, actor, wanted)
        spool = Spool(table.rows)
    with spool as rows:
        yield _Export(
            platform, actor, known, formats[format_name], wanted, purpose.strip(), table, rows
        )


def _filter_facts(wanted: Wanted) -> dict[str, object]:
    """What was applied, for the ledger; what may be a name only leaves that it was used."""
    return {
        name: True if FILTERS[name].may_name or not CODE.fullmatch(text) else text
        for name, text in wanted.given.items()
    }


class _Sealed(io.BufferedIOBase, BinaryIO):
    """Passes bytes on and seals them: nothing is written a second time, so the seal holds."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.sha256 = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.sha256.update(data)
        self.size += len(data)
        self.out.write(data)
        return len(data)

    def flush(self) -> None:
        self.out.flush()
