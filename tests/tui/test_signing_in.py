"""The first start of a home, and signing in to it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from certify.clock import SetClock
from certify.hooks.registry import Plugins
from certify.i18n import _
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.policy.access import AccessPolicy
from certify.services import exam_codes, founding, sign_in
from certify.services.access import entering
from certify.settings import Settings
from certify.tui.app import CertifyApp
from certify.tui.screens.founding import FoundingScreen
from certify.tui.screens.home import HomeScreen
from certify.tui.screens.lobby import LobbyScreen
from certify.tui.screens.own_password import OwnPasswordScreen
from certify.tui.screens.sign_in import SignInScreen
from tests.platforms import NOON, actor, read_course, with_policy
from tests.services.test_cohorts import cohort
from tests.tui.conftest import screen_text, settle, type_text, until

PASSWORD = "correct horse"


@pytest.fixture
def new_home(tmp_path: Path, clock: SetClock, plugins: Plugins) -> Iterator[Platform]:
    """A home that belongs to nobody yet."""
    (tmp_path / "new").mkdir()
    settings = Settings(home=Home(tmp_path / "new"), lang="en")
    opened = open_platform(settings, clock=clock, plugins=plugins)
    yield opened
    opened.close()


@pytest.fixture
def home(new_home: Platform) -> Platform:
    """A lasting home with one administrator, 0001."""
    founding.found_organisation(
        new_home, name="公司", staff_no="0001", person_name="王小兰", password=PASSWORD
    )
    return new_home


async def test_the_first_start_asks_what_it_must_and_goes_home(new_home: Platform) -> None:
    app = CertifyApp(new_home.settings, platform=new_home)
    async with app.run_test(size=(80, 24)) as pilot:
        text = await until(pilot, "Welcome to certify")
        assert isinstance(app.screen, FoundingScreen)
        assert "中文" in text
        assert "English" in text
        await settle(pilot)

        await pilot.press("enter", "enter")
        await until(pilot, "! Please fill this in.")
        await type_text(pilot, "公司")
        await pilot.press("enter", *"0001", "enter")
        await type_text(pilot, "王小兰")
        await pilot.press("enter", *"short", "enter")
        await until(pilot, "! Use at least 8 characters.")
        await pilot.press("ctrl+u")
        await type_text(pilot, PASSWORD)
        await pilot.press("enter", *"something else", "enter")
        await until(pilot, "! The two are not the same.")
        await pilot.press("ctrl+u")
        await type_text(pilot, PASSWORD)
        await pilot.press("enter")
        asked = await until(pilot, "Create this home?")
        assert "Your staff no.: 0001" in asked
        await pilot.press("y")
        text = await until(pilot, "Sample course")
        assert "You are the only person here yet." in text
        assert isinstance(app.screen, HomeScreen)


async def test_a_field_that_is_left_says_at_once_what_is_wrong_with_it(new_home: Platform) -> None:
    app = CertifyApp(new_home.settings, platform=new_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "Welcome to certify")
        await settle(pilot)
        await pilot.press("down", "down")
        await until(pilot, "! Please fill this in.")
        await type_text(pilot, "０００１")
        await pilot.press("enter")
        await until(pilot, "Type it in half-width characters.")
        assert isinstance(app.screen, FoundingScreen)


async def test_no_to_the_summary_creates_nothing_and_keeps_what_was_typed(
    new_home: Platform,
) -> None:
    app = CertifyApp(new_home.settings, platform=new_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "Welcome to certify")
        await settle(pilot)
        await pilot.press("enter")
        for text in ("Firm", "0001", "Wang", PASSWORD, PASSWORD):
            await type_text(pilot, text)
            await pilot.press("enter")
        await until(pilot, "Create this home?")
        await pilot.press("n")
        await settle(pilot)
        assert "Firm" in screen_text(pilot)
    assert founding.organisation(new_home) is None


async def test_where_people_sign_in_signing_out_asks_first(home: Platform) -> None:
    app = CertifyApp(home.settings, staff_no="0001", platform=home)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "You are the only person here yet.")
        await settle(pilot)
        await pilot.press("x")
        await until(pilot, "Sign out?")
        await pilot.press("n")
        await settle(pilot)
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("x")
        await until(pilot, "Sign out?")
        await pilot.press("y")
        await until(pilot, "Password")
        assert isinstance(app.screen, SignInScreen)


async def test_choosing_the_language_changes_it_at_once_and_keeps_what_was_typed(
    new_home: Platform,
) -> None:
    app = CertifyApp(new_home.settings, platform=new_home)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "Welcome to certify")
        await settle(pilot)
        await pilot.press("down", *"Firm", "up", "left")
        await settle(pilot)
        assert app.speaker.language == "zh"
        assert "Firm" in screen_text(pilot)
        assert "(●) 中文" in screen_text(pilot)


@pytest.mark.parametrize(("staff_no", "password"), [("0001", "wrong one"), ("0002", PASSWORD)])
async def test_it_is_never_said_whether_number_or_password_is_wrong(
    home: Platform, staff_no: str, password: str
) -> None:
    app = CertifyApp(home.settings, platform=home)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "Sign in")
        await settle(pilot)
        await type_text(pilot, staff_no)
        await pilot.press("enter")
        await type_text(pilot, password)
        await pilot.press("enter")
        await until(pilot, "! Staff number or password is wrong.")
        assert isinstance(app.screen, SignInScreen)
        assert app.actor is None


async def test_a_start_code_leads_to_a_password_of_ones_own(home: Platform) -> None:
    code = sign_in.give_start_code(home, actor=actor(home, "0001"), staff_no="0001")
    app = CertifyApp(home.settings, platform=home)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "Sign in")
        await settle(pilot)
        await pilot.press(*"0001", "enter")
        await type_text(pilot, code)
        await pilot.press("enter")
        await until(pilot, "hoose a password of your own")
        assert isinstance(app.screen, OwnPasswordScreen)
        await settle(pilot)
        await pilot.press(*"my own one", "enter", *"my own one", "enter")
        await until(pilot, "My qualifications")
    assert not entering.enter(home, staff_no="0001", password="my own one", address="").must_change


async def test_the_page_says_when_passwords_are_taken_again(home: Platform) -> None:
    rules = AccessPolicy(failures=1)
    locked = with_policy(home, home.policy.model_copy(update={"access": rules}))
    app = CertifyApp(locked.settings, platform=locked)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "Sign in")
        await settle(pilot)
        await pilot.press(*"0001", "enter", *"wrong", "enter")
        await until(pilot, "! Staff number or password is wrong.")
        await pilot.press("enter")
        told = await until(pilot, "! Too many sign-ins failed.")
        assert "12:15" in told
        assert app.actor is None


async def test_an_exam_code_is_taken_by_the_page_and_leads_to_its_exam_alone(
    sqlite_platform: Platform,
) -> None:
    read_course(sqlite_platform, actor(sqlite_platform, "E1001"))
    number = cohort(sqlite_platform, "E1001", opens_at=NOON, closes_at=NOON + timedelta(hours=1))
    hr = actor(sqlite_platform, "H0001")
    (found,) = exam_codes.issue(sqlite_platform, actor=hr, cohort_id=number)
    app = CertifyApp(sqlite_platform.settings, platform=sqlite_platform)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await app.switch_screen(SignInScreen())
        await settle(pilot)
        await pilot.press(*"E1001", "enter")
        await type_text(pilot, found.code)
        await pilot.press("enter")
        await until(pilot, _("Ready? Press Enter to start."))
        app.action_page("courses")
        await settle(pilot)
        (told,) = app._notifications
        assert told.message == _("An exam code leads to its exam and to nothing else.")
        assert isinstance(app.screen, LobbyScreen)
