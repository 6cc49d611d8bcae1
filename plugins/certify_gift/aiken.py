"""`aiken`: choice questions as people type them, one line for each option and one for the key.

Read leniently: capitals and empty lines do not matter, stems and options may go on in the next
line, and letters may stand in brackets or full width.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import BinaryIO

from markdown_it import MarkdownIt

from certify.api import (
    N_,
    BankFile,
    BankItem,
    Entry,
    ItemBlock,
    ItemFormat,
    Loss,
    NotTaken,
    _,
    decode,
    plain_markdown,
)
from certify_gift.escapes import in_short
from certify_gift.text_file import text_of

_LETTER = r"([A-Za-zＡ-Ｚａ-ｚ])"
_OPTION = re.compile(rf"\s*(?:[(（]\s*{_LETTER}\s*[)）]|{_LETTER}\s?[.．)）、])\s*(.*)")
_KEY = re.compile(rf"\s*ANSWERS?\s*(?:[:：]\s*(.*)|\s{_LETTER}[.)]?\s*\Z)", re.IGNORECASE)
_ONE = re.compile(rf"[(（]?\s*{_LETTER}\s*[.．)）、]?(?:\s.*)?")
_SEVERAL = re.compile(rf"{_LETTER}(?:\s*(?:[,，;；、&+]|and)?\s*{_LETTER})+")
_LIKE_AIKEN = re.compile(r"^[^\S\n]*ANSWER[^\S\n]*[:：][^\S\n]*[A-Za-z]\b", re.MULTILINE)
_NEARLY = re.compile(_LIKE_AIKEN.pattern, re.MULTILINE | re.IGNORECASE)
_NUMBERED = re.compile(
    r"^[^\S\n]*(?:question[^\S\n]*)?[0-9]{1,4}[.):]", re.MULTILINE | re.IGNORECASE
)
"""Where people number their questions and write a small “Answer:”, it is a bank as text."""
MOST = 26
"""Most options that have a letter."""


@dataclass(slots=True)
class _Draft:
    """A question while its lines are read."""

    place: str
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, list[str]]] = field(default_factory=list)
    """Letter and lines."""


class Aiken(ItemFormat):
    """One right option of several; nothing else."""

    name = "aiken"
    label = N_("Aiken (choices as plain text)")
    suffixes = (".aiken", ".txt")
    can_write = True

    def recognises(self, file: BankFile) -> bool:
        text, _encoding = decode(file.data)
        if _LIKE_AIKEN.search(text):
            return True
        return _NEARLY.search(text) is not None and not _NUMBERED.search(text)

    def read(self, file: BankFile, language: str) -> Iterator[Entry]:
        text, remarks = text_of(file)
        yield from remarks
        draft: _Draft | None = None
        is_apart = False
        for number, line in enumerate(text.split("\n"), start=1):
            if not line.strip():
                is_apart = True
                continue
            place = f"{number}:{len(line) - len(line.lstrip()) + 1}"
            key, option = _KEY.fullmatch(line), _OPTION.fullmatch(line)
            letter = _letter(option[1] or option[2]) if option else ""
            if key and (draft is None or draft.options or _ONE.fullmatch(key[1] or key[2] or "")):
                yield _finished(draft or _Draft(place), key[1] or key[2] or "", place)
                draft = None
            elif option and draft and draft.options and letter == "A":
                old, draft = draft, _Draft(place)
                draft.stem = old.options[-1][1][1:]
                del old.options[-1][1][1:]
                yield _unfinished(old)
                draft.options.append((letter, [option[3]]))
            elif option and (draft is None or draft.options or letter == "A"):
                draft = draft or _Draft(place)
                draft.options.append((letter, [option[3]]))
            elif draft and not is_apart:
                (draft.options[-1][1] if draft.options else draft.stem).append(line.strip())
            else:
                if draft:
                    yield _unfinished(draft)
                draft = _Draft(place, [line.strip()])
            is_apart = False
        if draft:
            yield _unfinished(draft)

    def write(
        self, items: Iterable[BankItem], out: BinaryIO, *, title: str, language: str
    ) -> Iterable[Loss | NotTaken]:
        lost: list[Loss | NotTaken] = []
        for one in items:
            stem = " ".join(_shown(one.block.stem).split())
            refused = _refusal(one, stem)
            if refused:
                lost.append(refused)
                continue
            out.write(f"{stem}\n".encode())
            key = ""
            for letter, (text, is_right) in zip(ascii_uppercase, one.block.options, strict=False):
                out.write(f"{letter}) {text}\n".encode())
                key = letter if is_right else key
            out.write(f"ANSWER: {key}\n\n".encode())
            lost += (Loss(one.place, message) for message in _losses(one, stem))
        return lost


def _letter(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper()


def _finished(draft: _Draft, key: str, place: str) -> Entry:
    """The item of a question with its key, or why it is none.

    Args:
        place: of the key.
    """
    stem, letters = "\n".join(draft.stem), [letter for letter, _lines in draft.options]
    found = _ONE.fullmatch(key.strip())
    right = _letter(found[1]) if found else ""
    if not stem:
        reason = _("The question has no text.")
        mend = _("Write the question before the answers.")
    elif len(letters) < 2:
        reason = _("The question has fewer than two options.")
        mend = _("Write each option on a line of its own that begins with a letter, such as “A.”.")
    elif len(set(letters)) < len(letters):
        reason = _("Two options have the same letter.")
        mend = _("Give each option its own letter, in the order of the alphabet.")
    elif _SEVERAL.fullmatch(key.strip()):
        reason = _("Aiken knows one right option.")
        mend = _("Use another format for questions with several, such as GIFT.")
    elif right not in letters:
        reason = _("The key “{key}” is none of the options.").format(key=key.strip()[:40])
        mend = _("Write “ANSWER:” and the letter of the right option.")
    else:
        options = [
            (" ".join(" ".join(lines).split()), letter == right) for letter, lines in draft.options
        ]
        block = ItemBlock(plain_markdown(stem), tuple(options), "")
        return BankItem(draft.place, "single", block, source_type="multichoice")
    return NotTaken(place, "rejected", in_short(stem), reason, mend, "multichoice")


def _unfinished(draft: _Draft) -> NotTaken:
    """A question without a key, or a text without options."""
    stem = in_short("\n".join(draft.stem))
    if not draft.options:
        reason = _("This is a text without a question.")
        mend = _("If it belongs to the question below it, delete the empty line between.")
        return NotTaken(draft.place, "skipped", stem, reason, mend)
    reason = _("The question has no key.")
    mend = _("Write “ANSWER:” and the letter of the right option.")
    return NotTaken(draft.place, "rejected", stem, reason, mend, "multichoice")


def _refusal(item: BankItem, stem: str) -> NotTaken | None:
    """Why an item cannot be written, if so."""
    reason = ""
    if item.type != "single" or sum(bool(mark) for _text, mark in item.block.options) != 1:
        reason = _("Aiken knows choices with one right option alone.")
    elif len(item.block.options) > MOST or not stem:
        reason = _("The options are more than the letters.")
    elif _OPTION.match(stem) or _KEY.match(stem):
        reason = _("Its text begins like an option, and would be taken for one.")
    if not reason:
        return None
    mend = _("Choose another format, such as GIFT.")
    return NotTaken(item.place, "rejected", in_short(item.block.stem), reason, mend, item.type)


def _losses(item: BankItem, stem: str) -> Iterator[str]:
    if plain_markdown(stem) != item.block.stem:
        yield _("The look of the text is left out.")
    if item.block.explanation:
        yield _("The explanation is left out.")
    if item.wordings:
        yield _("Texts in other languages are left out.")
    if item.code or item.topic or item.difficulty or item.facts or item.standards:
        yield _("Id, topic, difficulty, facts and standards are left out.")


def _shown(markdown: str) -> str:
    """The text that Markdown shows, without its look."""
    blocks = MarkdownIt("commonmark").enable("table").parse(markdown)
    return " ".join(
        "".join(child.content or " " * child.type.endswith("break") for child in block.children)
        if block.children
        else block.content
        for block in blocks
    )
