"""A step of a scenario is final: only going on is saved, whatever a terminal sends."""

import pytest

from certify.domain.person import CONSOLE
from certify.errors import BadInput
from certify.hooks.registry import Plugins
from certify.platform import Platform
from certify.services import course_sync, sitting
from tests.platforms import actor, read_course
from tests.played import EXAM, played_plugins


@pytest.fixture
def plugins() -> Plugins:
    return played_plugins()


def test_a_step_that_was_taken_is_neither_taken_back_nor_changed(platform: Platform) -> None:
    course_sync.sync_courses(platform, actor=CONSOLE)
    who = actor(platform, "E1001")
    read_course(platform, who, "played")
    begun = sitting.start(platform, actor=who, exam=EXAM)
    scenario = begun.items[0].shown["scenario"]
    [start] = scenario["starts"]
    ask = scenario["nodes"][start]["reply"]["next"]
    choices = [choice["id"] for choice in scenario["nodes"][ask]["choices"]]
    hello = {"node": start, "choice": None, "text": "您好"}
    steps = [hello, {"node": ask, "choice": choices[0], "text": None}]
    sent = begun.sequence

    def send(answer: object) -> None:
        nonlocal sent
        sitting.record_response(
            platform,
            actor=who,
            attempt_id=begun.attempt_id,
            fence=begun.fence,
            sequence=sent + 1,
            position=0,
            answer=answer,  # type: ignore[arg-type]
            flagged=False,
        )
        sent += 1

    send({"steps": steps[:1]})
    send({"steps": steps})
    for other in (
        None,
        {"steps": steps[:1]},
        {"steps": [{**hello, "text": "安和"}, steps[1]]},
        {"steps": [hello, {"node": ask, "choice": choices[1], "text": None}]},
    ):
        with pytest.raises(BadInput):
            send(other)

    again = sitting.start(platform, actor=who, exam=EXAM)
    assert again.items[0].answer == {"steps": steps}
    assert again.sequence == begun.sequence + 2
