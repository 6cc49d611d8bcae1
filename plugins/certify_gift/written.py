"""Items as GIFT, and what of them it cannot hold."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from html import escape

from certify.api import BankItem, _, plain_markdown
from certify_gift.answers import Unusable
from certify_gift.comments import comment
from certify_gift.escapes import escaped
from certify_gift.texts import may_be_markup
from certify_gift.words import WORDS

_GAP = re.compile(r"\{\{([^{}]*)\}\}")
_BAR = re.compile(r"[|｜]")
_NUMBER = re.compile(
    r"=\s*([+-]?[0-9]+(?:\.[0-9]+)?)\s*(?:±\s*([0-9]+(?:\.[0-9]+)?)\s*)?([^\s0-9.,±+\-].*)?"
)
_FALSE_START = re.compile(r"//|\[|%")
"""How a text may not begin, or it would be taken for something else."""


class Writer:
    """Writes one item and keeps what is lost of it."""

    def __init__(self, item: BankItem) -> None:
        self.losses: list[str] = []
        """Translated."""
        self._item = item
        stem = _GAP.sub("Gap", item.block.stem)
        self._is_markdown = _needs_markdown(stem)

    def text(self) -> str:
        """The question.

        Raises:
            Unusable: GIFT has no such question.
        """
        item = self._item
        title = " ".join((item.name or item.code).split())
        if item.wordings:
            self.losses.append(_("Texts in other languages are left out."))
        facts = comment(
            code=item.code,
            difficulty=item.difficulty,
            facts=item.facts,
            standards=item.standards,
            pool=item.pool,
        )
        return f"{facts}{f'::{escaped(title)}::' if title else ''}{self._body()}\n\n"

    def _body(self) -> str:
        item, block = self._item, self._item.block
        if item.type == "single":
            return self._whole(self._options("=", "~"))
        if item.type == "multiple":
            count = sum(bool(mark) for _text, mark in block.options)
            weight = f"{Decimal(100) / max(1, count):.5f}".rstrip("0").rstrip(".")
            return self._whole(self._options(f"~%{weight}%", "~%-100%"))
        if item.type == "truefalse":
            return self._whole(["TRUE" if block.options[0][1] else "FALSE"])
        if item.type == "matching":
            return self._whole(self._pairs())
        if item.type == "numeric":
            return self._whole([self._number()])
        if item.type == "text":
            return self._whole([f"={self._wording(f'*{word}*')}" for word in self._words()])
        if item.type == "cloze":
            return self._gap()
        if item.type == "essay":
            if tuple(map(tuple, block.rows)) not in {words.rubric for words in WORDS.values()}:
                self.losses.append(_("The criteria of a rubric are left out."))
            return self._whole([])
        raise _unknown()

    def _whole(self, answers: Sequence[str], head: str | None = None, tail: str = "") -> str:
        """Stem and answers, with the explanation as general feedback at their end."""
        head = self._item.block.stem if head is None else head
        tag = "[markdown]" if self._is_markdown else "[moodle]" if _FALSE_START.match(head) else ""
        lines = [*answers]
        if explanation := self._item.block.explanation:
            is_other = _needs_markdown(explanation) and not self._is_markdown
            if is_other or explanation.startswith("["):
                kept = "[markdown]" if is_other or self._is_markdown else "[moodle]"
                lines.append(f"####{kept}{escaped(explanation)}")
            else:
                lines.append(f"####{escaped(explanation)}")
        inner = "\n\t".join(("", *lines)) + "\n" if len(lines) > 1 else "".join(lines)
        return f"{tag}{escaped(head)}{{{inner}}}{escaped(tail)}"

    def _options(self, right: str, wrong: str) -> list[str]:
        return [
            f"{right if mark else wrong}{self._line(text)}"
            for text, mark in self._item.block.options
        ]

    def _pairs(self) -> list[str]:
        head, *rows = self._item.block.rows
        if tuple(head) not in {words.heads for words in WORDS.values()}:
            self.losses.append(_("The heads of the columns are left out."))
        return [f"={self._wording(left)} -> {escaped(right)}" for left, right in rows]

    def _number(self) -> str:
        lines = self._item.block.lines
        found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", lines[0])) if lines else None
        if found is None or len(lines) > 1:
            raise Unusable(
                _("GIFT knows no units, so it cannot hold several numbers."),
                _("Make one question of each number, or choose another format."),
            )
        if found[3]:
            self.losses.append(_("The unit of a number is left out."))
        return f"#{found[1]}:{found[2]}" if found[2] else f"#{found[1]}"

    def _words(self) -> Sequence[str]:
        """The wordings of the one element that a reply must hold."""
        lines = self._item.block.lines
        words = _parts(lines[0][1:]) if lines else []
        if len(lines) != 1 or not lines[0].startswith("=") or any("*" in word for word in words):
            raise Unusable(
                _("GIFT knows one element that a reply must hold, and none that it must not."),
                _("Make one question of each element, or choose another format."),
            )
        return words

    def _gap(self) -> str:
        stem = self._item.block.stem
        gaps = list(_GAP.finditer(stem))
        if len(gaps) != 1:
            raise Unusable(
                _("GIFT knows one gap in a text."),
                _("Make one question of each gap, or choose another format."),
            )
        gap = gaps[0]
        texts = _parts(gap[1])
        if any(text.startswith("=") for text in texts):
            self.losses.append(_("A gap with choices becomes a choice question with a blank."))
            answers = [
                f"{'=' if text.startswith('=') else '~'}{self._line(text.lstrip('=').strip())}"
                for text in texts
            ]
        else:
            answers = [f"={self._wording(text).replace('*', chr(92) + '*')}" for text in texts]
        tail = stem[gap.end() :]
        if tail.lstrip().startswith("//"):
            raise _unknown()
        return self._whole(answers, stem[: gap.start()], tail)

    def _wording(self, text: str) -> str:
        """An answer or a left side, in which “->” would make pairs."""
        if "->" in text:
            return f"[html]{escaped(escape(text, quote=False))}"
        return self._line(text)

    def _line(self, text: str) -> str:
        is_odd = may_be_markup(text, is_markdown=self._is_markdown) or _FALSE_START.match(text)
        return f"{'[plain]' if is_odd else ''}{escaped(text)}"


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _BAR.split(text) if part.strip()]


def _needs_markdown(text: str) -> bool:
    """Whether a text would be read as another one if it stood there without its format."""
    return plain_markdown(text) != text or may_be_markup(text, is_markdown=False)


def _unknown() -> Unusable:
    return Unusable(
        _("GIFT has no question of this kind."), _("Choose another format, such as QTI.")
    )
