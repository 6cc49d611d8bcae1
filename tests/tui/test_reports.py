"""Dashboard, timeline, dossiers, reports and goals on the screen."""

from datetime import timedelta

import pytest

from certify.domain.inspection import InspectionResult
from certify.domain.person import CONSOLE
from certify.domain.standard import Standard, StandardCategory, StandardVersion
from certify.i18n import _, speaking
from certify.platform import Platform
from certify.services.reporting import goals
from certify.tui.page import Page
from certify.tui.screens.cohort import CohortScreen
from certify.tui.screens.dashboard import DashboardScreen, FigureScreen
from certify.tui.screens.dossier import DocumentScreen, cohort_dossier, session_dossier
from certify.tui.screens.goals import GoalsScreen
from certify.tui.screens.reports import ReportsScreen
from certify.tui.screens.standard_loop import StandardLoopScreen
from certify.tui.screens.standards import StandardsScreen
from certify.tui.screens.timeline import TimelineScreen
from tests.platforms import NOON
from tests.services.report_rows import TODAY, cohort, ids, inspection, put, qualify
from tests.tui.conftest import Show, screen_text, settle, until


def fill(platform: Platform) -> None:
    who = ids(platform)
    qualify(platform, who["E1001"], TODAY + timedelta(days=5))
    qualify(platform, who["H0001"], TODAY + timedelta(days=5))
    cohort(platform, {who["E1001"]: [True], who["E1002"]: [False]})
    put(platform, inspection(who["E1001"], InspectionResult.NOT_MET, finding="[b]{x}[/b]"))


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_every_figure_of_the_dashboard_fits_in_24_lines(
    show: Show, sqlite_platform: Platform, lang: str
) -> None:
    fill(sqlite_platform)
    async with show("H0001", DashboardScreen, lang=lang) as pilot:
        text = await until(pilot, "50.00 %")
        with speaking(lang):
            for words in ("Courses completed", "Overdue delta training", "Inspections not met"):
                assert _(words) in text
        assert "!" in text
        assert all(len(line) <= 80 for line in text.splitlines())


async def test_enter_opens_the_list_and_enter_again_the_timeline(
    show: Show, sqlite_platform: Platform
) -> None:
    fill(sqlite_platform)
    async with show("H0001", DashboardScreen, lang="en") as pilot:
        await pilot.press(*["down"] * 5, "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, FigureScreen)
        text = screen_text(pilot)
        assert "Expire within 7 days" in text
        assert "王小兰" in text
        assert "2 lines" in text
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, TimelineScreen)
        assert "Hired" in screen_text(pilot)


async def test_a_supervisor_sees_own_reports_and_a_number_of_others(
    show: Show, sqlite_platform: Platform
) -> None:
    fill(sqlite_platform)
    async with show("S0001", lambda: FigureScreen("expiring-7"), lang="en") as pilot:
        text = await until(pilot, "王小兰")
        assert "人事" not in text
        assert "and 1 whom you may not see by name" in text


async def test_a_department_narrows_the_figures(show: Show, sqlite_platform: Platform) -> None:
    fill(sqlite_platform)
    async with show("H0001", DashboardScreen, lang="en") as pilot:
        await pilot.press("t")
        await until(pilot, "every department")
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
        page = pilot.app.screen
        assert isinstance(page, DashboardScreen)
        assert page.board is not None
        assert page.department == page.board.department != ""


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_timeline_is_narrowed_by_kind_and_by_search(
    show: Show, sqlite_platform: Platform, lang: str
) -> None:
    fill(sqlite_platform)
    async with show("E1001", TimelineScreen, lang=lang) as pilot:
        await until(pilot, "IN-2024-000001")
        await pilot.press("f", "down", "enter")
        await settle(pilot)
        page = pilot.app.screen
        assert isinstance(page, TimelineScreen)
        assert page.kind == "work"
        assert "IN-2024-000001" not in screen_text(pilot)
        await pilot.press("f", "up", "enter")
        await settle(pilot)
        await pilot.press("slash", *"IN-2024")
        await until(pilot, "IN-2024-000001")
        await pilot.press("f2")
        await settle(pilot)
        assert "2024-03-04" in screen_text(pilot)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("place", range(4))
async def test_every_report_opens_in_both_languages(
    show: Show, sqlite_platform: Platform, lang: str, place: int
) -> None:
    fill(sqlite_platform)
    async with show("H0001", ReportsScreen, lang=lang) as pilot:
        await pilot.press(*["down"] * place, "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, DocumentScreen)
        text = await until(pilot, "2024")
        assert "{" not in text.replace("{x}", "")
        with speaking(lang):
            heading = _("Overdue notices") if place < 2 else _("Direction of improvement")
            assert place == 2 or heading in text


async def test_a_report_is_about_the_day_that_was_set(show: Show) -> None:
    async with show("H0001", ReportsScreen, lang="en") as pilot:
        await pilot.press("d")
        await until(pilot, "About which day?")
        await settle(pilot)
        await pilot.press("ctrl+u", *"2024-02-10", "enter")
        await until(pilot, "For the time around 2024-02-10")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await until(pilot, "Quality anomalies of 2024-02-10")


async def test_a_cohort_leads_to_its_dossier(show: Show, sqlite_platform: Platform) -> None:
    fill(sqlite_platform)
    async with show("H0001", lambda: CohortScreen(1), lang="en") as pilot:
        await pilot.press("d")
        await settle(pilot)
        await until(pilot, "Dossier of the cohort")
        await pilot.press("end")
        await settle(pilot)
        await until(pilot, "To repeat: 1")


@pytest.mark.parametrize("make", [lambda: cohort_dossier(99), lambda: session_dossier("none")])
async def test_what_is_not_there_is_said(show: Show, make: type[Page]) -> None:
    async with show("H0001", make, lang="en") as pilot:
        await until(pilot, "There is no")


async def test_the_standards_lead_to_their_loop(show: Show, sqlite_platform: Platform) -> None:
    standard = Standard(number="CS-001")
    put(sqlite_platform, standard)
    put(
        sqlite_platform,
        StandardVersion(
            standard_id=standard.id or 0,
            effective_from=TODAY,
            item={"zh": "响应", "en": "Response"},
            category=StandardCategory.PROCESS,
            content_hash="-",
            created_at=NOON,
        ),
    )
    async with show("H0001", lambda: StandardLoopScreen("CS-001")) as pilot:
        assert "CS-001" in screen_text(pilot)
    who = "S0001"  # may read reports, not the bank
    async with show(who, lambda: StandardLoopScreen("CS-001"), lang="en") as pilot:
        await until(pilot, "How it is kept at work")
    async with show("0001", StandardsScreen, lang="en") as pilot:
        await pilot.press("l")
        await settle(pilot)
        assert isinstance(pilot.app.screen, StandardLoopScreen)


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_goals_are_set_and_measured_on_the_screen(
    show: Show, sqlite_platform: Platform, lang: str
) -> None:
    async with show("H0001", GoalsScreen, lang=lang) as pilot:
        await pilot.press("s")
        await until(pilot, "70 → 90")
        await settle(pilot)
        await pilot.press("v")
        await settle(pilot)
        await pilot.press(*"80", "enter", "enter")
        await until(pilot, "50.00 %")
    (one, *_rest) = goals.goals(sqlite_platform, actor=CONSOLE)
    assert one.now is not None


async def test_who_may_only_read_goals_has_no_keys_for_them(show: Show) -> None:
    async with show("S0001", GoalsScreen, lang="en") as pilot:
        assert "New goal" not in screen_text(pilot)
        await pilot.press("s")
        await settle(pilot)
        assert "70 → 90" not in screen_text(pilot)
