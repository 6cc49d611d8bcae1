"""What a backup says of itself: its manifest, read back as strictly as it was written (G21)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

FORMAT = 1
"""Raised when an older certify could no longer read the file."""
SQLITE, POSTGRESQL = "sqlite", "postgresql"
DATABASE = "certify.db"
"""The whole database of SQLite as one file."""
MOST_FILES = 2000
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TABLE_FILE = re.compile(r"tables/([a-z_][a-z0-9_]{0,62})\.copy")
_KEY_FILE = re.compile(r"keys/(z[1-9A-HJ-NP-Za-km-z]{40,60}\.pem)")
_WORD = re.compile(r"[a-z_][a-z0-9_]{0,62}")


@dataclass(frozen=True)
class Contained:
    """One file of a backup as it was before packing."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What is in a backup, and of which moment."""

    certify: str
    """Version of the program that made it."""
    tables: str
    """Version of the tables."""
    moment: datetime
    """Aware; when the copy began. What is in it was written before it ended."""
    kind: str
    """`sqlite` or `postgresql`."""
    sequence: int
    """Number of the last ledger entry, 0 while there is none."""
    head: str
    """Hash of that entry."""
    rows: Mapping[str, int]
    """How many rows each table has; of PostgreSQL in the order in which they go in again."""
    files: Mapping[str, Contained]
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Of PostgreSQL: the columns of each table's file."""
    counters: Mapping[str, int] = field(default_factory=dict)
    """Of PostgreSQL: the last number given out in each table that numbers its rows."""

    @property
    def keys(self) -> list[str]:
        """Names of the private keys' files in it."""
        return [found[1] for name in self.files if (found := _KEY_FILE.fullmatch(name))]


def table_file(table: str) -> str:
    """Name of the file that holds the rows of a table."""
    return f"tables/{table}.copy"


def key_file(name: str) -> str:
    """Name of the file that holds a private key."""
    return f"keys/{name}"


def is_file_name(name: str, kind: str) -> bool:
    """Whether a file of this name may be in a backup of this kind of database."""
    if _KEY_FILE.fullmatch(name):
        return True
    return name == DATABASE if kind == SQLITE else bool(_TABLE_FILE.fullmatch(name))


def to_plain(manifest: Manifest) -> dict[str, Any]:
    """A manifest as plain JSON values."""
    return {
        "format": FORMAT,
        "certify": manifest.certify,
        "tables": manifest.tables,
        "moment": manifest.moment.isoformat(),
        "database": manifest.kind,
        "ledger": {"sequence": manifest.sequence, "head": manifest.head},
        "rows": dict(manifest.rows),
        "columns": {table: list(names) for table, names in manifest.columns.items()},
        "counters": dict(manifest.counters),
        "files": {
            name: {"size": one.size, "sha256": one.sha256} for name, one in manifest.files.items()
        },
    }


def from_plain(plain: Any) -> Manifest:
    """The manifest that `to_plain` made.

    Raises:
        ValueError: naming the field that is not as it must be.
    """
    fields = _object(plain, "manifest")
    ledger = _object(fields.get("ledger"), "ledger")
    kind = fields.get("database")
    if kind not in (SQLITE, POSTGRESQL):
        raise ValueError("database")
    manifest = Manifest(
        certify=_text(fields, "certify"),
        tables=_text(fields, "tables"),
        moment=_moment(fields),
        kind=kind,
        sequence=_count(ledger.get("sequence"), "ledger.sequence"),
        head=_digest(ledger.get("head"), "ledger.head") if ledger.get("sequence") else "",
        rows=_counts(fields, "rows"),
        files=_files(fields, kind),
        columns=_columns(fields),
        counters=_counts(fields, "counters"),
    )
    wanted = {DATABASE} if kind == SQLITE else {table_file(table) for table in manifest.rows}
    if set(manifest.files) - {key_file(name) for name in manifest.keys} != wanted:
        raise ValueError("files")
    if set(manifest.columns) != (set(manifest.rows) if kind == POSTGRESQL else set()):
        raise ValueError("columns")
    return manifest


def _object(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(name)
    return value


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not re.fullmatch(r"[0-9A-Za-z.+-]{1,40}", value):
        raise ValueError(name)
    return value


def _count(value: Any, name: str) -> int:
    if type(value) is not int or not 0 <= value < 2**63:
        raise ValueError(name)
    return value


def _digest(value: Any, name: str) -> str:
    if not isinstance(value, str) or not _DIGEST.fullmatch(value):
        raise ValueError(name)
    return value


def _moment(fields: Mapping[str, Any]) -> datetime:
    try:
        found = datetime.fromisoformat(fields["moment"])
    except (KeyError, TypeError, ValueError):
        raise ValueError("moment") from None
    if found.tzinfo is None:
        raise ValueError("moment")
    return found


def _counts(fields: Mapping[str, Any], name: str) -> dict[str, int]:
    found = _object(fields.get(name), name)
    if not all(_WORD.fullmatch(table) for table in found):
        raise ValueError(name)
    return {table: _count(value, f"{name}.{table}") for table, value in found.items()}


def _columns(fields: Mapping[str, Any]) -> dict[str, list[str]]:
    found = _object(fields.get("columns"), "columns")
    for names in found.values():
        if not isinstance(names, list) or not all(
            isinstance(name, str) and _WORD.fullmatch(name) for name in names
        ):
            raise ValueError("columns")
    return found


def _files(fields: Mapping[str, Any], kind: str) -> dict[str, Contained]:
    found = _object(fields.get("files"), "files")
    if len(found) > MOST_FILES or not all(is_file_name(name, kind) for name in found):
        raise ValueError("files")
    return {
        name: Contained(
            _count(_object(one, "files").get("size"), f"{name}: size"),
            _digest(one.get("sha256"), f"{name}: sha256"),
        )
        for name, one in found.items()
    }
