"""HR's on-post qualification list."""

from datetime import timedelta

from certify.clock import SetClock
from certify.platform import Platform
from certify.tui.screens.person_card import PersonCardScreen
from certify.tui.screens.qualifications import QualificationsScreen
from tests.platforms import actor, read_course, sit
from tests.tui.conftest import Show, screen_text, settle, until


def qualify(platform: Platform, staff_no: str) -> None:
    learner = actor(platform, staff_no)
    read_course(platform, learner)
    sit(platform, learner)


async def test_the_list_shows_who_may_serve_what_with_sign_and_word(
    show: Show, sqlite_platform: Platform
) -> None:
    qualify(sqlite_platform, "E1001")
    async with show("H0001", QualificationsScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "E1001" in text
        assert "✓ active" in text
        assert "PQ-2024-000001-" in text
        assert "1 person · 0 expire within 60 days" in text
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PersonCardScreen)


async def test_an_empty_list_says_how_people_get_there(show: Show) -> None:
    async with show("H0001", QualificationsScreen, lang="en") as pilot:
        assert "Nobody fits." in screen_text(pilot)


async def test_another_day_is_typed_checked_and_kept_over_a_change_of_language(
    show: Show, sqlite_platform: Platform
) -> None:
    qualify(sqlite_platform, "E1001")
    async with show("H0001", QualificationsScreen, lang="en") as pilot:
        await pilot.press("d")
        await until(pilot, "As of which day?")
        await settle(pilot)
        await pilot.press("ctrl+u", *"2024-02-30", "enter")
        await until(pilot, "Write the day as year-month-day")
        await pilot.press("ctrl+u", *"2024-03-03", "enter")
        await until(pilot, "Nobody fits.")
        await pilot.press("f2")
        await settle(pilot)
        assert "2024-03-03" in screen_text(pilot)


async def test_states_and_departments_are_chosen_from_a_list(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    qualify(sqlite_platform, "E1001")
    clock.advance(timedelta(days=400))
    async with show("H0001", QualificationsScreen, lang="en") as pilot:
        assert "Nobody fits." in screen_text(pilot)
        await pilot.press("s")
        await until(pilot, "suspended")
        await pilot.press("home", "enter")
        await until(pilot, "○ expired")
        await pilot.press("t")
        await settle(pilot)
        await pilot.press("end", "enter")
        await settle(pilot)
        assert "Department Head office" in screen_text(pilot) or "E1001" in screen_text(pilot)
        await pilot.press("p")
        await settle(pilot)
        await pilot.press("end", "enter")
        await until(pilot, "Process Reception")


async def test_an_export_names_number_rows_and_place(show: Show, sqlite_platform: Platform) -> None:
    qualify(sqlite_platform, "E1001")
    async with show("H0001", QualificationsScreen, lang="en") as pilot:
        await pilot.press("e")
        await until(pilot, "Which form?")
        await pilot.press("enter")
        await until(pilot, "Export the list")
        await settle(pilot)
        await pilot.press("enter", "enter", "enter")
        text = await until(pilot, "✓ The list was written")
        assert "EXP-2024-000001" in text
    written = list(sqlite_platform.settings.home.exports.iterdir())
    assert [path.stem for path in written] == ["qualification-list-EXP-2024-000001"]


async def test_the_file_follows_the_format_and_the_matrix_is_there_too(
    show: Show, sqlite_platform: Platform
) -> None:
    async with show("H0001", QualificationsScreen, size=(120, 40), lang="en") as pilot:
        await pilot.press("e")
        await until(pilot, "Which form?")
        await pilot.press("down", "enter")
        await until(pilot, "Export the list")
        await settle(pilot)
        await pilot.press("right", "enter", "enter", "enter")
        await until(pilot, "✓ The list was written")
    formats = list(sqlite_platform.plugins.export_formats.values())
    written = next(iter(sqlite_platform.settings.home.exports.iterdir()))
    assert written.name == f"qualification-matrix-EXP-2024-000001{formats[1].suffix}"
