"""HR's day on the screens: what expires, one person, views, refusals, exceptions, columns."""

from datetime import timedelta
from pathlib import Path

import pytest

from certify.clock import SetClock
from certify.domain.person import CONSOLE
from certify.i18n import _, speaking
from certify.platform import Platform
from certify.services import cohorts, reminders, saved_views
from certify.services.desk import waiting
from certify.services.people import add_person
from certify.services.placing import refusals
from certify.services.qualifying import decisions
from certify.tui.commands import CertifyCommands
from certify.tui.dialogs.views import Views
from certify.tui.screens.bulk import BulkScreen
from certify.tui.screens.exceptions import ExceptionsScreen
from certify.tui.screens.expiring import ExpiringScreen
from certify.tui.screens.people import PeopleScreen
from certify.tui.screens.people_columns import PeopleColumnsScreen
from certify.tui.screens.people_import import PeopleImportScreen
from certify.tui.screens.person_card import PersonCardScreen
from certify.tui.screens.qualifications import QualificationsScreen
from certify.tui.screens.refusals import RefusalsScreen
from certify.tui.screens.result import ResultScreen
from tests.platforms import actor, with_full_ladder
from tests.services.learning_steps import pass_course
from tests.tui.conftest import Show, arrive, screen_text, settle, type_text, until

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def soon(sqlite_platform: Platform, clock: SetClock) -> Platform:
    """E1001 and E1002 hold what ends in 50 days."""
    for staff_no in ("E1001", "E1002"):
        pass_course(sqlite_platform, staff_no)
    clock.advance(timedelta(days=315))
    return sqlite_platform


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_what_ends_soon_is_counted_drawn_and_ticked(
    show: Show, soon: Platform, size: tuple[int, int], lang: str
) -> None:
    async with show("H0001", ExpiringScreen, size=size, lang=lang) as pilot:
        with speaking(lang):
            text = screen_text(pilot)
            assert _("{days} days: {count}").format(days=90, count=4) in text
            assert _("{days} days: {count}").format(days=30, count=0) in text
            assert "█" in text
            await pilot.press("space", "space")
            await settle(pilot)
            assert _("{count} ticked").format(count=2) in screen_text(pilot)
            await pilot.press("a")
            await until(pilot, _("{count} ticked").format(count=4))
            await pilot.press("a")
            await until(pilot, _("{count} ticked").format(count=0))


async def test_many_are_registered_after_a_look_at_who_is_refused(
    show: Show, soon: Platform
) -> None:
    async with show("H0001", ExpiringScreen, lang="en") as pilot:
        await pilot.press("a", "b")
        await settle(pilot)
        await pilot.press("down", "enter")
        await arrive(pilot, BulkScreen)
        assert cohorts.listed(soon, actor=CONSOLE) == []
        assert "will be done" in screen_text(pilot)
        await pilot.press("a")
        await until(pilot, "were done")
        await settle(pilot)
    made = cohorts.listed(soon, actor=CONSOLE)
    assert {member.staff_no for one in made for member in one.members} == {"E1001", "E1002"}


async def test_a_decision_asks_for_its_reason_first(show: Show, soon: Platform) -> None:
    async with show("H0001", ExpiringScreen, lang="en") as pilot:
        await pilot.press("space", "b")
        await settle(pilot)
        await pilot.press("end", "enter")
        await until(pilot, "Reason")
        await settle(pilot)
        await pilot.press("enter")
        await until(pilot, "Please fill this in.")
        await type_text(pilot, "audit")
        await pilot.press("enter")
        await arrive(pilot, BulkScreen)
        await pilot.press("a")
        await until(pilot, "1 were done, 0 were refused.")
    assert len(reminders.expiring(soon, actor=CONSOLE)) == 3


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_card_says_who_holds_what_and_leads_on(
    show: Show, soon: Platform, size: tuple[int, int], lang: str
) -> None:
    async with show("H0001", lambda: PersonCardScreen("E1001"), size=size, lang=lang) as pilot:
        with speaking(lang):
            text = screen_text(pilot)
            assert "E1001" in text
            assert "PQ-2024-" in text
            assert _("Still to do") in text
            assert _("Last results") in text
        await pilot.press("end", "enter")
        await arrive(pilot, ResultScreen)


async def test_hr_finds_somebody_by_pinyin_while_typing(
    show: Show, sqlite_platform: Platform
) -> None:
    async with show("H0001", PeopleScreen, lang="en") as pilot:
        await pilot.press("slash")
        await type_text(pilot, "ll")
        text = await until(pilot, "1 person")
        assert "李雷" in text
        assert "王小兰" not in text
        await pilot.press("backspace", "backspace")
        await type_text(pilot, "wangxl")
        assert "王小兰" in await until(pilot, "1 person")


async def test_filters_are_kept_shown_again_renamed_and_deleted(
    show: Show, sqlite_platform: Platform
) -> None:
    hr = actor(sqlite_platform, "H0001")

    def kept() -> list[tuple[str, dict[str, str], bool]]:
        views = saved_views.kept(sqlite_platform, actor=hr, page="people")
        return [(one.name, one.values, one.is_default) for one in views]

    async with show("H0001", PeopleScreen, lang="en") as pilot:
        await pilot.press("f")
        await settle(pilot)
        await pilot.press("end", "enter")
        await settle(pilot)
        await pilot.press("end", "enter")
        await until(pilot, "Nobody fits.")
        await settle(pilot)
        await pilot.press("v")
        await until(pilot, "None is kept yet")
        await settle(pilot)
        await pilot.press("s")
        await until(pilot, "Keep these filters")
        await settle(pilot)
        await type_text(pilot, "[left]")
        await pilot.press("enter")
        await until(pilot, "[left]")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Views)
        await pilot.press("b")
        await until(pilot, "★ [left]")
    assert kept() == [("[left]", {"status": "left"}, True)]
    async with show("H0001", PeopleScreen, lang="en") as pilot:
        await until(pilot, "★ [left]")
        await pilot.press("f")
        await settle(pilot)
        await pilot.press("end", "enter")
        await until(pilot, "5 people")
        await settle(pilot)
        await pilot.press("v")
        await settle(pilot)
        await pilot.press("x")
        await until(pilot, "Delete this view?")
        await settle(pilot)
        await pilot.press("y")
        await until(pilot, "None is kept yet")
    assert kept() == []


async def test_the_qualification_list_is_narrowed_by_what_ends_soon(
    show: Show, soon: Platform
) -> None:
    async with show("H0001", QualificationsScreen, lang="en") as pilot:
        await until(pilot, "2 people")
        await pilot.press("f")
        await settle(pilot)
        await pilot.press("end", "up", "enter")
        await settle(pilot)
        await pilot.press("end", "enter")
        await until(pilot, "within 7 days")
        await until(pilot, "Nobody fits.")
        await pilot.press("slash")
        await type_text(pilot, "zzz")
        await until(pilot, "0 people")


async def test_a_refusal_waits_on_the_home_screen_and_is_decided(
    show: Show, sqlite_platform: Platform
) -> None:
    add_person(
        sqlite_platform,
        actor=CONSOLE,
        staff_no="0042",
        name="新人",
        department="CS",
        post="agent",
        hired_on=sqlite_platform.today(),
        supervisor_no="S0001",
    )
    refusals.refuse(sqlite_platform, actor=actor(sqlite_platform, "0042"), reason="已在别处学过")
    hr = actor(sqlite_platform, "H0001")
    assert [one.count for one in waiting(sqlite_platform, actor=hr) if one.page == "refusals"] == [
        1
    ]
    async with show("H0001", RefusalsScreen, lang="en") as pilot:
        assert "已在别处学过" in screen_text(pilot)
        await pilot.press("a")
        await until(pilot, "Accept the reason")
        await settle(pilot)
        await type_text(pilot, "ok")
        await pilot.press("enter")
        await until(pilot, "No refusal waits.")
    assert all(one.page != "refusals" for one in waiting(sqlite_platform, actor=hr))


async def test_exceptions_are_listed_with_their_reason(
    show: Show, sqlite_platform: Platform
) -> None:
    full = with_full_ladder(sqlite_platform)
    hr = actor(full, "H0001")
    decisions.grant(full, actor=hr, staff_no="E1001", level="L0", reason="试用期", exception=True)
    async with show("H0001", ExceptionsScreen) as pilot:
        assert "试用期" in screen_text(pilot)
        await pilot.press("enter")
        await arrive(pilot, PersonCardScreen)


async def test_unknown_headings_are_said_once_and_then_known(
    show: Show, sqlite_platform: Platform, tmp_path: Path
) -> None:
    path = tmp_path / "p.csv"
    path.write_text("编码,姓名,部门,岗位,入职日期\nZ1,欧阳娜娜,CS,agent,2024-03-01\n")

    async def open_file() -> None:
        await pilot.press("i")
        await settle(pilot)
        await type_text(pilot, str(path))
        await pilot.press("enter")

    async with show("H0001", PeopleScreen, lang="en") as pilot:
        await open_file()
        await arrive(pilot, PeopleColumnsScreen)
        assert "Say which column holds the staff numbers" in screen_text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("down", "enter")
        await until(pilot, "A goes on.")
        await settle(pilot)
        await pilot.press("a")
        await arrive(pilot, PeopleImportScreen)
        assert "+ new" in await until(pilot, "欧阳娜娜")
        await pilot.press("escape")
        await arrive(pilot, PeopleScreen)
        await open_file()
        await arrive(pilot, PeopleImportScreen)
        await until(pilot, "Nothing is wrong.")


async def test_the_palette_finds_a_person(show: Show, sqlite_platform: Platform) -> None:
    async with show("H0001", PeopleScreen, lang="en") as pilot:
        palette = CertifyCommands(pilot.app.screen)
        hits = [hit async for hit in palette.search("E1001")]
        assert any("E1001" in str(hit.prompt) for hit in hits)
    async with show("E1002", lambda: ExpiringScreen(), lang="en") as pilot:
        palette = CertifyCommands(pilot.app.screen)
        hits = [hit async for hit in palette.search("E1001")]
        assert not any("E1001 " in f"{hit.prompt} " and "“" not in str(hit.prompt) for hit in hits)
