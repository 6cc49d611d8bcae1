"""What does not count when people write, and what a reply must hold (R-SIM-07)."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.folding import fold
from certify.domain.wording import Wording, flaws, forbidden_in, missing

written = st.text(st.characters() | st.sampled_from("您好請稍候知道abcÄß ，。,.!?3５0'’％~"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("您好，请稍候。", "您好,请稍候"),
        ("請稍候", "请稍候"),
        ("裏面", "里面"),
        ("ＨＥＬＬＯ　World", "hello world"),
        ("您 好", "您好"),
        ("Don’t", "dont"),
        ("１，０００ 元", "1000元"),
        ("您好～～", "您好"),
        ("call-back", "Call back"),
        ("Straße", "STRASSE"),
        ("您\u200b好\ufeff", "您好"),
    ],
)
def test_what_makes_no_difference_folds_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("3.5", "35"), ("5 %", "5"), ("24", "25"), ("no", "know"), ("1,00", "100")]
)
def test_what_makes_a_difference_folds_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(written)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_single_character_folds_to_what_stays() -> None:
    for code in range(sys.maxunicode + 1):
        folded = fold(chr(code))
        if fold(folded) != folded:
            raise AssertionError(f"U+{code:04X} folds to {folded!r}, that to {fold(folded)!r}")


@given(st.text("您好請稍後乾著裏面"), st.text("您好請稍後乾著裏面", min_size=1))
def test_a_word_stands_in_every_text_it_is_written_in(text: str, word: str) -> None:
    wording = Wording(required=((word,),), forbidden=(word,))

    assert missing(wording, text + word + text) == ()
    assert forbidden_in(wording, text + word + text) == (word,)


def test_each_element_may_be_worded_in_several_ways_and_is_missing_when_none_stands() -> None:
    wording = Wording(required=(("您好", "hello"), ("稍候", "hold")), forbidden=())

    assert missing(wording, "Hello! Please HOLD.") == ()
    assert missing(wording, "您好") == (("稍候", "hold"),)
    assert missing(wording, "") == wording.required


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("我不知道", True),
        ("我不 知道", True),
        ("绝不，知道了", False),
        ("I know", False),
        ("No.", True),
        ("version 24", True),
        ("version 124", False),
    ],
)
def test_a_forbidden_word_is_found_as_a_word_within_a_clause(reply: str, found: bool) -> None:
    wording = Wording(required=(), forbidden=("不知道", "no", "24"))

    assert bool(forbidden_in(wording, reply)) == found


def test_a_wording_that_cannot_be_met_has_flaws_and_a_good_one_has_none() -> None:
    assert flaws(Wording(required=(("您好",),), forbidden=("不知道",))) == []
    assert len(flaws(Wording(required=(("。",),), forbidden=("！",)))) == 2
    assert len(flaws(Wording(required=(("不好意思",),), forbidden=("不好",)))) == 1
    assert len(flaws(Wording(required=(("您好",),), forbidden=("不行，没办法",)))) == 1
