"""An exam hall under load: so many people over real SSH, in one run beside its peers.

A company of its own is founded and `certify serve` started as a process; the people sit in other
processes with real SSH clients. They sign in, open the exam of 50 items, answer one every ten
seconds at random moments, and all hand in within the same ten seconds; then the database is
compared with what they were told. Beside it: a bare asyncssh server that echoes the same keys to
the same clients, and a process for each of ten people. `--attempt` measures the processor time of
whole attempts instead, `--come-and-go` the memory while sessions come and go.

    .venv/bin/python -m benchmarks.exam_hall_load --people 200 [--seconds 60] [--workers 1]
    .venv/bin/python -m benchmarks.exam_hall_load --attempt
    .venv/bin/python -m benchmarks.exam_hall_load --come-and-go 60
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import exam_hall_lasting
from benchmarks.exam_hall import ITEMS
from benchmarks.exam_hall_examinee import Examinee
from benchmarks.exam_hall_home import Kept, compare, make_home, open_hall
from benchmarks.exam_hall_peers import ALONE, Alone, echo_server, process_each
from benchmarks.exam_hall_server import Server, cpu_of, serving

SUBMITTING = 10.0
"""Seconds within which all hand in."""


class Clients:
    """Processes in which the people sit; each order goes to all, their answers are joined."""

    def __init__(self, processes: list[subprocess.Popen[str]]) -> None:
        self._processes = processes

    def do(self, what: str, each: Sequence[dict[str, Any]] = (), **order: Any) -> dict[str, Any]:
        """Give an order and wait until all have done it.

        Args:
            each: what differs from process to process.
        """
        print(f"{what} …", file=sys.stderr)
        for number, process in enumerate(self._processes):
            own = each[number] if each else {}
            assert process.stdin is not None
            process.stdin.write(json.dumps({"do": what, **order, **own}) + "\n")
            process.stdin.flush()
        joined: dict[str, Any] = {}
        for process in self._processes:
            assert process.stdout is not None
            for name, value in json.loads(process.stdout.readline()).items():
                if isinstance(value, list):
                    joined[name] = joined.get(name, []) + value
                else:
                    joined[name] = max(joined.get(name, 0), value)
        return joined

    def share(self, people: int) -> list[list[int]]:
        """The numbers of the people of each process."""
        return [list(range(people))[place :: len(self._processes)] for place in range(self.count)]

    @property
    def count(self) -> int:
        """How many processes there are."""
        return len(self._processes)


@contextmanager
def clients(count: int) -> Iterator[Clients]:
    """So many processes for people."""
    command = [sys.executable, "-m", "benchmarks.exam_hall_people"]
    pipe = subprocess.PIPE
    with ExitStack() as running:
        processes = []
        for _number in range(count):
            process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)
            running.callback(process.kill)
            processes.append(process)
        yield Clients(processes)


@dataclass(frozen=True)
class Spread:
    """Milliseconds of many waits."""

    count: int
    p50: float
    p95: float
    p99: float
    most: float

    @classmethod
    def of(cls, seconds: list[float]) -> "Spread":
        """Of seconds; the nearest rank from above."""
        ordered = sorted(seconds)
        if not ordered:
            return cls(0, *[float("nan")] * 4)
        at = [ordered[min(len(ordered) - 1, len(ordered) * share // 100)] for share in (50, 95, 99)]
        return cls(len(ordered), *(1e3 * value for value in (*at, ordered[-1])))

    def __str__(self) -> str:
        return (
            f"p50 {self.p50:7.1f}  p95 {self.p95:7.1f}  p99 {self.p99:7.1f}  "
            f"max {self.most:7.1f} ms  ({self.count:,})"
        )


@dataclass(frozen=True)
class Hall:
    """What one run found; memory in MB (10^6), times in seconds unless they are a `Spread`."""

    people: int
    signed_in: Spread
    sign_in_cpu: float
    """Of the server, for each person."""
    started: Spread
    all_started: float
    start_cpu: float
    answer_painted: Spread
    next_painted: Spread
    saved: Spread
    verdicts: Spread
    last_verdict: float
    """From the beginning of the seconds in which all handed in."""
    pss_each: float
    rss_each: float
    cpu: float
    """Of the server while people answered, in cores."""
    clients_cpu: float
    kept: Kept
    trouble: list[str]
    different: list[Any]
    """Lines on which the light picture of a client was not that of pyte."""


async def _warm_up(first: Examinee) -> None:
    """One person comes and goes: what the process keeps for all belongs to nobody."""
    await first.sign_in()
    await first.start()
    await first.open_exam()
    await first.answer(1)
    await first.leave()


def sit_all(
    server: Server, people: int, crowd: Clients, seconds: float
) -> tuple[dict[str, Any], list[Any]]:
    """Everybody sits the exam; what was measured, and what they were told."""
    shares = [{"numbers": numbers} for numbers in crowd.share(people)]
    asyncio.run(_warm_up(Examinee(people, server.port)))
    before, cpu = server.megabytes(), [server.cpu()]
    came = crowd.do("come", shares, port=server.port, language="zh")
    cpu.append(server.cpu())
    begun = crowd.do("start")
    cpu.append(server.cpu())
    crowd.do("open", within=max(5.0, people / 30))
    cpu_before, clock = server.cpu(), time.perf_counter()
    answered = crowd.do("answer", seconds=seconds, count=ITEMS)
    taken, during = time.perf_counter() - clock, server.megabytes()
    cpu_after = server.cpu()
    done = crowd.do("submit", within=SUBMITTING)
    left = crowd.do("leave")
    found = {
        "people": people,
        "signed_in": Spread.of(came["sign_in"]),
        "sign_in_cpu": (cpu[1] - cpu[0]) / people,
        "started": Spread.of(begun["start"]),
        "all_started": begun["all_started"],
        "start_cpu": (cpu[2] - cpu[1]) / people,
        "answer_painted": Spread.of(answered["answer_paint"]),
        "next_painted": Spread.of(answered["next_paint"]),
        "saved": Spread.of(answered["saved"]),
        "verdicts": Spread.of(done["verdict"]),
        "last_verdict": done["last_verdict"],
        "pss_each": (during[0] - before[0]) / people,
        "rss_each": (during[1] - before[1]) / people,
        "cpu": (cpu_after - cpu_before) / taken,
        "clients_cpu": answered["cpu"] / taken,
        "trouble": left["trouble"],
        "different": left["different"],
    }
    told = [
        (who, verdict, {int(at): one for at, one in a.items()}) for who, verdict, a in left["told"]
    ]
    return found, told


def measure(people: int, seconds: float, options: argparse.Namespace) -> dict[str, Any]:
    """The whole run: the hall, then its peers with the same clients."""
    with tempfile.TemporaryDirectory(prefix="certify-hall-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        make_home(home, max(people + 1, ALONE), db=options.db, light=options.light)
        more = ["--workers", str(options.workers)] if options.workers > 1 else []
        with clients(options.clients) as crowd:
            with serving(home, *more, db=options.db) as server:
                found, told = sit_all(server, people, crowd, seconds)
            platform = open_hall(home, options.db)
            try:
                hall = Hall(kept=compare(platform, told), **found)
            finally:
                platform.close()
            with echo_server() as (process, port):
                parts = [{"people": len(numbers)} for numbers in crowd.share(people)]
                began, clock = cpu_of(process.pid), time.perf_counter()
                echoed = crowd.do("echo", parts, port=port, seconds=min(seconds, 30.0))
                echo_cpu = (cpu_of(process.pid) - began) / (time.perf_counter() - clock)
        alone = process_each(home, db=options.db)
    return {"hall": hall, "echo": Spread.of(echoed["echo"]), "echo_cpu": echo_cpu, "alone": alone}


def tell(hall: Hall, echo: Spread, echo_cpu: float, alone: Alone) -> Iterator[str]:
    """The table."""
    kept = hall.kept
    yield f"{hall.people} people over SSH, one answer each every 10 s"
    yield f"key → paint of the answer    {hall.answer_painted}"
    yield f"key → paint of the next item {hall.next_painted}"
    yield f"key → “Saved” on the screen  {hall.saved}"
    yield f"a key echoed by bare asyncssh {echo}"
    yield (
        f"  beside the echo, p99: paint {hall.answer_painted.p99 / echo.p99:.1f}, "
        f"next item {hall.next_painted.p99 / echo.p99:.1f}, saved {hall.saved.p99 / echo.p99:.1f} "
        "times as long"
    )
    yield f"verdict after “yes”          {hall.verdicts}"
    yield f"all hand in within {SUBMITTING:.0f} s: the last verdict after {hall.last_verdict:.1f} s"
    yield (
        f"server CPU {hall.cpu:.2f} cores (echo server {echo_cpu:.2f}), "
        f"clients {hall.clients_cpu:.2f} cores"
    )
    yield f"signing in                   {hall.signed_in}"
    yield f"  server CPU {1e3 * hall.sign_in_cpu:.0f} ms each, argon2 in it"
    yield f"first page after signing in  {hall.started}"
    yield f"  all of them {hall.all_started:.1f} s, server CPU {1e3 * hall.start_cpu:.0f} ms each"
    yield f"memory each                  PSS {hall.pss_each:.2f} MB, RSS {hall.rss_each:.2f} MB"
    yield (
        f"a process each               PSS {alone.megabytes:.1f} MB, "
        f"RSS {alone.megabytes_rss:.1f} MB, first page {1e3 * alone.seconds:.0f} ms, "
        f"CPU {1e3 * alone.cpu:.0f} ms"
    )
    yield f"  memory {alone.megabytes / hall.pss_each:.0f} times ours"
    yield (
        f"acknowledged {kept.acknowledged:,}, lost {kept.lost}, stored {kept.stored:,}, "
        f"gaps {kept.gaps}, results {kept.results} of {hall.people}, "
        f"other verdicts {kept.other_verdicts}"
    )
    yield f"met trouble {len(hall.trouble)}; pictures unlike pyte's {len(hall.different)}"
    yield from (f"  {line}" for line in hall.trouble[:2])
    yield from (f"  {ours!r}\n  {theirs!r}" for ours, theirs in hall.different[:2])


def main() -> None:
    """Measure what was asked for."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--people", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=60, help="how long people answer")
    asked.add_argument("--workers", type=int, default=1, help="processes of the server")
    asked.add_argument("--clients", type=int, default=1, help="processes of the people")
    asked.add_argument("--db", default="", help="database URL of an empty database")
    asked.add_argument("--light", action="store_true", help="passwords that cost no time")
    asked.add_argument(
        "--attempt", type=int, nargs="?", const=20, metavar="N", help="CPU of whole attempts (20)"
    )
    asked.add_argument("--come-and-go", type=float, metavar="MINUTES")
    asked.add_argument("--json", action="store_true")
    options = asked.parse_args()
    if options.attempt:
        found: dict[str, Any] = exam_hall_lasting.attempts(options.attempt, options.db)
        lines = exam_hall_lasting.tell_attempts(found)
    elif options.come_and_go:
        found = exam_hall_lasting.come_and_go(60 * options.come_and_go, options.db)
        lines = exam_hall_lasting.tell_come_and_go(found)
    else:
        measured = measure(options.people, options.seconds, options)
        lines = tell(**measured)
        found = {
            name: value if isinstance(value, float) else asdict(value)
            for name, value in measured.items()
        }
    print(json.dumps(found, ensure_ascii=False) if options.json else "\n".join(lines))


if __name__ == "__main__":
    main()
