"""Verifying a long ledger, beside the bare limit: reading its rows and one SHA-256 of each.

Then the records: a ledger of people who sat exams is replayed to the stored results. With
`--tamper` a small company is changed at random by raw SQL, again and again; everything must be
found, and the first false entry named.

    .venv/bin/python -m benchmarks.ledger [entries]
    .venv/bin/python -m benchmarks.ledger --tamper [deeds]
"""

import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from certify.clock import SetClock
from certify.domain.ledger import LedgerEntry, LedgerHead, entry_hash
from certify.domain.person import CONSOLE
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import founding, ledger
from certify.settings import Settings
from certify.storage import guards

NOW = datetime(2025, 6, 1, 4, 0, tzinfo=UTC)
BATCH = 5000
READ = (
    "SELECT sequence, at, actor_id, action, subject, facts, previous_hash, hash "
    "FROM ledgerentry ORDER BY sequence"
)


def fill(platform: Platform, entries: int) -> None:
    """Append so many entries such as an exam writes, as fast as rows can be inserted."""
    founding.found_organisation(
        platform, name="Big", staff_no="0", person_name="First", password=None, is_demo=True
    )
    chance = random.Random(6)
    with platform.database.write() as session:
        guards.remove(session.connection())
        head = session.get_one(LedgerHead, 1)
        sequence, previous, rows = head.sequence, head.hash, []
        for number in range(entries):
            sequence += 1
            entry: dict[str, Any] = {
                "sequence": sequence,
                "at": NOW + timedelta(seconds=number),
                "actor_id": chance.randrange(1, 10_000),
                "action": "lesson-finished",
                "subject": f"person:{chance.randrange(1, 10_000)}",
                "facts": {"course": "greeting", "lesson": f"lesson-{number % 40}"},
            }
            hashed = entry_hash(previous, **entry)
            rows.append({**entry, "previous_hash": previous, "hash": hashed})
            previous = hashed
            if len(rows) == BATCH:
                session.execute(insert(LedgerEntry), rows)
                rows = []
        if rows:
            session.execute(insert(LedgerEntry), rows)
        head.sequence, head.hash = sequence, previous
        session.add(head)
        session.flush()
        guards.install(session.connection())


def bare(path: Path) -> float:
    """Seconds to read the same rows and hash their text once."""
    connection = sqlite3.connect(path)
    begun = time.perf_counter()
    for row in connection.execute(READ):
        hashlib.sha256(repr(row).encode()).hexdigest()
    taken = time.perf_counter() - begun
    connection.close()
    return taken


def main(entries: int = 200_000) -> None:
    """Fill a ledger, read it bare, verify it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Home(Path(folder)))
        platform = open_platform(settings, clock=SetClock(NOW))
        fill(platform, entries)
        limit = min(bare(settings.home.database) for _run in range(3))
        taken = []
        for _run in range(3):
            begun = time.perf_counter()
            found = ledger.verify(platform, actor=CONSOLE)
            taken.append(time.perf_counter() - begun)
        assert found.holds, found.found[:3]
        platform.close()
    best = min(taken)
    print(f"{found.entries} entries verified in {best:.2f} s: {found.entries / best:,.0f} a second")
    print(f"  bare read and hash {limit:.2f} s: {best / limit:.1f} times the limit")


def tampering(deeds: int = 10_000) -> None:
    """The test of the suite with more deeds, by pytest, which has the company."""
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--timeout", "0"]
    test = "tests/services/test_ledger_tampering.py"
    begun = time.perf_counter()
    done = subprocess.run(
        [*words, test, "-k", "random"],
        env={**os.environ, "CERTIFY_TAMPERINGS": str(deeds)},
        check=False,
    )
    print(f"{deeds} deeds, exit code {done.returncode}: {time.perf_counter() - begun:.0f} s")
    sys.exit(done.returncode)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--tamper"]:
        tampering(*map(int, sys.argv[2:]))
    else:
        main(*map(int, sys.argv[1:]))
