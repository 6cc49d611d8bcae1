"""The item bank on the screens: what waits, second keys, one item, coverage, stale items."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from certify.clock import SetClock
from certify.domain.item import ItemState
from certify.i18n import _, _n
from certify.platform import Platform
from certify.services import review_steps, review_words, sitting
from certify.tui.screens.bank import BankScreen
from certify.tui.screens.bank_item import BankItemScreen
from certify.tui.screens.coverage import CoverageScreen
from certify.tui.screens.home import HomeScreen
from certify.tui.screens.second_key import SecondKeyScreen
from certify.tui.screens.stale_items import StaleItemsScreen
from certify.tui.screens.standards import StandardsScreen
from tests.platforms import read_course
from tests.reviewed import (
    AUTHOR,
    CODES,
    SECOND,
    THIRD,
    item,
    own_course,
    person,
    second_key,
    trainers,
    typed,
)
from tests.services.test_standards import cited, take
from tests.standard_rows import row
from tests.tui.conftest import Show, arrive, screen_text, settle, type_text, until

SIZES = [(80, 24), (120, 40)]


async def test_what_waits_is_on_the_first_screen_and_enter_leads_to_it(
    show: Show, sqlite_platform: Platform
) -> None:
    own_course(sqlite_platform)

    async with show(SECOND, HomeScreen) as pilot:
        await until(pilot, _("Item bank"))
        rows = pilot.app.screen.query_one("#rows")
        names = [option.id for option in rows.options]  # type: ignore[attr-defined]
        rows.highlighted = names.index("page:bank")  # type: ignore[attr-defined]
        pilot.app.simulate_key("enter")
        shown = await until(pilot, "PAR-004")
        assert isinstance(pilot.app.screen, BankScreen)
        assert _("waiting for me") in shown
        assert "GRE-001" not in shown


@pytest.mark.parametrize("size", SIZES)
async def test_second_keys_are_given_one_after_the_other_without_a_key_in_sight(
    show: Show, sqlite_platform: Platform, size: tuple[int, int]
) -> None:
    own_course(sqlite_platform)

    async with show(SECOND, lambda: SecondKeyScreen(["PAR-003", "PAR-001"]), size) as pilot:
        shown = await until(pilot, "PAR-003")
        assert "之后退回" not in shown
        await pilot.press("f10")
        await settle(pilot)
        await pilot.press(typed(sqlite_platform, SECOND, "PAR-003"), "f10")
        await until(pilot, _("✓ Your answer agrees with its key"))
        await pilot.press("enter")
        await until(pilot, "PAR-001")

    assert item(sqlite_platform, "PAR-003").state is ItemState.DRAFT
    (done,) = review_steps.approve(
        sqlite_platform, actor=person(sqlite_platform, SECOND), codes=["PAR-003"]
    )
    assert done.is_done


async def test_an_item_opens_without_its_key_and_asks_before_it_is_shown(
    show: Show, sqlite_platform: Platform
) -> None:
    own_course(sqlite_platform)

    async with show(SECOND, lambda: BankItemScreen("PAR-003")) as pilot:
        shown = await until(pilot, "PAR-003")
        assert "七天，之后退回寄件人" not in shown
        await pilot.press("s")
        await settle(pilot)
        await pilot.press("y")
        await until(pilot, "七天，之后退回寄件人")
        await until(pilot, _(review_words.STEPS["seen"]))  # type: ignore[index]


@pytest.mark.parametrize("size", SIZES)
async def test_who_sits_an_exam_of_the_course_is_told_why_no_item_is_shown(
    show: Show, sqlite_platform: Platform, size: tuple[int, int]
) -> None:
    trainers(sqlite_platform)
    who = person(sqlite_platform, SECOND)
    read_course(sqlite_platform, who)
    sitting.start(sqlite_platform, actor=who, exam="sample-written")

    async with show(SECOND, BankScreen, size=size) as pilot:
        _mounting = pilot.app.push_screen(BankItemScreen("GRE-001"))
        await until(pilot, _("Submit the exam first; then they are here again.")[:12])
        await pilot.press("enter")
        await arrive(pilot, BankScreen)


async def test_an_author_reads_the_key_at_once_and_is_offered_no_approval(
    show: Show, sqlite_platform: Platform
) -> None:
    own_course(sqlite_platform)

    async with show(AUTHOR, lambda: BankItemScreen("PAR-003")) as pilot:
        await until(pilot, "七天，之后退回寄件人")
        assert pilot.app.screen.check_action("approve", ()) is False
        assert pilot.app.screen.check_action("second_key", ()) is False
        assert pilot.app.screen.check_action("note", ()) is True


async def test_a_reviewer_approves_and_puts_in_use(show: Show, sqlite_platform: Platform) -> None:
    own_course(sqlite_platform)
    second_key(sqlite_platform, SECOND, "PAR-003")

    async with show(THIRD, lambda: BankItemScreen("PAR-003")) as pilot:
        await until(pilot, "七天，之后退回寄件人")
        for key, state in (("a", ItemState.REVIEWED), ("u", ItemState.IN_USE)):
            await pilot.press(key)
            await settle(pilot)
            await pilot.press("y")
            await until(pilot, _(review_words.STATES[state]))
            await settle(pilot)

    assert item(sqlite_platform, "PAR-003").state is ItemState.IN_USE


async def test_an_item_goes_back_with_what_to_mend(show: Show, sqlite_platform: Platform) -> None:
    own_course(sqlite_platform)

    async with show(SECOND, lambda: BankItemScreen("PAR-003")) as pilot:
        await until(pilot, "PAR-003")
        await pilot.press("r")
        await settle(pilot)
        await type_text(pilot, "calendar days?")
        await pilot.press("enter")
        await until(pilot, _(review_words.STEPS["returned"]))  # type: ignore[index]

    async with show(AUTHOR, lambda: BankItemScreen("PAR-003")) as pilot:
        await until(pilot, "calendar days?")


async def test_all_listed_items_are_approved_at_once(show: Show, sqlite_platform: Platform) -> None:
    own_course(sqlite_platform)
    for code in CODES[:3]:
        second_key(sqlite_platform, SECOND, code)

    async with show(THIRD, BankScreen) as pilot:
        await until(pilot, "PAR-001")
        await pilot.press("a")
        await settle(pilot)
        await pilot.press("down", "down", "enter")
        await settle(pilot)
        pilot.app.simulate_key("enter")
        await until(pilot, _n("{count} item", "{count} items", 1).format(count=1))
        await settle(pilot)

    states = [item(sqlite_platform, code).state for code in CODES]
    assert states == [*[ItemState.IN_USE] * 3, ItemState.DRAFT]


async def test_the_bank_is_filtered_by_state_topic_and_search(
    show: Show, sqlite_platform: Platform
) -> None:
    own_course(sqlite_platform)

    async with show(SECOND, BankScreen) as pilot:
        await until(pilot, "PAR-001")
        await pilot.press("f")
        await settle(pilot)
        await pilot.press("home", "enter")
        await until(pilot, "GRE-001")
        await pilot.press("slash")
        await type_text(pilot, "par-00")
        await until(pilot, "PAR-001")
        assert "GRE-001" not in screen_text(pilot)
        await pilot.press("escape", "t")
        await settle(pilot)
        await pilot.press("down", "enter")
        await until(pilot, "GRE-001")
        assert "PAR-001" not in screen_text(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_coverage_marks_holes_by_a_sign(
    show: Show, sqlite_platform: Platform, size: tuple[int, int]
) -> None:
    own_course(sqlite_platform)

    async with show(SECOND, lambda: CoverageScreen("parcel-counter"), size, "en") as pilot:
        shown = await until(pilot, "✗")
        assert "✗ Topic “Handing out” has no item in use." in shown
        await pilot.press("left")
        await until(pilot, "Sample course")


@pytest.mark.parametrize("size", SIZES)
async def test_stale_items_are_kept_one_by_one(
    show: Show,
    sqlite_platform: Platform,
    clock: SetClock,
    tmp_path: Path,
    size: tuple[int, int],
) -> None:
    take(sqlite_platform, tmp_path, row())
    cited(sqlite_platform)
    text = '{ zh = "48 小时内给出解决方案。" }'
    take(sqlite_platform, tmp_path, row(day="2024-03-10", requirement=text))
    clock.set(datetime(2024, 3, 11, 4, 0, tzinfo=UTC))

    async with show(THIRD, StandardsScreen, size) as pilot:
        await until(pilot, "CS-003")
    async with show(THIRD, StaleItemsScreen, size) as pilot:
        shown = await until(pilot, "PAR-001")
        assert "XX-001" in shown
        await pilot.press("p")
        await settle(pilot)
        await pilot.press("y")
        await until(pilot, _("No item cites a standard that changed since it was written."))
