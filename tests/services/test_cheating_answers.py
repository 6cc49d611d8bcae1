"""Answers that nobody means honestly: kept or refused at once, and harmless wherever shown."""

import json
import time
from typing import Any

import pytest

from certify.domain.clean import FORBIDDEN
from certify.domain.person import CONSOLE, Actor
from certify.errors import BadInput
from certify.platform import Platform
from certify.services import course_sync
from tests.platforms import COURSES, actor, read_course
from tests.services.steps import Terminal, begin, check_books, stored_responses

QUICK = 1.0
"""Seconds; a hostile answer takes no more, also where the machine is busy (0.2 when it is not)."""
LONG = "9" * 1_000_000
EVIL = "\x1b[31m\x1b]0;x\x07\u202e\u2066a\x00\x9b31m"


def deep(levels: int) -> Any:
    found: Any = "x"
    for _level in range(levels):
        found = {"text": [found]}
    return found


HOSTILE: dict[str, Any] = {
    "a megabyte": LONG,
    "control characters": EVIL,
    "a megabyte of them": EVIL * 50_000,
    "an exponent": "1e999999",
    "many digits": "1" * 500,
    "a number too large to write": 10**5000,
    "not a number": float("nan"),
    "endless": float("inf"),
    "nothing": None,
    "a lone surrogate": "\ud800",
    "other digits": "１２٣४",
    "deep": deep(500),
    "too deep": deep(100_000),
    "a list of everything": ["a", "a", "b", "c"] * 100_000,
    "a map": {str(number): "a" for number in range(100_000)},
    "bytes": b"a",
    "true": True,
}
SHAPES = ("text", "chosen", "order", "pairs", "gaps", "steps", "else")


def shaped(value: Any) -> list[Any]:
    """A value in every place in which an answer of some type could have it."""
    made: list[Any] = [{shape: value} for shape in SHAPES]
    made += [{shape: [value]} for shape in ("chosen", "order", "gaps")]
    made += [{"pairs": {"1": value}}, {"steps": [{"node": "n1", "text": value}]}]
    made += [{"steps": [{"node": "n1", "choice": value}] * 300}, value]
    return made


@pytest.fixture
def sat(sqlite_platform: Platform) -> Terminal:
    """An open attempt with items of every type but scenarios."""
    sqlite_platform.plugins.course_folders.append(COURSES / "kinds")
    course_sync.sync_courses(sqlite_platform, actor=CONSOLE)
    who: Actor = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who, "kinds")
    return begin(sqlite_platform, who, "kinds-written")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_answer_is_refused_or_kept_at_once_and_holds_no_control_character(
    sat: Terminal, name: str
) -> None:
    told = [""]
    firsts = {item.type: item.position for item in reversed(sat.sitting.items)}
    for kind, position in firsts.items():
        for answer in shaped(HOSTILE[name]):
            began = time.perf_counter()
            try:
                sat.respond(position, answer)
            except BadInput as refused:
                told.append(str(refused))
            took = time.perf_counter() - began
            assert took < QUICK, (kind, str(answer)[:60], took)
    assert max(map(len, told)) < 200
    for response in stored_responses(sat.platform, sat.sitting.attempt_id):
        text = json.dumps(response.answer, ensure_ascii=False)
        assert not FORBIDDEN.search(text), text[:200]
        assert len(text) < 20_000
    check_books(sat.platform)
    sat.submit()
    check_books(sat.platform)
