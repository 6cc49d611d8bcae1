"""The question type `scenario`: a service dialogue in which every step counts (R-SIM-01…09)."""

from typing import Any

from certify.api import QuestionType, hookimpl
from certify_scenario.scenario import PlayedScenario


@hookimpl
def certify_register_question_types() -> list[QuestionType[Any, Any]]:
    return [PlayedScenario()]


@hookimpl
def certify_register_question_widgets() -> dict[str, type[Any]]:
    from certify_scenario.widget import ScenarioPlayer

    return {"scenario": ScenarioPlayer}
