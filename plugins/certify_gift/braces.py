"""Which braces of a block hold answers, and where one question ends and the next begins."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_MARKED = re.compile(r"\s*+(?:[=~#]|TRUE\b|FALSE\b|([TF]\s*+(?=[#}])|(?=\})))")
"""How answers begin; the group holds what may as well be a part of a formula."""
_FORMULA = re.compile(r"(?:\\(?!n)[A-Za-z]{1,20}|\^|(?<!_)_|(?<!\\)\})\Z")
"""What stands before a brace of LaTeX; \\n is a new line."""
_RAISED = re.compile(r"\}[\^_]")
"""What stands after empty braces of LaTeX, which hold up what would float."""
_NEXT = re.compile(r"\n(?=[^\S\n]*+[^\s=~#}])")
"""The end of a line before one that is no answer."""


@dataclass(slots=True)
class Piece:
    """One question of a block; places count from the beginning of the block."""

    begin: int
    end: int
    open: int
    close: int
    """-1 where the brace stays open."""
    fault: Literal["", "open", "two"] = ""
    """`open`: the brace stays open; `two`: there are two answers and no telling which is meant."""


@dataclass(frozen=True, slots=True)
class Braces:
    """The braces of a block."""

    pairs: Sequence[tuple[int, int]]
    """In their order, without those inside others; an open one has -1 for its end."""
    has_stray: bool
    """Whether a brace is closed that was not opened."""


def braces(text: str, start: int) -> Braces:
    """Match the braces of a block from a place on, without those that a backslash hides."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    has_stray = False
    for one in _BRACE.finditer(text, start):
        if one[0] == "{":
            opened.append(one.start())
        elif one[0] == "}" and opened:
            pairs.append((opened.pop(), one.start()))
        elif one[0] == "}":
            has_stray = True
    outer = []
    covered = -1
    for pair in sorted([*pairs, *((place, -1) for place in opened)]):
        if pair[0] > covered:
            outer.append(pair)
            covered = pair[1]
    return Braces(list(_with_flat(text, outer)), has_stray)


def _with_flat(text: str, outer: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """A brace that stays open is closed by the next `}` where a stray `{` took that one."""
    before: tuple[int, int] | None = None
    for pair in outer:
        if before is not None:
            is_taken = not (pair[1] < 0 or _is_marked(text, pair[0]) or _in_formula(text, pair[0]))
            if is_taken and not _NEXT.search(text, before[0], pair[0]):
                yield before[0], pair[1]
                before = None
                continue
            yield before
        before = pair if pair[1] < 0 else None
        if before is None:
            yield pair
    if before is not None:
        yield before


def pieces(text: str, pairs: Sequence[tuple[int, int]]) -> list[Piece]:
    """The questions of a block; none where no brace holds answers."""
    answers = [pair for pair in pairs if pair[1] < 0 or _is_marked(text, pair[0])]
    if not answers and pairs and not text[pairs[-1][1] + 1 :].strip():
        answers = [pair for pair in pairs[-1:] if _MARKED.match(text, pair[0] + 1)]
    if not answers:
        answers = [pair for pair in pairs if not _in_formula(text, pair[0])]
        if len(answers) > 1:
            return [Piece(0, len(text), answers[0][0], answers[0][1], "two")]
    found: list[Piece] = []
    before = 0
    for place, close in answers:
        begin = 0
        if found:
            last = found[-1]
            begin = _boundary(text, before, place, is_open=last.close < 0)
            if begin < 0:
                last.fault = last.fault or "two"
            else:
                last.end = begin
        if begin >= 0:
            found.append(Piece(begin, len(text), place, close, "open" if close < 0 else ""))
        before = max(place, close)
    return found


def _boundary(text: str, start: int, end: int, *, is_open: bool) -> int:
    """Where a line ends between one question's answers and those of the next; -1 if none does."""
    if not is_open:
        line = text.find("\n", start, end)
        rest = text[start + 1 : line].strip() if line >= 0 else ""
        return -1 if rest[-1:].isalnum() or rest[-1:] == "," else line
    found = _NEXT.search(text, start, end)
    return found.start() if found else -1


def _is_marked(text: str, place: int) -> bool:
    """Whether what follows an opening brace can only be answers."""
    found = _MARKED.match(text, place + 1)
    return found is not None and (found[1] is None or not _in_formula(text, place))


def _in_formula(text: str, place: int) -> bool:
    return bool(_FORMULA.search(text, max(0, place - 24), place) or _RAISED.match(text, place + 1))


def end_of_answers(text: str, at: int, end: int, depth: int, *, is_answer: bool) -> tuple[int, int]:
    """Follow braces that an earlier block left open through a later one.

    Args:
        depth: how many are open.
        is_answer: whether the block begins like an answer, which may hold braces of its own.
    Returns:
        the place after the brace that closes the last one, or -1; and how many are open then, -1
        where the block is another question.
    """
    is_first = True
    for one in _BRACE.finditer(text, at, end):
        if one[0] == "{":
            if is_first and not is_answer:
                return -1, -1
            depth += 1
        elif one[0] == "}":
            depth -= 1
            if not depth:
                return one.end(), 0
        else:
            continue
        is_first = False
    return -1, depth
