"""`numeric`, `text` and `cloze`: what is right however it is written (R-ASM-01, R-SIM-07)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.question_type import ContentError, ItemBlock
from certify.hooks import registry
from certify.policy import ExamPolicy

TYPES = registry.load(("written",)).question_types
NUMERIC, TEXT, CLOZE = TYPES["numeric"], TYPES["text"], TYPES["cloze"]
RULES = ExamPolicy()


def lines(*answers: str, stem: str = "依据 CS-003，多久？") -> ItemBlock:
    return ItemBlock(stem, (), "因为", lines=answers)


def share(kind: Any, content: Any, answer: dict[str, Any]) -> Fraction:
    given_answer = kind.answer_model.model_validate(answer)
    kind.check_answer(content, given_answer)
    score = kind.score(content, given_answer, RULES)
    assert score is not None
    found: Fraction = score.share
    return found


def number(*keys: str, english: Sequence[str] = ()) -> Any:
    blocks = {"zh": lines(*keys), "en": lines(*english, stem="Under CS-003, how long?")}
    return NUMERIC.from_markdown(blocks)


HOURS = number("= 24 ± 0.5 小时 | h", english=("= hours | hour",))
EITHER = number("= 24 小时", "= 1440 分钟", english=("= hours", "= minutes"))


@pytest.mark.parametrize(
    ("content", "typed", "is_right"),
    [
        (HOURS, "24", True),
        (HOURS, "２４　小時", True),
        (HOURS, "24 H", True),
        (HOURS, "24 个小时", True),
        (HOURS, "24.0 hours。", True),
        (HOURS, "+24小时", True),
        (HOURS, "23.5", True),
        (HOURS, "24.5", True),
        (HOURS, "24.50000000000000000000000000000000001", False),
        (HOURS, "23.4999", False),
        (HOURS, "-24", False),
        (HOURS, "−24", False),
        (HOURS, "24 分钟", False),
        (HOURS, "24,5", False),
        (HOURS, "二十四小时", False),
        (HOURS, "约 24 小时", False),
        (HOURS, "20-24 小时", False),
        (HOURS, "24 000", False),
        (EITHER, "24", False),
        (EITHER, "24 小时", True),
        (EITHER, "1,440 minutes", True),
        (EITHER, "1，440 分钟", True),
        (EITHER, "24 分钟", False),
        (EITHER, "1440 hours", False),
        (number("= 98 ± 0.5 %"), "98.5％", True),
        (number("= 98 ± 0.5 %"), "98", True),
        (number("= -3"), "-3", True),
        (number("= 0.5"), ".5", True),
    ],
)
def test_a_number_is_right_within_its_tolerance_however_it_is_written(
    content: Any, typed: str, is_right: bool
) -> None:
    assert share(NUMERIC, content, {"text": typed}) == Fraction(is_right)


@given(
    st.decimals(-1000, 1000, places=3), st.decimals(0, 50, places=3), st.decimals(-60, 60, places=3)
)
def test_the_ends_of_a_tolerance_are_right_and_nothing_beyond_them_is(
    value: Decimal, tolerance: Decimal, offset: Decimal
) -> None:
    content = number(f"= {value:f} ± {tolerance:f}")

    assert share(NUMERIC, content, {"text": f"{value + tolerance:f}"}) == 1
    assert share(NUMERIC, content, {"text": f"{value - tolerance:f}"}) == 1
    found = share(NUMERIC, content, {"text": f"{value + offset:f}"})
    assert found == (abs(offset) <= tolerance)


@pytest.mark.parametrize("typed", ["", "二十四", "24,5", "1,00", "2-3 天", "x", "1.2.3", "12 34"])
def test_line_mode_refuses_what_is_no_number_and_says_how_to_write_one(typed: str) -> None:
    with pytest.raises(ValueError, match="24"):
        NUMERIC.from_line(NUMERIC.present(HOURS, "seed"), typed)


def test_where_several_units_are_right_a_bare_number_is_refused_by_line_mode() -> None:
    shown = NUMERIC.present(EITHER, "seed")

    assert NUMERIC.from_line(shown, "24 小时") == {"text": "24 小时"}
    with pytest.raises(ValueError, match=r"小时|分钟"):
        NUMERIC.from_line(shown, "24")


def test_what_is_shown_of_a_number_is_its_units_in_an_order_of_their_own() -> None:
    turned = number("= 1440 分钟", "= 24 小时", english=("= minutes", "= hours"))

    assert NUMERIC.present(EITHER, "seed") == NUMERIC.present(turned, "seed")
    assert NUMERIC.key_text(HOURS, "en") == "24 ± 0.5 hours"
    assert NUMERIC.asks_number(HOURS)


WAIT = TEXT.from_markdown(
    {
        "zh": lines(
            "= 抱歉 | 对不起 | sorry",
            "= 稍候 | 请等 | hold",
            "! 不知道 | no",
            stem="请写一句。",
        )
    }
)


@pytest.mark.parametrize(
    ("reply", "earned"),
    [
        ("对不起，请您稍候。", Fraction(1)),
        ("對不起,請您稍候!", Fraction(1)),
        ("ＳＯＲＲＹ， please Hold the line", Fraction(1)),
        ("稍候", Fraction(1, 2)),
        ("抱 歉", Fraction(1, 2)),
        ("您好", Fraction(0)),
        ("对不起，我不知道，请稍候", Fraction(0)),
        ("Sorry, no. Hold on", Fraction(0)),
        ("Sorry, I know, please hold", Fraction(1)),
        ("抱歉，绝不，知道了，请稍候", Fraction(1)),
        ("abhold", Fraction(0)),
    ],
)
def test_a_reply_earns_the_share_of_its_elements_and_nothing_with_a_forbidden_word(
    reply: str, earned: Fraction
) -> None:
    assert share(TEXT, WAIT, {"text": reply}) == earned


def test_a_key_that_cannot_be_met_is_named_by_the_check() -> None:
    def problems(*answers: str) -> list[str]:
        return list(TEXT.check(TEXT.from_markdown({"zh": lines(*answers)})))

    assert len(problems("= 不好意思", "! 不好")) == 1
    assert len(problems("= ！！")) == 1
    assert len(problems("= 您好", "! 不，知道")) == 1
    assert problems("= 您好", "! 不知道") == []


def gaps(stem: str, english: str | None = None) -> Any:
    blocks = {"zh": ItemBlock(stem, (), "因为")}
    if english is not None:
        blocks["en"] = ItemBlock(english, (), "because")
    return CLOZE.from_markdown(blocks)


FILLED = gaps(
    "{{24|二十四|twenty-four}} 小时内；{{上午|=下午|晚上}}回访。",
    "Within {{}} hours; call in the {{morning|afternoon|evening}}.",
)


def test_the_stem_of_a_cloze_shows_numbered_lines_where_its_gaps_are() -> None:
    assert FILLED.stem == {
        "zh": "(1)＿＿ 小时内；(2)＿＿回访。",
        "en": "Within (1)＿＿ hours; call in the (2)＿＿.",
    }
    assert CLOZE.key_text(FILLED, "en") == "(1) 24 / 二十四 / twenty-four；(2) afternoon"


@pytest.mark.parametrize(
    ("filled", "earned"),
    [
        (["２４", "b"], Fraction(1)),
        (["Twenty Four", ""], Fraction(1, 2)),
        (["25", "b"], Fraction(1, 2)),
        (["", "a"], Fraction(0)),
    ],
)
def test_a_cloze_earns_the_share_of_its_gaps(filled: list[str], earned: Fraction) -> None:
    assert share(CLOZE, FILLED, {"gaps": filled}) == earned


def test_gaps_are_typed_with_semicolons_and_a_choice_by_its_words_in_any_language() -> None:
    shown = CLOZE.present(FILLED, "seed")

    assert CLOZE.from_line(shown, "24; 下午") == {"gaps": ["24", "b"]}
    assert CLOZE.from_line(shown, "24；AFTERNOON") == {"gaps": ["24", "b"]}
    assert CLOZE.from_line(shown, "; morning") == {"gaps": ["", "a"]}
    for line in ("24", "24; 下午; x", ";", "24; 半夜"):
        with pytest.raises(ValueError):  # noqa: PT011  the type words it itself
            CLOZE.from_line(shown, line)
    answer = CLOZE.answer_model(gaps=("24", "b"))
    assert CLOZE.choices(FILLED, answer) == ["2b"]
    assert CLOZE.answer_text(FILLED, answer, "en") == "(1) 24；(2) afternoon"


@pytest.mark.parametrize(
    ("kind", "own", "translation"),
    [
        ("numeric", lines(), None),
        ("numeric", lines("= 小时"), None),
        ("numeric", lines("= 24 ± 小时"), None),
        ("numeric", lines("= 1,5 小时"), None),
        ("numeric", lines("= 24", "! 25"), None),
        ("numeric", lines("= 24 小时", "= 1440"), None),
        ("numeric", lines("= 24 小时", stem=""), None),
        ("numeric", lines("= 24 小时"), lines("= 24 hours")),
        ("numeric", lines("= 24 小时"), lines("= hours", "= minutes")),
        ("numeric", lines("= 24 小时"), lines("=")),
        ("text", lines(), None),
        ("text", lines("! 不知道"), None),
        ("text", lines("= 您好", "= |"), None),
        ("text", lines("= 您好", "!"), None),
        ("text", lines("= 您好"), lines("= hello")),
        ("cloze", ItemBlock("没有空", (), ""), None),
        ("cloze", ItemBlock("空 {{}}", (), ""), None),
        ("cloze", ItemBlock("空 {{24} 小时", (), ""), None),
        ("cloze", ItemBlock("空 {{24}} {{12", (), ""), None),
        ("cloze", ItemBlock("空 {{a;b}}", (), ""), None),
        ("cloze", ItemBlock("空 {{=甲}}", (), ""), None),
        ("cloze", ItemBlock("空 {{=甲|=乙}}", (), ""), None),
        ("cloze", ItemBlock("空 {{=甲|甲}}", (), ""), None),
        ("cloze", ItemBlock(" ".join(["{{1}}"] * 9), (), ""), None),
        ("cloze", ItemBlock("空 {{24}}", (), ""), ItemBlock("gap", (), "")),
        ("cloze", ItemBlock("空 {{24}}", (), ""), ItemBlock("gap {{24}}", (), "")),
        ("cloze", ItemBlock("空 {{=甲|乙}}", (), ""), ItemBlock("gap {{=a|b}}", (), "")),
        ("cloze", ItemBlock("空 {{=甲|乙}}", (), ""), ItemBlock("gap {{a}}", (), "")),
        ("cloze", ItemBlock("空 {{=甲|乙}}", (), ""), ItemBlock("gap {{}}", (), "")),
    ],
)
def test_a_text_that_makes_no_item_is_refused_with_a_reason(
    kind: str, own: ItemBlock, translation: ItemBlock | None
) -> None:
    blocks = {"zh": own} | ({"en": translation} if translation else {})

    with pytest.raises(ContentError) as refused:
        TYPES[kind].from_markdown(blocks)

    assert str(refused.value)


@pytest.mark.parametrize("name", ["numeric", "text"])
def test_control_characters_and_pasted_line_breaks_are_cleaned_before_an_answer_is_kept(
    name: str,
) -> None:
    answer = TYPES[name].answer_model.model_validate({"text": " 24\r\n小时\x1b[31m\u202e\t "})

    assert answer.model_dump() == {"text": "24 小时�[31m�"}


def test_the_letters_of_a_gaps_choices_follow_from_the_wording_alone() -> None:
    """Authors often write the right choice first; its letter must not tell that (G14)."""
    texts = ("上午", "下午", "晚上")
    shown, keys = [], set()
    for right in texts:
        choices = "|".join(f"={text}" if text == right else text for text in texts)
        content = gaps(f"{{{{{choices}}}}}回访。")
        shown.append(CLOZE.present(content, "seed"))
        keys.add(content.key[0].key)
    moved = gaps("{{=下午|晚上|上午}}回访。")

    assert shown[0] == shown[1] == shown[2] == CLOZE.present(moved, "seed")
    assert len(keys) == 3
