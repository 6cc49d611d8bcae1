"""A scenario as a graph, and its runs: order, posts, forms, limits, fatal errors (R-SIM-01…09)."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from certify.domain.scenario import Scenario
from certify.domain.scenario_check import faults
from certify.domain.scenario_run import Step, begin, earned, play, possible, share, take
from certify.domain.scenario_ways import best_way, fatal_way, worthless_way
from certify.i18n import _
from tests.domain.scenarios import choice, choose, scenario, words

GOOD: dict[str, Any] = {
    "one": [choice("right", "two", 2), choice("wrong", "two")],
    "two": [choice("right", "end", 2), choice("wrong", "end")],
}


def limit(end: str, at_most: str, **more: Any) -> dict[str, Any]:
    return {"title": words(end), "end": end, "at_most": at_most} | more


def told(script: Scenario) -> list[str]:
    return [f"{'.'.join(map(str, one.place))}: {one.message}" for one in faults(script)]


def test_a_scenario_without_a_fault_has_none() -> None:
    assert faults(scenario(GOOD)) == []


@pytest.mark.parametrize(
    ("nodes", "more", "place", "named"),
    [
        (GOOD | {"lost": GOOD["two"]}, {}, "nodes.lost", "lost"),
        (
            {"one": GOOD["one"], "two": [choice("on", "one"), choice("off", "end", 2)]},
            {},
            "nodes.one",
            "one",
        ),
        ({"one": [choice("a", "nowhere", 1), choice("b", "end")]}, {}, "choices.0.next", "nowhere"),
        ({"one": [choice("a", "end", 1)]}, {}, "nodes.one", "one"),
        ({"one": {"text": words("one")}}, {}, "nodes.one", "one"),
        ({"one": {"text": words("x"), "choices": GOOD["two"], "ends": True}}, {}, "one", "one"),
        (GOOD, {"starts": ["zero"]}, "starts", "zero"),
        (GOOD, {"limits": {"fast": limit("done", "30 s")}}, "limits.fast.end", "done"),
        (GOOD, {"limits": {"fast": limit("start", "1 s", start="was")}}, "limits.fast", "was"),
        (
            {"one": [choice("a", "end", 1, needs=["x"], unmet=words("u")), choice("b", "end")]},
            {},
            "choices.0.needs",
            "x",
        ),
        (
            {"one": {"text": words("one"), "shows": ["form"], "choices": GOOD["two"]}},
            {},
            "shows",
            "form",
        ),
        (
            {"one": [choice("a", "end", 1, writes={"form": words("x")}), choice("b", "end")]},
            {},
            "writes",
            "form",
        ),
        (
            {
                "one": [choice("a", "end", 1), choice("b", "two", fatal=words("f"))],
                "two": GOOD["two"],
            },
            {},
            "choices.1",
            "",
        ),
        (
            {"one": [choice("a", "end", 1), choice("b", "end", 1, fatal=words("f"))]},
            {},
            "choices.1",
            "",
        ),
        ({"one": [choice("a", "end"), choice("b", "end")]}, {}, "starts", "one"),
        ({"one": [choice("a", "end", 1), choice("b", "end", 1)]}, {}, "starts", "one"),
    ],
)
def test_a_fault_is_found_and_named(
    nodes: dict[str, Any], more: dict[str, Any], place: str, named: str
) -> None:
    found = told(scenario(nodes, **more))

    assert found
    assert place in found[0]
    assert f"“{named}”" in found[0] or not named
    assert all(one.mend for one in faults(scenario(nodes, **more)))


def test_every_text_is_wanted_in_every_language_of_the_title() -> None:
    nodes = {"one": [choice("a", "end", 1), choice("b", "end", feedback={"zh": "只有中文"})]}

    assert told(scenario(nodes)) == [
        "nodes.one.choices.1.feedback: "
        + _("“{name}” is missing in “{language}”.").format(
            name="nodes.one.choices.1.feedback", language="en"
        )
    ]


def test_a_choice_without_feedback_is_a_fault() -> None:
    nodes = {"one": [choice("a", "end", 1, feedback={}), choice("b", "end")]}

    assert {one.place for one in faults(scenario(nodes))} == {
        ("nodes", "one", "choices", 0, "feedback")
    }


def test_points_that_no_way_can_reach_are_a_fault() -> None:
    slow = {"one": [choice("a", "end", 1, takes="31 s", events=["done"]), choice("b", "end")]}

    assert faults(scenario(slow, limits={"fast": limit("done", "31 s")})) == []
    [found] = faults(scenario(slow, limits={"fast": limit("done", "30 s")}))
    assert found.place == ("starts",)


def test_an_example_that_lacks_what_it_must_hold_is_a_fault() -> None:
    reply = {
        "next": "end",
        "feedback": words("f"),
        "elements": [{"title": words("greeting"), "any": ["hello", "您好"]}],
        "example": {"zh": "您好", "en": "good day"},
    }
    [found] = faults(scenario({"one": {"text": words("one"), "reply": reply}}))

    assert found.place == ("nodes", "one", "reply", "example")
    assert "en" in found.message


def test_the_best_way_earns_everything_and_the_worst_nothing() -> None:
    script = scenario(GOOD).sealed()
    start = script.starts[0]

    best, worst = best_way(script, start), worthless_way(script, start)

    assert best is not None
    assert worst is not None
    assert share(play(script, best)) == 1
    assert share(play(script, worst)) == 0
    assert play(script, worst).is_over


def test_an_unfinished_run_earns_what_it_reached() -> None:
    run = choose(scenario(GOOD).sealed(), "right")

    assert not run.is_over
    assert share(run) == Fraction(1, 2)


@pytest.mark.parametrize("text", [None, "reply"])
def test_a_step_that_the_run_does_not_offer_is_refused(text: str | None) -> None:
    script = scenario(GOOD).sealed()
    start = script.starts[0]
    over = choose(script, "right", "right")

    for bad in (
        Step(node=start, choice=None if text else "c9", text=text),
        Step(node=start),
        Step(node="end", choice="c1"),
        Step(node=start, choice="c1", text="both"),
    ):
        with pytest.raises(ValueError, match="n"):
            take(begin(script, start), bad)
    with pytest.raises(ValueError, match="does not stand"):
        take(over, Step(node=over.at, choice="c1"))
    with pytest.raises(ValueError, match="at least one"):
        play(script, [])
    with pytest.raises(ValueError, match="no run begins"):
        play(script, [Step(node=script.nodes[start].choices[0].next, choice="c1")])


def test_a_needed_fact_that_is_missing_fails_the_step_and_what_it_would_have_caused() -> None:
    script = scenario(
        {
            "review": [
                choice("approve", "confirm", 1, sets=["approved"]),
                choice("skip", "confirm"),
            ],
            "confirm": [
                choice(
                    "agree",
                    "end",
                    2,
                    needs=["approved"],
                    unmet=words("not approved"),
                    sets=["agreed"],
                    events=["agreed"],
                ),
                choice("wait", "end"),
            ],
        }
    ).sealed()

    good, bad = choose(script, "approve", "agree"), choose(script, "skip", "agree")

    assert earned(good) == 3
    assert good.events.keys() == {"start", "agreed"}
    assert earned(bad) == 0
    assert bad.taken[-1].is_unmet
    assert bad.events.keys() == {"start"}
    assert "agreed" not in bad.facts


def test_what_was_written_in_one_step_lies_on_the_desk_in_the_next() -> None:
    script = scenario(
        {
            "one": [choice("full", "two", 1, writes={"form": words("entry")}), choice("no", "two")],
            "two": {"text": words("two"), "shows": ["form"], "choices": GOOD["two"]},
        },
        documents={"form": {"title": words("form"), "text": words("printed")}},
    ).sealed()

    assert choose(script, "full").written("form") == [words("printed"), words("entry")]
    assert choose(script, "no").written("form") == [words("printed")]


def test_a_fatal_error_ends_the_run_and_takes_every_point() -> None:
    nodes = {
        "one": GOOD["one"],
        "two": [
            choice("ok", "end", 2),
            choice("no", "end"),
            choice("bad", "end", fatal=words("f")),
        ],
    }
    script = scenario(nodes).sealed()

    run = choose(script, "right", "bad")

    assert run.is_over
    assert run.fatal == words("f")
    assert earned(run) == 0
    way = fatal_way(script, script.starts[0])
    assert way is not None
    assert play(script, way).fatal == words("f")


@pytest.mark.parametrize(
    ("seconds", "kept"), [(119, True), (120, True), (121, False), (600, False)]
)
def test_a_limit_holds_its_boundary_120_seconds_pass_and_121_fail(seconds: int, kept: bool) -> None:
    nodes = {
        "ring": [
            choice("answer", "end", takes=f"{seconds} s", events=["answered"]),
            choice("at once", "end", takes="1 s", events=["answered"]),
        ]
    }
    script = scenario(nodes, limits={"reception": limit("answered", "2 min")}).sealed()

    assert earned(choose(script, "answer")) == int(kept)


@pytest.mark.parametrize(
    ("pick_up", "respond", "points"), [(10, 20, 2), (11, 19, 1), (10, 21, 1), (11, 20, 0)]
)
def test_picking_up_within_10_s_and_responding_within_30_s_are_two_checks(
    pick_up: int, respond: int, points: int
) -> None:
    nodes = {
        "ring": [choice("up", "say", takes=f"{pick_up} s", events=["up"]), choice("-", "say")],
        "say": [choice("hi", "end", takes=f"{respond} s", events=["hi"]), choice("-", "end")],
    }
    limits = {"up": limit("up", "10 s"), "hi": limit("hi", "30 s")}

    assert earned(choose(scenario(nodes, limits=limits).sealed(), "up", "hi")) == points


def test_an_event_that_comes_before_the_one_its_limit_begins_with_keeps_nothing() -> None:
    nodes = {
        "one": [choice("b first", "two", events=["b"]), choice("a first", "two", events=["a"])],
        "two": [choice("b", "end", events=["b"]), choice("a", "end", events=["a"])],
    }
    script = scenario(nodes, limits={"order": limit("b", "1 h", start="a")}).sealed()

    assert earned(choose(script, "b first", "a")) == 0
    assert earned(choose(script, "a first", "b")) == 1


def test_a_limit_counts_only_from_starts_that_lead_to_its_end() -> None:
    script = scenario(
        GOOD
        | {"other": [choice("slow", "end", 1, takes="1 h", events=["done"]), choice("no", "end")]},
        starts=["one", "other"],
        limits={"late": limit("done", "2 h")},
    )

    assert possible(script, "one") == 4
    assert possible(script, "other") == 2


def test_sealed_names_tell_nothing_and_play_the_same() -> None:
    script = scenario(GOOD)
    sealed = script.sealed()

    assert set(sealed.nodes) == {"n1", "n2", "n3"}
    assert {node.name for node in sealed.nodes.values()} == {"one", "two", "end"}
    assert all(one.id in ("c1", "c2") for node in sealed.nodes.values() for one in node.choices)
    assert sealed == script.sealed()
    assert faults(sealed) == []


@given(st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=4), min_size=1, max_size=5))
def test_any_chain_of_choices_scores_between_nothing_and_everything(
    points: list[list[int]],
) -> None:
    names = [f"n-{number}" for number in range(len(points))] + ["end"]
    script = scenario(
        {
            names[number]: [
                choice(f"{place}", names[number + 1], one) for place, one in enumerate(row)
            ]
            for number, row in enumerate(points)
        }
    ).sealed()
    best = sum(max(row) for row in points)

    assert possible(script, script.starts[0]) == best
    for place in range(2):
        run = choose(script, *[str(place)] * len(points))
        assert earned(run) == sum(row[place] for row in points)
        assert best == 0 or 0 <= share(run) <= 1


@pytest.mark.parametrize("change", [{"begins": "2024-03-07T09:00:00Z"}, {"nodes": {}}, {"x": 1}])
def test_a_scenario_that_is_none_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Scenario.model_validate(scenario(GOOD).model_dump() | change)
