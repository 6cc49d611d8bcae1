"""From `certify` to the first painted screen, beside a bare Textual "hello", in one run.

Both are started in turn in a real pseudo-terminal; the time runs from the start of the process to
the first byte of text that the screen shows. Goal: at most 1.6 times the hello.

    .venv/bin/python -m benchmarks.first_paint [runs]
"""

import os
import statistics
import sys
import tempfile
import time

import pexpect

HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("hello, world")
Hello().run()
"""


def seconds(arguments: list[str], text: str) -> float:
    """Wall time until `text` stands on the screen."""
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    begun = time.perf_counter()
    child = pexpect.spawn(
        sys.executable, arguments, env=environment, dimensions=(24, 80), encoding=None, timeout=30
    )
    child.expect_exact(text.encode())
    taken = time.perf_counter() - begun
    child.close(force=True)
    return taken


def main(runs: int = 15) -> None:
    """Print minimum, median and maximum of both, and the ratio pair by pair."""
    with tempfile.TemporaryDirectory() as home:
        certify = ["-m", "certify", "--home", home]
        hello = ["-c", HELLO]
        seconds(certify, "certify"), seconds(hello, "hello, world")  # warm the disk cache
        pairs = [(seconds(certify, "certify"), seconds(hello, "hello, world")) for _ in range(runs)]
    for name, values in zip(("certify", "hello"), zip(*pairs, strict=True), strict=True):
        low, middle, high = min(values), statistics.median(values), max(values)
        print(f"{name:8} min {low:.3f} s  median {middle:.3f} s  max {high:.3f} s")
    ratios = [ours / theirs for ours, theirs in pairs]
    print(f"ratio    min {min(ratios):.2f}  median {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
