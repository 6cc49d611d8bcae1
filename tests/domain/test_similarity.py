"""Near-duplicates: an exact measure, and an index that misses none of them."""

import time
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from certify.domain.similarity import Question, likeness, near_duplicates

TEXTS = some.lists(
    some.text(alphabet="abcd12 投诉小时", min_size=1, max_size=14), min_size=1, max_size=14
)


def test_width_case_script_and_punctuation_make_no_difference() -> None:
    assert likeness("收到投訴後，24小时内？", "收到投诉后２４小时内") == 1
    assert likeness("How  many?", "how many") == 1


def test_the_measure_is_twice_the_common_pairs_over_all_pairs() -> None:
    assert likeness("abcd", "abce") == Fraction(2 * 2, 6)
    assert likeness("abab", "ab") == Fraction(2 * 1, 4)
    assert likeness("甲乙", "丙丁") == 0


@given(TEXTS, some.fractions(Fraction(1, 2), 1))
def test_every_text_that_has_one_alike_before_it_is_found(
    texts: list[str], threshold: Fraction
) -> None:
    found = {
        one.second: one for one in near_duplicates([Question(t, "") for t in texts], threshold)
    }

    for second, text in enumerate(texts):
        before = {first: likeness(texts[first], text) for first in range(second)}
        if any(value >= threshold for value in before.values()):
            assert before[found[second].first] == found[second].likeness >= threshold
        else:
            assert second not in found


def test_only_new_ones_are_named_when_old_ones_stand_before_them() -> None:
    questions = [Question(text, "") for text in ("甲乙丙丁", "甲乙丙丁", "甲乙丙丁")]

    found = list(near_duplicates(questions, Fraction(9, 10), new_from=2))

    assert [one.second for one in found] == [2]


def test_one_stem_with_wholly_other_answers_asks_something_else() -> None:
    stem = "下列说法正确的是哪一项？"
    one, other = Question(stem, "先问候\n先记录"), Question(stem, "二十四小时\n三天")

    assert list(near_duplicates([one, other], Fraction(9, 10))) == []
    assert len(list(near_duplicates([one, one], Fraction(9, 10)))) == 1


def test_ten_thousand_are_compared_within_seconds() -> None:
    words = ["投诉", "回访", "客户", "时限", "方案", "记录", "登记", "分派", "主管", "安抚"]
    texts = [
        f"处理{words[n % 10]}时，第{n}号单由{words[n // 10 % 10]}部门的{words[n // 100 % 10]}办理？"
        for n in range(10_000)
    ]
    begun = time.perf_counter()

    list(near_duplicates([Question(text, str(n)) for n, text in enumerate(texts)], Fraction(9, 10)))

    assert time.perf_counter() - begun < 20
