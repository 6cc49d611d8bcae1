"""The database: one place that sets how it is opened, read and written.

A write is one transaction that took its lock at the start, and it has returned only when the
database flushed it: `Saved` on a screen rests on this file (G1, G2).
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DBAPIError,
    InterfaceError,
    InternalError,
    NoSuchModuleError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlmodel import Session

from certify.errors import BadInput, HomeUnusable, NotSaved
from certify.i18n import _
from certify.storage import folder
from certify.storage.group import Group, ResultT, Work

BUSY_SECONDS = 10
CONNECTIONS = 15
"""Of one process to a server, at most; kept open, since a new one costs more than an answer."""
UNABLE: tuple[type[DBAPIError], ...] = (OperationalError, InternalError, InterfaceError)
"""The database cannot do it now: disk full, locked, read-only, gone."""


class Database:
    """An open database, SQLite or PostgreSQL; safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(writes=True)
        driver = engine.dialect.loaded_dbapi
        self._unable: tuple[type[Exception], ...] = (
            *UNABLE,
            NoConnection,
            *(driver.OperationalError, driver.InternalError, driver.InterfaceError),
        )
        """The same as the driver says it, which prepared statements hear, too."""
        self._turn = threading.Lock()
        self._kept: Connection | None = None
        """On SQLite the connection of `save`, open from one to the next; used in turns."""
        self._group = Group(self._transaction)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the database and changes nothing."""
        engine = self.engine
        if not self.is_sqlite:  # a SQLite transaction is one moment anyway
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with Session(engine) as session:
            try:
                yield session
            except self._unable as problem:
                raise HomeUnusable(
                    _("The database cannot be read: {reason}").format(reason=_reason(problem))
                ) from problem

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed and flushed when the block ends, undone when it raises.

        Raises:
            NotSaved: the database could not take it; nothing of it was kept.
        """
        # A flush orders tables by what they point at: all of them must be known by then.
        from certify.storage import tables  # noqa: F401

        with self._told(), self._taking_turns():
            session = Session(self._writing, expire_on_commit=False)
            try:
                yield session
                session.commit()
            except BaseException:
                with suppress(*UNABLE):  # see below
                    session.rollback()
                raise
            finally:
                with suppress(*UNABLE):
                    session.close()

    def save(self, work: Work[ResultT]) -> ResultT:
        """A write without the ORM, for the hot path; many at once share a flush on SQLite.

        Args:
            work: what to do with the connection inside the transaction; it may run in another
                thread, with others before and after it in the same transaction.
        Raises:
            NotSaved: the database could not take it; nothing of it was kept.
        """
        with self._told():
            if self.is_sqlite:
                return self._group.run(work)
            with self._transaction() as connection:
                return work(connection)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._taking_turns():
            connection, self._kept = self._kept or self._writing.connect(), None
            try:
                connection.begin()
                yield connection
                connection.commit()
            except BaseException:
                with suppress(*UNABLE):  # after SQLITE_FULL the rollback itself raises
                    connection.rollback()
                with suppress(*UNABLE):
                    connection.close()
                raise
            if self.is_sqlite:
                self._kept = connection
            else:
                connection.close()

    @contextmanager
    def _taking_turns(self) -> Iterator[None]:
        """Let the writers of one process wait for each other here: SQLite lets them poll."""
        if not self.is_sqlite:
            yield
            return
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise OperationalError(None, None, sqlite3.OperationalError("database is locked"))
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell in words that the database could not take a change."""
        try:
            yield
        except self._unable as problem:
            raise NotSaved(
                _("The database did not take the change: {reason}").format(reason=_reason(problem)),
                mend=_("Nothing was changed. Try again; if it lasts, tell an administrator."),
            ) from problem

    def close(self) -> None:
        """Give all connections back."""
        with self._taking_turns():
            kept, self._kept = self._kept, None
            if kept is not None:
                kept.close()
        self.engine.dispose()


def session_of(connection: Connection) -> Session:
    """A session that reads inside the transaction of a connection; closing it ends nothing.

    Whoever holds one connection must not ask for a second: many of them would wait for each other.
    """
    return Session(connection, autoflush=False)


def connect(url: str) -> Database:
    """Open a database without looking at its tables.

    Raises:
        BadInput: the URL is not one of SQLite or PostgreSQL.
        HomeUnusable: the database cannot be opened or written.
    """
    try:
        engine = _engine(url)
    except (ArgumentError, NoSuchModuleError) as problem:
        raise BadInput(
            _("“{url}” is no database URL.").format(url=url),
            mend=_("Write sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME."),
        ) from problem
    file = make_url(url).database if engine.dialect.name == "sqlite" else ""
    try:
        if file:
            _prepare_file(Path(file))
        with engine.connect():
            pass
    except DatabaseError as problem:  # a file that is no database is one, too
        engine.dispose()
        if file and getattr(problem.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY:
            raise folder.only_readable(Path(file).parent, str(problem.orig)) from problem
        raise HomeUnusable(
            _("The database cannot be opened: {reason}").format(reason=problem.orig),
            place=file or "",
            mend=_("Check that it exists and that you may write there, or choose another --home."),
        ) from problem
    return Database(engine)


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if parsed.get_backend_name() != "postgresql":
        raise ArgumentError("not SQLite or PostgreSQL")
    return create_engine(
        parsed,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        pool_pre_ping=True,
        hide_parameters=True,  # an error's words end in the log, where nobody's data may be
    )


def _prepare_file(file: Path) -> None:
    """Make the folder and the empty file.

    It holds every key and every mark: for its owner alone. SQLite gives the files beside it the
    same rights.

    Raises:
        HomeUnusable: they cannot be made or written; said now, not at the first answer.
    """
    folder.check(file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise folder.unmakeable(file.parent, problem.strerror or str(problem)) from problem
    with suppress(OSError):  # what is wrong, opening it says better
        os.close(os.open(file, os.O_CREAT, 0o600))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver must not open transactions on its own
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes", False)
    # At the driver: SQLAlchemy takes as long over this one word as SQLite over saving an answer.
    connection.connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reason(problem: BaseException) -> object:
    """What the driver said, whether SQLAlchemy or a prepared statement asked it."""
    return problem.orig if isinstance(problem, DBAPIError) else problem
