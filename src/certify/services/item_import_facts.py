"""The attributes of an imported item: from the file, else from the item there is, else given."""

from collections.abc import Sequence
from dataclasses import dataclass

from certify.courseware.item_bank import ItemText
from certify.courseware.item_check import FACT, STANDARD
from certify.courseware.loaded_item import LoadedItem
from certify.domain.clean import is_clean, tidy_line, tidy_text
from certify.domain.item_format import BankItem, Loss
from certify.domain.question_type import ItemBlock
from certify.i18n import _


@dataclass(frozen=True)
class Defaults:
    """What counts where the file says nothing."""

    topic: str = ""
    difficulty: int | None = None
    facts: Sequence[str] = ()
    standards: Sequence[str] = ()
    pool: str = ""
    prefix: str = ""
    """Beginning of new ids."""
    author: str = ""
    """Staff number of who imports them; empty where the course names this person alone."""
    course_authors: Sequence[str] = ()
    """Staff numbers that the course names."""


def attributes(
    entry: BankItem, known: LoadedItem | None, defaults: Defaults, topic: str
) -> tuple[dict[str, str], list[Loss]]:
    """The heading of an item without its state, and what of the file it cannot hold.

    Args:
        topic: code of the file's topic; empty where the course has none of that name.
    """
    before = dict(known.text.attributes) if known else {}
    losses = []
    given = (*entry.facts, *entry.standards)
    facts = [one for one in entry.facts if FACT.fullmatch(one)]
    others = [one for one in given if one not in facts]
    standards = [one for one in others if STANDARD.fullmatch(one)]
    if len(facts) + len(standards) < len(given):
        losses.append(Loss(entry.place, _("A reference that is no fact or standard is left out.")))
    if not given and not known:
        facts, standards = list(defaults.facts), list(defaults.standards)
    usual = "" if known else defaults.topic
    difficulty = entry.difficulty or (None if known else defaults.difficulty)
    pool = before.get("pool", "") if known else defaults.pool or entry.pool
    found = {
        "type": entry.type,
        "difficulty": str(difficulty) if difficulty in (1, 2, 3) else before.get("difficulty", ""),
        "topic": topic or usual or before.get("topic", ""),
        "standard": ",".join(standards) if given else before.get("standard", ",".join(standards)),
        "fact": ",".join(facts) if given else before.get("fact", ",".join(facts)),
        "pool": "" if pool == "exam" else pool,
        "author": ",".join(_authors(known, defaults)),
    }
    return {name: value for name, value in found.items() if value}, losses


def _authors(known: LoadedItem | None, defaults: Defaults) -> list[str]:
    """Who wrote it, where the course does not say it: nobody stops being an author of an item."""
    if not defaults.author:
        return list(known.authors) if known else []
    before = (known.authors or defaults.course_authors) if known else ()
    return list(dict.fromkeys([*before, defaults.author]))


def tidy(block: ItemBlock) -> tuple[ItemBlock, bool]:
    """A block whose texts the bank can hold, and whether none had a forbidden character."""
    texts = [text for text, _mark in block.options]
    cells = [cell for row in block.rows for cell in row]
    whole = "".join((block.stem, block.explanation, *texts, *cells, *block.lines))
    has_none = is_clean(whole)
    made = ItemBlock(
        stem=_text(block.stem, has_none),
        explanation=_text(block.explanation, has_none),
        options=tuple([(_line(text), mark) for text, mark in block.options]),
        rows=tuple([tuple(map(_line, row)) for row in block.rows]),
        lines=tuple(map(_line, block.lines)),
        data=block.data,
    )
    return made, has_none


def differences(before: LoadedItem, now: LoadedItem) -> str:
    """In words, what of an item changes."""
    one, two = before.text.block, now.text.block
    changed = [
        (_("stem"), one.stem != two.stem),
        (
            _("answers"),
            (one.options, one.rows, one.lines) != (two.options, two.rows, two.lines)
            or before.type != now.type,
        ),
        (_("explanation"), one.explanation != two.explanation),
        (_("topic"), before.topic != now.topic),
        (_("difficulty"), before.difficulty != now.difficulty),
        (_("references"), (before.facts, before.standards) != (now.facts, now.standards)),
    ]
    names = [name for name, is_other in changed if is_other] or [_("wording")]
    return _(", ").join(names)


def language_of(text: ItemText) -> str:
    """The language of a wording file, from its name such as `limits.en.md`."""
    return text.path.stem.rpartition(".")[2]


def _text(text: str, has_none: bool) -> str:
    return text.strip() if has_none else tidy_text(text).strip()


def _line(text: str) -> str:
    return text if text.isprintable() and text == text.strip() else tidy_line(text)
