"""A dossier as one archive: documents, papers, forms, certificates, and what hash each has."""

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from certify.domain.dossier_archive import FORMAT, MANIFEST, safe_part, unused
from certify.domain.exchange import Column, Sheet
from certify.domain.person import Actor
from certify.domain.training import TrainingSession
from certify.errors import NotFound
from certify.i18n import _, language
from certify.platform import Platform
from certify.services import exporting, results
from certify.services.certificates import handing_out, listing
from certify.services.forms.form import Wanted
from certify.services.forms.registry import FORMS
from certify.services.recording import record
from certify.services.reporting import archive_documents as parts
from certify.services.reporting import dossier
from certify.services.reporting.document import Document, markdown, plain
from certify.services.reporting.said import shown
from certify.services.typed import checked_text, person_of
from certify.services.whole_file import whole_file
from certify.storage import qualifications, report_training

SHEETS = ("sign-in-sheet", "assessment-record")
"""The forms of a training session that go with it."""
FORMATS = ("json", "md", "pdf")
SIGNED = ("json", "pdf")
Files = dict[str, bytes]


@dataclass(frozen=True)
class ArchiveReceipt:
    """An archive that was written."""

    number: str
    path: Path
    files: int
    sha256: str


@dataclass(frozen=True)
class _Dossier:
    """What an archive is of."""

    kind: str
    subject: str
    facts: Mapping[str, object]
    """What the ledger says it was of; people by their internal number."""
    files: Files


def person_archive(
    platform: Platform, *, actor: Actor, staff_no: str, path: Path, purpose: str = ""
) -> ArchiveReceipt:
    """Everything of a person as the actor may see it: 一人一档.

    Raises:
        NotPermitted, NotFound
        BadInput: the place cannot be written.
    """
    files: Files = {}
    _add(platform, files, "dossier", parts.timeline(platform, actor=actor, staff_no=staff_no))
    kept = results.record(platform, actor=actor, staff_no=staff_no)
    _add(platform, files, "qualifications", parts.qualifications(kept))
    attempts = [one.attempt_id for one in reversed(kept.attempts)]
    _papers(platform, actor, files, attempts, "")
    with platform.database.read() as session:
        owner = person_of(session, actor, staff_no).id or 0
    held = listing.of_person(platform, actor=actor, staff_no=staff_no)
    numbers = [(one.number, owner) for one in held if not one.is_erased]
    _certificates(platform, actor, files, numbers)
    found = _Dossier("person", kept.staff_no, {"person": owner}, files)
    return _write(platform, actor, found, path, purpose)


def session_archive(
    platform: Platform, *, actor: Actor, code: str, path: Path, purpose: str = ""
) -> ArchiveReceipt:
    """Everything of a training session as the actor may see it: 一期一档.

    Raises:
        NotPermitted, NotFound
        BadInput: the place cannot be written.
    """
    files: Files = {}
    document = dossier.session_dossier(platform, actor=actor, code=code)
    _add(platform, files, "dossier", document)
    for name in SHEETS:
        if FORMS[name].may_export(actor):
            _form(platform, actor, files, name, Wanted(session=code))
    with platform.database.read() as session:
        one = report_training.session_by_code(session, code)
    if isinstance(one, TrainingSession) and one.cohort_id is not None:
        _of_cohort(platform, actor, files, one.cohort_id)
    found = _Dossier("session", code, {"session": safe_part(code)}, files)
    return _write(platform, actor, found, path, purpose)


def cohort_archive(
    platform: Platform, *, actor: Actor, cohort_id: int, path: Path, purpose: str = ""
) -> ArchiveReceipt:
    """Everything of a cohort as the actor may see it.

    Raises:
        NotPermitted, NotFound
        BadInput: the place cannot be written.
    """
    files: Files = {}
    document = dossier.cohort_dossier(platform, actor=actor, cohort_id=cohort_id)
    _add(platform, files, "dossier", document)
    _of_cohort(platform, actor, files, cohort_id)
    found = _Dossier("cohort", str(cohort_id), {"cohort": cohort_id}, files)
    return _write(platform, actor, found, path, purpose)


def _of_cohort(platform: Platform, actor: Actor, files: Files, cohort_id: int) -> None:
    with platform.database.read() as session:
        attempts = report_training.attempts_of_cohort(session, cohort_id)
        numbers = report_training.certificates_of_cohort(session, cohort_id)
    for attempt, staff_no in attempts:
        _papers(platform, actor, files, [attempt], f"{safe_part(staff_no)}-")
    _certificates(platform, actor, files, numbers)


def _papers(
    platform: Platform, actor: Actor, files: Files, attempts: list[int], whose: str
) -> None:
    for made, document in parts.papers(platform, actor, attempts):
        _add(platform, files, f"papers/{whose}{safe_part(made.exam)}-{made.number}", document)


def _certificates(
    platform: Platform, actor: Actor, files: Files, numbers: Iterable[tuple[str, int]]
) -> None:
    """Those which the actor may hand out, signed and as pages."""
    with tempfile.TemporaryDirectory(prefix="certify-") as folder:
        for number, owner in numbers:
            for name in SIGNED if handing_out.may_hand_out(actor, owner) else ():
                made = Path(folder) / f"certificate.{name}"
                handing_out.export(
                    platform, actor=actor, number=number, format_name=name, path=made
                )
                files[f"certificates/{safe_part(number)}.{name}"] = made.read_bytes()


def _form(platform: Platform, actor: Actor, files: Files, name: str, wanted: Wanted) -> None:
    try:
        columns, rows = exporting.form_rows(platform, actor=actor, form=name, wanted=wanted)
    except NotFound:  # it was never assessed, or is not for this actor
        return
    _sheets(platform, files, f"forms/{name}", Sheet(_(FORMS[name].label), (), columns, rows))


def _add(platform: Platform, files: Files, name: str, document: Document) -> None:
    """A document as Markdown, for programs, and on paper where a format for it is installed."""
    name = unused(name, {one.rpartition(".")[0] for one in files})
    text = "\n".join(markdown(document)) + "\n"
    files[f"{name}.md"] = text.encode()
    files[f"{name}.json"] = _json(plain(document))
    if paper := platform.plugins.export_formats.get("pdf"):
        columns = (Column("part", _("Part")), Column("text", _("Text")))
        out = BytesIO()
        paper.write(Sheet(str(document.title), (), columns, list(_lines(document))), out)
        files[f"{name}.pdf"] = out.getvalue()


def _lines(document: Document) -> Iterator[tuple[str, str]]:
    """A document as rows of two cells."""
    for section in document.sections:
        title = str(section.title)
        for one in section.lines:
            yield title, str(one)
        heads = [_(head) for head in (section.columns or {}).values()]
        for row in section.rows:
            cells = zip(heads, map(shown, row), strict=True)
            yield title, " · ".join(f"{head}: {cell}" for head, cell in cells if cell)
        if not section.rows and section.empty is not None:
            yield title, str(section.empty)


def _sheets(platform: Platform, files: Files, name: str, sheet: Sheet) -> None:
    for wanted in FORMATS:
        if writer := platform.plugins.export_formats.get(wanted):
            out = BytesIO()
            writer.write(sheet, out)
            files[f"{name}{writer.suffix}"] = out.getvalue()


def _write(
    platform: Platform, actor: Actor, found: _Dossier, path: Path, purpose: str
) -> ArchiveReceipt:
    """Number it, write it whole or not at all, and say in the ledger what left the house."""
    if purpose.strip():
        purpose = checked_text(purpose, _("purpose"), exporting.MOST_OF_A_PURPOSE)
    now = platform.clock.now().astimezone(ZoneInfo(platform.policy.organisation.time_zone))
    form = f"{found.kind}-dossier"
    with platform.database.write() as session:
        series = f"{exporting.SERIES}-{now.year}"
        number = f"{series}-{qualifications.next_number(session, series):06}"
        record(
            session,
            platform,
            actor,
            exporting.MADE,
            f"export:{number}",
            form=form,
            format="zip",
            filter=dict(found.facts),
            purpose=bool(purpose),
            rows=len(found.files),
        )
    head = {
        "format": FORMAT,
        "kind": found.kind,
        "subject": found.subject,
        "language": language(),
        "number": number,
        "time": now.isoformat(timespec="seconds"),
        "author": actor.name if actor.is_console else f"{actor.staff_no} {actor.name}",
        "purpose": purpose.strip(),
    }
    data = packed(found.files, head)
    digest = hashlib.sha256(data).hexdigest()
    with whole_file(path, platform.settings.home.exports) as out:
        out.write(data)
    with platform.database.write() as session:
        facts: dict[str, object] = {"sha256": digest, "bytes": len(data)}
        record(session, platform, actor, exporting.WRITTEN, f"export:{number}", **facts)
    return ArchiveReceipt(number, path, len(found.files), digest)


def packed(files: Mapping[str, bytes], head: Mapping[str, object]) -> bytes:
    """A zip of the files in order of their names, and last the manifest that names them all.

    The same files give the same bytes: nothing in it says when or where it was packed.
    """
    listed = [
        {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(files.items())
    ]
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in (*sorted(files.items()), (MANIFEST, _json({**head, "files": listed}))):
            entry = ZipInfo(name)  # of 1980
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def _json(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=shown).encode() + b"\n"
