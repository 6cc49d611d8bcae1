"""The page on scenario files shows a scenario that works."""

import tomllib

from certify.domain.scenario import Scenario
from certify.domain.scenario_check import faults
from tests.docs.pages import DOCS, blocks

PAGE = (DOCS / "reference" / "scenario-format.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_is_a_scenario_without_a_fault() -> None:
    [example] = [block.body for block in blocks(PAGE) if block.language == "toml"]

    assert faults(Scenario.model_validate(tomllib.loads(example))) == []
