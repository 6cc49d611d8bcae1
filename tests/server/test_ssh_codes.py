"""With an exam code one sees one exam, from its lobby to its result, and nothing else."""

from datetime import timedelta

from certify.i18n import _
from certify.platform import Platform
from certify.services import exam_codes
from tests.platforms import NOON, actor, read_course, sit
from tests.server.serving import Client, give_password, served
from tests.services.steps import EXAM
from tests.services.test_cohorts import cohort
from tests.services.test_entering import fail, with_access

HOUR = timedelta(hours=1)


def code_for(platform: Platform) -> str:
    """A way in for E1001, who may sit the sample exam within this hour."""
    read_course(platform, actor(platform, "E1001"))
    number = cohort(platform, "E1001", opens_at=NOON, closes_at=NOON + HOUR)
    (found,) = exam_codes.issue(platform, actor=actor(platform, "H0001"), cohort_id=number)
    return found.code


async def sees_one_exam_only(her: Client) -> None:
    """The lobby, the page below it, and no way on from there."""
    await her.until(_("Ready? Press Enter to start."))
    her.press("ctrl+p")
    palette = await her.until(_("Type what you want…"))
    assert _("Courses") not in palette
    her.press("escape")
    await her.until_gone(_("Type what you want…"))
    her.press("escape")
    await her.until(_("Press Enter to open it, X to sign out."))
    her.press("f1")
    await her.until_gone(_("Press Enter to open it, X to sign out."))
    her.press("escape")
    await her.until(_("Press Enter to open it, X to sign out."))
    for key in ("1", "2", "3", "4", "h", "v", "p", "escape"):
        her.press(key)
    her.press("enter")
    await her.until(_("Ready? Press Enter to start."))


async def test_a_code_leads_to_the_lobby_of_its_exam(sqlite_platform: Platform) -> None:
    code = code_for(sqlite_platform)
    async with served(sqlite_platform) as door:
        async with door.client("E1001", code.lower().replace("-", " ")) as her:
            await sees_one_exam_only(her)
            her.press("enter")
            await her.until("▶1")
        async with door.client("E1001", code) as again:  # after a cut connection
            await again.until(_("▸ You have begun this exam. Press Enter to go on where you were."))
            again.press("escape")
            await again.until(_("Press Enter to open it, X to sign out."))
            again.press("x")
            assert await again.until_end() == 0


async def test_a_code_works_while_passwords_are_locked_and_not_after_submitting(
    sqlite_platform: Platform,
) -> None:
    give_password(sqlite_platform, "E1001")
    platform = with_access(sqlite_platform, failures=3)
    code = code_for(platform)
    fail(platform, 3, address="127.0.0.1")
    async with served(platform) as door, door.client("E1001", code) as her:
        await her.until(_("Ready? Press Enter to start."))
    sit(platform, actor(platform, "E1001"), EXAM)
    async with served(platform) as door:
        import asyncssh
        import pytest

        with pytest.raises(asyncssh.PermissionDenied):
            async with door.client("E1001", code):
                pass


async def test_the_page_after_the_result_leads_nowhere_else(sqlite_platform: Platform) -> None:
    platform = sqlite_platform
    code = code_for(platform)
    async with served(platform) as door, door.client("E1001", code) as her:
        await her.until(_("Ready? Press Enter to start."))
        (session,) = door.hall.sessions
        attempt = sit(platform, actor(platform, "E1001"), EXAM, right=0)
        from certify.tui.screens.courses import CoursesScreen
        from certify.tui.screens.result import ResultScreen

        session.app.call_later(session.app.push_screen, ResultScreen(attempt))
        await her.until_gone(_("Ready? Press Enter to start."))
        session.app.call_later(session.app.push_screen, CoursesScreen())
        await her.until(_("An exam code leads to its exam and to nothing else."))
