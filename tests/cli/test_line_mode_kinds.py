"""Every item type answered by lines: what is typed, what is a command, what is kept."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from certify.cli import line_mode
from certify.domain.person import CONSOLE
from certify.i18n import _, speaking
from certify.platform import Platform
from certify.services import course_sync, sitting
from certify.services.bank import contents
from certify.storage import attempts
from tests.platforms import COURSES, actor, read_course

EXAM = "kinds-written"


class Terminal:
    """A sitting of the exam with items of every type, begun, at its first item."""

    def __init__(
        self, platform: Platform, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.platform, self.patch, self.capsys = platform, patch, capsys
        platform.plugins.course_folders.append(COURSES / "kinds")
        course_sync.sync_courses(platform, actor=CONSOLE)
        self.who = actor(platform, "E1001")
        read_course(platform, self.who, "kinds")
        self.begun = sitting.start(platform, actor=self.who, exam=EXAM)

    def place(self, kind: str) -> int:
        """Where the first item of a type stands."""
        return next(item.position for item in self.begun.items if item.type == kind)

    def type(self, *lines: str) -> str:
        """Type lines, then close the terminal; what was printed."""
        waiting = iter(lines)
        stdin = type("Typed", (), {"readline": lambda _self: next(waiting, "")})()
        self.patch.setattr(sys, "stdin", stdin)
        assert line_mode.take(self.platform, actor=self.who, exam=EXAM) == 0
        return self.capsys.readouterr().out

    def kept(self, kind: str) -> Any:
        """The answer that is stored for the first item of a type."""
        with self.platform.database.read() as session:
            responses = attempts.latest(session, self.begun.attempt_id)
        found = responses.get(self.place(kind))
        return found.answer if found else None

    def rights(self) -> list[list[str]]:
        """What to type for each item so that it is right; nothing where nothing is typed."""
        with self.platform.database.read() as session:
            from certify.domain.attempt import Attempt

            form = session.get_one(Attempt, self.begun.attempt_id).form
            known = contents(self.platform, session, [int(one["version"]) for one in form])
        typed = []
        for item, place in zip(self.begun.items, form, strict=True):
            found = known[int(place["version"])]
            sample = next(
                one for one in found.type.sample_answers(found.content) if one.kind == "right"
            )
            line = found.type.to_line(item.shown, sample.answer)
            lines = [f"={line}", "."] if found.type.many_lines else [f"={line}"]
            typed.append(["n"] if found.type.is_observed else lines)
        return typed


@pytest.fixture
def terminal(
    sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Terminal]:
    with speaking("en"):
        yield Terminal(sqlite_platform, monkeypatch, capsys)


def test_every_type_is_answered_by_lines_and_only_the_practical_is_left(
    terminal: Terminal,
) -> None:
    lines = [line for typed in terminal.rights() for line in typed]

    shown = terminal.type("g 1\n", *(f"{line}\n" for line in lines), "l\n")

    answered = [item for item in terminal.begun.items if item.type != "practical"]
    assert f"Answered ({len(answered)})" in shown
    assert "Not answered (0)" in shown
    assert _("Type what fills each gap, in their order, with a “;” between.") in " ".join(
        shown.split()
    )


def test_a_lone_letter_is_a_command_and_with_an_equals_sign_an_answer(terminal: Terminal) -> None:
    place = terminal.place("text") + 1

    terminal.type(f"g {place}\n", "f\n")
    assert terminal.kept("text") is None
    terminal.type(f"g {place}\n", "=n\n")
    assert terminal.kept("text") == {"text": "n"}
    terminal.type(f"g {place}\n", "g morning, please hold\n")
    assert terminal.kept("text") == {"text": "g morning, please hold"}
    terminal.type(f"g {place}\n", "c\n")
    assert terminal.kept("text") is None


def test_the_lines_of_an_essay_are_saved_one_by_one_and_commands_are_text_in_it(
    terminal: Terminal,
) -> None:
    place = terminal.place("essay") + 1

    terminal.type(f"g {place}\n", "First I greet.\n", "q\n", "\n", "n\n")

    assert terminal.kept("essay") == {"text": "First I greet.\nq\n\nn"}
    shown = terminal.type(f"g {place}\n", "Anew\n", ".\n", "l\n")
    assert terminal.kept("essay") == {"text": "Anew"}
    assert "Your answer: First I greet." in shown


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("numeric", "twenty-four"),
        ("ordering", "12"),
        ("matching", "1z"),
        ("cloze", "24"),
        ("practical", "done"),
    ],
)
def test_what_is_no_answer_is_explained_and_not_saved(
    terminal: Terminal, kind: str, line: str
) -> None:
    shown = terminal.type(f"g {terminal.place(kind) + 1}\n", f"{line}\n")

    assert "h: help." in shown
    assert "Saved at" not in shown
    assert terminal.kept(kind) is None


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("numeric", "This is too long."),
        ("text", "This is too long."),
        ("ordering", "Type every number once, in the right order."),
    ],
)
def test_a_number_without_end_is_refused_in_words_of_ours_and_ends_nothing(
    terminal: Terminal, kind: str, said: str
) -> None:
    endless = "9" * 5000

    shown = terminal.type(
        f"g {terminal.place(kind) + 1}\n", f"{endless}\n", f"g {endless}\n", "t\n"
    )

    assert said in shown
    assert "There is no such item." in shown
    assert "4300" not in shown, "what Python says of it"
    assert "left, until" in shown, "the sitting goes on"
    assert terminal.kept(kind) is None
