"""What a candidate may see of a scenario: its situations and choices, nothing that judges (G14)."""

from collections.abc import Mapping
from typing import Any

from certify.api import Run, Scenario, Step, begin_run, play, shuffled

OF_NODE = {"who", "title", "text", "shows", "ends"}
OF_ACT = {"takes", "writes", "next"}


def shown_scenario(scenario: Scenario, start: str, seed: str) -> dict[str, Any]:
    """The part of a sealed scenario that a run from a start can come to, its choices shuffled.

    It is a scenario itself, but one without points, feedback, facts, events, limits, fatal errors
    and required words; only what is named here is in it.
    """
    names = sorted(scenario.reachable(start))
    documents = {name for node in names for name in scenario.nodes[node].shows}
    kept = scenario.model_dump(mode="json", include={"title", "begins", "calendar"})
    written = scenario.model_dump(mode="json", include={"documents"})["documents"]
    return {
        **kept,
        "starts": [start],
        "documents": {name: written[name] for name in sorted(documents)},
        "nodes": {name: _shown_node(scenario, name, seed, documents) for name in names},
    }


def _shown_node(scenario: Scenario, name: str, seed: str, documents: set[str]) -> dict[str, Any]:
    node = scenario.nodes[name]
    shown = node.model_dump(mode="json", include=OF_NODE)
    choices = {
        choice.id: choice.model_dump(mode="json", include={"id", "text", *OF_ACT})
        for choice in node.choices
    }
    acts = [choices[code] for code in shuffled(choices, f"{seed}/{name}")]
    shown["choices"] = acts
    if node.reply is not None:
        shown["reply"] = node.reply.model_dump(mode="json", include=OF_ACT)
        acts = [shown["reply"]]
    for act in acts:
        act["writes"] = {key: text for key, text in act["writes"].items() if key in documents}
    return shown


def run_of(shown: Mapping[str, Any], answer: Mapping[str, Any] | None) -> Run:
    """Where a run stands after an answer, from what is shown alone; it holds no points.

    Raises:
        ValueError: the answer does not fit.
    """
    scenario = Scenario.model_validate(shown["scenario"])
    steps = [Step.model_validate(step) for step in answer["steps"]] if answer else []
    return play(scenario, steps) if steps else begin_run(scenario, scenario.starts[0])
