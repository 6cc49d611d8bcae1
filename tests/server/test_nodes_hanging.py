"""A worker that hangs is replaced; one that is slow to start, or slept with the machine, is not."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from certify.platform import Platform
from tests.server.hasty import PAUSE, SILENT_SECONDS
from tests.server.nodes import Server, make_company, serving
from tests.server.serving import PATIENCE
from tests.server.test_nodes_watched import number

HASTY = "tests.server.hasty"
LONG = SILENT_SECONDS + 2


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Platform]:
    """A lasting company on SQLite."""
    made = make_company(tmp_path, f"sqlite:///{tmp_path / 'certify.db'}")
    yield made
    made.close()


def killed(server: Server) -> list[str]:
    """What the log says of workers that hung."""
    return [line for line in server.log if "no sign of life" in line]


def children(pid: int) -> set[int]:
    """The worker processes of a parent: spawned ones, not what keeps track of shared memory."""
    found = set()
    for one in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
        command = Path(f"/proc/{one}/cmdline").read_bytes()
        if b"spawn_main" in command:
            found.add(int(one))
    return found


async def test_a_worker_that_hangs_is_killed_and_another_begins(company: Platform) -> None:
    options = ("--workers", "2", "--metrics", "127.0.0.1:0")
    async with serving(company, *options, program=HASTY) as server:
        hanging = server.pids["hall-1"]
        os.kill(hanging, signal.SIGSTOP)
        await server.until(lambda: "hall-3" in server.nodes, "no other began")
        [told] = killed(server)
        assert "worker hall-1 gave no sign of life for" in told
        assert '"level": "error"' in told
        assert hanging not in children(server.process.pid)
        counted = []
        for each in (0, 1):
            status, text = await server.get("/metrics", each)
            assert status == 200
            counted.append(number(text, 'certify_workers_replaced{why="hung"}'))
            counted.append(number(text, 'certify_workers_replaced{why="died"}'))
        assert counted == [1, 0, 1, 0]
        assert await server.stop() == 0


async def test_a_machine_that_slept_has_lost_no_worker(company: Platform) -> None:
    async with serving(company, "--workers", "2", program=HASTY) as server:
        parent, workers = server.process.pid, children(server.process.pid)
        for pid in (parent, *workers):
            os.kill(pid, signal.SIGSTOP)
        await asyncio.sleep(LONG)
        os.kill(parent, signal.SIGCONT)
        await asyncio.sleep(0.5)  # the parent is awake before anybody else
        for pid in workers:
            os.kill(pid, signal.SIGCONT)
        await asyncio.sleep(LONG)
        assert killed(server) == []
        assert children(parent) == workers
        async with server.client() as person:
            await person.until("Now")


async def test_a_worker_that_is_slow_to_start_is_waited_for(company: Platform) -> None:
    async with serving(company, "--workers", "2", program=HASTY) as server:
        parent = server.process.pid
        before = children(parent)
        os.kill(server.pids["hall-1"], signal.SIGKILL)
        async with asyncio.timeout(PATIENCE):
            while not (begun := children(parent) - before):
                await asyncio.sleep(0.01)
        [slow] = begun
        os.kill(slow, signal.SIGSTOP)
        await asyncio.sleep(LONG)
        os.kill(slow, signal.SIGCONT)
        await server.until(lambda: "hall-3" in server.nodes, "it did not open")
        assert killed(server) == []
        assert server.pids["hall-3"] == slow


async def test_a_renewal_passes_over_a_worker_that_is_dead_just_then(
    company: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PAUSE, "30")
    async with serving(company, "--workers", "2", program=HASTY) as server:
        before = children(server.process.pid)
        os.kill(server.pids["hall-1"], signal.SIGKILL)
        await server.until(lambda: any("another in 30" in one for one in server.log), "no death")
        for last in ("hall-4", "hall-6"):
            server.process.send_signal(signal.SIGHUP)
            await server.until(lambda: last in server.nodes, f"no {last}")  # noqa: B023
            async with asyncio.timeout(PATIENCE):
                while children(server.process.pid) & before:
                    await asyncio.sleep(0.1)
            before = children(server.process.pid)
            assert len(before) == 2
        assert await server.stop() == 0
