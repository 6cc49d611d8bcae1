"""Statements of the hot path: compiled once, run at the driver.

Saving an answer runs three of them. Their tables, columns and types are those of the ORM; what is
left out is the work that SQLAlchemy does anew at each run.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

Convert = Callable[[Any], Any] | None
"""Makes a value of Python one of the driver, or back; None leaves it as it is."""


class Prepared:
    """One statement for every database; made once, at the top of a module."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | Insert | Update | Delete) -> None:
        """
        Args:
            statement: all that changes from run to run is a named `bindparam`.
        """
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Run it inside the connection's transaction; the first row where it gives rows.

        Raises:
            the errors of the driver, which `Database` understands.
        """
        return next(iter(self.all(connection, values)), None)

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Run it like `run`; every row."""
        return self._in_words_of(connection.dialect).all(connection, values)

    def many(self, connection: Connection, values: Iterable[Mapping[str, Any]]) -> None:
        """Run it once for each, as they come: ten thousand are never held at once."""
        self._in_words_of(connection.dialect).many(connection, values)

    def _in_words_of(self, dialect: Dialect) -> "_Compiled":
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _Compiled(self._statement, dialect)
        return compiled


class _Compiled:
    """A statement in the words of one database."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._text: str = compiled.string
        self._fixed: dict[str, Any] = compiled.params
        self._is_positional: bool = compiled.positional
        kinds = {name: bind.type for bind, name in compiled.bind_names.items()}
        names = compiled.positiontup if compiled.positional else list(kinds)
        self._given: list[tuple[str, Convert]] = [
            (name, _of(kinds[name], dialect).bind_processor(dialect)) for name in names
        ]
        self._gives_rows = isinstance(statement, Select)
        found = statement.selected_columns if self._gives_rows else []
        converts = [_of(column.type, dialect).result_processor(dialect, None) for column in found]
        self._found = [(place, convert) for place, convert in enumerate(converts) if convert]

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self._text, self._converted({**self._fixed, **values}))
            rows = list(cursor.fetchall()) if self._gives_rows else []
        finally:
            cursor.close()
        for place, convert in self._found:
            rows = [(*row[:place], convert(row[place]), *row[place + 1 :]) for row in rows]
        return rows

    def many(self, connection: Connection, values: Iterable[Mapping[str, Any]]) -> None:
        cursor = connection.connection.cursor()
        try:
            rows = (self._converted(one) for one in values)
            cursor.executemany(self._text, rows)  # type: ignore[arg-type]  # both take any iterable
        finally:
            cursor.close()

    def _converted(self, given: Mapping[str, Any]) -> Any:
        found = {
            name: convert(given[name]) if convert else given[name] for name, convert in self._given
        }
        return list(found.values()) if self._is_positional else found


def _of(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)
