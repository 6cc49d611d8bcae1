"""Comment lines of GIFT, and the ids and tags that Moodle keeps in them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from certify.api import ITEM_ID

_COMMENT = re.compile(r"^[^\S\n]*//[^\n]*|(?<=(?<!\\)\{)[^\S\n]*//\s[^\n{}]*$", re.MULTILINE)
"""Comment lines, and what people write like one behind an opening brace."""
_REMARK = re.compile(r"[^\S\n]*+//\s[^\n{}]*+(?=\n)")
_BEHIND = re.compile(r"\s//.*", re.DOTALL)
_ID = re.compile(r"\[id:\s*((?:\\\]|[^\]\n])+)\]")
_TAG = re.compile(r"\[tag:\s*((?:\\\]|[^\]\n])+)\]")


@dataclass(slots=True)
class Facts:
    """What the comments before a question say of it."""

    id: str = ""
    code: str = ""
    """The id, where it has the form of the bank's own."""
    difficulty: int | None = None
    facts: list[str] = field(default_factory=list)
    standards: list[str] = field(default_factory=list)
    pool: str = "exam"
    others: list[str] = field(default_factory=list)
    """Tags that say nothing to the bank."""


NO_FACTS = Facts()


def without_comments(text: str) -> tuple[str, list[tuple[int, str]]]:
    """A text of the same length with blanks for its comment lines, and these with their places."""
    found = [(one.start(), one[0]) for one in _COMMENT.finditer(text)]
    return (_COMMENT.sub(lambda one: " " * len(one[0]), text) if found else text), found


def without_title_remark(text: str, at: int) -> str:
    """A text of the same length without the comment that somebody wrote behind its title.

    Args:
        at: where the title ends.
    """
    found = _REMARK.match(text, at)
    return f"{text[:at]}{' ' * len(found[0])}{text[found.end() :]}" if found else text


def without_remark(answer: str) -> str:
    """An answer without the comment that somebody wrote behind it."""
    return _BEHIND.sub("", answer)


def read_facts(comments: Iterable[str]) -> Facts:
    """The id (the last that is given) and the tags of some comment lines."""
    told = Facts()
    for comment in comments:
        if found := _ID.search(comment):
            told.id = found[1].replace("\\]", "]").strip()
        for tag in _TAG.findall(comment):
            _take(told, tag.replace("\\]", "]").strip())
    told.code = told.id if ITEM_ID.fullmatch(told.id) else ""
    return told


def _take(told: Facts, tag: str) -> None:
    kind, _colon, value = tag.partition(":")
    if kind == "difficulty" and value in ("1", "2", "3"):
        told.difficulty = int(value)
    elif kind == "fact" and value:
        told.facts.append(value)
    elif kind == "standard" and value:
        told.standards.append(value)
    elif kind == "pool" and value in ("exam", "practice"):
        told.pool = value
    else:
        told.others.append(tag)


def comment(
    *,
    code: str,
    difficulty: int | None,
    facts: Iterable[str],
    standards: Iterable[str],
    pool: str,
) -> str:
    """The comment line that says all this, with its line feed; empty where there is nothing."""
    tags = [f"difficulty:{difficulty}"] if difficulty else []
    tags += [f"fact:{fact}" for fact in facts]
    tags += [f"standard:{standard}" for standard in standards]
    tags += [f"pool:{pool}"] if pool != "exam" else []
    parts = [f"[id:{_safe(code)}]"] if code else []
    parts += [f"[tag:{_safe(tag)}]" for tag in tags]
    return f"// {' '.join(parts)}\n" if parts else ""


def _safe(text: str) -> str:
    return " ".join(text.split()).replace("]", "\\]")
