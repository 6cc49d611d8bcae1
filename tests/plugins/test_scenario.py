"""The type `scenario`: nothing secret is presented, and an answer is played again to be scored."""

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certify.courseware.loader import load_course
from certify.domain.question_type import ContentError, ItemBlock
from certify.hooks import registry
from certify.i18n import speaking
from certify.policy import ExamPolicy

ROOT = Path(__file__).parents[2]
KIND: Any = registry.load(("scenario",)).question_types["scenario"]
TYPES = registry.load().question_types
RULES = ExamPolicy()
FOLDERS = [
    ROOT / "tests" / "courses" / "played",
    *sorted(path.parent for path in (ROOT / "courses").glob("*/scenarios")),
]


@cache
def contents() -> dict[str, Any]:
    """Every scenario item there is, by its code."""
    return {
        item.code: item.content
        for folder in FOLDERS
        for item in load_course(folder, TYPES).items
        if item.type == "scenario"
    }


CODES = ["PLY-001", "SCC-001", "SCF-001", "SCH-001", "SCH-002"]
every = pytest.mark.parametrize("code", CODES)
SEEDS = [f"seed-{number}" for number in range(20)]


def answers(code: str, kind: str) -> list[Any]:
    samples = KIND.sample_answers(contents()[code])
    return [sample for sample in samples if sample.kind == kind]


def everything_in(thing: Any) -> Iterator[str]:
    if isinstance(thing, Mapping):
        for key, value in thing.items():
            yield str(key)
            yield from everything_in(value)
    elif isinstance(thing, list | tuple):
        for one in thing:
            yield from everything_in(one)
    else:
        yield str(thing)


def shown_for(code: str, answer: Mapping[str, Any]) -> Any:
    """What is presented to somebody whose run begins where this answer does."""
    start = answer["steps"][0]["node"]
    shown = (KIND.present(contents()[code], seed) for seed in SEEDS)
    return next(one for one in shown if one["scenario"]["starts"] == [start])


def test_there_are_four_scenarios_beside_the_one_of_the_tests() -> None:
    assert sorted(contents()) == CODES


@every
def test_samples_are_scored_as_they_say_and_there_is_one_of_each_kind(code: str) -> None:
    content = contents()[code]
    samples = KIND.sample_answers(content)

    assert {"right", "partial", "wrong", "invalid"} <= {sample.kind for sample in samples}
    assert any(sample.fatal for sample in samples)
    for sample in samples:
        if sample.kind == "invalid":
            with pytest.raises((ValidationError, ValueError)):
                KIND.check_answer(content, KIND.answer_model.model_validate(sample.answer))
            continue
        answer = KIND.answer_model.model_validate(sample.answer)
        KIND.check_answer(content, answer)
        score = KIND.score(content, answer, RULES)
        assert (score.share, score.fatal) == (sample.share, sample.fatal)
        assert (sample.kind == "right") == (score.share == 1)
        assert (sample.kind == "wrong") == (score.share == 0)


@every
def test_what_is_presented_is_listed_here_and_holds_nothing_that_judges(code: str) -> None:
    content = contents()[code]
    secret = {
        text
        for node in content.scenario.nodes.values()
        for act in node.acts
        for texts in (
            act.feedback,
            act.unmet,
            getattr(act, "fatal", {}),
            getattr(act, "example", {}),
        )
        for text in texts.values()
    } | set(content.explanation.values())

    for seed in SEEDS:
        shown = KIND.present(content, seed)
        assert set(shown) == {"stem", "scenario"}
        scenario = shown["scenario"]
        assert set(scenario) == {"title", "begins", "starts", "calendar", "documents", "nodes"}
        for node in scenario["nodes"].values():
            assert set(node) <= {"who", "title", "text", "shows", "ends", "choices", "reply"}
            for choice in node["choices"]:
                assert set(choice) == {"id", "text", "takes", "writes", "next"}
            assert set(node.get("reply", {})) <= {"takes", "writes", "next"}
        assert not secret & set(everything_in(shown))
        names = {node.name for node in content.scenario.nodes.values()}
        assert not (names - set(content.scenario.documents)) & set(everything_in(shown))


@every
def test_what_is_presented_does_not_depend_on_what_is_right(code: str) -> None:
    content = contents()[code]
    other = content.model_copy(
        update={
            "scenario": content.scenario.model_copy(
                update={
                    "limits": {},
                    "nodes": {
                        name: node.model_copy(
                            update={
                                "choices": tuple(
                                    one.model_copy(
                                        update={"points": 9 - one.points % 9, "fatal": {}}
                                        | dict.fromkeys(("sets", "needs", "events"), ())
                                    )
                                    for one in node.choices
                                )
                            }
                        )
                        for name, node in content.scenario.nodes.items()
                    },
                }
            )
        }
    )

    for seed in SEEDS:
        assert KIND.present(content, seed) == KIND.present(other, seed)


@every
def test_the_seed_orders_the_choices_and_gives_the_same_run_again(code: str) -> None:
    content = contents()[code]
    shown = [KIND.present(content, seed) for seed in SEEDS]

    assert [KIND.present(content, seed) for seed in SEEDS] == shown
    assert len({json.dumps(one) for one in shown}) > 1
    right = answers(code, "right")[0].answer
    places = set()
    for one in shown:
        step = next(step for step in right["steps"] if step["choice"])
        if one["scenario"]["starts"] == [right["steps"][0]["node"]]:
            ids = [choice["id"] for choice in one["scenario"]["nodes"][step["node"]]["choices"]]
            places.add(ids.index(step["choice"]))
    assert len(places) > 1, "the right choice stands always at the same place"


def test_the_seed_picks_one_of_several_beginnings_and_shows_nothing_of_the_others() -> None:
    shown = [KIND.present(contents()["SCH-001"], seed)["scenario"] for seed in SEEDS]

    assert len({one["starts"][0] for one in shown}) == 2
    assert len(contents()["SCH-001"].scenario.nodes) == 12
    assert all(len(one["nodes"]) == 11 for one in shown)


@every
def test_a_run_is_typed_as_one_line_or_step_by_step(code: str) -> None:
    for sample in answers(code, "right") + answers(code, "partial") + answers(code, "wrong"):
        shown = shown_for(code, sample.answer)
        line = KIND.to_line(shown, sample.answer)

        assert KIND.from_line(shown, line) == sample.answer
        given: dict[str, Any] | None = None
        for part in line.split("|"):
            assert not KIND.is_finished(shown, given)
            given = KIND.from_line(shown, part, given)
        assert given == sample.answer


def test_line_mode_says_where_the_run_stands_and_asks_for_what_can_be_done() -> None:
    right = answers("PLY-001", "right")[0].answer
    shown = shown_for("PLY-001", right)
    first = {"steps": right["steps"][:1]}

    with speaking("en"):
        before, after = KIND.line_text(shown, None, "en"), KIND.line_text(shown, first, "en")
        end = KIND.line_text(shown, right, "en")

    assert "The phone rings." in before
    assert "Scene 1 · Simulated time 03-07 Thu 09:00 · 0 min passed" in before
    assert KIND.line_form(shown, "en") == []
    assert "Ms Zhang: I want to complain!" in after
    assert "2 min passed" in after
    assert {text for _typed, text in KIND.line_form(shown, "en", first)} == {
        "Apologise and record it",
        "Ask her to ring tomorrow",
        "Shout at her",
    }
    assert "The simulation is over after scene 3" in end
    assert "1 h 11 min passed" in end
    assert KIND.line_form(shown, "en", right) == []


@pytest.mark.parametrize("typed", ["", " ", "0", "4", "x", "1 1", "-1", "1 |"])
def test_a_line_that_means_no_step_is_refused(typed: str) -> None:
    right = answers("PLY-001", "right")[0].answer
    shown = shown_for("PLY-001", right)

    with pytest.raises(ValueError):  # noqa: PT011  the text is for people
        KIND.from_line(shown, typed, {"steps": right["steps"][:1]})
    with pytest.raises(ValueError):  # noqa: PT011
        KIND.from_line(shown, typed, right)


def test_a_step_cannot_be_taken_back_or_changed() -> None:
    steps = answers("PLY-001", "right")[0].answer["steps"]
    other = {"steps": [{**steps[0], "text": "你好"}]}

    assert KIND.follows(None, {"steps": steps[:1]})
    assert KIND.follows({"steps": steps[:1]}, {"steps": steps[:2]})
    assert KIND.follows({"steps": steps}, {"steps": steps})
    assert not KIND.follows({"steps": steps[:2]}, {"steps": steps[:1]})
    assert not KIND.follows({"steps": steps[:1]}, other)
    assert not KIND.follows({"steps": steps[:1]}, None)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("您好，安和客服。", Fraction(3, 3)),
        ("您好！我是安和的。", Fraction(3, 3)),
        ("ＨＥＬＬＯ, Anhe!", Fraction(3, 3)),
        ("您好", Fraction(2, 3)),
        ("安和", Fraction(1, 3)),
        ("喂", Fraction(0)),
        ("您好，安和，快說！", Fraction(0)),
    ],
)
def test_a_typed_reply_earns_its_elements_and_nothing_with_a_forbidden_word(
    text: str, share: Fraction
) -> None:
    content = contents()["PLY-001"]
    [start] = content.scenario.starts
    answer = KIND.answer_model.model_validate({"steps": [{"node": start, "text": text}]})

    # 3 points of 11 are the reply's, 1 is the limit's.
    assert KIND.score(content, answer, RULES).share == (share * 3 + 1) / 11


def test_feedback_tells_each_step_what_lacks_and_which_limit_was_kept() -> None:
    content = contents()["PLY-001"]
    right = answers("PLY-001", "right")[0].answer
    [start] = content.scenario.starts
    poor = {"steps": [{"node": start, "text": "您好"}, *right["steps"][1:]]}

    def told(answer: Mapping[str, Any]) -> list[dict[str, str]]:
        found: list[dict[str, str]] = KIND.feedback(
            content, KIND.answer_model.model_validate(answer)
        )
        return found

    full = told(right)
    assert [one["en"] for one in full[1:3]] == ["First the record.", "The supervisor dispatches."]
    assert len(full) == 4
    assert full[3]["en"] == "In time: Reception, 120 seconds (S1-FL-02), 2 min."
    assert set(full[0]) == {"zh", "en"}
    assert "Missing: the unit's name." in told(poor)[0]["en"]
    assert told({"steps": right["steps"][:1]})[-1]["en"] == "", "limits are told at the end"
    fatal = next(one for one in answers("PLY-001", "wrong") if one.fatal)
    assert "Fatal error: An insult." in told(fatal.answer)[-2]["en"]


@every
def test_answers_and_keys_can_be_read_in_both_languages(code: str) -> None:
    content = contents()[code]
    answer = KIND.answer_model.model_validate(answers(code, "partial")[0].answer)

    for language in ("zh", "en"):
        with speaking(language):
            told = KIND.answer_text(content, answer, language)
            assert len(told.split("\n")) == len(answer.steps)
            remarks = [one[language] for one in KIND.feedback(content, answer)]
            assert not any(remark and remark in told for remark in remarks)
            key = KIND.key_text(content, language)
            assert key.split("\n")[0].startswith("1. [")
    assert KIND.choices(content, answer) == [
        f"{step.node}/{step.choice}" for step in answer.steps if step.choice
    ]


@every
def test_content_survives_being_kept_as_json_and_has_no_fault(code: str) -> None:
    content = contents()[code]
    kept = json.loads(content.model_dump_json())

    assert KIND.content_model.model_validate(kept) == content
    assert KIND.check(content) == []
    assert set(content.scenario.title) == {"zh", "en"}


def test_a_block_without_a_scenario_or_with_answers_is_refused() -> None:
    data = contents()["PLY-001"].scenario.model_dump(mode="json")
    for block in (
        ItemBlock("题干", (), ""),
        ItemBlock("", (), "", data=data),
        ItemBlock("题干", (("一", True),), "", data=data),
        ItemBlock("题干", (), "", data=data | {"starts": ["gone"]}),
    ):
        with pytest.raises(ContentError) as refused:
            KIND.from_markdown({"zh": block})
        assert str(refused.value)


steps = st.fixed_dictionaries(
    {"node": st.sampled_from(["n1", "n2", "n3", "n4", "x"])},
    optional={"choice": st.sampled_from(["c1", "c2", "c3", "c9", None]), "text": st.text()},
)


@given(st.lists(steps, max_size=5))
def test_no_made_up_answer_is_anything_but_refused_or_scored_between_0_and_1(made: Any) -> None:
    content = contents()["PLY-001"]
    try:
        answer = KIND.answer_model.model_validate({"steps": made})
        KIND.check_answer(content, answer)
    except ValueError:
        return
    assert 0 <= KIND.score(content, answer, RULES).share <= 1


def test_errors_show_neither_content_nor_answer() -> None:
    for model in (KIND.content_model, KIND.answer_model):
        with pytest.raises(ValidationError) as refused:
            model.model_validate({"scenario": {"nodes": "the-secret"}, "steps": ["the-secret"]})

        assert "the-secret" not in str(refused.value)
