"""What the types share that a person marks: a rubric (评分量规) below the stem (R-ASM-08)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict

from certify.api import (
    ContentError,
    Criterion,
    ExamPolicy,
    ItemBlock,
    QuestionType,
    Score,
    _,
    pick,
    stem_and_explanation,
    text_in,
)

MOST = 12
"""Most criteria of a rubric."""
HEADS: dict[str, tuple[str, ...]] = {"zh": ("评分点", "分值"), "en": ("Criterion", "Points")}
"""Of the table, which an item does not keep."""
AnswerT = TypeVar("AnswerT", bound=BaseModel)


class RubricLine(BaseModel):
    """One criterion and the most points it gives."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    title: dict[str, str]
    points: Decimal


class MarkedContent(BaseModel):
    """Stem and rubric; texts by language."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    stem: dict[str, str]
    criteria: tuple[RubricLine, ...]
    explanation: dict[str, str]


class Marked(QuestionType[MarkedContent, AnswerT]):
    """Base of the types that a person marks; an item's share is points given / points possible."""

    form = "rows"
    content_model = MarkedContent

    def from_markdown(self, blocks: Mapping[str, ItemBlock]) -> MarkedContent:
        own_name, own = next(iter(blocks.items()))
        rows = own.rows[1:]
        # Without any table it is a draft, which the check of the course says.
        if (own.rows and not rows) or len(rows) > MOST or any(len(row) != 2 for row in rows):
            raise ContentError(
                _("Below the stem stands a table of 1 to {most} criteria and points.").format(
                    most=MOST
                )
            )
        titles = {own_name: [row[0] for row in rows]}
        for language, block in blocks.items():
            if language != own_name:
                titles[language] = _titles(language, block, len(rows))
        for language, texts in titles.items():
            if not all(texts) or len(set(texts)) != len(texts):
                raise ContentError(
                    _("Two criteria are alike or one is empty ({language}).").format(
                        language=language
                    )
                )
        return MarkedContent(
            criteria=tuple(
                RubricLine(
                    title={language: texts[place] for language, texts in titles.items()},
                    points=_points(row[1]),
                )
                for place, row in enumerate(rows)
            ),
            **stem_and_explanation(blocks),
        )

    def to_markdown(
        self, content: MarkedContent, language: str, *, with_key: bool = True
    ) -> ItemBlock:
        rows = [HEADS[language]]
        rows += [(pick(line.title, language), f"{line.points:f}") for line in content.criteria]
        if not with_key:
            rows = [row[:1] for row in rows]
        return ItemBlock(
            text_in(content.stem, language),
            (),
            text_in(content.explanation, language),
            rows=rows if content.criteria else (),
        )

    def present(self, content: MarkedContent, seed: str) -> dict[str, Any]:
        return {"stem": content.stem}

    def score(self, content: MarkedContent, answer: AnswerT, rules: ExamPolicy) -> Score | None:
        return None

    def rubric(self, content: MarkedContent) -> Sequence[Criterion]:
        return [
            Criterion(f"c{number}", line.title, line.points)
            for number, line in enumerate(content.criteria, start=1)
        ]

    def key_text(self, content: MarkedContent, language: str) -> str:
        return ""

    def line_form(
        self, shown: Mapping[str, Any], language: str, answer: Mapping[str, Any] | None = None
    ) -> Sequence[tuple[str, str]]:
        return []


def _titles(language: str, block: ItemBlock, count: int) -> list[str]:
    rows = block.rows[1:]
    if len(rows) != count or any(len(row) != 1 for row in rows):
        raise ContentError(
            _(
                "The table in {language} has one column with the {count} criteria, no points."
            ).format(language=language, count=count)
        )
    return [row[0] for row in rows]


def _points(text: str) -> Decimal:
    try:
        points = Decimal(text)
    except InvalidOperation:
        points = Decimal(0)
    if not (points.is_finite() and 0 < points <= 100) or points != round(points, 2):
        raise ContentError(
            _("“{text}” are no points: more than 0, at most 100, two decimals.").format(text=text)
        )
    return points
