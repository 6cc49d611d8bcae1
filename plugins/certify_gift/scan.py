"""One pass over a GIFT text: where its questions begin and end, whatever they hold.

An empty line ends a question, and so does the title (`::…::`) of the next one or a `$CATEGORY:`
line. People write empty lines inside braces, forget them between questions and leave braces
open: what follows is read and counted all the same.
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from certify.api import NotTaken, _
from certify_gift.braces import Piece, braces, end_of_answers, pieces
from certify_gift.comments import (
    NO_FACTS,
    Facts,
    read_facts,
    without_comments,
    without_title_remark,
)
from certify_gift.escapes import in_short

_BEGIN = re.compile(r"\S")
_END = re.compile(r"\n(?=[^\S\n]*+(?:\n|\$CATEGORY:|::[^\n]*?::))|\Z")
_TITLE = re.compile(r"\s*+::([^:\\]*+(?:(?:\\.|:(?!:))[^:\\]*+)*+)::", re.DOTALL)
_BODY = r"[^{}\\]*+(?:\\.[^{}\\]*+)*+"
_SIMPLE = re.compile(
    rf"(?:{_TITLE.pattern})?({_BODY})\{{(\s*+(?:[=~#TF]{_BODY})?)\}}({_BODY})\Z",
    re.DOTALL,
)
"""A block that is one question beyond doubt."""
_LEFT_OVER = re.compile(r"^[^\S\n]*+[=~]", re.MULTILINE)
_BRACE = re.compile(r"[{}]")
_ANSWER_SIGNS = ("=", "~", "#", "}")
_STARTS = ("::", "$CATEGORY:")
_SLASH = re.compile(r"(?<!/)/(?!/)")
_CONTEXT = re.compile(r"\$[^$]*\$")


@dataclass(slots=True)
class Question:
    """One question as it stands in the file; its texts are still escaped."""

    place: str
    title: str
    head: str
    answers: str
    tail: str
    brace: int
    """Where its answers begin, for `Scanner.place_of`."""
    topic: str
    facts: Facts


Entry: TypeAlias = Question | NotTaken


class Scanner:
    """Cuts a text into its questions, lazily."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = 1
        self._counted = 0
        self._topic = ""
        self._comments: list[str] = []

    def entries(self) -> Iterator[Entry]:
        """Every question, and what is none or cannot be cut out, in the order of the file."""
        text, start = self._text, 0
        while found := _BEGIN.search(text, start):
            start = found.start()
            if text.startswith("$CATEGORY:", start):
                end = text.find("\n", start)
                end = end if end >= 0 else len(text)
                self._topic = topic_of(text[start + 10 : end])
                self._comments.clear()
            else:
                end = _end_of(text, start)
                block = text[start:end]
                simple = None if "//" in block else _SIMPLE.match(block)
                if simple and not self._comments:
                    title, head, answers, tail = simple.groups("")
                    yield Question(
                        self._count_to(start),
                        title,
                        head,
                        answers,
                        tail,
                        start + simple.start(3),
                        self._topic,
                        NO_FACTS,
                    )
                else:
                    end = yield from self._block(start, end)
            start = end

    def place_of(self, at: int) -> str:
        """Line and column of a place at or after the last question's beginning."""
        line = self._line + self._text.count("\n", self._counted, at)
        return f"{line}:{at - self._text.rfind(chr(10), 0, at)}"

    def _count_to(self, at: int) -> str:
        """The same, for the next question, so that every line is counted once."""
        self._line += self._text.count("\n", self._counted, at)
        self._counted = at
        return f"{self._line}:{at - self._text.rfind(chr(10), 0, at)}"

    def _block(self, start: int, end: int) -> Generator[Entry, None, int]:
        """What stands in a block that is more than one plain question; returns where it ends."""
        after, is_grown = end, False
        while True:
            block, comments = without_comments(self._text[start:end])
            title = _TITLE.match(block)
            body = title.end() if title else 0
            block = without_title_remark(block, body) if title else block
            found = braces(block, body)
            cut = pieces(block, found.pairs)
            if is_grown or (found.has_stray and not cut):
                break
            is_grown = True
            if not cut:
                after = self._end_of_joined(block, body, end)
            elif cut[-1].fault == "open":
                depth = sum(close < 0 and at >= cut[-1].open for at, close in found.pairs)
                after, is_closed = self._end_of_open(end, depth)
                if not is_closed:
                    break
            if after == end:
                break
            end = after
        told = 0
        for piece in cut or [Piece(0, len(block), -1, -1, "two" if found.has_stray else "")]:
            last = piece.close if piece.close >= 0 else piece.end
            while told < len(comments) and comments[told][0] < last:
                self._comments.append(comments[told][1])
                told += 1
            if begin := _BEGIN.search(block, piece.begin, piece.end):
                is_titled = title is not None and not piece.begin
                piece.begin = body if is_titled else begin.start()
                name = title[1] if is_titled and title else ""
                place = self._count_to(start + begin.start())
                yield self._entry(place, start, block, piece, name)
                self._comments.clear()
        self._comments += [comment for _at, comment in comments[told:]]
        return after

    def _entry(self, place: str, start: int, block: str, piece: Piece, title: str) -> Entry:
        """A piece of a block; its places count from `start`."""
        text = block[piece.begin : piece.end]
        if piece.close >= 0 and not piece.fault:
            return Question(
                place,
                title,
                block[piece.begin : piece.open],
                block[piece.open + 1 : piece.close],
                block[piece.close + 1 : piece.end],
                start + piece.open + 1,
                self._topic,
                read_facts(self._comments),
            )
        stem = in_short(text) or in_short(title)
        if piece.open < 0 and not piece.fault:
            if not _LEFT_OVER.search(text):
                reason = _("This is a text without a question.")
                mend = _("If it belongs to the question below it, delete the empty line between.")
                return NotTaken(place, "skipped", stem, reason, mend, "description")
            reason = _("These answers stand in no braces.")
            mend = _("Put braces around the answers.")
        elif piece.fault == "open":
            place = self.place_of(start + piece.open)
            reason = _("The opening brace is never closed.")
            mend = _("Write the closing brace after the last answer.")
        elif piece.open < 0:
            reason = _("A closing brace has no opening one.")
            mend = _("Write one before the answers; where braces are text, write “\\” before them.")
        else:
            reason = _("One question has answers in several braces.")
            mend = _("Make it several questions; where braces are text, write “\\” before them.")
        return NotTaken(place, "rejected", stem, reason, mend)

    def _end_of_joined(self, block: str, body: int, end: int) -> int:
        """Where a block ends with the one that an empty line took from it, or where it ends itself.

        Answers that stand alone belong to the text before them, a text to the title before it.
        """
        found = _BEGIN.search(self._text, end)
        if found is None or not block.strip() or self._text.startswith(_STARTS, found.start()):
            return end
        is_joined = found[0] == "{" or (body > 0 and not block[body:].strip())
        return _end_of(self._text, found.start()) if is_joined else end

    def _end_of_open(self, at: int, depth: int) -> tuple[int, bool]:
        """Where a question ends whose brace is open at the end of its block, and if it is closed.

        Blocks that begin with a sign of answers belong to it even where it is never closed.
        """
        reach = at
        while found := _BEGIN.search(self._text, at):
            start = found.start()
            if self._text.startswith(_STARTS, start):
                break
            end = _end_of(self._text, start)
            is_answer = found[0] in _ANSWER_SIGNS
            closed, depth = end_of_answers(self._text, start, end, depth, is_answer=is_answer)
            if closed >= 0:
                line = self._text.find("\n", closed, end)
                rest = end if line < 0 else line
                is_alone = not _BRACE.search(self._text, closed, end)
                return (end if is_alone else rest), True
            if depth < 0:
                break
            at = end
            if is_answer:
                reach = end
        return reach, False


def topic_of(path: str) -> str:
    """The topic a category path such as `$course$/top/A/B` means: `B`; empty for the top."""
    parts = [part.replace("//", "/").strip() for part in _SLASH.split(path.strip())]
    last = parts[-1]
    return "" if last == "top" or _CONTEXT.fullmatch(last) else last


def category(topic: str) -> str:
    """The line that puts the questions after it under a topic."""
    path = " ".join(f"$course$/top/{topic.replace('/', '//')}".split()).rstrip("/")
    return f"$CATEGORY: {path}\n\n"


def _end_of(text: str, start: int) -> int:
    found = _END.search(text, start)
    return found.start() if found else len(text)
