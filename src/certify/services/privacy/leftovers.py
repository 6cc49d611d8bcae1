"""What an erasure cannot reach, and what is done after it is committed."""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from certify.domain.person import CONSOLE
from certify.domain.signing import decode_base58, encode_base58, is_signed
from certify.errors import BadInput, HomeUnusable, NotSaved
from certify.i18n import _
from certify.platform import Platform
from certify.storage import erasures, personal, personal_wipe, signing_keys

LIST = "erasures.jsonl"
"""In the home, beside the database: a backup that is restored does not take it back."""


@dataclass(frozen=True)
class Leftovers:
    """Where a person's data lie outside the database; nobody but people can remove them there."""

    extracts: tuple[str, ...]
    """Numbers of the extracts made of this person."""
    exports: int
    """How many lists were exported since the first entry of the ledger; each may name them."""
    last_export: str
    """Number of the last one."""
    last_backup: datetime | None
    """When the last backup was made that the ledger knows; it and older ones hold the data."""
    copies: tuple[str, ...]
    """Files that upgrades left beside the database."""


def found(session: Session, platform: Platform, person_id: int) -> Leftovers:
    """What the ledger and the home know of copies of a person's data."""
    numbers = erasures.exports(session)
    home = platform.settings.home
    copies = sorted(path.name for path in home.root.glob(f"{home.database.name}.*-*"))
    return Leftovers(
        extracts=tuple(erasures.extracts(session, person_id)),
        exports=len(numbers),
        last_export=numbers[-1] if numbers else "",
        last_backup=erasures.last_backup(session),
        copies=tuple(copies),
    )


def finish(platform: Platform) -> bool:
    """After the commit: write the list of erasures, and wipe the database file.

    The file is not rewritten under people who sit an exam: their answers would have to wait.

    Returns:
        Whether both are done; False while others use the database, an exam is in progress, or the
        home cannot be written: `repeating.again` makes up for it.
    """
    with platform.database.read() as session:
        lines, is_busy = list(_lines(session)), personal.is_exam_open(session)
    known = {line["person"] for line in read(file_of(platform))}
    new = [line for line in lines if line["person"] not in known]
    try:
        if new:
            _append(file_of(platform), _signed(platform, new))
    except (OSError, NotSaved):
        return False
    return not is_busy and personal_wipe.wipe(platform.database)


def is_proven(session: Session, platform: Platform, line: Mapping[str, Any]) -> bool:
    """Whether the company signed a line, with a key that its database or its folder of keys has.

    Else whoever can write a file could remove anybody's data alone, whatever blocks it.
    """
    known = {key.id for key in signing_keys.every(session)}
    known.update(file.stem for file in platform.settings.keys_folder.glob("*.pem"))
    try:
        signature = decode_base58(line["signature"])
    except ValueError:
        return False
    return line["key"] in known and is_signed(line["key"], _signed_bytes(line), signature)


def _signed(platform: Platform, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines with signatures; without where the private key is not here."""
    from certify.services.signing_keys import signer  # its cryptography is slow to import

    try:
        with platform.database.write() as session:
            by = signer(session, platform, CONSOLE)
    except HomeUnusable:
        return lines
    return [
        line | {"key": by.key_id, "signature": encode_base58(by.sign(_signed_bytes(line)))}
        for line in lines
    ]


def _signed_bytes(line: Mapping[str, Any]) -> bytes:
    parts = ["certify-erasure-1", *(line[name] for name in ("person", "first", "by", "reason"))]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def _lines(session: Session) -> Iterator[dict[str, Any]]:
    for row in erasures.every(session):
        yield {
            "person": row.person_id,
            "first": erasures.first_hash(session, row.person_id),
            "at": row.at.isoformat(),
            "by": row.proposed_by,
            "reason": row.reason,
        }


def read(path: Path, *, must_exist: bool = False) -> list[dict[str, Any]]:
    """The lines of a list of erasures.

    Raises:
        BadInput
    """
    try:
        if not must_exist and not path.exists():
            return []
        return [_line(text) for text in path.read_text(encoding="utf-8").splitlines() if text]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise BadInput(
            _("The list of erasures cannot be read: {reason}").format(reason=problem),
            place=str(path),
            mend=_("Give the file “erasures.jsonl” of the home."),
        ) from problem


def _line(text: str) -> dict[str, Any]:
    given = json.loads(text)
    return {
        "person": int(given["person"]),
        "first": str(given["first"]),
        "by": int(given["by"]),
        "reason": str(given["reason"]),
        "key": str(given.get("key", "")),
        "signature": str(given.get("signature", "")),
    }


def _append(path: Path, lines: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a", encoding="utf-8", opener=_private) as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def file_of(platform: Platform) -> Path:
    """The list of this home."""
    return platform.settings.home.root / LIST
