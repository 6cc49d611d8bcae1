"""What an exam hall is compared with: a bare SSH echo server, and a process for each person.

.venv/bin/python -m benchmarks.exam_hall_peers PORT       serve the echo until the process ends
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncssh
import pexpect

from benchmarks.exam_hall_server import cpu_of, free_port, memory_of

ALONE = 10
"""People who get a process each."""


class Echo(asyncssh.SSHServerSession[bytes]):
    """Sends back what comes."""

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan

    def pty_requested(self, term_type: str, term_size: Any, term_modes: Any) -> bool:
        return True

    def shell_requested(self) -> bool:
        return True

    def data_received(self, data: bytes, datatype: Any) -> None:
        self._channel.write(data)


class Open(asyncssh.SSHServer):
    """Lets everybody in."""

    def begin_auth(self, username: str) -> bool:
        return False

    def session_requested(self) -> Echo:
        return Echo()


async def echo(port: int) -> None:
    """Serve for ever."""
    server = await asyncssh.listen(
        "127.0.0.1",
        port,
        server_factory=Open,
        server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
        encoding=None,
        line_editor=False,
        encryption_algs=["aes128-gcm@openssh.com"],
        compression_algs=None,
    )
    print("open", flush=True)
    await server.wait_closed()


@contextmanager
def echo_server() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The echo server in a process of its own, and its port."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.exam_hall_peers", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().strip() == "open"
            yield process, port
        finally:
            process.terminate()


@dataclass(frozen=True)
class Alone:
    """A person with a process of their own, in the middle of several."""

    megabytes: float
    """PSS: what each adds while others run the same program."""
    megabytes_rss: float
    seconds: float
    """From the start to the first page."""
    cpu: float


def process_each(home: Path, count: int = ALONE, *, db: str = "") -> Alone:
    """Start `certify` for so many people, one after the other, and let them stand at the lobby."""
    seconds, cpu = [], []
    where = ["--lang", "zh", *(["--db", db] if db else [])]
    with ExitStack() as running:
        children = []
        for number in range(count):
            began, staff_no = time.perf_counter(), f"{number:06}"
            child: pexpect.spawn[bytes] = pexpect.spawn(
                sys.executable,
                ["-m", "certify", "--home", str(home), *where, "--as", staff_no],
                env={"PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LANG": "C.UTF-8"},
                dimensions=(24, 80),
                encoding=None,
                timeout=60,
            )
            running.callback(child.close, force=True)
            child.expect_exact("现在".encode())  # “Now”: the page has its data
            seconds.append(time.perf_counter() - began)
            cpu.append(cpu_of(int(child.pid or 0)))
            children.append(child)
        pids = [int(child.pid or 0) for child in children]
        pss = [memory_of(pid, "Pss") for pid in pids]
        rss = [memory_of(pid, "Rss") for pid in pids]
    return Alone(*map(statistics.median, (pss, rss, seconds, cpu)))


if __name__ == "__main__":
    import uvloop

    uvloop.run(echo(int(sys.argv[1])))
