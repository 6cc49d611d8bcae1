"""The ready-made company: the same every time, sound, and its story told in a pipe."""

import json
import re
import sqlite3
import tomllib
from datetime import date
from pathlib import Path

import pytest

from certify.paths import Home
from certify.platform import open_platform
from certify.services import (
    accommodations,
    cohorts,
    correcting,
    demo_answers,
    escalation,
    hall_board,
    home,
    item_stats,
    lobby,
    marking,
    practical,
    remarking,
    sign_in,
)
from certify.settings import Settings
from tests.cli.conftest import Run


def test_it_has_forty_people_with_leading_zeros_in_three_departments_and_head_office(
    made_company: Path, quick: Run
) -> None:
    people = json.loads(quick("--home", made_company, "person", "list", "--json").stdout)

    assert len(people) == 40
    assert {person["department_code"] for person in people} == {"D00", "CS", "TEC", "AFS"}
    assert all(re.fullmatch(r"00\d{4}", person["staff_no"]) for person in people)
    assert all(person["supervisor"] or person["roles"] for person in people)
    roles = [role for person in people for role in person["roles"]]
    assert roles.count("administrator") == 1
    wanted = {"hr", "trainer", "examiner", "supervisor", "guide", "inspector", "evaluator"}
    assert wanted <= set(roles)


def test_its_history_has_every_state_a_screen_must_show(made_company: Path) -> None:
    platform = open_platform(Settings(home=Home(made_company), lang="en"))
    try:

        def door(staff_no: str) -> lobby.LobbyView:
            who = sign_in.act_as(platform, staff_no=staff_no)
            return lobby.lobby(platform, actor=who, exam="foundations-written")

        def page(staff_no: str) -> home.HomeView:
            return home.home(platform, actor=sign_in.act_as(platform, staff_no=staff_no))

        assert door("001001").blockers == ()
        assert door("001001").attempts_made == 0
        assert door("003001").remedial is not None
        assert door("001017").attempts_made == 2
        [course] = page("001002").due
        assert course.course.finished == 3
        assert page("001012").due[0].is_overdue
        assert page("001013").expiring
        assert page("001015").held
        assert [one.code for one in page("001011").held] == ["L2"], "the post qualification ran out"
    finally:
        platform.close()


def test_everybody_with_a_role_has_something_waiting(made_company: Path) -> None:
    platform = open_platform(Settings(home=Home(made_company), lang="en"))
    try:
        examiner, trainer, hr = (
            sign_in.act_as(platform, staff_no=one) for one in ("002009", "000004", "000002")
        )
        rounds = [one.round for one in marking.queue(platform, actor=examiner).answers]
        assert sorted(rounds) == [1, 2]
        queue = marking.queue(platform, actor=trainer)
        assert [one.round for one in queue.answers] == [1]
        assert queue.barred == 1, "who marked first does not mark again"
        assert len(practical.practical_exams(platform, actor=examiner)) == 1

        [correction] = correcting.corrections(platform, actor=hr)
        assert correction.is_open
        assert correcting.look(platform, actor=hr, number=correction.id)
        [request] = remarking.requests(platform, actor=hr)
        assert request.granted is None

        hall, this_term, case, last_term = cohorts.listed(platform, actor=hr)
        board = hall_board.board(platform, actor=hr, cohort_id=hall.id)
        assert [one.state.value for one in board.candidates] == [
            "sitting",
            "paused",
            "sitting",
            "admitted",
            "waiting",
            "excused",
        ]
        assert board.candidates[0].connection is hall_board.Connection.LOST
        assert last_term.is_over
        assert last_term.rate == "75.00"
        assert (this_term.is_open, case.is_open, case.awaiting) == (True, True, 2)
        [granted] = accommodations.listed(platform, actor=hr)
        assert (granted.staff_no, granted.time_factor, granted.in_force) == ("001002", "3/2", True)
        overdue = escalation.follow_up(platform, actor=hr).overdue
        assert [one.staff_no for one in overdue] == ["003008"]
        exams = item_stats.exams(platform, actor=trainer)
        assert next(one.n for one in exams if one.exam == "foundations-written") >= 8
    finally:
        platform.close()


def test_somebody_is_sitting_an_exam_when_it_begins(company: Path, quick: Run) -> None:
    shown = quick("--home", company, "--as", "000002", "attempt", "open", "--json")

    found = {one["staff_no"]: one for one in json.loads(shown.stdout)["candidates"]}
    assert set(found) == {"001018", "001011", "001013", "001014"}
    sitting = found["001018"]
    assert sitting["answered"] == 16
    assert sitting["last_saved"] < json.loads(shown.stdout)["now"]


def test_an_examiner_can_open_the_practical_exam_for_somebody(company: Path) -> None:
    platform = open_platform(Settings(home=Home(company), lang="en"))
    try:
        examiner = sign_in.act_as(platform, staff_no="002009")
        tasks = practical.open_practical(
            platform, actor=examiner, exam="home-visit-practical", staff_no="003008"
        )
        assert len(tasks) == 3
    finally:
        platform.close()


def test_a_process_with_two_parts_was_passed_in_both(made_company: Path, quick: Run) -> None:
    lines = quick("--home", made_company, "qualification", "list", "--json").stdout
    rows = json.loads(lines)["rows"]

    assert ("003004", "上门维修") in {(one["staff_no"], one["process"]["zh"]) for one in rows}
    attempts = quick("--home", made_company, "--as", "003004", "attempt", "list", "--json").stdout
    exams = {one["exam"] for one in json.loads(attempts)}
    assert {"home-visit-written", "home-visit-practical"} <= exams


def test_there_is_a_text_for_every_essay(made_company: Path) -> None:
    written = tomllib.loads(demo_answers.ESSAYS.read_text(encoding="utf-8"))
    bank = Path("courses/in-service-complaint-handling/items/cases.md").read_text(encoding="utf-8")

    assert set(written) == set(re.findall(r"^## (\S+) ", bank, re.MULTILINE))
    assert all({"good", "weak"} == set(texts) for texts in written.values())


def test_its_history_never_goes_back_in_time(made_company: Path) -> None:
    with sqlite3.connect(made_company / "certify.db") as connection:
        moments = [row[0] for row in connection.execute("SELECT at FROM ledgerentry ORDER BY 1")]
        in_order = [
            row[0] for row in connection.execute("SELECT at FROM ledgerentry ORDER BY sequence")
        ]
    connection.close()

    assert in_order == moments
    assert len(moments) > 200


def test_its_chains_hold(made_company: Path, quick: Run) -> None:
    assert quick("--home", made_company, "ledger", "verify").returncode == 0
    assert quick("--home", made_company, "db", "check").returncode == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_in_a_pipe_it_tells_the_main_story_and_leaves_nothing_behind(
    run: Run, language: str, tmp_path: Path
) -> None:
    result = run("--lang", language, "demo", TMPDIR=str(tmp_path))

    assert result.returncode == 0, result.stderr
    story = result.stdout
    assert "87.50" in story
    assert re.search(r"PQ-\d{4}-\d{6}-\d", story)
    assert re.search(r"L1.*[(（].+[)）]", story.replace("\n  ", " ")), "what L1 still takes"
    assert re.search(r"^001001 .* L0 ", story, re.MULTILINE), "a trainee until then"
    today = date.today()  # noqa: DTZ011
    assert str(today.year + 1) in story
    assert re.search(r"^001001 +王小兰", story, re.MULTILINE)
    title, other = ("客户接待", "Customer reception")[:: 1 if language == "zh" else -1]
    assert re.search(rf"^\S.* {title}$", story, re.MULTILINE)
    assert other not in story
    assert "customer-reception" not in story
    assert len(re.findall(r"^  \S.*PQ-\d{4}-\d{6}-\d.* \d{4}-\d\d-\d\d$", story, re.M)) == 1
    assert list(tmp_path.iterdir()) == []


def test_making_it_again_in_the_same_home_keeps_it(company: Path, quick: Run) -> None:
    again = quick("--lang", "en", "demo", "--home", company, "--seed-only")

    assert again.returncode == 0
    assert again.stdout.strip() == str(company)


def test_it_does_not_touch_a_home_that_belongs_to_somebody(company: Path, quick: Run) -> None:
    with sqlite3.connect(company / "certify.db") as connection:
        connection.execute("UPDATE organisation SET demo = 0")
    connection.close()

    result = quick("--lang", "en", "demo", "--home", company)

    assert result.returncode == 1
    assert "another company" in result.stderr
