"""One item of a course as it was read, in all its languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from certify.courseware.item_bank import ItemText
from certify.domain.item import content_hash
from certify.domain.question_type import QuestionType

Types = Mapping[str, QuestionType[Any, Any]]
DRAFT_DIFFICULTY = 2
"""What a draft counts as until its author says it."""


@dataclass(frozen=True)
class LoadedItem:
    """One item in all its languages, ready to be kept."""

    text: ItemText
    content: BaseModel
    type: str
    topic: str
    difficulty: int
    facts: tuple[str, ...]
    standards: tuple[str, ...]
    others: tuple[ItemText, ...] = ()
    """Its wordings in other languages."""
    pool: str = "exam"
    """`exam` or `practice`: what is practised is never drawn for an exam."""
    is_draft: bool = False
    """Whether its heading says `state=draft`: it may be incomplete, and is never drawn."""
    authors: tuple[str, ...] = ()
    """Staff numbers its heading names; none: those of the course."""

    @property
    def code(self) -> str:
        return self.text.code

    @property
    def content_json(self) -> dict[str, Any]:
        """The content as it is stored."""
        return self.content.model_dump(mode="json")

    @cached_property
    def fingerprint(self) -> str:
        """The hash by which its version is known."""
        references = [list(self.facts), list(self.standards)]
        return content_hash(self.type, self.topic, self.difficulty, self.content_json, references)


def load_item(texts: Mapping[str, ItemText], content: BaseModel) -> LoadedItem:
    """An item from its texts by language, the own one first, and the content made of them."""
    own, *others = texts.values()
    given = own.attributes
    difficulty = given.get("difficulty", "")
    return LoadedItem(
        text=own,
        content=content,
        type=given["type"],
        topic=given.get("topic", ""),
        difficulty=int(difficulty) if difficulty else DRAFT_DIFFICULTY,
        facts=_list(given.get("fact", "")),
        standards=_list(given.get("standard", "")),
        others=tuple(others),
        pool=given.get("pool", "exam"),
        is_draft="state" in given,
        authors=_list(given.get("author", "")),
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(",") if part) if text else ()
