"""How every screen looks: Chinese and English, 80×24 and 120×40, dark and light.

The pictures in `__snapshots__` are the truth; `make snapshots` accepts new ones, after a look.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from certify.platform import Platform
from certify.services import sitting
from certify.tui.screens.course import CourseScreen
from certify.tui.screens.exam import ExamScreen
from certify.tui.screens.home import HomeScreen
from certify.tui.screens.lesson import LessonScreen
from certify.tui.screens.lobby import LobbyScreen
from certify.tui.screens.people import PeopleScreen
from certify.tui.screens.qualifications import QualificationsScreen
from certify.tui.screens.record import RecordScreen
from certify.tui.screens.result import ResultScreen
from certify.tui.screens.sign_in import SignInScreen
from certify.tui.screens.who import WhoScreen
from tests.platforms import actor, read_course, sit
from tests.tui import hall_pages, quality_pages
from tests.tui.conftest import OnePage, screen_text, settle

LOOKS = [
    pytest.param(language, size, theme, id=f"{language}-{size[0]}x{size[1]}-{theme}")
    for language in ("zh", "en")
    for size, theme in (((80, 24), "dark"), ((120, 40), "light"))
]
Page = Callable[[Platform], tuple[str, Screen[None], list[str]]]


def _learner(platform: Platform, *, passed: bool | None = None) -> str:
    """E1001, who has read the course and perhaps sat its exam."""
    who = actor(platform, "E1001")
    read_course(platform, who)
    if passed is not None:
        sit(platform, who, right=None if passed else 2)
    return who.staff_no


def home(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    return _learner(platform, passed=True), HomeScreen(), []


def empty_home(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    return "E1002", HomeScreen(), []


def who(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    return "E1001", WhoScreen(), []


def sign_in(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    return "E1001", SignInScreen(), []


def course(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    return _learner(platform), CourseScreen("sample"), []


def lesson(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    return "E1001", LessonScreen("sample", "lesson-1"), []


def lobby(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    return _learner(platform), LobbyScreen("sample-written"), []


def locked_lobby(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    return "E1002", LobbyScreen("sample-written"), []


def exam(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    _learner(platform)
    begun = sitting.start(platform, actor=actor(platform, "E1001"), exam="sample-written")
    return "E1001", ExamScreen(begun), ["1", "right", "f", "right", "2"]


def submitting(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    staff_no, page, keys = exam(platform)
    return staff_no, page, [*keys, "s"]


def passed_result(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    _learner(platform)
    return "E1001", ResultScreen(sit(platform, actor(platform, "E1001"))), []


def failed_result(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    _learner(platform)
    return "E1001", ResultScreen(sit(platform, actor(platform, "E1001"), right=2)), []


def record(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    return _learner(platform, passed=True), RecordScreen(), []


def people(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    return "H0001", PeopleScreen(), []


def qualifications(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    _learner(platform, passed=True)
    return "H0001", QualificationsScreen(), []


def helping(platform: Platform) -> tuple[str, Screen[None], list[str]]:
    staff_no, page, keys = lobby(platform)
    return staff_no, page, [*keys, "f1"]


PAGES: list[Page] = [
    home,
    empty_home,
    who,
    sign_in,
    course,
    lesson,
    lobby,
    locked_lobby,
    exam,
    submitting,
    passed_result,
    failed_result,
    record,
    people,
    qualifications,
    helping,
]


EVERY = [*PAGES, *quality_pages.PAGES, *hall_pages.PAGES]


@pytest.mark.parametrize("page", EVERY, ids=lambda page: page.__name__)
@pytest.mark.parametrize(("language", "size", "theme"), LOOKS)
def test_the_screen_looks_as_it_was_accepted(
    snap_compare: Any,
    sqlite_platform: Platform,
    page: Page,
    language: str,
    size: tuple[int, int],
    theme: str,
) -> None:
    staff_no, screen, keys = page(sqlite_platform)
    settings = dataclasses.replace(sqlite_platform.settings, theme=theme)
    platform = dataclasses.replace(sqlite_platform, settings=settings)

    async def prepare(pilot: Pilot[int]) -> None:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.1)
        for _ in range(20):  # until two looks in a row see the same, however slow the machine
            before = screen_text(pilot)
            await settle(pilot)
            await pilot.pause(0.2)
            if isinstance(pilot.app.screen, ExamScreen) and not pilot.app.screen.sheet.is_saved:
                continue
            if screen_text(pilot) == before:
                break

    app = OnePage(platform, staff_no, lambda: screen, language)
    assert snap_compare(app, terminal_size=size, run_before=prepare)
