"""Rows with a canary in every personal column, made from the inventory alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any, cast

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    CursorResult,
    Date,
    Enum,
    Integer,
    String,
    Table,
    TypeDecorator,
    insert,
    update,
)
from sqlmodel import Session, SQLModel

from certify.domain.columns import Exact
from certify.domain.personal_tables import TABLES
from certify.domain.privacy import Fate, Whose
from certify.storage import personal


@dataclass
class Planted:
    """What was put where."""

    person_id: int
    values: dict[tuple[str, str], Any] = field(default_factory=dict)
    """By table and column: the value, a canary text for texts, JSON and codes."""
    count: int = 0

    def canaries(self, *fates: Fate) -> Iterator[tuple[str, str, str]]:
        """Table, column and text of every canary of a person's column with one of these fates."""
        for (table, column), value in self.values.items():
            found = personal.declared(table, column)
            assert found is not None
            if found.whose is Whose.PERSON and found.fate in fates and "CANARY" in str(value):
                yield table, column, f"CANARY{str(value).split('CANARY')[1][:5]}"


def plant(session: Session, person_id: int) -> Planted:
    """One row of every table that leads to a person, each value of its own."""
    planted = Planted(person_id)
    ids: dict[str, int] = {}
    for table in SQLModel.metadata.sorted_tables:
        declared = TABLES[table.name]
        if not declared.person or table.name in ("person", "erasure"):
            continue
        row = {
            column.name: _value(planted, session, table, column, ids) for column in table.columns
        }
        result = cast(CursorResult[Any], session.execute(insert(table).values(row)))
        keys = result.inserted_primary_key
        if "id" in table.columns and keys is not None:
            ids[table.name] = keys[0]
        planted.values |= {(table.name, name): value for name, value in row.items()}
    here = personal.table("person")
    names = {"staff_no": _canary(planted), "name": _canary(planted)}
    session.execute(update(here).where(here.c.id == person_id).values(names))
    planted.values |= {("person", name): value for name, value in names.items()}
    return planted


def _value(
    planted: Planted, session: Session, table: Table, column: Column[Any], ids: dict[str, int]
) -> Any:
    keys = list(column.foreign_keys)
    declared = TABLES[table.name]
    if keys and keys[0].column.table.name == "person":
        if column.name == declared.person:
            return planted.person_id
        return None if column.nullable else 1
    if column.name in declared.actors.split():
        return None if column.nullable else 1
    if keys:
        above = keys[0].column.table
        if above.name in ids or not column.nullable:
            return ids.get(above.name) or _any(session, above)
        return None
    if column.name == "id" and isinstance(column.type, Integer):
        return 900_000 + planted.count
    if column.name == "erased_at":
        return None
    return _own(planted, table, column)


def _own(planted: Planted, table: Table, column: Column[Any]) -> Any:
    planted.count += 1
    kind = column.type
    if isinstance(kind, Enum):
        return list(kind.enum_class)[-1] if kind.enum_class else kind.enums[-1]
    if isinstance(kind, Exact):
        return Fraction(planted.count, 7)
    if isinstance(kind, JSON):
        keys = TABLES[table.name].within.get(column.name)
        if keys:
            return {key: _canary(planted) for key in keys.split()}
        return {"said": [_canary(planted)]}
    if isinstance(kind.impl if isinstance(kind, TypeDecorator) else kind, String):
        return _canary(planted)
    if isinstance(kind, Date):
        return date(2001, 1, 1) + timedelta(days=planted.count)
    if isinstance(kind, Boolean):
        return True
    if isinstance(kind, Integer):
        return 500_000 + planted.count
    return datetime(2001, 1, 1, tzinfo=UTC) + timedelta(days=planted.count)


def _canary(planted: Planted) -> str:
    planted.count += 1
    return f"CANARY{planted.count:05}"


def _any(session: Session, table: Table) -> int:
    """A row of a table of the company; one is made where there is none."""
    found = session.execute(table.select().limit(1)).first()
    if found is not None:
        return int(found[0]) if isinstance(found[0], int) else found[0]
    made = Planted(0)
    row = {
        column.name: _any(session, next(iter(column.foreign_keys)).column.table)
        if column.foreign_keys and not column.nullable
        else None
        if column.nullable
        else f"z{column.name}"
        if isinstance(column.type, TypeDecorator) and column.type.impl.__class__ is String
        else _own(made, table, column)
        for column in table.columns
        if not (column.name == "id" and isinstance(column.type, Integer))
    }
    result = cast(CursorResult[Any], session.execute(insert(table).values(row)))
    keys = result.inserted_primary_key
    assert keys is not None
    return keys[0]  # type: ignore[no-any-return]
