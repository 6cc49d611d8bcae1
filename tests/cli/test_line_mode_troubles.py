"""Line mode when things go wrong: the time runs out, the database takes nothing, typing errors."""

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from certify.cli import line_mode
from certify.clock import SetClock
from certify.errors import NotSaved
from certify.i18n import speaking
from certify.platform import Platform
from certify.services import results, sitting
from tests.platforms import actor, read_course

EXAM = "sample-written"
Typed = Iterable[str | Callable[[], str]]


class Typist:
    """A standard input that does something before a line is typed."""

    def __init__(self, typed: Typed) -> None:
        self.typed = iter(typed)

    def readline(self) -> str:
        line = next(self.typed, None)
        if line is None:
            return ""
        return (line if isinstance(line, str) else line()) + "\n"


@pytest.fixture
def sit(
    sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[[Typed], str]]:
    """E1001, who has read the course, sits the exam and types; returns what was printed."""
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)

    def sit_it(typed: Typed) -> str:
        monkeypatch.setattr(sys, "stdin", Typist(typed))
        assert line_mode.take(sqlite_platform, actor=who, exam=EXAM) == 0
        return capsys.readouterr().out

    with speaking("en"):
        yield sit_it


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)


def failing(times: int, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let the next saves fail; returns the sequence numbers that were sent."""
    record, sent = sitting.record_response, []

    def record_response(*args: Any, **facts: Any) -> sitting.Receipt:
        sent.append(facts["sequence"])
        if len(sent) <= times:
            raise NotSaved("the disk is full")
        return record(*args, **facts)

    monkeypatch.setattr(sitting, "record_response", record_response)
    return sent


def test_an_answer_that_was_not_saved_is_sent_again_until_it_is(
    sit: Callable[[Typed], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = failing(2, monkeypatch)

    shown = sit(["", "1", "l"])

    assert sent == [1, 1, 1]
    assert shown.count("Not saved: the disk is full") == 2
    assert shown.index("Not saved") < shown.index("Saved at")
    assert "Answered (1): 1" in shown


def test_a_lasting_failure_asks_the_person_and_never_says_saved(
    sit: Callable[[Typed], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(1000, monkeypatch)

    shown = sit(["", "1", "", "q"])

    assert shown.count("Not saved") == 6
    assert "Saved at" not in shown
    assert "Press Enter to send it again" in shown


def test_when_the_time_is_over_the_exam_is_submitted_as_it_stands(
    sit: Callable[[Typed], str], clock: SetClock
) -> None:
    def too_late() -> str:
        clock.advance(timedelta(minutes=31))
        return "1"

    shown = sit(["", "1", too_late])

    assert shown.count("Saved at") == 1
    assert "The time is over" in shown
    assert "submitted by the deadline" in shown


def test_the_result_of_the_deadline_is_kept(
    sit: Callable[[Typed], str], clock: SetClock, sqlite_platform: Platform
) -> None:
    def too_late() -> str:
        clock.advance(timedelta(hours=2))
        return "s"

    sit(["", "1", too_late])

    [attempt] = results.record(sqlite_platform, actor=actor(sqlite_platform, "E1001")).attempts
    assert attempt.by_deadline
    assert attempt.submitted_at == attempt.started_at + timedelta(minutes=30)


def test_what_is_no_answer_is_explained_and_not_saved(sit: Callable[[Typed], str]) -> None:
    shown = sit(["", "9", "hello", "g x", "g 99", "", "p", "q"])

    assert "Saved at" not in shown
    assert shown.count("h: help.") == 2
    assert "such as g 12" in shown
    assert shown.count("There is no such item.") == 2


def test_an_answer_can_be_taken_back(sit: Callable[[Typed], str]) -> None:
    shown = sit(["", "1", "p", "c", "l", "q"])

    assert shown.count("Saved at") == 2
    assert "Answered (0)" in shown


def test_what_a_course_says_cannot_command_the_terminal(
    sit: Callable[[Typed], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start = sitting.start

    def poisoned(*args: Any, **facts: Any) -> sitting.Sitting:
        begun = start(*args, **facts)
        for item in begun.items:
            item.shown["stem"] = {"en": "stem \x1b[31mred\x07"}
            for choice in item.shown["options"]:
                choice["text"] = {"en": "option \x1b]0;title\x07\nsecond line"}
        return begun

    monkeypatch.setattr(sitting, "start", poisoned)

    shown = sit(["", "1", "q"])

    assert "stem �[31mred�" in shown
    assert "\x1b" not in shown
    assert "\x07" not in shown
