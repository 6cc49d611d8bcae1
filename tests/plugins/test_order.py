"""`ordering` and `matching`: what they earn, what they refuse, what they tell (R-ASM-01)."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.domain.question_type import ContentError, ItemBlock
from certify.hooks import registry
from certify.policy import ExamPolicy

TYPES = registry.load(("order",)).question_types
ORDERING, MATCHING = TYPES["ordering"], TYPES["matching"]
RULES = ExamPolicy()
HEAD = ("步骤", "岗位")


def ordered(*lines: str, stem: str = "排序") -> ItemBlock:
    return ItemBlock(stem, [(line, None) for line in lines], "因为")


def table(*rows: tuple[str, ...], stem: str = "配对") -> ItemBlock:
    return ItemBlock(stem, (), "因为", rows=(HEAD, *rows))


@given(st.permutations("甲乙丙丁戊"), st.permutations("甲乙丙丁戊"))
def test_an_order_earns_the_share_of_lines_at_their_right_place(
    key: list[str], given_order: list[str]
) -> None:
    content = ORDERING.from_markdown({"zh": ordered(*key)})
    letters = {text["zh"]: letter for letter, text in content.options.items()}
    answer = ORDERING.answer_model(order=tuple(letters[line] for line in given_order))

    right = sum(one == other for one, other in zip(key, given_order, strict=True))
    score = ORDERING.score(content, answer, RULES)
    assert score is not None
    assert score.share == Fraction(right, 5)


def test_the_letters_of_an_ordering_tell_nothing_of_its_order() -> None:
    contents = [ORDERING.from_markdown({"zh": ordered(*order)}) for order in permutations("甲乙丙")]

    assert all(content.options == contents[0].options for content in contents)
    assert len({content.key for content in contents}) == 6


def test_the_letters_of_a_matching_tell_nothing_of_its_pairs() -> None:
    one = MATCHING.from_markdown({"zh": table(("一", "甲"), ("二", "乙"), ("三", "丙"))})
    other = MATCHING.from_markdown({"zh": table(("一", "丙"), ("二", "甲"), ("三", "乙"))})

    assert one.right == other.right
    assert one.key != other.key


def test_a_matching_earns_the_share_of_right_pairs_and_what_is_left_out_earns_nothing() -> None:
    content = MATCHING.from_markdown(
        {"zh": table(("一", "甲"), ("二", "乙"), ("三", "甲"), ("", "丙"))}
    )
    key = dict(content.key)
    assert key["1"] == key["3"]
    assert len(content.right) == 3

    for pairs, share in (
        (key, Fraction(1)),
        ({"1": key["1"]}, Fraction(1, 3)),
        ({**key, "2": key["1"]}, Fraction(2, 3)),
    ):
        score = MATCHING.score(content, MATCHING.answer_model(pairs=pairs), RULES)
        assert score is not None
        assert score.share == share


def test_pairs_are_typed_with_the_letters_that_are_shown() -> None:
    content = MATCHING.from_markdown({"zh": table(("一", "甲"), ("二", "乙"), ("", "丙"))})
    shown = MATCHING.present(content, "seed")
    letters = [line["id"] for line in shown["right"]]

    assert MATCHING.from_line(shown, "1b，2 A") == {"pairs": {"1": letters[1], "2": letters[0]}}
    assert MATCHING.from_line(shown, "2c") == {"pairs": {"2": letters[2]}}
    for line in ("1", "b", "1d", "3a", "1a 1b", "1a x"):
        with pytest.raises(ValueError):  # noqa: PT011  the type words it itself
            MATCHING.from_line(shown, line)


@pytest.mark.parametrize("line", ["", "12", "1123", "1234", "12x", "0123"])
def test_an_order_is_typed_with_every_number_once(line: str) -> None:
    shown = ORDERING.present(ORDERING.from_markdown({"zh": ordered("甲", "乙", "丙")}), "seed")

    assert ORDERING.to_line(shown, ORDERING.from_line(shown, "3，1 2")) == "312"
    with pytest.raises(ValueError):  # noqa: PT011  the type words it itself
        ORDERING.from_line(shown, line)


@pytest.mark.parametrize(
    ("kind", "own", "translation"),
    [
        ("ordering", ordered("甲", "乙"), None),
        ("ordering", ordered(*"一二三四五六七八九"), None),
        ("ordering", ordered("甲", "乙", "乙"), None),
        ("ordering", ordered("甲", "乙", ""), None),
        ("ordering", ordered("甲", "乙", "丙", stem=""), None),
        ("ordering", ordered("甲", "乙", "丙"), ordered("a", "b")),
        ("ordering", ordered("甲", "乙", "丙"), ordered("a", "b", "b")),
        ("ordering", ItemBlock("排", [("甲", True), ("乙", False), ("丙", False)], ""), None),
        ("matching", ItemBlock("配", (), ""), None),
        ("matching", table(("一", "甲")), None),
        ("matching", table(("一", "甲"), ("二", "甲")), None),
        ("matching", table(("一", "甲"), ("二", "")), None),
        ("matching", table(("一", "甲"), ("一", "乙")), None),
        ("matching", table(("一", "甲", "x"), ("二", "乙", "y")), None),
        ("matching", table(*((str(n), f"{n}号") for n in range(9))), None),
        ("matching", table(*((str(n), f"{n}号") for n in range(40))), None),
        ("matching", table(("一", "甲"), ("二", "乙")), table(("a", "x"))),
        ("matching", table(("一", "甲"), ("二", "乙")), table(("a", "x"), ("", "y"))),
        ("matching", table(("一", "甲"), ("二", "乙")), table(("a", "x"), ("b", "x"))),
        (
            "matching",
            table(("一", "甲"), ("二", "乙"), ("三", "甲")),
            table(("a", "x"), ("b", "y"), ("c", "z")),
        ),
    ],
)
def test_a_text_that_makes_no_item_is_refused_with_a_reason(
    kind: str, own: ItemBlock, translation: ItemBlock | None
) -> None:
    blocks = {"zh": own} | ({"en": translation} if translation else {})

    with pytest.raises(ContentError) as refused:
        TYPES[kind].from_markdown(blocks)

    assert str(refused.value)


def test_limits_in_the_lines_make_an_item_ask_for_a_number() -> None:
    plain = MATCHING.from_markdown({"zh": table(("一", "甲"), ("二", "乙"))})
    limits = MATCHING.from_markdown({"zh": table(("一", "24 小时"), ("二", "5 个工作日"))})

    assert not MATCHING.asks_number(plain)
    assert MATCHING.asks_number(limits)
