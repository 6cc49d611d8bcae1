"""The contract of a question type: it knows its content and its marking, and nothing else.

A type never sees time, storage, people or the screen. Its widget lives in the plugin's
`widget.py`. The core stores content and answers as JSON and never looks inside.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Generic, Literal, TypeVar

from pydantic import BaseModel

from certify.i18n import _
from certify.policy import ExamPolicy

ContentT = TypeVar("ContentT", bound=BaseModel)
AnswerT = TypeVar("AnswerT", bound=BaseModel)


@dataclass(frozen=True)
class Score:
    """What an answer earns: the exact share of the item's points, 0 to 1."""

    share: Fraction
    fatal: bool = False
    """Whether it holds a fatal error, which fails the attempt whatever its mark (R-SIM-05)."""

    def __post_init__(self) -> None:
        if not 0 <= self.share.numerator <= self.share.denominator:
            raise ValueError(f"a share of the points lies between 0 and 1, not {self.share}")


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric (评分量规): what is looked at, and the most it can give (R-ASM-08)."""

    code: str
    """Short name within the item, such as `c1`; it stays when the wording is edited."""
    title: Mapping[str, str]
    points: Decimal
    """The most points for it; an item's share is points given / points of the whole rubric."""


@dataclass(frozen=True)
class SampleAnswer:
    """An answer whose result is known, by which every item of every course is checked."""

    kind: str
    """`right`, `partial`, `wrong` or `invalid` (an invalid answer is refused, never scored)."""
    answer: Mapping[str, Any]
    share: Fraction | None = Fraction(0)
    """None where a person must mark it."""
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class ItemBlock:
    """One item as it stands in a Markdown file, cut into its parts."""

    stem: str
    options: Sequence[tuple[str, bool | None]]
    """Text and mark of each list line; None where a line has no `[ ]`."""
    explanation: str
    rows: Sequence[Sequence[str]] = ()
    """Cells of the table, its head first."""
    lines: Sequence[str] = ()
    """Lines that begin with `=` or `!`, with that sign."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What the scenario file holds which the heading names (`scenario=…`)."""


class ContentError(ValueError):
    """An item's text does not make content of its type; the message says why and how to mend."""


def stem_and_explanation(blocks: Mapping[str, ItemBlock]) -> dict[str, dict[str, str]]:
    """Both by language, under the names `stem` and `explanation`, for the content of a type.

    Raises:
        ContentError: a language has no stem.
    """
    for language, block in blocks.items():
        if not block.stem:
            raise ContentError(_("The stem is missing ({language}).").format(language=language))
    return {
        "stem": {language: block.stem for language, block in blocks.items()},
        "explanation": {language: block.explanation for language, block in blocks.items()},
    }


def text_in(texts: Mapping[str, str], language: str) -> str:
    """The text in a language, though it be empty; the first there is where it lacks that one."""
    return texts[language] if language in texts else next(iter(texts.values()), "")


class QuestionType(ABC, Generic[ContentT, AnswerT]):
    """One type of item; stateless, one instance for the whole platform."""

    name: ClassVar[str]
    """Short name used in `{type=…}`."""
    label: ClassVar[str]
    """Name for people; English source text, marked with `N_`."""
    form: ClassVar[Literal["options", "rows", "lines", "stem"]] = "options"
    """The part of an `ItemBlock` that holds the answers; an item with another part is refused."""
    many_lines: ClassVar[bool] = False
    """Whether an answer may have several lines, which line mode ends with a line of one “.”."""
    is_observed: ClassVar[bool] = False
    """Whether an examiner marks what the candidate did, without any answer (R-ASM-08)."""
    content_model: type[ContentT]
    answer_model: type[AnswerT]

    @abstractmethod
    def from_markdown(self, blocks: Mapping[str, ItemBlock]) -> ContentT:
        """Build content from an item's texts by language; the first language holds the key.

        Raises:
            ContentError: what is wrong and how to mend it, translated.
        """

    def to_markdown(self, content: ContentT, language: str, *, with_key: bool = True) -> ItemBlock:
        """The text of an item in one language, from which `from_markdown` makes it again.

        Where a text lacks the language, another one it has stands there.

        Args:
            with_key: False for a wording, which stands beside the text that holds the key.
        Raises:
            ContentError: items of this type cannot be written as such text.
        """
        raise ContentError(
            _("Items of type “{type}” have no text that could be written out.").format(
                type=self.name
            )
        )

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

        None means that a person must mark it, by the `rubric`.
        """

    @abstractmethod
    def sample_answers(self, content: ContentT) -> Sequence[SampleAnswer]:
        """At least one right, one wrong and one invalid answer, with the shares expected."""

    def asks_number(self, content: ContentT) -> bool:
        """Whether the item asks for a number, so that its stem must name a source (R-CAT-02)."""
        return False

    def check(self, content: ContentT) -> Sequence[str]:
        """What is wrong with an item beyond its form, in words, each with how to mend it."""
        return ()

    def rubric(self, content: ContentT) -> Sequence[Criterion]:
        """The criteria by which a person marks; empty for types that are marked at once."""
        return ()

    def choices(self, content: ContentT, answer: AnswerT) -> Sequence[str]:
        """The options an answer chose, for the distractor table of the item analysis."""
        return ()

    def explanation(self, content: ContentT) -> Mapping[str, str]:
        """Why the key is right, by language; shown only once it may be (R-ASM-12)."""
        found: Mapping[str, str] = getattr(content, "explanation", {})
        return found

    @abstractmethod
    def answer_text(self, content: ContentT, answer: AnswerT, language: str) -> str:
        """An answer in words, for those who mark or review it."""

    @abstractmethod
    def key_text(self, content: ContentT, language: str) -> str:
        """The right answer in words; empty where there is none. Secret until release."""

    def feedback(self, content: ContentT, answer: AnswerT) -> Sequence[Mapping[str, str]]:
        """What is to be said about each part of an answer, by language; secret like the key."""
        return ()

    def line_text(
        self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None, language: str
    ) -> str:
        """What line mode says below the stem: how to type, or where an answer has led so far."""
        return ""

    @abstractmethod
    def line_form(
        self, shown: Mapping[str, Any], language: str, answer: Mapping[str, Any] | None = None
    ) -> Sequence[tuple[str, str]]:
        """The choices for line mode: what to type, and the text beside it.

        Args:
            answer: the one given so far, where the choices depend on it.
        """

    @abstractmethod
    def from_line(
        self, shown: Mapping[str, Any], typed: str, answer: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The answer a typed line means in line mode.

        Args:
            answer: the one given so far, on which the line may go on.
        Raises:
            ValueError: the line means no answer.
        """

    @abstractmethod
    def to_line(self, shown: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
        """How a given answer would be typed in line mode."""

    def is_finished(self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None) -> bool:
        """Whether the answer is complete, so that line mode may turn to the next item."""
        return answer is not None

    def follows(self, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> bool:
        """Whether an answer may take the place of another; False where a step is final."""
        return True
