"""A folder under work in the real screens: what is saved is shown a moment later."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from certify.hooks import registry
from certify.i18n import _
from certify.paths import Home
from certify.platform import Platform
from certify.policy import Policy
from certify.services import previewing
from certify.settings import Settings
from certify.tui.preview import PreviewApp
from certify.tui.screens.lesson import LessonScreen
from certify.tui.screens.lobby import LobbyScreen
from certify.tui.screens.preview_item import PreviewItemScreen
from certify.tui.widgets.rows import Rows
from tests.platforms import COURSES
from tests.tui.conftest import screen_text, settle, until


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(COURSES / "sample", tmp_path / "sample"))


@pytest.fixture
def opened(tmp_path: Path, folder: Path) -> Iterator[Platform]:
    settings = Settings(home=Home(tmp_path / "home"), lang="zh")
    one = previewing.open_preview(settings, registry.load(("choice",)), Policy(), folder)
    yield one
    one.close()


def app(platform: Platform, folder: Path) -> PreviewApp:
    return PreviewApp(platform.settings, platform, previewing.look(platform, folder=folder))


def put_mark_on(pilot_app: PreviewApp, name: str) -> None:
    rows = pilot_app.screen.query_one(Rows)
    rows.highlighted = rows.get_option_index(name)


async def test_the_folder_opens_with_its_lessons_exams_and_items(
    opened: Platform, folder: Path
) -> None:
    one = app(opened, folder)
    async with one.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        assert _("✓ Nothing to mend") in screen_text(pilot)
        put_mark_on(one, "lesson:" + one.preview.lessons[0][0])
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(one.screen, LessonScreen)
        await pilot.press("escape")
        await settle(pilot)
        put_mark_on(one, "exam:" + one.preview.exams[0][0])
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(one.screen, LobbyScreen)


async def test_what_is_saved_is_shown_in_the_page_that_is_open(
    opened: Platform, folder: Path
) -> None:
    one = app(opened, folder)
    async with one.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        lesson = one.preview.lessons[0][0]
        put_mark_on(one, f"lesson:{lesson}")
        await pilot.press("enter")
        await settle(pilot)

        path = folder / "zh/01-lesson.md"
        front, mark, body = path.read_text(encoding="utf-8").rpartition("+++\n")
        path.write_text(f"{front}{mark}\n## 刚刚写下的一段\n{body}", encoding="utf-8")

        await until(pilot, "刚刚写下的一段")
        assert isinstance(one.screen, LessonScreen)


async def test_an_error_is_named_and_the_last_good_state_stays(
    opened: Platform, folder: Path
) -> None:
    one = app(opened, folder)
    async with one.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        path = folder / "items/greeting.md"
        good = path.read_text(encoding="utf-8")

        path.write_text(good.replace("difficulty=", "difficulti=", 1), encoding="utf-8")
        shown = await until(pilot, "greeting.md:")

        assert "✗" in shown
        assert one.preview.lessons
        path.write_text(good, encoding="utf-8")
        await until(pilot, _("✓ Nothing to mend"))


async def test_an_item_is_answered_and_told_as_it_stands_in_the_file(
    opened: Platform, folder: Path
) -> None:
    one = app(opened, folder)
    async with one.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        put_mark_on(one, "item:GRE-001")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(one.screen, PreviewItemScreen)

        await pilot.press("1", "f10")
        await until(pilot, _("Why"))
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)

        assert one.screen.code == "GRE-002"
        assert _("Why") not in screen_text(pilot)


async def test_a_folder_that_never_loaded_still_opens(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    settings = Settings(home=Home(tmp_path / "home"), lang="zh")
    plugins = registry.load(("choice",))
    platform = previewing.open_preview(settings, plugins, Policy(), tmp_path / "empty")
    one = app(platform, tmp_path / "empty")
    try:
        async with one.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert "course.toml" in screen_text(pilot)
    finally:
        platform.close()
