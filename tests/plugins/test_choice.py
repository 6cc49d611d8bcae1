"""The choice types: `single`, `multiple` and `truefalse` (R-ASM-06)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certify.domain.question_type import ContentError, ItemBlock, Score
from certify.hooks import registry
from certify.policy import ExamPolicy

TYPES = registry.load(("choice",)).question_types
RULES = ExamPolicy()


def test_every_option_comes_first_for_some_seed_but_those_of_truefalse_never_move() -> None:
    single, truefalse = TYPES["single"], TYPES["truefalse"]
    three = single.from_markdown({"zh": block("x 一", "- 二", "- 三")})
    two = truefalse.from_markdown({"zh": block("x 正确", "- 错误")})

    firsts = {single.present(three, f"s{n}")["options"][0]["id"] for n in range(40)}
    orders = [[one["id"] for one in truefalse.present(two, f"s{n}")["options"]] for n in range(9)]

    assert firsts == {"a", "b", "c"}
    assert orders == [["t", "f"]] * 9


@pytest.mark.parametrize("line", ["0", "9", "a", "1x", "-1", "1.5", "12"])
def test_a_line_that_names_no_single_option_is_refused(line: str) -> None:
    kind = TYPES["single"]
    shown = kind.present(kind.from_markdown({"zh": block("x 一", "- 二", "- 三")}), "seed")

    with pytest.raises(ValueError):  # noqa: PT011  the type words it itself
        kind.from_line(shown, line)


def block(*options: str, stem: str = "题干", explanation: str = "因为") -> ItemBlock:
    """A block as it is cut from Markdown: `x …` marked, `- …` unmarked, else no mark."""
    marks = {"x": True, "-": False}
    return ItemBlock(stem, [(one[2:], marks.get(one[0])) for one in options], explanation)


@pytest.mark.parametrize(
    ("kind", "own", "translation"),
    [
        ("single", block("x 一", "x 二", "- 三"), None),
        ("single", block("- 一", "- 二", "- 三"), None),
        ("single", block("x 一"), None),
        ("single", block("x 一", *(f"- {n}" for n in range(9))), None),
        ("single", block("x 一", "- 二", "- 二"), None),
        ("single", block("x 一", "- 二", "- "), None),
        ("single", block("x 一", "- 二", "? 三"), None),
        ("single", block("x 一", "- 二", "- 三", stem=""), None),
        ("single", block("x 一", "- 二", "- 三"), block("? 1", "? 2")),
        ("single", block("x 一", "- 二", "- 三"), block("? 1", "? 2", "? 3", stem="")),
        ("single", block("x 一", "- 二", "- 三"), block("? 1", "? 1", "? 3")),
        ("multiple", block("x 一", "- 二", "- 三"), None),
        ("truefalse", block("x 正确", "x 错误"), None),
        ("truefalse", block("- 正确", "- 错误"), None),
        ("truefalse", block("x 错误", "- 正确"), None),
        ("truefalse", block("x 对", "- 错"), None),
        ("truefalse", block("x 正确", "- 错误", "- 也许"), None),
        ("truefalse", block("x 正确", "- 错误"), block(stem="")),
    ],
)
def test_a_text_that_makes_no_item_of_its_type_is_refused_with_a_reason(
    kind: str, own: ItemBlock, translation: ItemBlock | None
) -> None:
    blocks = {"zh": own} | ({"en": translation} if translation else {})

    with pytest.raises(ContentError) as refused:
        TYPES[kind].from_markdown(blocks)

    assert str(refused.value)


def test_all_options_of_a_multiple_choice_may_be_right() -> None:
    kind = TYPES["multiple"]
    content = kind.from_markdown({"zh": block("x 一", "x 二", "x 三")})

    shares = {
        len(chosen): kind.score(content, kind.answer_model(chosen=chosen), ExamPolicy())
        for chosen in (("a",), ("a", "b"), ("a", "b", "c"))
    }

    assert shares == {1: Score(Fraction(1, 2)), 2: Score(Fraction(1, 2)), 3: Score(Fraction(1))}


letters = st.sets(st.sampled_from("abcdef"), min_size=1)


@given(letters, letters, st.fractions(0, 1).filter(lambda share: share < 1))
def test_multiple_choice_all_right_is_full_incomplete_the_companys_share_any_wrong_nothing(
    key: set[str], chosen: set[str], share: Fraction
) -> None:
    kind = TYPES["multiple"]
    content = kind.content_model(
        stem={}, options={x: {} for x in "abcdef"}, key=tuple(sorted(key)), explanation={}
    )
    rules = ExamPolicy(partial_credit=share)

    score = kind.score(content, kind.answer_model(chosen=tuple(sorted(chosen))), rules)

    expected = Fraction(0) if chosen - key else (Fraction(1) if chosen == key else share)
    assert score == Score(expected)


def test_the_order_in_which_options_were_chosen_makes_no_difference() -> None:
    kind = TYPES["multiple"]
    content = kind.content_model(
        stem={}, options={x: {} for x in "abc"}, key=("a", "b"), explanation={}
    )

    assert kind.score(content, kind.answer_model(chosen=("b", "a")), RULES) == Score(Fraction(1))


@pytest.mark.parametrize(
    ("kind", "stem", "option", "asks"),
    [
        ("single", "最迟多少小时内给出方案？", "甲", True),
        ("single", "几天之内退货？", "甲", True),
        ("single", "How fast must we answer?", "A", True),
        ("single", "How soon is a complaint answered?", "A", True),
        ("single", "先做什么？", "24 小时", True),
        ("single", "What comes first?", "within 30 seconds", True),
        ("single", "先做什么？", "问候", False),
        ("single", "What comes first?", "Greet", False),
        ("truefalse", "应在 10 秒内接听。", "", True),
        ("truefalse", "A call is picked up within 10 seconds.", "", True),
        ("truefalse", "应当先问候。", "", False),
    ],
)
def test_an_item_asks_for_a_number_when_its_words_or_its_options_do(
    kind: str, stem: str, option: str, asks: bool
) -> None:
    content = TYPES[kind].content_model(
        stem={"zh": stem}, options={"a": {"zh": option}}, key=("a",), explanation={}
    )

    assert TYPES[kind].asks_number(content) == asks


def test_errors_of_a_choice_item_show_neither_its_content_nor_an_answer() -> None:
    for model in (TYPES["single"].content_model, TYPES["single"].answer_model):
        with pytest.raises(ValidationError) as refused:
            model.model_validate({"key": {"the-secret": 1}, "chosen": {"the-secret": 1}})

        assert "the-secret" not in str(refused.value)
