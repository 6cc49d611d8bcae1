"""The pages of the documentation, and what stands in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    ROOT / "benchmarks" / "README.md",
    *sorted(path for path in DOCS.rglob("*.md") if "parcel-counter" not in path.parts),
]
FENCE = re.compile(
    r"^(?P<fence>```+)(?P<info>[^\n]*)\n(?P<body>.*?)^(?P=fence)[ ]*$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Block:
    """One fenced block of a page."""

    language: str
    title: str
    """The file that it is, where it is one."""
    appends: bool
    body: str


def blocks(text: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    for found in FENCE.finditer(text):
        language, *rest = found["info"].split() or [""]
        titles = [word.removeprefix("title=") for word in rest if word.startswith("title=")]
        yield Block(language, "".join(titles), "append" in rest, found["body"])


def commands(text: str) -> list[str]:
    """The command lines of a page: what stands after `$ `."""
    return [
        line.removeprefix("$ ")
        for block in blocks(text)
        if block.language == "console"
        for line in block.body.splitlines()
        if line.startswith("$ ")
    ]


def name_of(path: Path) -> str:
    """A page's name in a test."""
    return path.relative_to(ROOT).as_posix()
