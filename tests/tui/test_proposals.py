"""The page on which a second person confirms what a colleague proposed."""

import pytest

from certify.platform import Platform
from certify.services import catalogue, proposals
from certify.tui.screens.home import HomeScreen
from certify.tui.screens.proposals import ProposalsScreen
from tests.services.learning_steps import pass_course
from tests.services.second_person import propose_to_revoke, second_hr
from tests.tui.conftest import Show, arrive, screen_text, settle, type_text, until


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_second_person_confirms_and_only_then_is_it_done(
    show: Show, sqlite_platform: Platform, lang: str
) -> None:
    pass_course(sqlite_platform, "E1001")
    second = second_hr(sqlite_platform)
    propose_to_revoke(sqlite_platform, "E1001", "L1")
    [one] = proposals.listed(sqlite_platform, actor=second)
    number = one.facts["certificate"]

    async with show("H0002", ProposalsScreen, lang=lang) as pilot:
        assert "王小兰" in screen_text(pilot)
        await pilot.press("y")
        await pilot.pause(0.5)  # a yes typed at once is a slip
        assert catalogue.certificate(sqlite_platform, actor=second, number=number).state == "active"
        await pilot.press("y")
        await arrive(pilot, ProposalsScreen)
        await until(pilot, "已确认" if lang == "zh" else "confirmed")

    assert catalogue.certificate(sqlite_platform, actor=second, number=number).state == "revoked"


async def test_the_proposer_sees_it_wait_and_can_only_take_it_back(
    show: Show, sqlite_platform: Platform
) -> None:
    pass_course(sqlite_platform, "E1001")
    propose_to_revoke(sqlite_platform, "E1001", "L1")

    async with show("H0001", ProposalsScreen, lang="en") as pilot:
        assert "you proposed it, somebody else confirms it" in screen_text(pilot)
        await pilot.press("y", "r")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ProposalsScreen)
        await pilot.press("w")
        await until(pilot, "withdrawn")


async def test_declining_asks_why(show: Show, sqlite_platform: Platform) -> None:
    pass_course(sqlite_platform, "E1001")
    second = second_hr(sqlite_platform)
    propose_to_revoke(sqlite_platform, "E1001", "L1")

    async with show("H0002", ProposalsScreen, lang="en") as pilot:
        await pilot.press("r")
        await settle(pilot)
        await type_text(pilot, "no proof")
        await pilot.press("enter")
        await arrive(pilot, ProposalsScreen)
        await until(pilot, "declined")

    [one] = proposals.listed(sqlite_platform, actor=second)
    assert one.remark == "no proof"


async def test_an_empty_page_says_so_and_home_counts_what_waits(
    show: Show, sqlite_platform: Platform
) -> None:
    async with show("H0001", ProposalsScreen, lang="en") as pilot:
        assert "Nothing waits for a second person." in screen_text(pilot)
    pass_course(sqlite_platform, "E1001")
    second_hr(sqlite_platform)
    propose_to_revoke(sqlite_platform, "E1001", "L1")

    async with show("H0002", HomeScreen, lang="en") as pilot:
        assert "Proposals" in screen_text(pilot)
