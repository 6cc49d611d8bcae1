"""The page on which somebody sees and changes how they sign in."""

from datetime import timedelta

import pytest

from certify.clock import SetClock
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import sign_in
from certify.services.access import entering, public_keys
from certify.tui.dialogs.confirm import Confirm
from certify.tui.dialogs.form import Form
from certify.tui.screens.own_password import OwnPasswordScreen
from certify.tui.screens.ways_in import WaysInScreen
from certify.tui.widgets.rows import Rows
from tests.platforms import actor
from tests.services.test_public_keys import made
from tests.tui.conftest import Show, arrive, screen_text, settle, type_text, until

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_empty_page_says_what_there_could_be(
    show: Show, size: tuple[int, int], lang: str
) -> None:
    async with show("E1001", WaysInScreen, size=size, lang=lang) as pilot:
        shown = screen_text(pilot)
        if lang == "zh":
            assert _("none yet: P sets one") in shown
        else:
            assert "None yet. A adds one" in shown
            assert "None. Your own sign-in forgets them, and time does." in shown
        assert pilot.app.screen.check_action("remove", ()) is False


@pytest.mark.parametrize("size", SIZES)
async def test_a_key_is_pasted_named_and_removed_after_a_question(
    show: Show, sqlite_platform: Platform, size: tuple[int, int]
) -> None:
    line = made().strip()
    async with show("E1001", WaysInScreen, size=size) as pilot:
        await pilot.press("a")
        await arrive_form(pilot)
        pilot.app.screen.query("Input").first().value = "ssh-ed25519 AAAA"  # type: ignore[attr-defined]
        await pilot.press("enter", "enter")
        await until(pilot, _("This public key is damaged."))
        pilot.app.screen.query("Input").first().value = line  # type: ignore[attr-defined]
        await type_text(pilot, "laptop")
        await pilot.press("enter")
        await arrive(pilot, WaysInScreen)
        await until(pilot, "laptop")
        assert _("not used yet") in screen_text(pilot)
        (key,) = public_keys.keys(sqlite_platform, actor=actor(sqlite_platform, "E1001"))

        assert pilot.app.screen.query_one(Rows).chosen == key.fingerprint
        await until(pilot, key.fingerprint)
        await pilot.press("r")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Confirm)
        assert _("! You have no password: without a key HR must give you a start code.")[:10] in (
            screen_text(pilot)
        )
        await pilot.press("n")
        await arrive(pilot, WaysInScreen)
        await pilot.press("r")
        await settle(pilot)
        await pilot.pause(0.4)
        await pilot.press("y")
        await arrive(pilot, WaysInScreen)
        await until(pilot, _("The key is removed."))
    (key,) = public_keys.keys(sqlite_platform, actor=actor(sqlite_platform, "E1001"))
    assert key.revoked_at is not None


async def test_another_password_is_chosen_and_one_comes_back(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    her = actor(sqlite_platform, "E1001")
    sign_in.change_password(sqlite_platform, actor=her, password="the first one")
    clock.advance(timedelta(days=1))
    async with show("E1001", WaysInScreen) as pilot:
        await until(pilot, _("your own, since {moment}").format(moment="2024-03-04 12:00"))
        await pilot.press("enter")
        await arrive(pilot, OwnPasswordScreen)
        await pilot.press("escape")
        await arrive(pilot, WaysInScreen)
        await pilot.press("p")
        await arrive(pilot, OwnPasswordScreen)
        await pilot.press(*"a wrong one", "enter", *"my own one", "enter", *"my own one", "enter")
        await until(pilot, _("This is not your present password."))
        pilot.app.screen.query("Input").first().value = "the first one"  # type: ignore[attr-defined]
        await pilot.press("enter")
        await arrive(pilot, WaysInScreen)
        await until(pilot, _("your own, since {moment}").format(moment="2024-03-05 12:00"))
    entered = entering.enter(sqlite_platform, staff_no="E1001", password="my own one", address="")
    assert entered.actor == her


@pytest.mark.parametrize("size", SIZES)
async def test_sign_ins_and_failures_are_told_and_only_ones_own(
    show: Show, sqlite_platform: Platform, size: tuple[int, int]
) -> None:
    for staff_no, address in (("E1001", "10.0.0.7"), ("E1002", "10.9.9.9")):
        entering.note_entered(
            sqlite_platform, sign_in.SignedIn(actor(sqlite_platform, staff_no), must_change=False)
        )
        with pytest.raises(Refused):
            entering.enter(sqlite_platform, staff_no=staff_no, password="guess", address=address)
    async with show("E1001", WaysInScreen, size=size) as pilot:
        shown = screen_text(pilot)
        assert "2024-03-04 12:00  10.0.0.7" in shown
        assert "10.9.9.9" not in shown
        await pilot.press("end")
        await until(pilot, _("Was this you? Else choose another password, and tell HR.")[:4])
        await pilot.press("f2")
        await until(pilot, "Failed tries that count now")


async def arrive_form(pilot) -> None:  # type: ignore[no-untyped-def]
    await settle(pilot)
    assert isinstance(pilot.app.screen, Form)
