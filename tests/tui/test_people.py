"""The people list and what HR does with it."""

from datetime import date
from pathlib import Path

import pytest

from certify.domain.person import Role
from certify.platform import Platform
from certify.services import learning, people
from certify.services.access import entering
from certify.tui.screens.people import PeopleScreen
from certify.tui.screens.people_import import PeopleImportScreen
from certify.tui.screens.person_card import PersonCardScreen
from certify.tui.screens.record import RecordScreen
from tests.platforms import actor
from tests.tui.conftest import Show, screen_text, settle, type_text, until


async def test_hr_finds_a_person_and_opens_their_record(show: Show) -> None:
    async with show("H0001", PeopleScreen, lang="en") as pilot:
        assert "5 people" in screen_text(pilot)
        await pilot.press("slash")
        await type_text(pilot, "李")
        await until(pilot, "1 person")
        await settle(pilot)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PersonCardScreen)
        await pilot.press("r")
        await settle(pilot)
        assert isinstance(pilot.app.screen, RecordScreen)
        assert "Record of 李雷 E1002" in screen_text(pilot)


async def test_an_administrator_may_not_assign_a_course_so_the_key_is_not_there(
    show: Show, sqlite_platform: Platform
) -> None:
    sign_in_as = actor(sqlite_platform, "0001")
    people.add_person(
        sqlite_platform,
        actor=sign_in_as,
        staff_no="A0001",
        name="管理",
        department="CS",
        post="agent",
        hired_on=date(2024, 3, 4),
        roles=frozenset({Role.ADMINISTRATOR}),
    )
    async with show("A0001", PeopleScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "Start code" in text
        assert "Assign course" not in text


async def test_a_learner_cannot_open_the_list_by_any_way(show: Show) -> None:
    async with show("E1001", PeopleScreen, lang="en") as pilot:
        text = await until(pilot, "You may not see the people list.")
        assert "李雷" not in text


async def test_a_start_code_is_shown_once_and_works(show: Show, sqlite_platform: Platform) -> None:
    async with show("H0001", PeopleScreen, lang="en") as pilot:
        await pilot.press("slash", *"E1001")
        await until(pilot, "1 person")
        await settle(pilot)
        await pilot.press("enter", "c", "y")
        text = await until(pilot, "It is shown only now")
        code = next(word for word in text.split() if word.count("-") == 2 and len(word) == 14)
        await pilot.press("enter")
        await settle(pilot)
        assert code not in screen_text(pilot)
    found = entering.enter(sqlite_platform, staff_no="E1001", password=code, address="")
    assert found.must_change


async def test_a_course_is_assigned_with_its_day(show: Show, sqlite_platform: Platform) -> None:
    async with show("H0001", PeopleScreen, lang="en") as pilot:
        await pilot.press("slash", *"E1001")
        await until(pilot, "1 person")
        await settle(pilot)
        await pilot.press("enter", "a")
        await until(pilot, "Assign a course")
        await settle(pilot)
        await pilot.press("enter", "end", "ctrl+u", *"tomorrow", "enter")
        await until(pilot, "Write the day as year-month-day")
        await pilot.press("ctrl+u", *"2024-05-01", "enter")
        await until(pilot, "✓ 王小兰 has the course “Sample course” now.")
    learner = actor(sqlite_platform, "E1001")
    course = learning.course_view(sqlite_platform, actor=learner, course="sample")
    assert str(course.due_on) == "2024-05-01"


async def test_a_new_person_is_added_and_a_taken_number_is_refused_in_place(show: Show) -> None:
    async with show("H0001", PeopleScreen, lang="en") as pilot:
        await pilot.press("n")
        await until(pilot, "New person")
        await settle(pilot)
        await pilot.press(*"E1001", "enter")
        await type_text(pilot, "新人")
        await pilot.press(*["enter"] * 6)
        await until(pilot, "“E1001” is taken.")

        await pilot.press(*["up"] * 6, "ctrl+u", *"E2001", *["enter"] * 7)
        await until(pilot, "6 people")
        assert "新人" in screen_text(pilot)


async def test_an_import_is_looked_at_first_and_names_every_bad_cell(
    show: Show, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        "工号,姓名,部门,岗位,入职日期\nE3001,[/x],客服部,客服专员,2024-03-01\n"
        "E3002,李四,没有的部门,客服专员,2024-03-01\n",
        encoding="utf-8",
    )
    async with show("H0001", lambda: PeopleImportScreen(file), lang="en") as pilot:
        text = screen_text(pilot)
        assert "没有的部门" in text
        assert "2 rows = 1 new + 0 changed + 0 as before + 1 refused" in text
        assert "Take over" not in text

        file.write_text(file.read_text("utf-8").replace("没有的部门", "客服部"), encoding="utf-8")
        await pilot.press("r")
        await until(pilot, "Nothing is wrong.")
        await pilot.press("a")
        await until(pilot, "2 people are added and 0 changed.")
        await pilot.press("y")
        await until(pilot, "✓ Done.")


async def test_a_file_that_is_not_there_is_said_and_leads_back(show: Show) -> None:
    async with show("H0001", PeopleScreen, lang="en") as pilot:
        await pilot.press("i")
        await until(pilot, "Import people")
        await settle(pilot)
        await type_text(pilot, "/nowhere/people.csv")
        await pilot.press("enter")
        await until(pilot, "This did not work")
        await pilot.press("enter")
        await until(pilot, "5 people")
        assert isinstance(pilot.app.screen, PeopleScreen)


async def test_of_very_many_people_the_first_are_shown_and_the_rest_counted(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PeopleScreen, "AT_MOST", 3)
    async with show("H0001", PeopleScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "… and 2 more: / searches" in text
        assert "5 people" in text
