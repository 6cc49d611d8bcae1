"""Small scenarios for tests, written as few words as possible."""

from datetime import datetime
from typing import Any

from certify.domain.scenario import Scenario
from certify.domain.scenario_run import Run, Step, begin, take

NINE = datetime.fromisoformat("2024-03-07T09:00")
"""Thursday."""


def words(text: str) -> dict[str, str]:
    """A text in both languages."""
    return {"zh": f"{text} 中", "en": f"{text} en"}


def choice(text: str, following: str, points: int = 0, **more: Any) -> dict[str, Any]:
    """A choice with its feedback."""
    told = {"text": words(text), "feedback": words(f"on {text}"), "next": following}
    return told | {"points": points} | more


def scenario(nodes: dict[str, Any], **more: Any) -> Scenario:
    """A scenario whose nodes are given as lists of choices; `end` is there."""
    told = {
        name: node if isinstance(node, dict) else {"text": words(name), "choices": node}
        for name, node in nodes.items()
    }
    return Scenario.model_validate(
        {
            "title": words("title"),
            "begins": NINE,
            "starts": [next(iter(nodes))],
            "nodes": told | {"end": {"text": words("end"), "ends": True}},
        }
        | more
    )


def choose(script: Scenario, *texts: str) -> Run:
    """The run of a sealed scenario in which the choices with these texts are taken."""
    run = begin(script, script.starts[0])
    for text in texts:
        found = next(one for one in run.node.choices if one.text["en"] == f"{text} en")
        run = take(run, Step(node=run.at, choice=found.id))
    return run
