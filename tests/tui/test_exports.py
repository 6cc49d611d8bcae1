"""Forms taken away from the pages they stand on: format, purpose, place, and where it went."""

from pathlib import Path

import pytest
from textual.widgets import Input

from certify.domain.exchange import ExportFormat
from certify.domain.permission import Action
from certify.platform import Platform
from certify.services.exporting import MADE
from certify.services.forms.registry import FORMS
from certify.services.inspection import anomalies, notices
from certify.storage import exports
from certify.tui.dialogs.export import ExportForm
from certify.tui.screens.anomalies import AnomaliesScreen
from certify.tui.screens.anomaly import AnomalyScreen
from certify.tui.screens.inspection_report import InspectionReportScreen
from certify.tui.screens.inspections import InspectionsScreen
from certify.tui.screens.notice import NoticeScreen
from certify.tui.screens.notices import NoticesScreen
from certify.tui.screens.people import PeopleScreen
from certify.tui.screens.standard_draft import StandardDraftScreen
from certify.tui.screens.training_plan import TrainingPlanScreen
from certify.tui.screens.training_session import TrainingSessionScreen
from tests.platforms import actor
from tests.services.inspection_steps import check, inspectors
from tests.services.standard_steps import drafted, first_text, wanted
from tests.services.training_steps import TRAINER, admitted, arranged, at, trainer, twelve
from tests.tui.conftest import Show, screen_text, settle, type_text, until


def taken(platform: Platform) -> list[tuple[str, str]]:
    """Form and format of every export so far."""
    with platform.database.read() as session:
        return [(one.facts["form"], one.facts["format"]) for one in exports.entries(session, MADE)]


@pytest.fixture
def inspected(sqlite_platform: Platform) -> Platform:
    """A check, a notice and an anomaly form of E1001."""
    inspectors(sqlite_platform)
    check(sqlite_platform, "E1001", fault=True)
    who = actor(sqlite_platform, "I0001")
    notices.issue(sqlite_platform, actor=who, owner="E1001", problem="响应超时")
    anomalies.open_form(
        sqlite_platform,
        actor=who,
        staff_no="E1001",
        what="漏水",
        cause="漏装",
        process="补装",
        countermeasure="核对",
    )
    return sqlite_platform


@pytest.mark.parametrize(
    ("page", "form"),
    [
        (InspectionsScreen, "inspection-register"),
        (InspectionReportScreen, "inspection-report"),
        (NoticesScreen, "rectification-notice"),
        (lambda: NoticeScreen("RN-2024-000001"), "rectification-notice"),
        (AnomaliesScreen, "anomaly-form"),
        (lambda: AnomalyScreen("AN-2024-000001"), "anomaly-form"),
    ],
)
async def test_an_inspector_takes_away_what_the_page_is_about(
    show: Show, inspected: Platform, page: type, form: str
) -> None:
    async with show("I0001", page, lang="en") as pilot:
        await pilot.press("e")
        await until(pilot, "Export the list")
        await settle(pilot)
        await pilot.press("enter", "enter", "enter")
        await until(pilot, "EXP-2024-000001")
    assert taken(inspected) == [(form, "csv")]


async def test_the_people_who_are_shown_are_the_people_who_are_exported(
    show: Show, sqlite_platform: Platform
) -> None:
    async with show("H0001", PeopleScreen, lang="en") as pilot:
        page = pilot.app.screen
        assert isinstance(page, PeopleScreen)
        page.values = {"department": "CS", "role": "supervisor", "status": "employed"}
        page.narrowed()
        await until(pilot, "主管")
        await pilot.press("e")
        await until(pilot, "Export the list")
        await settle(pilot)
        await pilot.press("enter", "enter", "enter")
        await until(pilot, "✓ The list was written")
        assert [one.staff_no for one in page.found] == ["S0001"]
    (path,) = sqlite_platform.settings.home.exports.iterdir()
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert [line[:5] for line in lines[lines.index("") + 2 :]] == ["S0001"]


async def test_a_trainer_chooses_between_the_two_sheets_of_a_session(
    show: Show, sqlite_platform: Platform
) -> None:
    trainer(sqlite_platform)
    code = admitted(
        sqlite_platform, arranged(sqlite_platform, at("2024-03-05"), at("2024-03-06")), "E1001"
    )
    async with show(TRAINER, lambda: TrainingSessionScreen(code), lang="en") as pilot:
        await pilot.press("w")
        await until(pilot, "Which form?")
        await pilot.press("down", "enter")
        await until(pilot, "Assessment record")
        await settle(pilot)
        await pilot.press("left", "enter", "enter", "enter")
        await until(pilot, "✓ The list was written")
    assert taken(sqlite_platform) == [
        ("assessment-record", list(sqlite_platform.plugins.export_formats)[-1])
    ]
    async with show("E1001", lambda: TrainingSessionScreen(code), lang="en") as pilot:
        await pilot.press("w")
        await settle(pilot)
        assert "Which form?" not in screen_text(pilot)


async def test_a_plan_and_a_draft_are_taken_away_too(
    show: Show, sqlite_platform: Platform, tmp_path: Path
) -> None:
    trainer(sqlite_platform)
    twelve(sqlite_platform)
    first_text(sqlite_platform, tmp_path)
    number = drafted(sqlite_platform, wanted())
    for page in (lambda: TrainingPlanScreen(2024), lambda: StandardDraftScreen(number)):
        async with show("H0001", page, lang="en") as pilot:
            await pilot.press("w")
            await until(pilot, "Export the list")
            await settle(pilot)
            await pilot.press("enter", "enter", "enter")
            await until(pilot, "✓ The list was written")
    assert taken(sqlite_platform) == [("annual-plan", "csv"), ("review-opinions", "csv")]


async def test_who_may_not_export_is_not_offered_it(show: Show, inspected: Platform) -> None:
    async with show("E1001", InspectionsScreen, lang="en") as pilot:
        assert "Export" not in screen_text(pilot).splitlines()[-1]
        await pilot.press("e")
        await settle(pilot)
        assert "Export the list" not in screen_text(pilot)


async def test_the_purpose_is_asked_for_and_remembered_for_the_form_until_the_end(
    show: Show, inspected: Platform, tmp_path: Path
) -> None:
    async with show("I0001", NoticesScreen, lang="en") as pilot:
        await pilot.press("e")
        await until(pilot, "Export the list")
        await settle(pilot)
        await pilot.press("enter")
        await type_text(pilot, "audit")
        await pilot.press("enter", "enter")
        await until(pilot, "✓ The list was written")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("e")
        await until(pilot, "audit")
        await pilot.press("escape")
    (path,) = inspected.settings.home.exports.iterdir()
    assert "Purpose,audit" in path.read_text(encoding="utf-8-sig")
    async with show("I0001", NoticesScreen, lang="en") as pilot:
        await pilot.press("e")
        await until(pilot, "Export the list")
        assert "audit" not in screen_text(pilot)


async def test_a_named_file_follows_the_format_and_a_bad_place_stays_in_the_dialog(
    show: Show, inspected: Platform, tmp_path: Path
) -> None:
    async with show("I0001", NoticesScreen, size=(120, 40), lang="en") as pilot:
        await pilot.press("e")
        await until(pilot, "Export the list")
        await settle(pilot)
        form = pilot.app.screen
        assert isinstance(form, ExportForm)
        box = list(form.query(Input))[-1]
        box.value = str(tmp_path / "missing" / "notices.csv")
        await pilot.press("right")
        await settle(pilot)
        formats: list[ExportFormat] = list(inspected.plugins.export_formats.values())
        assert Path(box.value).name == f"notices{formats[1].suffix}"
        await pilot.press("enter", "enter", "enter")
        await until(pilot, "The file cannot be written")
        box.value = str(tmp_path)
        await pilot.press("enter")
        await until(pilot, "✓ The list was written")
    assert [path.name for path in tmp_path.glob("rect*")] == [
        f"rectification-notice-EXP-2024-000001{formats[1].suffix}"
    ]


def test_every_right_of_a_form_is_a_known_action() -> None:
    assert {one for form in FORMS.values() for one in form.actions} <= set(Action)
