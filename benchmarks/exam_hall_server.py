"""A real `certify serve` in processes of its own, and what they cost as the kernel counts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 60
STOP_SECONDS = 30
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """A running server, which may have child processes."""

    process: subprocess.Popen[bytes]
    port: int

    def pids(self) -> list[int]:
        """The process and all its descendants."""
        found, waiting = list[int](), [self.process.pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            with suppress(OSError):
                children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
                waiting += map(int, children.split())
        return found

    def cpu(self) -> float:
        """Seconds of processor time that all of them have had."""
        return sum(map(cpu_of, self.pids()))

    def megabytes(self) -> tuple[float, float]:
        """What they hold now: PSS (shared pages by parts) and RSS."""
        pss = sum(memory_of(pid, "Pss") for pid in self.pids())
        return pss, sum(memory_of(pid, "Rss") for pid in self.pids())


def cpu_of(pid: int) -> float:
    """Seconds of processor time of one process; 0 when it is gone."""
    try:
        line = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return 0.0
    fields = line.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_of(pid: int, kind: str) -> float:
    """Megabytes (10^6) of one process, `Pss` or `Rss`; 0 when it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith(f"{kind}:"):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


@contextmanager
def serving(
    home: Path, *options: str, db: str = "", program: str = "certify", **environment: str
) -> Iterator[Server]:
    """Serve a home over SSH until the block ends.

    Args:
        options: more options of `certify serve`.
        program: the module to run in place of `certify`.
    Raises:
        RuntimeError: it did not open its door; the message holds what it wrote.
    """
    port = free_port()
    where = ["--home", str(home), "--lang", "zh", *(["--db", db] if db else [])]
    command = [sys.executable, "-m", program, *where, "serve", "--ssh", f"127.0.0.1:{port}"]
    said = home / "serve.out"
    with said.open("ab") as out:
        process = subprocess.Popen(
            [*command, *options], stdout=out, stderr=out, env={**os.environ, **environment}
        )
    try:
        _wait_until_open(process, port, said)
        yield Server(process, port)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_open(process: subprocess.Popen[bytes], port: int, said: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with (
            suppress(OSError),
            socket.create_connection(("127.0.0.1", port), timeout=5) as asking,
        ):
            if asking.recv(4) == b"SSH-":
                return
        time.sleep(0.05)
    process.kill()
    process.wait()
    raise RuntimeError(f"the server did not open its door:\n{said.read_text('utf-8')}")
