"""The contract of question types: every type, and every item of every course there is (G14)."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from certify.courseware.loader import load_course
from certify.domain.question_type import ContentError, ItemBlock, QuestionType, Score
from certify.hooks import registry
from certify.policy import ExamPolicy

ROOT = Path(__file__).parents[2]
TYPES = registry.load(("choice",)).question_types
COURSES = sorted(
    path.parent
    for folder in (ROOT / "courses", ROOT / "tests" / "courses")
    for path in folder.glob("*/course.toml")
)
RULES = ExamPolicy()
Kind = QuestionType[Any, Any]


@cache
def items(folder: Path) -> list[tuple[str, Kind, Any]]:
    """Id, type and content of every item of a course."""
    loaded = load_course(folder, TYPES)
    assert loaded.errors == []
    return [(item.code, TYPES[item.type], item.content) for item in loaded.items]


def every_item(check: Callable[[Kind, Any], None]) -> Callable[[Path], None]:
    """Make one test a course of a check of one item; a failure names the item."""

    def test(folder: Path) -> None:
        for code, kind, content in items(folder):
            try:
                check(kind, content)
            except BaseException as problem:
                problem.add_note(f"at item {code}")
                raise

    test.__name__, test.__doc__ = check.__name__, check.__doc__
    return pytest.mark.parametrize("folder", COURSES, ids=lambda path: path.name)(test)


def texts(thing: Any) -> Iterator[str]:
    """Every string in plain data, keys included."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, Mapping):
        for key, value in thing.items():
            yield from texts(key)
            yield from texts(value)
    elif isinstance(thing, list | tuple | set | frozenset):
        for one in thing:
            yield from texts(one)


def test_there_are_items_of_every_registered_type_to_try() -> None:
    kinds = [kind.name for folder in COURSES for _code, kind, _content in items(folder)]

    assert set(kinds) == set(TYPES) == {"single", "multiple", "truefalse"}
    assert len(kinds) > 200


@every_item
def test_sample_answers_are_marked_as_they_say(kind: Kind, content: BaseModel) -> None:
    samples = kind.sample_answers(content)
    assert {"right", "wrong", "invalid"} <= {sample.kind for sample in samples}
    for sample in samples:
        if sample.kind == "invalid":
            with pytest.raises((ValidationError, ValueError)):
                kind.check_answer(content, kind.answer_model.model_validate(sample.answer))
            continue
        answer = kind.answer_model.model_validate(sample.answer)
        kind.check_answer(content, answer)
        score = kind.score(content, answer, RULES)
        assert score is not None
        assert score.share == sample.share
        assert (sample.kind == "right") == (score.share == 1)
        assert (sample.kind == "wrong") == (score.share == 0)


@every_item
def test_what_is_presented_is_stem_and_options_and_nothing_of_key_or_explanation(
    kind: Kind, content: Any
) -> None:
    shown = kind.present(content, "seed")

    assert set(shown) == {"stem", "options"}
    assert all(set(option) == {"id", "text"} for option in shown["options"])
    explanations = {text for text in content.explanation.values() if text}
    assert explanations
    assert not any(explanation in text for text in texts(shown) for explanation in explanations)


@every_item
def test_what_is_presented_does_not_depend_on_the_key(kind: Kind, content: Any) -> None:
    letters = sorted(content.options)
    other = content.model_copy(update={"key": tuple(x for x in letters if x not in content.key)})

    assert kind.present(content, "seed") == kind.present(other, "seed")


@every_item
def test_the_order_of_options_comes_from_the_seed_alone(kind: Kind, content: Any) -> None:
    orders = [[one["id"] for one in kind.present(content, f"s{n}")["options"]] for n in range(40)]

    assert orders[0] == [one["id"] for one in kind.present(content, "s0")["options"]]
    assert all(sorted(order) == sorted(content.options) for order in orders)
    if kind.name == "truefalse":
        assert orders == [["t", "f"]] * 40
    else:
        firsts = {order[0] for order in orders}
        assert len(firsts) == len(content.options), "some option never comes first in 40 forms"


@every_item
def test_an_answer_typed_on_a_line_is_the_answer_given(kind: Kind, content: BaseModel) -> None:
    for seed in ("one", "two"):
        shown = kind.present(content, seed)
        typed = [key for key, _text in kind.line_form(shown, "en")]
        assert typed == [str(place) for place in range(1, len(typed) + 1)]
        for sample in kind.sample_answers(content):
            if sample.kind != "invalid":
                line = kind.to_line(shown, sample.answer)
                back = kind.from_line(shown, line)
                assert sorted(back["chosen"]) == sorted(sample.answer["chosen"])


@every_item
def test_content_survives_being_kept_as_json(kind: Kind, content: BaseModel) -> None:
    kept = content.model_dump(mode="json")

    assert kind.content_model.model_validate(kept) == content


@every_item
def test_a_line_that_means_no_answer_is_refused(kind: Kind, content: BaseModel) -> None:
    shown = kind.present(content, "seed")
    for line in ("", " ", "0", "9", "a", "1x", "-1", "1.5"):
        with pytest.raises(ValueError):  # noqa: PT011  each type words it itself
            kind.from_line(shown, line)


@pytest.mark.parametrize("kind", TYPES.values(), ids=list(TYPES))
@given(answer=st.recursive(st.none() | st.text() | st.integers(), st.lists))
def test_no_made_up_answer_is_marked_as_anything_but_refused(kind: Kind, answer: Any) -> None:
    content = next(content for _c, k, content in items(COURSES[0]) if k.name == kind.name)
    try:
        parsed = kind.answer_model.model_validate({"chosen": answer})
        kind.check_answer(content, parsed)
    except ValueError:
        return
    assert set(parsed.chosen) <= set(content.options)


def block(*options: str, stem: str = "题干", explanation: str = "因为") -> ItemBlock:
    """A block as it is cut from Markdown: `x …` marked, `- …` unmarked, else no mark."""
    marks = {"x": True, "-": False}
    return ItemBlock(stem, [(one[2:], marks.get(one[0])) for one in options], explanation)


@pytest.mark.parametrize(
    ("kind", "own", "translation"),
    [
        ("single", block("x 一", "x 二", "- 三"), None),
        ("single", block("- 一", "- 二", "- 三"), None),
        ("single", block("x 一", "- 二"), None),
        ("single", block("x 一", *(f"- {n}" for n in range(8))), None),
        ("single", block("x 一", "- 二", "- 二"), None),
        ("single", block("x 一", "- 二", "- "), None),
        ("single", block("x 一", "- 二", "? 三"), None),
        ("single", block("x 一", "- 二", "- 三", stem=""), None),
        ("single", block("x 一", "- 二", "- 三"), block("? 1", "? 2")),
        ("single", block("x 一", "- 二", "- 三"), block("? 1", "? 2", "? 3", stem="")),
        ("single", block("x 一", "- 二", "- 三"), block("? 1", "? 1", "? 3")),
        ("multiple", block("x 一", "- 二", "- 三"), None),
        ("multiple", block("x 一", "x 二", "x 三"), None),
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


@pytest.mark.parametrize("share", [Fraction(-1, 10), Fraction(11, 10)])
def test_a_score_outside_0_to_1_cannot_be_made(share: Fraction) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Score(share)


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
