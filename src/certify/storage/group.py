"""Group commit: what waits at the same moment shares one transaction and one flush.

Whoever comes first writes for all; an answer that comes alone waits for nobody. Nothing is
acknowledged before the flush, and a refusal undoes nothing but itself.
"""

from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import copy_context
from threading import Lock
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Connection

ResultT = TypeVar("ResultT")
Work = Callable[[Connection], ResultT]


class _Command(Generic[ResultT]):
    """Work that waits, and then what came of it."""

    def __init__(self, work: Work[ResultT]) -> None:
        self.work = work
        self.context = copy_context()  # another thread may do it: in this one's language
        self.is_done = False
        self.result: ResultT | None = None
        self.problem: BaseException | None = None


class Group:
    """The commands of one process that write into one SQLite database."""

    def __init__(self, begin: Callable[[], AbstractContextManager[Connection]]) -> None:
        """
        Args:
            begin: a transaction that is flushed when its block ends and undone when that raises.
        """
        self._begin = begin
        self._waiting: deque[_Command[Any]] = deque()
        self._leading = Lock()

    def run(self, work: Work[ResultT]) -> ResultT:
        """What the work gave, committed and flushed; or its error, and nothing of it is kept.

        Args:
            work: uses the connection it is given and no other writing one; it may run in
                another thread.
        """
        command = _Command(work)
        self._waiting.append(command)
        with self._leading:
            if not command.is_done:
                self._lead()
        if command.problem is not None:
            raise command.problem
        return cast(ResultT, command.result)

    def _lead(self) -> None:
        """Do all that waits, in one transaction."""
        batch: list[_Command[Any]] = []
        try:
            with self._begin() as connection:
                batch = self._take()  # all that came while the database was waited for
                if len(batch) == 1:
                    batch[0].result = batch[0].context.run(batch[0].work, connection)
                else:
                    for command in batch:
                        _perform(command, connection)
        except BaseException as problem:
            for command in batch or self._take():
                command.problem = command.problem or problem
                command.is_done = True
            if not isinstance(problem, Exception):
                raise
        for command in batch:
            command.is_done = True

    def _take(self) -> list[_Command[Any]]:
        batch = []
        while self._waiting:
            batch.append(self._waiting.popleft())
        return batch


def _perform(command: _Command[Any], connection: Connection) -> None:
    """Do one of several; what it raises undoes it alone, as long as there is a transaction."""
    connection.exec_driver_sql("SAVEPOINT one")
    try:
        command.result = command.context.run(command.work, connection)
    except Exception as problem:
        connection.exec_driver_sql("ROLLBACK TO one")  # raises after SQLITE_FULL: nothing is left
        command.problem = problem
    connection.exec_driver_sql("RELEASE one")
