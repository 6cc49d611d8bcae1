"""Inspections, notices and anomaly forms on the screen, by keyboard, in both languages."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.screen import Screen

from certify.domain.checklist import Mark
from certify.domain.inspection import AnomalyState, InspectionResult, NoticeState
from certify.domain.person import Role
from certify.platform import Platform
from certify.services.inspection import anomalies, notices, register, schedule
from certify.tui.dialogs.form import Form
from certify.tui.screens.anomalies import AnomaliesScreen
from certify.tui.screens.anomaly import AnomalyScreen
from certify.tui.screens.inspection import InspectionScreen
from certify.tui.screens.inspection_due import InspectionDueScreen
from certify.tui.screens.inspection_record import InspectionRecordScreen
from certify.tui.screens.inspection_report import InspectionReportScreen
from certify.tui.screens.inspections import InspectionsScreen
from certify.tui.screens.notice import NoticeScreen
from certify.tui.screens.notices import NoticesScreen
from tests.platforms import actor
from tests.services.inspection_steps import (
    check,
    hire,
    inspectors,
    on,
    rate_standards,
    second_department,
)
from tests.services.learning_steps import appoint
from tests.tui.conftest import Show, arrive, screen_text, settle, type_text, until

MONDAY = date(2024, 3, 4)


@pytest.fixture
def ready(sqlite_platform: Platform, tmp_path: Path) -> Platform:
    """Two inspectors, a second department, and standards with rates."""
    inspectors(sqlite_platform)
    second_department(sqlite_platform, "S0002")
    rate_standards(sqlite_platform, tmp_path)
    return sqlite_platform


def issue(platform: Platform) -> str:
    return notices.issue(
        platform, actor=actor(platform, "I0001"), owner="E1001", problem="响应超时"
    )


def open_form(platform: Platform) -> str:
    return anomalies.open_form(
        platform,
        actor=actor(platform, "I0001"),
        what="三次投诉",
        cause="交接漏记",
        process="已致歉",
        countermeasure="双签",
        department="CS",
    )


async def test_a_check_is_entered_with_a_few_keys(show: Show, ready: Platform) -> None:
    async with show("I0001", InspectionsScreen, lang="en") as pilot:
        assert "No check is in the register yet" in screen_text(pilot)
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("right", "enter")
        await type_text(pilot, "E1001")
        await pilot.press("enter", "enter", "enter")
        await arrive(pilot, InspectionRecordScreen)
        text = screen_text(pilot)
        assert "Discipline" in text
        assert "✓ fine" in text
        await pilot.press("1", "2", "2", "down", "down", "space")
        await until(pilot, "fine 3, fault 2, not seen 1")
        await pilot.press("f10")
        await settle(pilot)
        await type_text(pilot, "late")
        await pilot.press("enter", "enter")
        await arrive(pilot, InspectionScreen)
        assert "✗ fault" in screen_text(pilot)
    [line] = register.register(ready, actor=actor(ready, "I0001"))
    marks = [one.mark for one in line.points]
    assert marks[:3] == [Mark.FAULT, Mark.NOT_SEEN, Mark.FAULT]
    assert (line.result, line.finding, line.is_major) == (InspectionResult.NOT_MET, "late", False)


async def test_a_remark_is_written_on_a_point_and_leaving_asks(show: Show, ready: Platform) -> None:
    async with show("I0001", InspectionsScreen, lang="en") as pilot:
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("enter")
        await type_text(pilot, "E1002")
        await pilot.press("enter", "enter", "enter")
        await arrive(pilot, InspectionRecordScreen)
        await pilot.press("space", "r")
        await settle(pilot)
        await type_text(pilot, "tired")
        await pilot.press("enter")
        await until(pilot, "Remark: tired")
        await pilot.press("escape")
        await until(pilot, "Leave without entering?")
        await pilot.press("n")
        await arrive(pilot, InspectionRecordScreen)
        await pilot.press("escape")
        await until(pilot, "Leave without entering?")
        await pilot.press("y")
        await arrive(pilot, InspectionsScreen)
    assert register.register(ready, actor=actor(ready, "I0001")) == []


async def test_whom_one_may_not_check_is_said_before_the_points(
    show: Show, ready: Platform
) -> None:
    async with show("I0001", InspectionsScreen, lang="en") as pilot:
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("enter")
        await type_text(pilot, "I0001")
        await pilot.press("enter", "enter", "enter")
        await until(pilot, "Nobody inspects themselves.")


async def test_a_sample_is_entered_and_shows_its_rate(show: Show, ready: Platform) -> None:
    async with show("I0001", InspectionsScreen, lang="en") as pilot:
        await pilot.press("t")
        await settle(pilot)
        await pilot.press("right", "enter", "enter")
        await type_text(pilot, "CS")
        await pilot.press("enter")
        await type_text(pilot, "20")
        await pilot.press("enter")
        await type_text(pilot, "19")
        await pilot.press("enter", "enter", "enter", "enter", "enter")
        await arrive(pilot, InspectionScreen)
        text = screen_text(pilot)
        assert "19/20 = 95.00 %" in text
        assert "Met" in text


async def test_the_inspected_person_confirms_reading(show: Show, ready: Platform) -> None:
    number = check(ready, "E1001", fault=True)
    async with show("E1001", InspectionsScreen, lang="en") as pilot:
        assert "1 result of yours is not confirmed" in screen_text(pilot)
        await pilot.press("enter")
        await arrive(pilot, InspectionScreen)
        await pilot.press("i")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, Form)
        await pilot.press("r")
        await until(pilot, "Reading confirmed on 2024-03-04")
    view = register.show(ready, actor=actor(ready, "E1001"), number=number)
    assert view.read_on == MONDAY


async def test_a_notice_follows_from_a_fault_and_goes_all_its_steps(
    show: Show, ready: Platform
) -> None:
    number = check(ready, "E1001", fault=True, finding="迟到")
    async with show("I0001", lambda: InspectionScreen(number), lang="en") as pilot:
        await pilot.press("i")
        await settle(pilot)
        await pilot.press("enter", "enter", "enter")
        await arrive(pilot, NoticeScreen)
        text = screen_text(pilot)
        assert "due 2024-03-09 (5 days left)" in text
        assert "The owner names cause and measure." in text
    notice = "RN-2024-000001"
    async with show("E1001", NoticesScreen, lang="en") as pilot:
        assert "5 days left" in screen_text(pilot)
        await pilot.press("enter")
        await arrive(pilot, NoticeScreen)
        assert "It is your turn." in screen_text(pilot)
        for keys, shown in ((("a",), "Next: The owner does it"), (("d",), "An inspector who")):
            await pilot.press(*keys)
            await settle(pilot)
            if keys == ("a",):
                await type_text(pilot, "traffic")
                await pilot.press("enter")
                await type_text(pilot, "earlier")
            await pilot.press("enter")
            await until(pilot, shown)
    async with show("I0002", lambda: NoticeScreen(notice), lang="en") as pilot:
        await pilot.press("v")
        await settle(pilot)
        await pilot.press("enter", "enter")
        await until(pilot, "verified")
        await pilot.press("c")
        await settle(pilot)
        await pilot.press("enter")
        await until(pilot, "Nothing is left to do.")
    view = notices.show(ready, actor=actor(ready, "I0001"), number=notice)
    assert view.state is NoticeState.CLOSED


async def test_overdue_notices_come_first_and_say_so_in_words(show: Show, ready: Platform) -> None:
    issue(ready)
    on(ready, MONDAY + timedelta(days=7))
    issue(ready)
    async with show("S0001", NoticesScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "! issued, overdue" in text
        assert "2 days overdue" in text
        assert text.index("RN-2024-000001") < text.index("RN-2024-000002")
        assert "1 overdue" in text
        await pilot.press("n")
        await settle(pilot)
        assert isinstance(pilot.app.screen, NoticesScreen)


async def test_the_due_list_says_why_and_begins_a_check(show: Show, ready: Platform) -> None:
    appoint(ready, "E1001", "S0001")
    on(ready, MONDAY + timedelta(weeks=1))
    async with show("I0001", InspectionDueScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "! 1 day overdue" in text
        assert "new: weekly until skilled" in text
        assert "longest not seen" in text
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Form)
        assert "E1001" in screen_text(pilot)


async def test_the_supervisor_decides_in_the_due_list(show: Show, ready: Platform) -> None:
    appoint(ready, "E1001", "S0001")
    for week in range(12):
        on(ready, MONDAY + timedelta(weeks=week))
        check(ready, "E1001", fault=True)
    on(ready, MONDAY + timedelta(weeks=12))
    async with show("S0001", InspectionDueScreen, lang="en") as pilot:
        assert "the supervisor decides" in screen_text(pilot)
        await pilot.press("home", "enter")
        await settle(pilot)
        await pilot.press("left", "enter")
        await type_text(pilot, "ready")
        await pilot.press("enter")
        await arrive(pilot, InspectionDueScreen)
        assert "the supervisor decides" not in screen_text(pilot)
    found = schedule.newcomer_of(ready, actor=actor(ready, "E1001"))
    assert found is not None
    assert found.skilled_from == MONDAY + timedelta(weeks=12)


async def test_a_form_goes_from_instruction_to_recheck(show: Show, ready: Platform) -> None:
    number = open_form(ready)
    async with show("S0001", AnomaliesScreen, lang="en") as pilot:
        assert "1 form waits for you" in screen_text(pilot)
        await pilot.press("enter")
        await arrive(pilot, AnomalyScreen)
        await pilot.press("r", "c", "i")
        await settle(pilot)
        await type_text(pilot, "double sign")
        await pilot.press("enter")
        await type_text(pilot, "CS WH")
        await pilot.press("enter")
        await until(pilot, "has still to countersign")
        await pilot.press("c")
        await settle(pilot)
        await pilot.press("enter")
        await type_text(pilot, "agreed")
        await pilot.press("enter")
        await until(pilot, "countersigned by")
    async with show("S0002", lambda: AnomalyScreen(number), lang="en") as pilot:
        await pilot.press("c")
        await settle(pilot)
        await pilot.press("enter")
        await type_text(pilot, "ok")
        await pilot.press("enter")
        await until(pilot, "Somebody who did not open it rechecks.")
    async with show("I0001", lambda: AnomalyScreen(number), lang="en") as pilot:
        await pilot.press("r")
        await settle(pilot)
        assert isinstance(pilot.app.screen, AnomalyScreen)
    async with show("I0002", lambda: AnomalyScreen(number), lang="en") as pilot:
        await pilot.press("r")
        await settle(pilot)
        await pilot.press("enter")
        await type_text(pilot, "done")
        await pilot.press("enter")
        await until(pilot, "Nothing is left to do.")
    view = anomalies.show(ready, actor=actor(ready, "I0001"), number=number)
    assert view.state is AnomalyState.CLOSED


async def test_a_form_is_opened_on_the_screen(show: Show, ready: Platform) -> None:
    async with show("I0001", AnomaliesScreen, lang="en") as pilot:
        assert "There are no anomaly forms." in screen_text(pilot)
        await pilot.press("n")
        await settle(pilot)
        for text in ("what", "why", "how", "never again", "CS", "", ""):
            await type_text(pilot, text)
            await pilot.press("enter")
        await arrive(pilot, AnomalyScreen)
        assert "never again" in screen_text(pilot)


PAGES: list[tuple[str, Callable[[], Screen[None]], str, str]] = [
    ("I0001", InspectionsScreen, "Inspections", "IN-2024-000001"),
    ("E1001", lambda: InspectionScreen("IN-2024-000001"), "Confirm reading", "IN-2024-000001"),
    ("I0001", InspectionDueScreen, "Who is due for inspection", "E1002"),
    ("H0001", InspectionReportScreen, "Inspection report", "客服部"),
    ("E1001", NoticesScreen, "Rectification notices", "RN-2024-000001"),
    ("E1001", lambda: NoticeScreen("RN-2024-000001"), "It is your turn.", "RN-2024-000001"),
    ("S0001", AnomaliesScreen, "Anomaly forms", "AN-2024-000001"),
    ("S0001", lambda: AnomalyScreen("AN-2024-000001"), "It is your turn.", "AN-2024-000001"),
]


@pytest.mark.parametrize("place", range(len(PAGES)))
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_page_stands_in_both_languages(
    show: Show, ready: Platform, place: int, size: tuple[int, int]
) -> None:
    appoint(ready, "E1002", "S0001")
    check(ready, "E1001", fault=True)
    issue(ready)
    open_form(ready)
    who, page, words, shown = PAGES[place]
    async with show(who, page, size=size) as pilot:
        first = screen_text(pilot)
        assert shown in first
        assert len(first.split("\n")) == size[1]
        await pilot.press("f2")
        await until(pilot, words)
        await pilot.press("f2")
        await settle(pilot)
        assert screen_text(pilot) == first


async def test_hostile_words_are_shown_as_they_are(show: Show, ready: Platform) -> None:
    hire(ready, "I0003", Role.INSPECTOR)
    number = notices.issue(
        ready,
        actor=actor(ready, "I0003"),
        owner="E1001",
        problem="[red]x[/red] [@click=app.quit]q[/]",
    )
    async with show("E1001", lambda: NoticeScreen(number)) as pilot:
        assert "[red]x[/red] [@click=app.quit]q[/]" in screen_text(pilot)
    async with show("E1001", NoticesScreen) as pilot:
        assert "[red]x[/red]" in screen_text(pilot)
