"""From the key press to "✓ Saved" on the screen, beside a bare SQLite commit with full flush.

The program runs in a real pseudo-terminal on a ready-made company; a key is sent, and the time
runs until the repainted line that says "Saved" arrives. The bare commit is one row into a table of
its own in the same folder: what the disk allows.

    .venv/bin/python -m benchmarks.key_to_saved [presses]
"""

import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect

LEARNER = "001001"


def presses(home: str, count: int) -> list[float]:
    """Seconds from each key press to the line that says it is saved."""
    environment = {**os.environ, "TERM": "xterm-256color"}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "certify", "--home", home, "--lang", "en", "--as", LEARNER],
        env=environment,
        dimensions=(24, 80),
        encoding=None,
        timeout=30,
    )
    child.expect_exact(b"min")
    time.sleep(1)
    child.send(b"\r")  # the exam on top of the home page
    child.expect_exact(b"Ready? Press Enter")
    time.sleep(0.5)
    child.send(b"\r")
    child.expect_exact(b"Everything is saved")
    time.sleep(1)
    taken = []
    for number in range(count):
        begun = time.perf_counter()
        child.send(b"12"[number % 2 : number % 2 + 1])
        child.expect(rb"Saved \d\d:\d\d:\d\d")
        taken.append(time.perf_counter() - begun)
        time.sleep(0.02)
    child.close(force=True)
    return taken


def commits(folder: str, count: int) -> list[float]:
    """Seconds of bare commits of one row, WAL and FULL."""
    connection = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, text TEXT)")
    taken = []
    for number in range(count):
        begun = time.perf_counter()
        connection.execute("INSERT INTO answer VALUES (?, ?)", (number, '{"chosen": ["a"]}'))
        taken.append(time.perf_counter() - begun)
    connection.close()
    return taken


def percentiles(name: str, seconds: list[float]) -> None:
    """Print p50, p99 and the longest, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100)
    print(
        f"{name:28} p50 {cuts[49] * 1e3:6.2f} ms  p99 {cuts[98] * 1e3:6.2f} ms  "
        f"max {max(seconds) * 1e3:6.2f} ms"
    )


def main(count: int = 300) -> None:
    """Measure both in one run."""
    with tempfile.TemporaryDirectory() as home:
        demo = ["-m", "certify", "--lang", "en", "demo", "--home", home, "--seed-only"]
        subprocess.run([sys.executable, *demo], check=True, capture_output=True)
        percentiles("key press to “Saved”", presses(home, count))
        percentiles("bare commit, SQLite FULL", commits(home, count))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
