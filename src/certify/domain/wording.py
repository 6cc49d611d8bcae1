"""What a typed reply must hold and what it must not (R-SIM-07)."""

import re
from dataclasses import dataclass

from certify.domain.folding import CJK, fold
from certify.i18n import _

_LETTER = rf"[^\W{CJK}-\U0010ffff]"
"""A letter or digit of a script that puts spaces between words."""
_CLAUSE_END = re.compile(r"[，。！？；：、…,!?;:\n]|\.(?!\d)")


@dataclass(frozen=True)
class Wording:
    """Required elements, each in any of several wordings, and forbidden words.

    Case, width, traditional characters and punctuation make no difference (see `fold`).
    """

    required: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]


def missing(wording: Wording, text: str) -> tuple[tuple[str, ...], ...]:
    """The required elements that a text lacks."""
    folded = fold(text)
    return tuple(
        words for words in wording.required if not any(_stands_in(word, folded) for word in words)
    )


def forbidden_in(wording: Wording, text: str) -> tuple[str, ...]:
    """The forbidden words that a text holds; one cut in two by a comma or a stop is none."""
    clauses = [fold(clause) for clause in _CLAUSE_END.split(text)]
    return tuple(
        word for word in wording.forbidden if any(_stands_in(word, clause) for clause in clauses)
    )


def flaws(wording: Wording) -> list[str]:
    """What makes a wording useless, in words, each with how to mend it."""
    found = []
    for word in (*(word for words in wording.required for word in words), *wording.forbidden):
        if not fold(word):
            found.append(_("“{word}” has no letters; write a word.").format(word=word))
    for word in wording.forbidden:
        if len(list(filter(str.strip, _CLAUSE_END.split(word)))) > 1:
            found.append(
                _("The forbidden “{word}” has several clauses; give each its own line.").format(
                    word=word
                )
            )
    for word in (word for words in wording.required for word in words):
        if both := forbidden_in(wording, word):
            found.append(
                _("“{word}” is required and holds the forbidden “{other}”.").format(
                    word=word, other=both[0]
                )
            )
    return found


def _stands_in(word: str, folded: str) -> bool:
    """Whether a word stands in folded text; “no” does not stand in “know”, nor 24 in 124."""
    sought = fold(word)
    before = rf"(?<!{_LETTER})" if re.match(_LETTER, sought) else ""
    after = rf"(?!{_LETTER})" if re.search(rf"{_LETTER}$", sought) else ""
    return bool(sought) and bool(re.search(before + re.escape(sought) + after, folded))
