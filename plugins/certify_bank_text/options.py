"""The options of a question, one or several on a line."""

import re
from dataclasses import dataclass

LETTERS = "A-La-l"
STRONG = (
    rf"(?:[\[(【]\s*(?P<in>[{LETTERS}])\s*[\])】]\s*[.、:]?|(?P<out>[{LETTERS}])\s*[.、:)。・])\s*"
)
AHEAD = re.compile(
    rf"(?:[-*•·○●□☐◯]\s+|[-•·○●□☐◯](?=[A-L]))?(?:\[ \]\s*)?"
    rf"(?P<tick>[√✓✔*☑✅]\s*|\[[xX√]\]\s*)?{STRONG}"
)
BULLETED = re.compile(r"[○◯〇□☐]\s*(?=[^\s_])")
"""Options of forms on the web, which have circles or boxes and no letters."""
WITHIN = re.compile(rf"(?<![A-Za-z0-9]){STRONG}")
WEAK = re.compile(r"(?P<out>[A-L])(?:\s+(?=\S)|(?=[\u4e00-\u9fff“《「]))")
WEAK_WITHIN = re.compile(r"(?<=\s)(?P<out>[B-L])(?:\s+(?=\S)|(?=[\u4e00-\u9fff“《「]))")
BEFORE_FIRST = re.compile(r"[\s)\]】?!:;。,_”」\"']")
TRIES = 5
"""How many letters A of a stem may turn out to begin no options."""
FARTHEST = 3
"""Letters that may be missing between two options of one line; a gap is told later."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A letter that begins an option."""

    letter: str
    """A capital."""
    start: int
    end: int
    """Where the option's text begins."""
    is_ticked: bool = False


def leading(plain: str) -> Mark | None:
    """The mark a line begins with, such as `A.` or `(A)`."""
    found = AHEAD.match(plain)
    return _mark(found, bool(found["tick"])) if found else None


def bulleted(plain: str, last: str) -> Mark | None:
    """The mark of an option that a circle or box begins; it gets the letter after the last one."""
    found = BULLETED.match(plain)
    return Mark(_after(last) if last else "A", 0, found.end()) if found else None


def weak(plain: str) -> Mark | None:
    """The letter a line begins with that has only a blank or Chinese text behind it."""
    found = WEAK.match(plain)
    return Mark(found["out"], found.start(), found.end()) if found else None


def split(plain: str, first: Mark, next_letter: str) -> list[Mark]:
    """All marks of a line from its first on.

    Args:
        next_letter: the letter the next line begins with; what comes before it stands here.
    """
    marks, found = [first], [_mark(one) for one in WITHIN.finditer(plain, first.end)]
    is_small = plain[first.start : first.end].strip("([【 -*")[:1].islower()
    spaced = {mark.letter for mark in found if plain[mark.start - 1].isspace()}
    for mark in found:
        last, wanted = marks[-1].letter, _after(marks[-1].letter)
        if plain[mark.start : mark.end].strip("([【 ")[:1].islower() != is_small:
            continue
        if mark.start < marks[-1].end:
            continue
        if mark.start == marks[-1].end:  # “A: A.…” names one option twice; “A: E:first” is text
            fits = False
        elif plain[mark.start - 1].isspace():
            fits = last <= mark.letter <= chr(ord(last) + FARTHEST)
        else:
            fits = mark.letter == wanted and wanted not in spaced
        if fits and not (next_letter and first.letter < next_letter <= mark.letter):
            marks.append(mark)
    return marks


def split_weak(plain: str, first: Mark) -> list[Mark]:
    """The same for letters without a sign behind them; each is the next of the alphabet."""
    marks = [first]
    for found in WEAK_WITHIN.finditer(plain, first.end):
        if found["out"] == _after(marks[-1].letter):
            marks.append(Mark(found["out"], found.start(), found.end()))
    return marks


def within_stem(plain: str, start: int, next_letter: str) -> list[Mark]:
    """The marks of options that follow a stem on its own line; empty where there are none."""
    tried = 0
    for found in WITHIN.finditer(plain, start):
        first = _mark(found)
        if first.letter == "A":
            tried += 1
        if tried > TRIES:
            break
        if first.letter != "A" or not (
            first.start == start or BEFORE_FIRST.match(plain[first.start - 1])
        ):
            continue
        marks = split(plain, first, next_letter)
        is_whole = len(marks) > 1 and marks[1].letter == "B"
        if next_letter:
            is_whole = next_letter == _after(marks[-1].letter) and plain[first.start - 1].isspace()
        if is_whole:
            return marks
    return []


def _mark(found: re.Match[str], is_ticked: bool = False) -> Mark:
    groups = found.groupdict()
    letter = groups.get("in") or groups["out"]
    return Mark(letter.upper(), found.start(), found.end(), is_ticked)


def _after(letter: str) -> str:
    return chr(ord(letter) + 1)
