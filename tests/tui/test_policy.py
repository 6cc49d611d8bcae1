"""HR looks at the rules, tries a file, sees whom it would change and why, and applies it."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from certify.i18n import _, _n
from certify.platform import Platform
from certify.services.policy import changing
from certify.tui.dialogs.done import Done
from certify.tui.dialogs.form import Form
from certify.tui.dialogs.notice import Notice
from certify.tui.screens.policy import PolicyScreen
from certify.tui.screens.policy_simulation import PolicyChangesScreen, PolicySimulationScreen
from tests.platforms import actor, read_course, sit
from tests.tui.conftest import Show, arrive, screen_text, settle, type_text, until

SIZES = [(80, 24), (120, 40)]
SHORTER = "# 半年一次\n[qualification]\npost_months = 6\n[exam]\npass_mark = 90\n"


@pytest.fixture
def qualified(sqlite_platform: Platform, tmp_path: Path) -> Path:
    """E1001 holds what a pass gives; a file that shortens it."""
    changing.notice(sqlite_platform)
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)
    sit(sqlite_platform, who)
    path = tmp_path / "new.toml"
    ladder = sqlite_platform.settings.home.policy.read_text(encoding="utf-8")
    path.write_text(SHORTER + ladder, encoding="utf-8")
    return path


async def type_into_form(pilot: Pilot[int], text: str) -> None:
    await arrive(pilot, Form)  # type: ignore[arg-type]
    pilot.app.screen.query_one(Input).value = text
    await pilot.press("enter")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_file_is_tried_looked_through_and_applied(
    show: Show,
    sqlite_platform: Platform,
    qualified: Path,
    size: tuple[int, int],
    lang: str,
) -> None:
    mark = "：" if lang == "zh" else ": "
    async with show("H0001", PolicyScreen, size=size, lang=lang) as pilot:
        shown = screen_text(pilot)
        assert "organisation.time_zone" in shown
        await pilot.press("t")
        await type_into_form(pilot, str(qualified))
        await arrive(pilot, PolicySimulationScreen)
        shown = screen_text(pilot)
        assert "E1001" in shown
        assert "2024-09-04" in shown
        assert f"qualification.post_months{mark}12 → 6" in shown

        await pilot.press("enter")
        await arrive(pilot, PolicyChangesScreen)
        shown = screen_text(pilot)
        assert f"← qualification.post_months{mark}12 → 6" in shown
        assert "2025-03-04" in shown
        await pilot.press("escape")

        await arrive(pilot, PolicySimulationScreen)
        await pilot.press("a")
        await type_into_form(pilot, "统一到半年")
        done = _n("{count} value changed.", "{count} values changed.", 2).format(count=2)
        await until(pilot, done)
        assert isinstance(pilot.app.screen, Done)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("a")  # it is applied: nothing asks again
        await settle(pilot)
        assert isinstance(pilot.app.screen, PolicySimulationScreen)

    kept = sqlite_platform.settings.home.policy.read_bytes()
    assert kept == qualified.read_bytes()
    newest = changing.history(sqlite_platform, actor=actor(sqlite_platform, "H0001"))[0]
    assert (newest.staff_no, newest.reason) == ("H0001", "统一到半年")


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_file_that_cannot_be_used_is_told_in_the_form(
    show: Show, tmp_path: Path, lang: str
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("[exam]\npassmark = 3\npass_mark = 101\n", encoding="utf-8")

    async with show("H0001", PolicyScreen, lang=lang) as pilot:
        await pilot.press("t")
        await type_into_form(pilot, str(path))
        shown = await until(pilot, "exam.passmark")
        assert "exam.pass_mark" in shown
        assert isinstance(pilot.app.screen, Form)


async def test_a_value_tells_who_changed_it_and_why(
    show: Show, sqlite_platform: Platform, qualified: Path
) -> None:
    hr = actor(sqlite_platform, "H0001")
    changing.apply(sqlite_platform, actor=hr, path=qualified, reason="统一到半年")

    async with show("H0001", PolicyScreen) as pilot:
        await pilot.press("slash")
        await type_text(pilot, "post_months")
        await pilot.press("enter", "enter")
        shown = await until(pilot, "12 → 6")
        assert "统一到半年" in shown
        assert "H0001" in shown


async def test_the_same_rules_change_nobody(
    show: Show, sqlite_platform: Platform, qualified: Path
) -> None:
    qualified.write_bytes(sqlite_platform.settings.home.policy.read_bytes())

    async with show("H0001", lambda: PolicySimulationScreen(qualified)) as pilot:
        text = _("The file says the same as the rules in force: nothing changes.")
        assert text[:20] in screen_text(pilot)
        await pilot.press("a")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PolicySimulationScreen)


async def test_who_may_not_see_grades_is_refused(show: Show, qualified: Path) -> None:
    async with show("E1001", lambda: PolicySimulationScreen(qualified)) as pilot:
        await arrive(pilot, Notice)
        assert "E1001" not in screen_text(pilot).split("\n", 1)[1]
