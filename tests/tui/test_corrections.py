"""Correcting a result on the screens: the list first, then two persons."""

from certify.domain.person import Role, RoleGrant
from certify.i18n import _
from certify.platform import Platform
from certify.services import correcting, messages, results
from certify.storage import people
from certify.tui.screens.correction import CorrectionScreen
from certify.tui.screens.corrections import CorrectionsScreen
from certify.tui.screens.home import HomeScreen
from tests.platforms import actor
from tests.services.test_correcting import carried_out, failed_on, items_of, wish
from tests.tui.conftest import Show, screen_text, settle, type_text, until


def make_trainer(platform: Platform) -> None:
    with platform.database.write() as session:
        person = people.by_staff_no(session, "S0001")
        assert person is not None
        session.add(RoleGrant(person_id=person.id or 0, role=Role.TRAINER))


async def test_an_item_is_voided_by_two_persons(show: Show, sqlite_platform: Platform) -> None:
    make_trainer(sqlite_platform)
    attempt_id = failed_on(sqlite_platform, "E1001", "limits")
    item = items_of(sqlite_platform, attempt_id, "limits")[0]

    async with show("S0001", CorrectionsScreen) as pilot:
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await type_text(pilot, item)
        await pilot.press("enter", "enter", "enter")
        await type_text(pilot, "ambiguous")
        await pilot.press("enter")
        pilot.app.simulate_key("enter")
        shown = await until(pilot, "王小兰")
        assert isinstance(pilot.app.screen, CorrectionScreen)
        assert "E1001" in shown
        await pilot.press("p")
        await settle(pilot)
        pilot.app.simulate_key("enter")
        await until(pilot, _("waits for a second"))

    (proposed,) = correcting.corrections(sqlite_platform, actor=actor(sqlite_platform, "H0001"))
    assert proposed.is_open
    before = results.result(
        sqlite_platform, actor=actor(sqlite_platform, "H0001"), attempt_id=attempt_id
    )

    async with show("H0001", CorrectionsScreen) as pilot:
        await settle(pilot)
        pilot.app.simulate_key("enter")
        await until(pilot, "王小兰")
        await pilot.press("a")
        await settle(pilot)
        await pilot.pause(0.4)
        pilot.app.simulate_key("y")  # `press` would wait for widgets of pages that close
        await until(pilot, f"✓ {_('applied')}")

    after = results.result(
        sqlite_platform, actor=actor(sqlite_platform, "H0001"), attempt_id=attempt_id
    )
    assert float(after.attempt.mark) > float(before.attempt.mark)


async def test_a_refusal_stays_in_the_form_and_names_what_there_is(
    show: Show, sqlite_platform: Platform
) -> None:
    make_trainer(sqlite_platform)
    attempt_id = failed_on(sqlite_platform, "E1001", "limits")
    known = items_of(sqlite_platform, attempt_id, "limits")[0]

    async with show("S0001", CorrectionsScreen) as pilot:
        await settle(pilot)
        assert _("New correction") in screen_text(pilot)
        await pilot.press("n")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await type_text(pilot, "XX-999")
        await pilot.press("enter", "enter", "enter")
        await type_text(pilot, "why")
        await pilot.press("enter", "enter")
        shown = await until(pilot, "XX-999")

    assert known.split("-")[0] in shown


async def test_whose_result_changed_is_told_on_the_first_screen_until_read(
    show: Show, sqlite_platform: Platform
) -> None:
    make_trainer(sqlite_platform)
    trainer, hr = actor(sqlite_platform, "S0001"), actor(sqlite_platform, "H0001")
    attempt_id = failed_on(sqlite_platform, "E1001", "limits")
    asked = wish(items_of(sqlite_platform, attempt_id, "limits")[0])
    carried_out(sqlite_platform, trainer, hr, asked)

    async with show("E1001", HomeScreen) as pilot:
        assert "两个选项都对" in await until(pilot, _("You should know"))
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await until(
            pilot, results.result(sqlite_platform, actor=hr, attempt_id=attempt_id).attempt.mark
        )

    assert messages.unread(sqlite_platform, actor=actor(sqlite_platform, "E1001")) == []
