"""`certify exam mark` and `certify person guide`: the marking by lines of text."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from certify.paths import Home
from certify.platform import open_platform
from certify.settings import Settings
from tests.cli.conftest import Run
from tests.platforms import COURSES, actor, read_course
from tests.services.marking_steps import hand_in

CANDIDATE, OTHER = "001012", "001014"


@pytest.fixture
def marked(company: Path, quick: Run) -> Path:
    """The ready-made company with an examiner, and an essay that waits."""
    shutil.copytree(COURSES / "marked", company / "courses" / "marked")
    Home(company).policy.write_text("[review]\nown_courses = false\n", encoding="utf-8")
    assert quick("--home", company, "course", "sync").returncode == 0
    added = quick(
        *("--home", company, "person", "add", "X0001", "--name", "考评甲", "--department", "CS"),
        *("--post", "agent", "--hired-on", "2020-01-01", "--role", "examiner"),
    )
    assert added.returncode == 0, added.stderr
    platform = open_platform(Settings(home=Home(company), lang="en"))
    try:
        for staff_no in (CANDIDATE, OTHER):
            read_course(platform, actor(platform, staff_no), "marked")
        hand_in(platform, actor(platform, CANDIDATE), essays=1, single=False)
    finally:
        platform.close()
    return company


def waiting(quick: Run, home: Path) -> list[dict[str, Any]]:
    """What the examiner may mark of the course brought along, as programs read it."""
    result = quick("--home", home, "--as", "X0001", "exam", "mark", "--json")
    assert result.returncode == 0, result.stderr
    return [one for one in json.loads(result.stdout) if one["exam"].startswith("marked-")]


def test_an_essay_is_listed_by_its_code_marked_by_lines_and_gone(marked: Path, quick: Run) -> None:
    (one,) = waiting(quick, marked)
    assert one["candidate"] == ""
    run = ("--home", marked, "--lang", "en", "--as", "X0001", "exam", "mark")
    listed = quick(*run).stdout
    assert one["code"] in listed
    assert CANDIDATE not in listed

    many = one["task"]["zh"].startswith("客户的冰箱")
    typed = "9\n3\n\n4.5\ntoo late\ny\n" if many else "11\n3\n\ny\n"
    result = quick(*run, "--attempt", one["code"].lower(), stdin=typed)
    assert result.returncode == 0, result.stderr
    assert "Points lie between 0 and" in result.stdout
    assert "The attempt has its result now." in result.stdout
    assert waiting(quick, marked) == []
    assert one["code"] not in quick(*run).stdout


def test_without_a_yes_or_with_the_input_ended_nothing_is_kept(marked: Path, quick: Run) -> None:
    (one,) = waiting(quick, marked)
    run = ("--home", marked, "--lang", "en", "--as", "X0001", "exam", "mark", "--attempt")
    ended = quick(*run, one["code"], stdin="1\n")
    assert ended.returncode == 130
    assert "Nothing was kept." in ended.stdout
    assert "Nothing was kept." in quick(*run, one["code"], stdin="1\n\n1\n\nn\n").stdout
    assert waiting(quick, marked) == [one]
    refused = quick(*run, "NONE-SUCH")
    assert refused.returncode == 1
    assert "No answer “NONE-SUCH” waits to be marked." in refused.stderr


def test_a_practical_is_opened_for_a_person_and_agreement_has_too_few(
    marked: Path, quick: Run
) -> None:
    run = ("--home", marked, "--lang", "en", "--as", "X0001", "exam", "mark")
    opened = quick(*run, "--exam", "marked-practical", "--practical", OTHER)
    assert opened.returncode == 0, opened.stderr
    assert "certify exam mark --attempt CODE" in opened.stderr
    assert opened.stdout.strip() in [one["code"] for one in waiting(quick, marked)]
    assert quick(*run, "--practical", OTHER).returncode == 2
    assert "too few for figures (from 20)" in quick(*run, "--agreement").stdout
    found = json.loads(quick(*run, "--agreement", "--json").stdout)
    assert (found["n"], found["is_enough"], found["kappa"]) == (0, False, None)


def test_a_guide_is_appointed_listed_and_marks_nothing(marked: Path, quick: Run) -> None:
    run = ("--home", marked, "--lang", "en", "person", "guide", CANDIDATE)
    assert "Nobody guides this person." in quick(*run).stdout
    assert "X0001" in quick(*run, "X0001", "--from", "2024-01-01").stdout
    assert waiting(quick, marked) == []
    shown = quick("--home", marked, "--lang", "en", "--as", "X0001", "exam", "mark").stdout
    assert "1 more waits which somebody else must mark" in shown
    ended = quick(*run, "X0001", "--end", "--last-day", "2024-01-31", "--json")
    assert json.loads(ended.stdout)[0]["to_day"] == "2024-01-31"
    assert quick(*run, "X0001", "--end").returncode == 1
