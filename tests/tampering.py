"""An insider with the database: random changes by raw SQL, of ledger and records (G16)."""

import json
import random
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from certify.domain.sealing import SEALED

ENTRY = ("sequence", "at", "actor_id", "action", "subject", "facts", "previous_hash", "hash")
COLUMNS: dict[str, tuple[str, ...]] = {
    **{table: tuple(names) for table, names in SEALED.items()},
    "certificate": ("number", "qualification_id", "issued_at", "revision", "facts", "salt"),
    "certificaterevision": ("revision", "issued_at", "reason", "facts", "salt"),
    "policyversion": ("id", "at", "digest", "changed_by", "reason", "values"),
    "counter": ("last",),
    "response": (
        "sequence",
        "position",
        "answer",
        "flagged",
        "received_at",
        "previous_hash",
        "hash",
        "erased_at",
    ),
}
"""What an insider changes in each recorded table."""


@dataclass(frozen=True)
class Tampered:
    """What was done."""

    what: str
    first: int | None = None
    """The first false entry, where it is one of the ledger."""
    needs_checkpoint: bool = False
    """Whether the chain itself holds again."""


def free(connection: sqlite3.Connection) -> None:
    """Take every trigger away."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in names:
        connection.execute(f"DROP TRIGGER {name}")


def tamper(connection: sqlite3.Connection, chance: random.Random) -> Tampered:
    """One random deed; what cannot be done to this company is another deed."""
    while True:
        deed = chance.choice(DEEDS)
        try:
            if done := deed(connection, chance):
                return done
        except sqlite3.IntegrityError:
            connection.rollback()


def _length(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM ledgerentry").fetchone()[0])


def _other(value: Any, chance: random.Random) -> Any:
    """Another value of the same kind."""
    if value is None:
        return chance.choice([1, "2024-01-01 00:00:00.000000"])
    if isinstance(value, int):
        return value + chance.choice([-1, 1, 7])
    text = str(value)
    if text.startswith(("{", "[")):
        held = json.loads(text)
        if isinstance(held, dict):
            return json.dumps(held | {"forged": 1})
        return json.dumps([*held, "forged"])
    if text[:4].isdecimal() and text[4:5] == "-":
        return f"{int(text[:4]) - 1}{text[4:]}"
    return str(int(text) + 1) if text.isdecimal() else f"{text}x"


def _edit(connection: sqlite3.Connection, chance: random.Random) -> Tampered:
    place = chance.randint(1, _length(connection))
    column = chance.choice(ENTRY[1:])
    [old] = connection.execute(
        f"SELECT {column} FROM ledgerentry WHERE sequence = ?", [place]
    ).fetchone()
    connection.execute(
        f"UPDATE ledgerentry SET {column} = ? WHERE sequence = ?", [_other(old, chance), place]
    )
    return Tampered(f"entry {place}: {column}", place)


def _delete(connection: sqlite3.Connection, chance: random.Random) -> Tampered:
    place = chance.randint(1, _length(connection))
    connection.execute("DELETE FROM ledgerentry WHERE sequence = ?", [place])
    if chance.random() < 0.5:
        _shift(connection, place, -1)
        return Tampered(f"entry {place} deleted, the rest renumbered", place)
    return Tampered(f"entry {place} deleted", place)


def _shift(connection: sqlite3.Connection, place: int, by: int) -> None:
    connection.execute("UPDATE ledgerentry SET sequence = -sequence WHERE sequence >= ?", [place])
    connection.execute(f"UPDATE ledgerentry SET sequence = -sequence + {by} WHERE sequence < 0")


def _swap(connection: sqlite3.Connection, chance: random.Random) -> Tampered | None:
    one, two = sorted(chance.sample(range(1, _length(connection) + 1), 2))
    for old, new in ((one, -1), (two, one), (-1, two)):
        connection.execute("UPDATE ledgerentry SET sequence = ? WHERE sequence = ?", [new, old])
    return Tampered(f"entries {one} and {two} swapped", one)


def _insert(connection: sqlite3.Connection, chance: random.Random) -> Tampered:
    place = chance.randint(1, _length(connection))
    _shift(connection, place, 1)
    connection.execute(
        "INSERT INTO ledgerentry SELECT ?, at, actor_id, action, subject, facts, previous_hash, "
        "hash FROM ledgerentry WHERE sequence = ?",
        [place, place + 1],
    )
    connection.execute("UPDATE ledgerentry SET actor_id = 77 WHERE sequence = ?", [place])
    return Tampered(f"entry inserted at {place}", place)


def _cut(connection: sqlite3.Connection, chance: random.Random) -> Tampered:
    length = _length(connection)
    place = chance.randint(max(2, length // 2), length)
    connection.execute("DELETE FROM ledgerentry WHERE sequence >= ?", [place])
    if chance.random() < 0.5:
        return Tampered(f"cut from {place}", place)
    connection.execute(
        "UPDATE ledgerhead SET sequence = ?, hash = (SELECT hash FROM ledgerentry "
        "WHERE sequence = ?)",
        [place - 1, place - 1],
    )
    return Tampered(f"cut from {place}, and the head moved back", needs_checkpoint=True)


def _head(connection: sqlite3.Connection, chance: random.Random) -> Tampered:
    column = chance.choice(["sequence", "hash"])
    [old] = connection.execute(f"SELECT {column} FROM ledgerhead").fetchone()
    connection.execute(f"UPDATE ledgerhead SET {column} = ?", [_other(old, chance)])
    return Tampered(f"head: {column}")


def _forge(connection: sqlite3.Connection, chance: random.Random) -> Tampered:
    """Change an entry and compute everything after it again, the head, too."""
    from datetime import UTC, datetime

    from certify.domain.ledger import entry_hash

    # The last entry is that of the checkpoint itself: it cannot speak of that one.
    place = chance.randint(1, _length(connection) - 1)
    connection.execute("UPDATE ledgerentry SET actor_id = 77 WHERE sequence = ?", [place])
    before = connection.execute(
        "SELECT hash FROM ledgerentry WHERE sequence = ?", [place - 1]
    ).fetchone()
    previous = before[0] if before else ""
    last = place if chance.random() < 0.3 else _length(connection)
    rows = connection.execute(
        "SELECT sequence, at, actor_id, action, subject, facts FROM ledgerentry "
        "WHERE sequence BETWEEN ? AND ? ORDER BY sequence",
        [place, last],
    ).fetchall()
    for sequence, at, actor_id, action, subject, facts in rows:
        right = entry_hash(
            previous,
            sequence=sequence,
            at=datetime.fromisoformat(at).replace(tzinfo=UTC),
            actor_id=actor_id,
            action=action,
            subject=subject,
            facts=json.loads(facts),
        )
        connection.execute(
            "UPDATE ledgerentry SET previous_hash = ?, hash = ? WHERE sequence = ?",
            [previous, right, sequence],
        )
        previous = right
    if last < _length(connection):
        return Tampered(f"entry {place} changed with its hash", place)
    connection.execute("UPDATE ledgerhead SET hash = ?", [previous])
    return Tampered(f"chain forged from {place}", needs_checkpoint=True)


def _rows(connection: sqlite3.Connection, chance: random.Random) -> tuple[str, int] | None:
    table = chance.choice(sorted(COLUMNS))
    where = "WHERE series LIKE 'EXP-%' OR series LIKE 'L1-%'" if table == "counter" else ""
    ids = [one for (one,) in connection.execute(f"SELECT rowid FROM {table} {where}")]
    return (table, chance.choice(ids)) if ids else None


def _change_record(connection: sqlite3.Connection, chance: random.Random) -> Tampered | None:
    found = _rows(connection, chance)
    if found is None:
        return None
    table, rowid = found
    column = chance.choice(COLUMNS[table])
    query = f'SELECT "{column}" FROM {table} WHERE rowid = ?'
    [old] = connection.execute(query, [rowid]).fetchone()
    new = _other(old, chance)
    if column in ("flagged", "by_deadline", "passed", "fatal"):
        new = 1 - int(old or 0)
    connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?', [new, rowid])
    return Tampered(f"{table} {rowid}: {column} {str(old)[:40]} -> {str(new)[:40]}")


def _delete_record(connection: sqlite3.Connection, chance: random.Random) -> Tampered | None:
    found = _rows(connection, chance)
    if found is None:
        return None
    table, rowid = found
    connection.execute(f"DELETE FROM {table} WHERE rowid = ?", [rowid])
    return Tampered(f"{table} {rowid} deleted")


def _insert_record(connection: sqlite3.Connection, chance: random.Random) -> Tampered | None:
    table = chance.choice(["attemptresult", "qualificationchange", "evaluation", "erasure"])
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    key = {"attemptresult": "number", "erasure": "person_id"}.get(table, "id")
    row = connection.execute(f"SELECT * FROM {table} ORDER BY random() LIMIT 1").fetchone()
    if row is None:
        return None
    values = dict(zip(names, row, strict=True)) | {key: 1000 + chance.randrange(1000)}
    if table == "evaluation":
        values["revision"] = 9
    marks = ", ".join("?" for _name in names)
    connection.execute(f"INSERT INTO {table} VALUES ({marks})", list(values.values()))
    return Tampered(f"{table}: a forged row")


def _truncate(connection: sqlite3.Connection, chance: random.Random) -> Tampered | None:
    table = chance.choice([*sorted(set(COLUMNS) - {"counter"}), "ledgerentry", "ledgerhead"])
    if not connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]:
        return None
    connection.execute(f"DELETE FROM {table}")
    return Tampered(f"{table} emptied", 1 if table == "ledgerentry" else None)


Deed = Callable[[sqlite3.Connection, random.Random], Tampered | None]
DEEDS: tuple[Deed, ...] = (
    _edit,
    _edit,
    _delete,
    _swap,
    _insert,
    _cut,
    _head,
    _forge,
    _change_record,
    _change_record,
    _change_record,
    _change_record,
    _delete_record,
    _insert_record,
    _truncate,
)
"""The frequent ones are named more than once."""
