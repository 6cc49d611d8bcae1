"""The contract of question types: every type, and every item of every course there is (G14)."""

import json
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from certify.api import Wording
from certify.courseware.loader import load_course
from certify.domain.question_type import ContentError, QuestionType, Score
from certify.hooks import registry
from certify.i18n import LANGUAGES
from certify.policy import ExamPolicy

ROOT = Path(__file__).parents[2]
TYPES = registry.load().question_types
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


def of_type(name: str) -> Any:
    """Content of an item of a type, from any course."""
    every = (one for folder in COURSES for one in items(folder))
    return next(content for _code, kind, content in every if kind.name == name)


def marks(kind: Kind, content: Any, answer: Mapping[str, Any]) -> Score | None:
    """The score of an answer as it is stored: through JSON, and only if it may be given."""
    given = kind.answer_model.model_validate(json.loads(json.dumps(answer)))
    kind.check_answer(content, given)
    return kind.score(content, given, RULES)


def test_there_are_items_of_every_registered_type_to_try() -> None:
    kinds = [kind.name for folder in COURSES for _code, kind, _content in items(folder)]

    assert set(kinds) == set(TYPES)
    assert len(TYPES) >= 10
    assert len(kinds) > 200


@every_item
def test_sample_answers_are_marked_as_they_say(kind: Kind, content: BaseModel) -> None:
    samples = kind.sample_answers(content)
    assert {"right", "wrong", "invalid"} <= {sample.kind for sample in samples}
    for sample in samples:
        if sample.kind == "invalid":
            with pytest.raises((ValidationError, ValueError)):
                marks(kind, content, sample.answer)
            continue
        score = marks(kind, content, sample.answer)
        if sample.share is None:
            assert score is None
            continue
        assert score == Score(sample.share, sample.fatal)
        assert (sample.kind == "right") == (score.share == 1)
        assert (sample.kind == "wrong") == (score.share == 0 or score.fatal)


@every_item
def test_what_a_person_marks_has_criteria_and_nothing_else_has(kind: Kind, content: Any) -> None:
    rubric = kind.rubric(content)
    samples = [one for one in kind.sample_answers(content) if one.kind != "invalid"]

    assert {one.share is None for one in samples} == {bool(rubric)}
    assert len({one.code for one in rubric}) == len(rubric)
    assert all(one.points > 0 and set(one.title) <= set(LANGUAGES) for one in rubric)


@every_item
def test_what_is_presented_holds_nothing_of_the_explanation(kind: Kind, content: Any) -> None:
    shown = kind.present(content, "seed")

    assert shown["stem"] == content.stem
    explanations = {text for text in kind.explanation(content).values() if text}
    assert explanations
    assert not any(explanation in text for text in texts(shown) for explanation in explanations)


def _other_gaps(gaps: Any) -> Any:
    return tuple(gap.model_copy(update={"key": ("c",) if gap.options else ("?",)}) for gap in gaps)


OTHER_KEYS: dict[str, Callable[[Any], Any]] = {
    "single": lambda content: tuple(x for x in content.options if x not in content.key),
    "multiple": lambda content: tuple(x for x in content.options if x not in content.key),
    "truefalse": lambda content: tuple(x for x in content.options if x not in content.key),
    "ordering": lambda content: tuple(reversed(content.key)),
    "matching": lambda content: {number: sorted(content.right)[-1] for number in content.left},
    "numeric": lambda content: tuple(
        one.model_copy(update={"value": f"{n}", "tolerance": "7"})
        for n, one in enumerate(content.key)
    ),
    "text": lambda _content: Wording(required=(("x",),), forbidden=("y",)),
    "cloze": lambda content: _other_gaps(content.key),
}
"""By type another key for the same wording; those not named keep no `key` in their content."""


@every_item
def test_what_is_presented_does_not_depend_on_the_key(kind: Kind, content: Any) -> None:
    if kind.name not in OTHER_KEYS:
        assert not hasattr(content, "key")
        return
    other = content.model_copy(update={"key": OTHER_KEYS[kind.name](content)})

    assert other != content
    for seed in ("one", "two"):
        assert kind.present(content, seed) == kind.present(other, seed)


@every_item
def test_what_is_presented_comes_from_the_seed_alone_and_is_plain_data(
    kind: Kind, content: Any
) -> None:
    shown = kind.present(content, "seed")

    assert kind.present(content, "seed") == shown
    assert json.loads(json.dumps(shown)) == json.loads(json.dumps(kind.present(content, "seed")))


@every_item
def test_an_answer_typed_on_a_line_is_the_answer_given(kind: Kind, content: BaseModel) -> None:
    for seed in ("one", "two"):
        shown = kind.present(content, seed)
        right = 0
        for sample in kind.sample_answers(content):
            if sample.kind == "invalid" or kind.is_observed:
                continue
            try:
                back = kind.from_line(shown, kind.to_line(shown, sample.answer))
            except ValueError:
                # Not everything that can be kept can be typed: line mode refuses a number that is
                # none, and a run of a scenario that begins elsewhere is no answer here.
                continue
            assert marks(kind, content, back) == marks(kind, content, sample.answer)
            right += sample.kind == "right"
        assert right or kind.is_observed


@every_item
def test_line_mode_says_how_to_answer_in_every_language(kind: Kind, content: BaseModel) -> None:
    shown = kind.present(content, "seed")
    for language in LANGUAGES:
        form = kind.line_form(shown, language)
        assert form or kind.line_text(shown, None, language)
        assert len({typed for typed, _text in form}) == len(form)
        assert all(text for _typed, text in form)


@every_item
def test_answers_and_keys_can_be_said_in_every_language(kind: Kind, content: BaseModel) -> None:
    right = next(one for one in kind.sample_answers(content) if one.kind == "right")
    answer = kind.answer_model.model_validate(right.answer)
    for language in LANGUAGES:
        assert bool(kind.answer_text(content, answer, language)) != kind.is_observed
        assert bool(kind.key_text(content, language)) != bool(kind.rubric(content))
    assert all(isinstance(choice, str) for choice in kind.choices(content, answer))


@every_item
def test_content_and_answers_survive_being_kept_as_json(kind: Kind, content: BaseModel) -> None:
    kept = json.loads(json.dumps(content.model_dump(mode="json")))

    assert kind.content_model.model_validate(kept) == content
    for sample in kind.sample_answers(content):
        if sample.kind != "invalid":
            answer = kind.answer_model.model_validate(sample.answer)
            again = kind.answer_model.model_validate(answer.model_dump(mode="json"))
            assert again == answer


@every_item
def test_an_item_written_out_as_text_and_read_again_is_the_same(
    kind: Kind, content: BaseModel
) -> None:
    if kind.name == "scenario":
        with pytest.raises(ContentError):
            kind.to_markdown(content, "zh")
        return
    own, *others = content.model_dump()["stem"]
    blocks = {own: kind.to_markdown(content, own)}
    blocks |= {name: kind.to_markdown(content, name, with_key=False) for name in others}

    assert kind.from_markdown(blocks) == content
    for name in others:  # and alone in each language, with the key
        alone = kind.from_markdown({name: kind.to_markdown(content, name)})
        samples = [s.answer for s in kind.sample_answers(alone) if s.kind == "right"]
        assert samples


@every_item
def test_an_empty_line_is_no_answer(kind: Kind, content: BaseModel) -> None:
    shown = kind.present(content, "seed")
    for line in ("", " ", "\t"):
        with pytest.raises(ValueError):  # noqa: PT011  each type words it itself
            kind.from_line(shown, line)


@every_item
def test_no_item_of_a_course_has_anything_to_mend(kind: Kind, content: BaseModel) -> None:
    assert list(kind.check(content)) == []


leaves = st.none() | st.text(max_size=6) | st.integers() | st.sampled_from("abcdtf123")
data = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("123abc"), inner)
)


@pytest.mark.parametrize("name", sorted(TYPES))
@given(given_data=st.data())
def test_no_made_up_answer_makes_a_type_fail(name: str, given_data: st.DataObject) -> None:
    kind, content = TYPES[name], of_type(name)
    fields = [*kind.answer_model.model_fields, "other"]
    answer = given_data.draw(st.dictionaries(st.sampled_from(fields), data))
    try:
        given = kind.answer_model.model_validate(answer)
        kind.check_answer(content, given)
    except ValueError:
        return
    score = kind.score(content, given, RULES)
    assert (score is None) == bool(kind.rubric(content))
    assert isinstance(kind.answer_text(content, given, "zh"), str)


@pytest.mark.parametrize("name", sorted(TYPES))
@given(typed=st.text() | st.text(st.sampled_from("1234 abc;|.,=/小时"), max_size=12))
def test_no_typed_line_makes_a_type_fail(name: str, typed: str) -> None:
    kind, content = TYPES[name], of_type(name)
    shown = kind.present(content, "seed")
    try:
        answer = kind.from_line(shown, typed)
    except ValueError:
        return
    marks(kind, content, answer)


@pytest.mark.parametrize("name", sorted(TYPES))
def test_errors_of_a_type_show_neither_its_content_nor_an_answer(name: str) -> None:
    kind = TYPES[name]
    for model in (kind.content_model, kind.answer_model):
        fields = {name: [["the-secret"]] for name in (*model.model_fields, "other")}

        with pytest.raises(ValidationError) as refused:
            model.model_validate(fields)

        assert "the-secret" not in str(refused.value)


@pytest.mark.parametrize("share", [Fraction(-1, 10), Fraction(11, 10)])
def test_a_score_outside_0_to_1_cannot_be_made(share: Fraction) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Score(share)
