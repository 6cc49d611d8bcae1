"""`essay` and `practical`: a person marks them, by criteria (R-ASM-08)."""

from decimal import Decimal

import pytest

from certify.domain.question_type import ContentError, ItemBlock
from certify.hooks import registry
from certify.policy import ExamPolicy

TYPES = registry.load(("rubric",)).question_types
HEAD = ("评分点", "分值")


def rubric(
    *rows: tuple[str, ...], stem: str = "写一篇。", head: tuple[str, ...] = HEAD
) -> ItemBlock:
    return ItemBlock(stem, (), "因为", rows=(head, *rows))


BLOCKS = {
    "zh": rubric(("先安抚", "3"), ("讲时限", "2.5")),
    "en": rubric(("Calms",), ("Names the limit",), head=("Criterion",)),
}


@pytest.mark.parametrize("name", ["essay", "practical"])
def test_the_criteria_come_from_the_table_with_exact_points_and_every_wording(name: str) -> None:
    kind = TYPES[name]
    content = kind.from_markdown(BLOCKS)

    first, second = kind.rubric(content)

    assert (first.code, second.code) == ("c1", "c2")
    assert (first.points, second.points) == (Decimal(3), Decimal("2.5"))
    assert second.title == {"zh": "讲时限", "en": "Names the limit"}
    answer = kind.answer_model.model_validate(kind.sample_answers(content)[0].answer)
    assert kind.score(content, answer, ExamPolicy()) is None
    assert kind.key_text(content, "zh") == ""


def test_an_essay_keeps_its_lines_and_loses_control_characters() -> None:
    model = TYPES["essay"].answer_model

    answer = model.model_validate({"text": "\r\n第一行  \r\n\r\n第二行\x07\u202e\n\n"})

    assert answer.model_dump() == {"text": "第一行\n\n第二行��"}


def test_an_essay_that_is_blank_or_too_long_is_refused_with_a_reason() -> None:
    kind = TYPES["essay"]
    shown = kind.present(kind.from_markdown(BLOCKS), "seed")

    with pytest.raises(ValueError, match=str(4001)):
        kind.from_line(shown, "字" * 4001)
    assert kind.from_line(shown, "字" * 4000) == {"text": "字" * 4000}
    assert kind.from_line(shown, "第一行\n第二行") == {"text": "第一行\n第二行"}


def test_to_a_practical_nothing_can_be_typed() -> None:
    kind = TYPES["practical"]
    shown = kind.present(kind.from_markdown(BLOCKS), "seed")

    assert kind.is_observed
    assert kind.line_form(shown, "zh") == []
    with pytest.raises(ValueError):  # noqa: PT011  the type words it itself
        kind.from_line(shown, "答案")


@pytest.mark.parametrize(
    ("own", "translation"),
    [
        (rubric(), None),
        (rubric(("甲",)), None),
        (rubric(("甲", "三")), None),
        (rubric(("甲", "0")), None),
        (rubric(("甲", "-1")), None),
        (rubric(("甲", "101")), None),
        (rubric(("甲", "1.005")), None),
        (rubric(("甲", "NaN")), None),
        (rubric(("甲", "1e400")), None),
        (rubric(("", "1")), None),
        (rubric(("甲", "1"), ("甲", "2")), None),
        (rubric(*((f"第 {n} 点", "1") for n in range(13))), None),
        (rubric(("甲", "1"), stem=""), None),
        (rubric(("甲", "1")), rubric(("A", "1"))),
        (rubric(("甲", "1")), rubric(("A",), ("B",))),
        (rubric(("甲", "1"), ("乙", "1")), rubric(("A",), ("A",))),
        (rubric(("甲", "1")), ItemBlock("Write", (), "")),
    ],
)
def test_a_table_that_is_no_rubric_is_refused_with_a_reason(
    own: ItemBlock, translation: ItemBlock | None
) -> None:
    blocks = {"zh": own} | ({"en": translation} if translation else {})

    with pytest.raises(ContentError) as refused:
        TYPES["essay"].from_markdown(blocks)

    assert str(refused.value)
