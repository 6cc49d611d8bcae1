"""Rows as they stand in the database, for whoever compares them with the ledger.

No objects, and no trust: a value that its column cannot have is given as it stands.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Table, func, literal_column, select, text
from sqlmodel import Session, SQLModel

from certify.domain.ledger_chain import Line

BATCH = 2000
"""Rows fetched at once."""
NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""Stands for a moment that is none."""


class Said(NamedTuple):
    """A response as plain values."""

    attempt_id: int
    sequence: int
    position: int
    answer: dict[str, Any] | None
    flagged: bool
    received_at: datetime
    previous_hash: str
    hash: str
    erased_at: datetime | None


def rows(session: Session, table: str) -> Iterator[dict[str, Any]]:
    """Every row of a table by its key, streamed."""
    found = _table(table)
    names = [column.name for column in found.columns]
    for values in _stream(session, table, list(found.columns)):
        yield dict(zip(names, values, strict=True))


def lines(session: Session) -> Iterator[Line]:
    """The whole ledger in order, streamed."""
    columns = _table("ledgerentry").columns
    for values in _stream(session, "ledgerentry", [columns[name] for name in Line._fields]):
        line = Line(*values)
        if not isinstance(line.at, datetime):
            line = line._replace(at=NEVER)
        yield line


def responses(session: Session) -> Iterator[Said]:
    """Every response, attempt by attempt in order, streamed."""
    columns = _table("response").columns
    for values in _stream(session, "response", [columns[name] for name in Said._fields]):
        said = Said(*values)
        if not isinstance(said.received_at, datetime):
            said = said._replace(received_at=NEVER)
        yield said


def count(session: Session, table: str) -> int:
    """How many rows a table has."""
    return int(session.scalar(select(func.count()).select_from(_table(table))) or 0)


def head(session: Session) -> tuple[int, str] | None:
    """Number and hash of the last entry as the head keeps them; None where there is no head."""
    query = text("SELECT sequence, hash FROM ledgerhead WHERE id = 1")
    found = session.connection().execute(query).first()
    return (found[0], found[1]) if found else None


def _stream(session: Session, table: str, columns: list[Column[Any]]) -> Iterator[list[Any]]:
    connection = session.connection()
    dialect = connection.dialect
    converts = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns]
    work = [(place, convert) for place, convert in enumerate(converts) if convert]
    # As text, so that the columns' types do not convert, and refuse, what stands there.
    bare: list[ColumnElement[Any]] = [literal_column(f'"{one.name}"') for one in columns]
    keys: list[ColumnElement[Any]] = [
        literal_column(f'"{one.name}"') for one in _table(table).primary_key
    ]
    query = select(*bare).select_from(_table(table)).order_by(*keys)
    streaming = connection.execution_options(stream_results=True, max_row_buffer=BATCH)
    with streaming.execute(query) as result:
        for batch in result.partitions(BATCH):
            for row in batch:
                yield _converted(list(row), work)


def _converted(values: list[Any], work: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    for place, convert in work:
        try:
            values[place] = convert(values[place])
        except (ArithmeticError, LookupError, TypeError, ValueError):
            values[place] = str(values[place])
    return values


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]
