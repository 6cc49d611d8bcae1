"""A scenario in line mode: one line a step, the item stays until the run is over."""

import io
import sys

import pytest

from certify.cli import line_mode
from certify.domain.person import CONSOLE
from certify.hooks.registry import Plugins
from certify.i18n import Speaker, use
from certify.platform import Platform
from certify.services import course_sync, sitting
from tests.platforms import actor, read_course
from tests.played import EXAM, played_plugins


@pytest.fixture
def plugins() -> Plugins:
    return played_plugins()


def test_a_whole_run_is_played_by_lines(
    sqlite_platform: Platform,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    course_sync.sync_courses(sqlite_platform, actor=CONSOLE)
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who, "played")
    begun = sitting.start(sqlite_platform, actor=who, exam=EXAM)
    scenario = begun.items[0].shown["scenario"]
    nodes = scenario["nodes"]
    ask = nodes[nodes[scenario["starts"][0]]["reply"]["next"]]["choices"]
    close = nodes[ask[0]["next"]]["choices"] or nodes[ask[1]["next"]]["choices"]

    def number(choices: list[dict[str, dict[str, str]]], text: str) -> str:
        return str(next(n for n, one in enumerate(choices, 1) if one["text"]["en"] == text))

    typed = [
        "Hello, this is Anhe.",
        "9",
        number(ask, "Apologise and record it"),
        number(close, "Hand it to the supervisor"),
        "g 1",
        "s",
        "y",
    ]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(typed) + "\n"))
    use(Speaker("en"))

    assert line_mode.take(sqlite_platform, actor=who, exam=EXAM) == 0

    said = capsys.readouterr().out
    assert said.count("Saved at") == 3
    assert said.index("The phone rings.") < said.index("I want to complain!")
    assert said.index("Type the number of one choice.") < said.index("Ms Zhang complains.")
    assert "Simulated time 03-07 Thu 10:11" in said
    assert "mark 100.00" in said
