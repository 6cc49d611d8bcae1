"""`certify course new` on a terminal: a bad answer is asked again, and none is lost."""

import tomllib
from pathlib import Path

import pytest

from certify.cli import ask as asking
from certify.cli import course_new
from certify.i18n import _
from tests.cli.conftest import Run


@pytest.fixture
def typed(quick: Run, company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Typed":
    """Types lines at a terminal."""
    monkeypatch.setattr(asking, "can_ask", lambda: True)
    monkeypatch.setattr(course_new, "can_ask", lambda: True)
    return Typed(quick, company)


class Typed:
    """A person at `certify course new`."""

    def __init__(self, quick: Run, home: Path) -> None:
        self.quick = quick
        self.home = home

    def __call__(self, *lines: str) -> tuple[str, str]:
        """The lines typed; returns what stands on the screen and in the error stream."""
        stdin = "".join(f"{line}\n" for line in lines)
        done = self.quick("--home", self.home, "course", "new", stdin=stdin)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout, done.stderr

    def course(self, code: str) -> dict[str, object]:
        """The file of a course that was made."""
        path = self.home / "courses" / code / "course.toml"
        return tomllib.loads(path.read_text(encoding="utf-8"))


def test_every_bad_answer_is_asked_again_at_once(typed: Typed) -> None:
    _out, told = typed(
        *("  ", "投诉升级", "", "9", "专项", "3", "；", "投诉受理", "投诉课", "Tou su", "tousu")
    )

    assert typed.course("tousu")["kind"] == "special"
    for told_once in (
        _("“{answer}” is none of these.").format(answer="9"),
        _("“{answer}” is none of these.").format(answer="专项"),
        _("“{code}” is no code of a course.").format(code="投诉课"),
        _("“{code}” is no code of a course.").format(code="Tou su"),
    ):
        assert told.count(told_once) == 1
    assert told.count(_("This cannot stay empty.")) == 2


def test_a_kind_can_be_named_and_a_code_is_proposed_that_is_free(typed: Typed) -> None:
    for _time in range(2):
        typed("投诉升级", "", _("Special training"), "投诉受理", "")

    assert typed.course("course-1")["kind"] == typed.course("course-2")["kind"] == "special"


def test_a_code_that_is_taken_is_asked_again(typed: Typed) -> None:
    typed("投诉升级", "", "2", "投诉受理", "tousu")
    _out, told = typed("投诉升级", "", "2", "投诉受理", "tousu", "tousu-2")

    assert _("There is something already.") in told
    assert typed.course("tousu-2")["code"] == "tousu-2"


def test_topics_are_told_apart_as_people_write_them(typed: Typed) -> None:
    typed("投诉升级", "", "2", "受理、退款/退货，回访,升级/Escalation", "one")
    typed("投诉升级", "", "2", "受理、登记；退款", "two")

    assert [topic["zh"] for topic in typed.course("one")["topics"]] == [  # type: ignore[attr-defined]
        *("受理", "退款/退货", "回访", "升级")
    ]
    assert [topic["zh"] for topic in typed.course("two")["topics"]] == [  # type: ignore[attr-defined]
        *("受理、登记", "退款")
    ]
