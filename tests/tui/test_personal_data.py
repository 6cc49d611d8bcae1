"""The pages of personal data: everybody's own, and HR's (R-FRM-05, R-PLT-07)."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from certify.clock import SetClock
from certify.domain.person import CONSOLE
from certify.platform import Platform
from certify.services import proposals
from certify.services.privacy import retention
from certify.tui.screens.my_data import MyDataScreen
from certify.tui.screens.personal_data import ErasurePlanScreen, PersonalDataScreen
from tests.services.second_person import second_hr
from tests.services.test_personal_erasure import leave
from tests.tui.conftest import Show, screen_text, settle, type_text, until

DUE = datetime(2027, 3, 5, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_everybody_sees_what_is_kept_of_them_and_for_how_long(show: Show, lang: str) -> None:
    async with show("E1001", MyDataScreen, lang=lang) as pilot:
        await settle(pilot)
        text = screen_text(pilot)
        assert "3" in text.splitlines()[-2]
        assert max(len(line.rstrip()) for line in text.splitlines()) <= 80
        await pilot.press("f1")
        await settle(pilot)
        assert "X" in screen_text(pilot)


async def test_the_own_extract_goes_into_a_file(show: Show, tmp_path: Path) -> None:
    async with show("E1001", MyDataScreen, lang="en") as pilot:
        await settle(pilot)
        await pilot.press("x")
        await until(pilot, "Write it to a file")
        await pilot.press("ctrl+u")
        await type_text(pilot, str(tmp_path / "mine.zip"))
        await pilot.press("enter")
        await until(pilot, "Written")
    assert (tmp_path / "mine.zip").stat().st_size > 1000


async def test_hr_looks_at_who_is_due_and_proposes_the_removal(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    leave(sqlite_platform)
    clock.set(DUE)
    async with show("H0001", PersonalDataScreen, lang="en") as pilot:
        await until(pilot, "1 person is due")
        await pilot.press("enter")
        await until(pilot, "Becomes X-")
        assert isinstance(pilot.app.screen, ErasurePlanScreen)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("p")
        await until(pilot, "Propose to remove personal data")
        await type_text(pilot, "time is over")
        await pilot.press("enter")
        await until(pilot, "waits for another person of HR")
        await pilot.press("enter")
        await until(pilot, "blocked")
    second = second_hr(sqlite_platform)
    [one] = proposals.listed(sqlite_platform, actor=second)
    assert (one.staff_no, one.may_decide) == ("E1002", True)


async def test_who_is_blocked_cannot_be_proposed_and_the_page_says_why(
    show: Show, sqlite_platform: Platform
) -> None:
    leave(sqlite_platform)
    [row] = retention.retention(sqlite_platform, actor=CONSOLE)
    async with show("H0001", PersonalDataScreen, lang="en") as pilot:
        await until(pilot, "due from 2027-03-05 on")
        await pilot.press("p")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PersonalDataScreen)
    assert [one.code for one in row.blockers] == ["not-due"]


async def test_nobody_left_is_said_and_learners_do_not_get_the_page(show: Show) -> None:
    async with show("H0001", PersonalDataScreen, lang="en") as pilot:
        await until(pilot, "Nobody has left; nothing is to be removed.")
    async with show("E1001", PersonalDataScreen, lang="en") as pilot:
        await until(pilot, "You may not remove personal data.")
