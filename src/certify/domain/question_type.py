"""The contract of a question type: it knows its content and its marking, and nothing else.

A type never sees time, storage, people or the screen. Its widget lives in the plugin's
`widget.py`. The core stores content and answers as JSON and never looks inside.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel

from certify.policy import ExamPolicy

ContentT = TypeVar("ContentT", bound=BaseModel)
AnswerT = TypeVar("AnswerT", bound=BaseModel)


@dataclass(frozen=True)
class Score:
    """What an answer earns: the exact share of the item's points, 0 to 1."""

    share: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError(f"a share of the points lies between 0 and 1, not {self.share}")


@dataclass(frozen=True)
class SampleAnswer:
    """An answer whose result is known, by which every item of every course is checked."""

    kind: str
    """`right`, `partial`, `wrong` or `invalid` (an invalid answer is refused, never scored)."""
    answer: Mapping[str, Any]
    share: Fraction = Fraction(0)


@dataclass(frozen=True)
class ItemBlock:
    """One item as it stands in a Markdown file, cut into its parts."""

    stem: str
    options: Sequence[tuple[str, bool | None]]
    """Text and mark of each list line; None where a line has no `[ ]`."""
    explanation: str


class ContentError(ValueError):
    """An item's text does not make content of its type; the message says why and how to mend."""


class QuestionType(ABC, Generic[ContentT, AnswerT]):
    """One type of item; stateless, one instance for the whole platform."""

    name: ClassVar[str]
    """Short name used in `{type=…}`."""
    label: ClassVar[str]
    """Name for people; English source text, marked with `N_`."""
    content_model: type[ContentT]
    answer_model: type[AnswerT]

    @abstractmethod
    def from_markdown(self, blocks: Mapping[str, ItemBlock]) -> ContentT:
        """Build content from an item's texts by language; the first language holds the key.

        Raises:
            ContentError: what is wrong and how to mend it, translated.
        """

    @abstractmethod
    def present(self, content: ContentT, seed: str) -> dict[str, Any]:
        """What a candidate may see, options ordered by the seed: never the key (G14)."""

    @abstractmethod
    def check_answer(self, content: ContentT, answer: AnswerT) -> None:
        """Refuse an answer that this item cannot have.

        Raises:
            ValueError: the answer names something the item does not offer.
        """

    @abstractmethod
    def score(self, content: ContentT, answer: AnswerT, rules: ExamPolicy) -> Score | None:
        """What the answer earns under the company's rules.

        None means that a person must mark it, which this release cannot: the course check and
        the exam refuse such an item.
        """

    @abstractmethod
    def sample_answers(self, content: ContentT) -> Sequence[SampleAnswer]:
        """At least one right, one wrong and one invalid answer, with the shares expected."""

    def asks_number(self, content: ContentT) -> bool:
        """Whether the item asks for a number, so that its stem must name a source (R-CAT-02)."""
        return False

    @abstractmethod
    def line_form(self, shown: Mapping[str, Any], language: str) -> Sequence[tuple[str, str]]:
        """The choices for line mode: what to type, and the text beside it."""

    @abstractmethod
    def from_line(self, shown: Mapping[str, Any], typed: str) -> dict[str, Any]:
        """The answer a typed line means in line mode.

        Raises:
            ValueError: the line means no answer.
        """

    @abstractmethod
    def to_line(self, shown: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
        """How a given answer would be typed in line mode."""
