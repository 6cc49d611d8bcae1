"""What of an item Moodle keeps as tags: difficulty, facts, standards and the pool."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from certify.api import FACT_ID, STANDARD_NUMBER, BankItem

_TAG = re.compile(
    r"(difficulty|fact|standard|pool|难度|知识点依据|标准)\s*[:：=]\s*(.+)", re.IGNORECASE
)
_DIFFICULTIES = {
    **dict.fromkeys(("1", "easy", "易", "容易", "简单", "较易"), 1),
    **dict.fromkeys(("2", "medium", "中", "中等", "一般", "适中"), 2),
    **dict.fromkeys(("3", "hard", "difficult", "难", "困难", "较难"), 3),
}


@dataclass(frozen=True)
class Tags:
    """What tags say of an item."""

    difficulty: int | None = None
    facts: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    pool: str = "exam"
    others: tuple[str, ...] = ()
    """Those that are not ours."""


def read_tags(texts: Sequence[str]) -> Tags:
    """What some tags say; the first that names a difficulty or a pool counts."""
    difficulty: int | None = None
    pool = ""
    facts: list[str] = []
    standards: list[str] = []
    others: list[str] = []
    for text in filter(None, texts):
        found = _TAG.fullmatch(text)
        name, value = (found[1].lower(), found[2].strip()) if found else ("", text)
        level = _DIFFICULTIES.get(value.lower())
        if level and name in ("", "difficulty", "难度") and (name or not value.isdecimal()):
            difficulty = difficulty or level
        elif name == "pool" and value in ("exam", "practice"):
            pool = pool or value
        elif name in ("", "fact") and FACT_ID.fullmatch(value):
            facts.append(value)
        elif name in ("", "standard", "标准") and STANDARD_NUMBER.fullmatch(value):
            standards.append(value)
        else:
            others.append(text)
    return Tags(difficulty, tuple(facts), tuple(standards), pool or "exam", tuple(others))


def tags_of(item: BankItem) -> Iterator[str]:
    """The tags that say of an item what `read_tags` reads."""
    if item.difficulty is not None:
        yield f"difficulty:{item.difficulty}"
    yield from (f"fact:{fact}" for fact in item.facts)
    yield from (f"standard:{standard}" for standard in item.standards)
    if item.pool != "exam":
        yield f"pool:{item.pool}"
