"""The history of one person: what HR changes there, and what stands there in both languages."""

from datetime import date
from pathlib import Path

import pytest

from certify.domain.person import CONSOLE
from certify.i18n import _
from certify.platform import Platform
from certify.services import learning, onboarding
from certify.services.placing import absences, history, owners, refusals
from certify.tui.screens.development import DevelopmentScreen
from certify.tui.screens.people import PeopleScreen
from certify.tui.screens.people_import import PeopleImportScreen
from certify.tui.screens.person_history import PersonHistoryScreen
from certify.tui.screens.record import RecordScreen
from tests.platforms import actor
from tests.services.learning_steps import appoint
from tests.tui.conftest import Show, screen_text, settle, type_text, until


def e1001() -> PersonHistoryScreen:
    return PersonHistoryScreen("E1001")


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_history_opens_from_the_people_list(show: Show, lang: str) -> None:
    async with show("H0001", PeopleScreen, lang=lang) as pilot:
        await pilot.press("slash", *"E1001")
        await settle(pilot)
        await pilot.press("enter", "h")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PersonHistoryScreen)
        text = screen_text(pilot)
        assert "王小兰 E1001" in text
        assert "2024-03-04 –" in text
        assert _("No absence is on record.") in text
        assert max(len(line.rstrip()) for line in text.splitlines()) <= 80


async def test_hr_changes_the_department_from_an_earlier_day(
    show: Show, sqlite_platform: Platform
) -> None:
    async with show("H0001", e1001, lang="en") as pilot:
        await pilot.press("e")
        await until(pilot, "Change a person")
        await settle(pilot)
        await type_text(pilot, "王小蓝")
        await pilot.press("enter", "right", "right", *["enter"] * 4, *"2024-03-05", "enter")
        await until(pilot, "2024-03-05 is still to come.")
        await pilot.press("ctrl+u", *"2024-03-04", "enter")
        await until(pilot, "✓ 王小蓝 E1001: changed from 2024-03-04 on: department, name.")
    [now] = history.history(sqlite_platform, actor=CONSOLE, staff_no="E1001").placements
    assert (now.name, now.department["en"]) == ("王小蓝", "Head office")


async def test_a_change_tells_what_is_to_be_seen_to(show: Show) -> None:
    async with show("H0001", lambda: PersonHistoryScreen("S0001"), lang="en") as pilot:
        await pilot.press("e")
        await until(pilot, "Change a person")
        await settle(pilot)
        await pilot.press(*["enter"] * 4, "right", "right", *["enter"] * 2)
        text = await until(pilot, "! Give these people another supervisor: E1001 王小兰,")
        assert "E1002 李雷." in text
        await pilot.press("enter")
        await until(pilot, "✓ 主管 S0001: changed from 2024-03-04 on: status.")


async def test_an_absence_is_recorded_and_taken_back(show: Show, sqlite_platform: Platform) -> None:
    async with show("S0001", e1001, lang="en") as pilot:
        assert "Training owner" not in screen_text(pilot)
        await pilot.press("a")
        await until(pilot, "Last day")
        await settle(pilot)
        await pilot.press("ctrl+u", *"2024-03-11", "enter", "ctrl+u", *"2024-03-15", "enter")
        await type_text(pilot, "年假")
        await pilot.press("enter")
        await until(pilot, "2024-03-11 – 2024-03-15 年假")
        await settle(pilot)
        await pilot.press("end", "x")
        await until(pilot, "Cancel this absence?")
        await pilot.press("y")
        await until(pilot, "cancelled")
    [one] = absences.absences(sqlite_platform, actor=CONSOLE, staff_no="E1001")
    assert one.is_cancelled


async def test_a_training_owner_is_named_or_refused_in_place(
    show: Show, sqlite_platform: Platform
) -> None:
    async with show("H0001", e1001, lang="en") as pilot:
        await pilot.press("o", *"S0001", "enter")
        await until(pilot, "does not guide the on-site practice")
        appoint(sqlite_platform, "E1001", "S0001")
        await pilot.press("enter")
        await until(pilot, "✓ The training owner is named.")
        assert "主管 S0001" in screen_text(pilot)
    assert owners.owners(sqlite_platform, actor=CONSOLE, staff_no="E1001")


async def test_who_may_only_look_has_no_keys_to_change(show: Show) -> None:
    async with show("E1001", e1001, lang="en") as pilot:
        text = screen_text(pilot)
        assert "History of 王小兰 E1001" in text
        for key in ("Change", "Absence ", "Training owner"):
            assert key not in text.splitlines()[-1]
    async with show("E1002", e1001, lang="en") as pilot:
        await until(pilot, "You may not see a record.")


async def test_a_refusal_is_told_with_the_phases(show: Show, sqlite_platform: Platform) -> None:
    hr = actor(sqlite_platform, "H0001")
    learning.enrol(
        sqlite_platform, actor=hr, staff_no="E1001", course="sample", due_on=date(2024, 4, 1)
    )
    refusals.refuse(sqlite_platform, actor=hr, staff_no="E1001", reason="knows it")
    assert onboarding.onboarding(sqlite_platform, actor=hr, staff_no="E1001").refusals
    async with show("H0001", lambda: DevelopmentScreen("E1001"), lang="en") as pilot:
        await until(pilot, "Onboarding refused: knows it.")


async def test_a_record_leads_to_its_history(show: Show) -> None:
    async with show("S0001", lambda: RecordScreen("E1001"), lang="en") as pilot:
        await pilot.press("h")
        await until(pilot, "History of 王小兰 E1001")
        await settle(pilot)
        assert "A Absence" in screen_text(pilot)


async def test_a_file_in_which_a_supervisor_leaves_says_whose(show: Show, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("工号,状态\nS0001,离职\n", encoding="utf-8")
    async with show("0001", lambda: PeopleImportScreen(file), lang="en") as pilot:
        text = screen_text(pilot)
        assert "! S0001 leaves and is still the direct supervisor of E1001, E1002." in text
