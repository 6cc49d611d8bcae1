"""A whole sitting by lines, on a real pseudo-terminal that can do nothing but lines."""

import io
import re
import signal
import sys
from pathlib import Path

import pexpect
from wcwidth import wcswidth

from certify.i18n import LANGUAGES
from tests.cli.company import EXAM, READY, typed_answers
from tests.cli.conftest import Run, environment

PROMPT = "Answer or command: "


def terminal(home: Path) -> tuple["pexpect.spawn[str]", io.StringIO]:
    """A sitting on a dumb terminal of 80 columns, and all that appears on it."""
    child = pexpect.spawn(
        sys.executable,
        [*f"-m certify --lang en --as {READY} --home {home} exam take {EXAM} --plain".split()],
        env=environment(TERM="dumb"),
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=30,
    )
    seen = io.StringIO()
    child.logfile_read = seen
    return child, seen


def seconds_left(shown: str) -> int:
    minutes, seconds = re.findall(r"(\d+):(\d\d) left", shown)[-1]
    return int(minutes) * 60 + int(seconds)


def say(child: "pexpect.spawn[str]", line: str) -> str:
    """Type a line; returns what stands on the terminal before the next prompt."""
    child.sendline(line)
    child.expect_exact(PROMPT)
    return child.before or ""


def plain(shown: str) -> bool:
    lines = shown.replace("\r", "").split("\n")
    return "\x1b" not in shown and max(wcswidth(line) for line in lines) <= 80


def test_an_exam_is_sat_from_the_rules_to_the_certificate_and_survives_kill_9(
    company: Path,
) -> None:
    child, first = terminal(company)
    child.expect_exact("q: leave.")
    assert "pass mark 85" in first.getvalue()
    say(child, "")
    answers = typed_answers(company, wrong=5)
    item_1 = say(child, "g 1")
    for number, typed in enumerate(answers[:17], start=1):
        shown = say(child, typed)
        assert "Saved at" in shown
        assert f"Item {number + 1} of 40" in shown
    assert "flagged" in say(child, "f")
    before = seconds_left(say(child, "t"))
    child.kill(signal.SIGKILL)
    child.wait()

    child, second = terminal(company)
    child.expect_exact(PROMPT)
    assert "You go on with the exam" in second.getvalue()
    assert "Item 18 of 40" in second.getvalue()
    assert "This item is flagged." in second.getvalue()
    assert before - 60 < seconds_left(second.getvalue()) <= before
    assert _question(say(child, "g 1")) == _question(item_1)
    assert "Answered (17): 1–17" in say(child, "l")
    say(child, "g 18")
    for typed in answers[17:-1]:
        assert "Saved at" in say(child, typed)
    child.sendline("s")
    child.expect_exact("1 item is not answered: 40")
    child.expect_exact("n: go on. ")
    say(child, "n")
    assert "This was the last item" in say(child, answers[-1])
    child.sendline("s")
    child.expect_exact("n: go on. ")
    child.sendline("y")
    child.expect(pexpect.EOF)
    child.wait()

    assert child.exitstatus == 0
    shown = second.getvalue()
    assert "mark 87.50, passed (pass mark 85)" in shown
    assert re.search(r"certificate\s+PQ-\d{4}-\d{6}-\d, valid to \d{4}-\d\d-\d\d", shown)
    assert "Level L1" not in shown  # on-site practice is still to come
    assert plain(first.getvalue())
    assert plain(shown)


def _question(shown: str) -> list[str]:
    """Stem and options, without echo, time and the answer given."""
    lines = [line.strip() for line in shown.replace("\r", "").split("\n")]
    begin = next(place for place, line in enumerate(lines) if line.startswith("Item 1 "))
    return [line for line in lines[begin + 1 :] if line and not line.startswith("Your answer")]


def test_a_closed_terminal_loses_nothing_and_ends_with_0(company: Path, quick: Run) -> None:
    options = ("--lang", "en", "--as", READY, "--home", company)

    closed = quick(*options, "exam", "take", EXAM, "--plain", stdin="\n1\n1\n")
    listed = quick(*options, "attempt", "list")
    again = quick(*options, "exam", "take", EXAM, "--plain", stdin="l\nq\n")

    assert (closed.returncode, again.returncode) == (0, 0)
    assert "Nothing is lost" in closed.stdout
    assert "in progress" in listed.stdout
    assert "Answered (2): 1–2" in again.stdout


def test_leaving_before_the_beginning_begins_nothing(company: Path, quick: Run) -> None:
    options = ("--lang", "en", "--as", READY, "--home", company)

    left = quick(*options, "exam", "take", EXAM, "--plain", stdin="q\n")

    assert "Nothing has begun" in left.stdout
    assert "No attempt yet" in quick(*options, "attempt", "list").stdout


def test_a_sitting_taken_over_elsewhere_can_write_nothing_more(company: Path, quick: Run) -> None:
    child, _seen = terminal(company)
    child.expect_exact("q: leave.")
    say(child, "")
    options = ("--lang", "en", "--as", READY, "--home", company)
    quick(*options, "exam", "take", EXAM, "--plain", stdin="q\n")

    child.sendline("1")
    child.expect_exact("continued on another terminal")
    child.expect(pexpect.EOF)
    child.wait()

    assert child.exitstatus == 1


def test_whoever_may_not_sit_an_exam_hears_every_reason(company: Path, quick: Run) -> None:
    result = quick(
        "--lang", "en", "--home", company, "--as", "001002", "exam", "take", EXAM, "--plain"
    )

    assert result.returncode == 1
    assert "Finish all lessons" in result.stderr


def test_lines_stay_within_80_cells_in_every_language(company: Path, quick: Run) -> None:
    for language in LANGUAGES:
        options = ("--lang", language, "--as", READY, "--home", company)

        shown = quick(
            *options, "exam", "take", EXAM, "--plain", stdin="\nn\nn\nn\nn\nl\nh\nq\n"
        ).stdout

        # In a pipe nobody types, so that prompts and what follows them share a line.
        lines = [line for line in shown.split("\n") if not re.match(r".*[:：。.] ", line)]
        assert len(lines) > 20
        assert max(wcswidth(line) for line in lines) <= 80
