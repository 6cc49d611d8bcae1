"""The pages of the learning side: on-site practice, plan, cases, what onboarding covers."""

from datetime import date

import pytest

from certify.domain.development import EntryKind
from certify.domain.person import CONSOLE
from certify.platform import Platform
from certify.policy import FieldPracticePolicy, LearningPolicy, Policy
from certify.services import case_steps, cases, development, field_practice_log, onboarding
from certify.tui.screens.case import CaseScreen
from certify.tui.screens.cases import CasesScreen
from certify.tui.screens.course import CourseScreen
from certify.tui.screens.development import DevelopmentScreen
from certify.tui.screens.field_practice import FieldPracticeScreen
from certify.tui.screens.guided import GuidedScreen
from certify.tui.screens.home import HomeScreen
from certify.tui.screens.onboarding_coverage import OnboardingCoverageScreen
from certify.tui.screens.record import RecordScreen
from tests.platforms import actor, with_policy
from tests.services.learning_steps import appoint, pass_course
from tests.tui.conftest import Show, screen_text, settle, type_text, until

SIZES = [(80, 24), (120, 40)]
TASK = "整理备件"


@pytest.fixture
def guided(sqlite_platform: Platform) -> Platform:
    """E1001 has passed the department's course and is guided by S0001, who has too."""
    appoint(sqlite_platform, "E1001", "S0001")
    for staff_no in ("E1001", "S0001"):
        pass_course(sqlite_platform, staff_no)
    return sqlite_platform


def write(platform: Platform) -> int:
    return field_practice_log.write_entry(
        platform, actor=actor(platform, "E1001"), day=date(2024, 3, 4), task=TASK
    )


@pytest.mark.parametrize("size", SIZES)
async def test_the_newcomer_writes_a_task_and_sees_how_much_is_missing(
    show: Show, guided: Platform, size: tuple[int, int]
) -> None:
    async with show("E1001", FieldPracticeScreen, size=size, lang="en") as pilot:
        assert "tasks with a remark 0/10 · working days 0/5" in screen_text(pilot)
        assert "Guide: 主管" in screen_text(pilot)
        await pilot.press("n")
        await until(pilot, "What you did")
        await pilot.press("enter")
        await type_text(pilot, "sorted parts")
        await pilot.press("enter")
        text = await until(pilot, "○ waits")
        assert "sorted parts" in text
        assert "Remark" not in text.split("\n")[-1]


async def test_the_guide_remarks_and_signs_off(show: Show, guided: Platform) -> None:
    little = Policy(field_practice=FieldPracticePolicy(entries=1, working_days=1))
    write(guided)
    async with show("S0001", GuidedScreen, lang="en") as pilot:
        pilot.app._platform = with_policy(guided, little)  # type: ignore[attr-defined]
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("r")
        await until(pilot, "What you saw")
        await type_text(pilot, "good")
        await pilot.press("enter")
        await type_text(pilot, "faster")
        await pilot.press("enter")
        await until(pilot, "To improve: faster")
        await pilot.press("s")
        await until(pilot, "A last word")
        await pilot.press("enter")
        await until(pilot, "✓ Signed off by 主管 on 2024-03-04.")


async def test_home_leads_to_the_log_and_to_those_who_wait_for_their_guide(
    show: Show, guided: Platform
) -> None:
    write(guided)
    for staff_no, line in (("E1001", "On-site practice"), ("S0001", "Whom I guide")):
        async with show(staff_no, HomeScreen, lang="en") as pilot:
            assert line in screen_text(pilot)


async def test_a_locked_log_says_what_comes_first(show: Show, sqlite_platform: Platform) -> None:
    appoint(sqlite_platform, "E1001", "S0001")
    async with show("E1001", FieldPracticeScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "This opens after the phase “department”" in text
        assert "New task" not in text.split("\n")[-1]


@pytest.mark.parametrize("size", SIZES)
async def test_hr_frees_a_person_from_a_phase_with_a_reason(
    show: Show, sqlite_platform: Platform, size: tuple[int, int]
) -> None:
    async with show("H0001", lambda: RecordScreen("E1001"), size=size, lang="en") as pilot:
        await pilot.press("p")
        await settle(pilot)
        assert isinstance(pilot.app.screen, DevelopmentScreen)
        await pilot.press("down", "e")
        text = await until(pilot, "Free from a phase")
        assert "No rehire within 12 months is on record." in text
        await type_text(pilot, "rehired")
        await pilot.press("enter")
        await until(pilot, "✓ freed: rehired")
    hr = actor(sqlite_platform, "H0001")
    view = onboarding.onboarding(sqlite_platform, actor=hr, staff_no="E1001")
    assert [one.exempted_because for one in view.phases] == ["", "rehired", ""]


async def test_a_person_sets_a_target_and_marks_a_step_done(
    show: Show, sqlite_platform: Platform
) -> None:
    learner = actor(sqlite_platform, "E1001")
    development.add_entry(
        sqlite_platform,
        actor=learner,
        staff_no="E1001",
        kind=EntryKind.STEP,
        title="每周演练",
    )
    async with show("E1001", DevelopmentScreen, lang="en") as pilot:
        assert "Target level: none yet" in screen_text(pilot)
        await pilot.press("t")
        await until(pilot, "Until")
        await pilot.press("enter", "enter")
        await until(pilot, "Target level: L1 Agent")
        await pilot.press("end", "enter")
        await until(pilot, "✓ done")
        assert "Exempt" not in screen_text(pilot).split("\n")[-1]


async def test_a_draft_names_its_findings_and_a_published_case_stands_in_its_course(
    show: Show, sqlite_platform: Platform
) -> None:
    author = actor(sqlite_platform, "S0001")
    code = case_steps.write(
        sqlite_platform,
        actor=author,
        title="第三次来电",
        body="王先生来电。",
        lessons=[("sample", "lesson-1")],
    )
    async with show("E1001", CasesScreen, lang="en") as pilot:
        assert "There are no cases yet." in screen_text(pilot)
    async with show("H0001", lambda: CaseScreen(code), lang="en") as pilot:
        assert "! line 3, column 1: name “王先生”" in screen_text(pilot)
        await pilot.press("p")
        await until(pilot, "You have read it")
        await type_text(pilot, "made up")
        await pilot.press("enter")
        await until(pilot, "published on 2024-03-04")
    async with show("E1001", lambda: CourseScreen("sample"), lang="en") as pilot:
        await pilot.press("end")
        assert "第三次来电" in screen_text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CaseScreen)
    assert cases.case(sqlite_platform, actor=CONSOLE, code=code).state == "published"


@pytest.mark.parametrize("size", SIZES)
async def test_what_onboarding_covers_is_shown_with_what_is_missing(
    show: Show, size: tuple[int, int]
) -> None:
    async with show("H0001", OnboardingCoverageScreen, size=size, lang="en") as pilot:
        text = screen_text(pilot)
        assert "! missing" in text
        assert "14 contents are missing." in text
        await pilot.press("end")
        await settle(pilot)
        assert "Sample course" in screen_text(pilot)


async def test_phases_may_all_be_open(show: Show, sqlite_platform: Platform) -> None:
    async with show("E1001", DevelopmentScreen, lang="en") as pilot:
        assert "locked until the phase before is complete" in screen_text(pilot)
        free = Policy(learning=LearningPolicy(phases_in_order=False))
        pilot.app._platform = with_policy(sqlite_platform, free)  # type: ignore[attr-defined]
        await pilot.press("f2")
        pilot.app.screen.reload()  # type: ignore[attr-defined]
        await settle(pilot)
        assert "locked until" not in screen_text(pilot)
