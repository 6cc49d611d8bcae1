"""Rows of a person in every table, by the inventory: read, emptied, deleted (R-FRM-05)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Select,
    String,
    Table,
    Text,
    TypeDecorator,
    and_,
    cast,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy import Enum as EnumType
from sqlmodel import Session, SQLModel, col

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.columns import Exact
from certify.domain.personal_tables import TABLES
from certify.domain.privacy import Declared, PersonalTable, emptied, mentions_removed
from certify.domain.privacy import declared as declared_in
from certify.storage import tables  # noqa: F401  so that the metadata is whole

ACTOR_NAMES = ("by", "reviser_id", "actor_id")
UNTOUCHED = frozenset(
    {
        *("response", "attemptresult", "marking", "qualificationchange", "evaluation"),
        *("policyversion", "signedcredential", "erasure", "certificate", "certificaterevision"),
    }
)
"""Records of others that are never changed (`guards`), whoever is named in them."""


def table(name: str) -> Table:
    """A table of the schema."""
    return SQLModel.metadata.tables[name]


def declared(name: str, column: str) -> Declared | None:
    """What the inventory says of a column; None when it does not know it."""
    found = TABLES.get(name)
    if found is None:
        return None
    return declared_in(found, column, is_free=is_free(name, column))


def is_free(name: str, of: str) -> bool:
    """Whether a column must be declared by name: texts, JSON, and who did something."""
    column = table(name).columns[of]
    if any(key.column.table.name == "person" for key in column.foreign_keys):
        return True
    if of in ACTOR_NAMES or of.endswith("_by"):
        return True
    if isinstance(column.type, (EnumType, Exact)):
        return False
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    return isinstance(kind, (JSON, String))


def way(name: str) -> tuple[str, ...]:
    """The tables that lead from one to the person."""
    steps, here = [], table(name)
    for step in TABLES[name].person.split("."):
        if step == "id" and here.name == "person":
            break
        key = next(iter(here.columns[step].foreign_keys))
        here = key.column.table
        steps.append(here.name)
    return tuple(steps) or ("person",)


def personal_tables() -> Iterator[tuple[str, PersonalTable]]:
    """Tables with rows of persons, in the order of the inventory."""
    return ((name, one) for name, one in TABLES.items() if one.person)


def rows(session: Session, name: str, person_id: int) -> list[dict[str, Any]]:
    """A person's rows of a table, all columns, in the order of their keys."""
    here = table(name)
    query = select(here).where(_of(here, TABLES[name].person, person_id))
    found = session.execute(query.order_by(*here.primary_key.columns))
    return [dict(row) for row in found.mappings()]


def columns(name: str) -> list[str]:
    """The columns of a table, in its order."""
    return [column.name for column in table(name).columns]


def codes(session: Session, name: str, column: str, ids: Sequence[object]) -> dict[object, str]:
    """What people call the things a column points at: code or number by id.

    Empty for a column that points at nothing, or at something of a person: its id links the two.
    """
    keys = table(name).columns[column].foreign_keys
    wanted = {one for one in ids if one is not None} if keys else set()
    if not wanted:
        return {}
    above = next(iter(keys)).column.table
    if TABLES[above.name].person or above.name == "person":
        return {}
    called = next((above.columns[key] for key in ("code", "number") if key in above.columns), None)
    if called is None:
        return {}
    query = select(above.columns["id"], called).where(above.columns["id"].in_(wanted))
    return {id_: str(code) for id_, code in session.execute(query)}


def states(session: Session, attempts: Sequence[int]) -> dict[int, AttemptState]:
    """How far attempts are."""
    query = select(col(Attempt.id), col(Attempt.state)).where(col(Attempt.id).in_(attempts))
    return {id_ or 0: state for id_, state in session.execute(query)}


def is_exam_open(session: Session) -> bool:
    """Whether somebody sits an exam now."""
    query = select(col(Attempt.id)).where(col(Attempt.state) == AttemptState.OPEN).limit(1)
    return session.execute(query).first() is not None


def acts(session: Session, person_id: int) -> dict[str, int]:
    """In how many rows of each table a person is named as who did something."""
    found = {}
    for name, one in TABLES.items():
        here = table(name)
        named = [here.columns[column] == person_id for column in one.actors.split()]
        if named:
            count = session.scalar(select(func.count()).select_from(here).where(or_(*named)))
            if count:
                found[name] = count
    return found


def would_remove(session: Session, name: str, person_id: int) -> int:
    """How many rows `remove` and `rename` would change."""
    one = TABLES[name]
    found = rows(session, name, person_id)
    if one.deleted or one.pseudonyms:
        return len(found)
    return sum(any(row[key] != value for key, value in _left(name, row).items()) for row in found)


def remove(session: Session, name: str, person_id: int, at: datetime) -> int:
    """Empty or delete what the inventory says of a person's rows; returns how many changed."""
    here, one = table(name), TABLES[name]
    found = rows(session, name, person_id)
    if one.deleted:
        session.execute(delete(here).where(_of(here, one.person, person_id)))
        return len(found)
    changed = 0
    for row in found:
        new = _left(name, row)
        if all(row[column] == value for column, value in new.items()):
            continue
        if "erased_at" in here.columns:
            new["erased_at"] = at
        session.execute(update(here).where(_is(here, row)).values(new))
        changed += 1
    return changed


def _left(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """What is left of the texts of a row."""
    here, one = table(name), TABLES[name]
    return {
        column: None
        if here.columns[column].nullable
        else emptied(row[column], one.within.get(column, ""))
        for column in one.texts.split()
    }


def rename(session: Session, name: str, person_id: int, values: Mapping[str, object]) -> None:
    """Set columns in a person's rows of a table."""
    here = table(name)
    query = update(here).where(_of(here, TABLES[name].person, person_id))
    session.execute(query.values({key: values[key] for key in TABLES[name].pseudonyms.split()}))


def mentions(
    session: Session, names: Sequence[str], pseudonym: str, *, replace: bool
) -> dict[str, int]:
    """Texts of anybody in which a person is named: how many by `table.column`.

    Args:
        names: name and staff number.
        replace: whether they are replaced by the pseudonym.
    """
    found: dict[str, int] = {}
    for name, one in TABLES.items():
        if name in UNTOUCHED:
            continue
        here = table(name)
        for column in (*one.texts.split(), *one.company.split()):
            for row in session.execute(_naming(here, column, names)).mappings().all():
                new = mentions_removed(row[column], names, pseudonym)
                if new == row[column]:
                    continue
                found[f"{name}.{column}"] = found.get(f"{name}.{column}", 0) + 1
                if replace:
                    session.execute(update(here).where(_is(here, dict(row))).values({column: new}))
    return found


def _naming(here: Table, column: str, names: Sequence[str]) -> Select[Any]:
    """Rows whose text has one of these names somewhere, as JSON writes them, too."""
    said = cast(here.columns[column], Text)
    written = {*names, *(json.dumps(name)[1:-1] for name in names)}
    keys = [*here.primary_key.columns, here.columns[column]]
    return select(*dict.fromkeys(keys)).where(
        or_(*(said.contains(name, autoescape=True) for name in sorted(written)))
    )


def _of(here: Table, path: str, person_id: int) -> ColumnElement[bool]:
    """The rows that lead to a person."""
    step, _dot, rest = path.partition(".")
    column = here.columns[step]
    if not rest:
        return column == person_id
    above = next(iter(column.foreign_keys)).column
    return column.in_(select(above).where(_of(above.table, rest, person_id)))


def _is(here: Table, row: Mapping[str, Any]) -> ColumnElement[bool]:
    return and_(*(column == row[column.name] for column in here.primary_key.columns))
