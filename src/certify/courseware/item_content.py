"""Makes the content of an item from its texts and says which of them is wrong."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from certify.courseware.item_bank import ItemText
from certify.domain.question_type import ContentError, ItemBlock, QuestionType


class WrongText(ValueError):
    """One text of an item is no text of its type; the message says why."""

    def __init__(self, message: str, text: ItemText) -> None:
        super().__init__(message)
        self.text = text


def content_of(kind: QuestionType[Any, Any], texts: Mapping[str, ItemText]) -> BaseModel:
    """The content of an item from its texts by language, the course's own language first.

    What stays wrong without a wording is wrong in the own language, else in the wording.

    Raises:
        WrongText: one of them does not make content of the type.
    """
    found: dict[str, ItemBlock] = {}
    content: BaseModel | None = None
    for language, text in texts.items():
        found[language] = text.block
        try:
            content = kind.from_markdown(found)
        except ContentError as problem:
            raise WrongText(str(problem), text) from problem
    assert content is not None  # noqa: S101  every item has a text in the course's own language
    return content
