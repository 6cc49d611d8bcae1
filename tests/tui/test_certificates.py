"""Certificates on the screens: found, read, written to files, issued anew."""

from datetime import timedelta

from certify.clock import SetClock
from certify.platform import Platform
from certify.services.certificates import listing
from certify.tui.screens.certificate import CertificateScreen
from certify.tui.screens.certificates import CertificatesScreen
from certify.tui.screens.qualifications import QualificationsScreen
from certify.tui.screens.record import RecordScreen
from tests.platforms import actor
from tests.tui.conftest import Show, arrive, screen_text, settle, type_text, until
from tests.tui.test_qualifications import qualify


def number_of(platform: Platform, staff_no: str = "E1001") -> str:
    found = listing.of_person(platform, actor=actor(platform, staff_no))
    return next(one.number for one in found if one.number.startswith("PQ-"))


async def test_the_record_leads_to_the_certificate_and_its_file(
    show: Show, sqlite_platform: Platform
) -> None:
    qualify(sqlite_platform, "E1001")
    number = number_of(sqlite_platform)
    async with show("E1001", RecordScreen, lang="en") as pilot:
        while number not in screen_text(pilot).split("▸")[-1].split("\n")[0]:
            await pilot.press("down")
            await settle(pilot)
        await pilot.press("enter")
        await arrive(pilot, CertificateScreen)
        text = screen_text(pilot)
        for said in ("✓ active", number, "王小兰", "E1001", "Valid to", "Revision"):
            assert said in text
        assert "Issue anew" not in text, "that is for HR"
        await pilot.press("e")
        await until(pilot, "Write the certificate to a file")
        await pilot.press("enter", "enter", "enter")
        await until(pilot, "✓ The certificate was written")
    written = [one.name for one in sqlite_platform.settings.home.exports.iterdir()]
    assert written == [f"{number}.pdf"]


async def test_the_place_follows_the_format(show: Show, sqlite_platform: Platform) -> None:
    qualify(sqlite_platform, "E1001")
    number = number_of(sqlite_platform)
    async with show("H0001", lambda: CertificateScreen(number), lang="en") as pilot:
        await pilot.press("e")
        await until(pilot, "Write the certificate to a file")
        await pilot.press("right", "enter", "enter", "enter")
        await until(pilot, "✓ The certificate was written")
    (written,) = sqlite_platform.settings.home.exports.iterdir()
    assert written.name == f"{number}.png"
    assert written.read_bytes().startswith(b"\x89PNG")


async def test_hr_issues_anew_and_reads_what_was_said_before(
    show: Show, sqlite_platform: Platform
) -> None:
    qualify(sqlite_platform, "E1001")
    number = number_of(sqlite_platform)
    async with show("H0001", lambda: CertificateScreen(number), lang="en") as pilot:
        assert "Revisions" not in screen_text(pilot)
        await pilot.press("r")
        await until(pilot, "The number stays")
        await type_text(pilot, "lost")
        await pilot.press("enter")
        await until(pilot, "replaced: lost")
        await settle(pilot)
        assert "2 (2024-03-04)" in screen_text(pilot)
        await pilot.press("v")
        await until(pilot, "Revision 1")
        await pilot.press("end", "enter")
        text = await until(pilot, "! This is an earlier revision")
        assert "1 (2024-03-04)" in text
        await pilot.press("v")
        await settle(pilot)
        await pilot.press("home", "enter")
        await settle(pilot)
        assert "earlier revision;" not in screen_text(pilot)


async def test_hr_finds_certificates_by_name_number_and_pinyin(
    show: Show, sqlite_platform: Platform
) -> None:
    for staff_no in ("E1001", "E1002"):
        qualify(sqlite_platform, staff_no)
    first, second = number_of(sqlite_platform), number_of(sqlite_platform, "E1002")
    async with show("H0001", CertificatesScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert first in text
        assert second in text
        await pilot.press("slash")
        await type_text(pilot, "wangx")
        await settle(pilot)
        assert second not in screen_text(pilot)
        await pilot.press("enter", "enter")
        await arrive(pilot, CertificateScreen)
        assert "王小兰" in screen_text(pilot)


async def test_everybody_else_sees_their_own_and_who_has_none_learns_how(
    show: Show, sqlite_platform: Platform
) -> None:
    qualify(sqlite_platform, "E1001")
    async with show("E1001", CertificatesScreen, lang="en") as pilot:
        assert number_of(sqlite_platform) in screen_text(pilot)
    async with show("E1002", CertificatesScreen, lang="en") as pilot:
        assert "Who passes the exam" in screen_text(pilot)
        await pilot.press("f1")
        await settle(pilot)


async def test_the_list_of_qualifications_opens_a_certificate(
    show: Show, sqlite_platform: Platform, clock: SetClock
) -> None:
    qualify(sqlite_platform, "E1001")
    async with show("H0001", QualificationsScreen, lang="en") as pilot:
        await pilot.press("c")
        await arrive(pilot, CertificateScreen)
        assert number_of(sqlite_platform) in screen_text(pilot)
    clock.advance(timedelta(days=800))
    number = number_of(sqlite_platform)
    async with show("H0001", lambda: CertificateScreen(number), lang="en") as pilot:
        assert "○ expired" in screen_text(pilot)


async def test_an_unknown_number_leads_back_with_words(
    show: Show, sqlite_platform: Platform
) -> None:
    qualify(sqlite_platform, "E1002")
    number = number_of(sqlite_platform, "E1002")
    async with show("E1001", lambda: CertificateScreen(number), lang="en") as pilot:
        await until(pilot, "There is no certificate")
