"""Faults survived and acknowledged answers lost, per kind: the tests of `tests/faults` as a table.

Each of them counts the faults that it caused and the answers (or results) that were acknowledged
before, and fails when one of those is not there afterwards. The control at the end commits without
flush; were it to lose nothing, the others would prove nothing.

    .venv/bin/python -m benchmarks.faults         the sizes of every test run
    make soak                                     the sizes of a night
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

LONGEST_TEST = 8 * 3600
"""Seconds; in the sizes of a night."""


def run(report: Path) -> int:
    """Run the tests; pytest's exit code."""
    command = [sys.executable, "-m", "pytest", "-n", "auto", "tests/faults"]
    command += [f"--junitxml={report}", "-o", "junit_family=xunit1"]
    if os.environ.get("CERTIFY_SOAK") == "1":
        command += ["-o", f"timeout={LONGEST_TEST}"]
    return subprocess.run(command, check=False).returncode


def tallies(report: Path) -> Iterator[tuple[str, int, int, int]]:
    """What the tests noted: kind, faults, acknowledged, lost; the controls last."""
    found = []
    for case in ElementTree.parse(report).iter("testcase"):
        failed = case.find("failure") is not None or case.find("error") is not None
        for one in case.iter("property"):
            if one.get("name") == "tally" and not failed:
                found.append(tuple(json.loads(one.get("value") or "")))
    yield from sorted(found, key=lambda row: str(row[0]).startswith("control"))


def main() -> int:
    """Run the tests and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.monotonic()
        code = run(Path(folder) / "report.xml")
        print(f"\n{'':58}{'faults':>8}{'acknowledged':>15}{'lost':>8}")
        for kind, faults, acknowledged, lost in tallies(Path(folder) / "report.xml"):
            print(f"{kind:58}{faults:8,}{acknowledged:15,}{lost:8,}")
        print(f"{time.monotonic() - begun:.0f} s")
    return code


if __name__ == "__main__":
    sys.exit(main())
