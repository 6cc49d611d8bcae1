"""At the door, by lines, in fields and names of files nothing is an order to a terminal (G13)."""

import asyncio
import logging
from datetime import timedelta
from typing import Any

import asyncssh
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.widgets import Input

from certify.cli import line_door
from certify.cli.line_terminal import ask, say, talking_on
from certify.clock import SetClock
from certify.domain.clean import FORBIDDEN
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.server import metrics, ssh_words
from certify.server.journal import Lines
from certify.server.web_socket import file_name
from certify.services import exam_codes
from certify.tui.widgets.fields import Ask, Field
from tests.platforms import actor
from tests.server.browsing import browsable
from tests.server.canaries import press, rest
from tests.server.foreign import NAUGHTY, PAYLOADS, foreign
from tests.server.serving import Client, give_password, served
from tests.server.spoiled_hall import EVERY, SHOWN, TEXTS, make_hall, spoil


@pytest.fixture
def hall(sqlite_platform: Platform) -> int:
    return make_hall(sqlite_platform)


class Guest(asyncssh.SSHClient):
    """Keeps what is said before anybody is let in."""

    def __init__(self, password: str) -> None:
        self.told: list[str] = []
        self._password = password

    def auth_banner_received(self, msg: str, lang: str) -> None:
        self.told.append(msg)

    def kbdint_auth_requested(self) -> str:
        return ""

    def kbdint_challenge_received(
        self, name: str, instructions: str, lang: str, prompts: Any
    ) -> list[str]:
        self.told += [name, instructions, *(prompt for prompt, _echo in prompts)]
        return [self._password] * len(prompts)

    def connection_lost(self, exc: Exception | None) -> None:
        self.told.append(str(exc or ""))


async def _told_at(port: int, user: str, password: str) -> list[str]:
    guests: list[Guest] = []

    def guest() -> Guest:
        guests.append(Guest(password))
        return guests[-1]

    try:
        async with Client(port, user, password, client_factory=guest):
            pass
    except (asyncssh.Error, OSError):
        pass  # turned away
    except ValueError:
        return []  # a name that this client does not send
    return guests[-1].told


async def test_before_it_is_known_who_comes_nothing_foreign_is_said(
    sqlite_platform: Platform,
    hall: int,
    clock: SetClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    platform = sqlite_platform
    (code,) = exam_codes.issue(
        platform, actor=actor(platform, "H0001"), cohort_id=hall, staff_nos=["S0001"]
    )
    spoil(platform)
    clock.set(clock.now() + timedelta(hours=3))
    async with served(platform) as door:
        told = await _told_at(door.port, "S0001", code.code)
        said = "\n".join(told)
        assert f"certify · {SHOWN}" in said, "the company's name"
        assert f"“{SHOWN}" in said, "the name of the cohort, whose window is over"
        for name in PAYLOADS:
            told += await _told_at(door.port, name, "wrong")
        counted = metrics.text(door.hall)
    for one in told:
        assert "\x1b" not in one
        assert foreign(one.encode()) == []
    assert foreign(counted) == []
    lines = Lines("here")
    for record in caplog.records:
        assert foreign(lines.format(record).encode()) == []


async def test_a_terminal_of_lines_gets_lines_and_nothing_else(
    sqlite_platform: Platform, hall: int
) -> None:
    spoil(sqlite_platform)
    give_password(sqlite_platform, "E1001", "E1002")
    async with served(sqlite_platform, plain=line_door.take) as door:
        async with door.client("E1001", term="dumb", size=(100, 400)) as her:
            await her.until(_("Which exam? Type its number; q: leave."))
            for typed in ("1", "", "m", "1", "l", "t", "n", "2", "p", "s", "y"):
                await press(her, typed, "enter")
                await rest(her)
                await asyncio.sleep(0.1)
            assert SHOWN in her.shown
        async with door.client("E1002", term="dumb", size=(100, 400)) as him:
            await rest(him)
    for one in (her, him):
        text = one.received.decode().replace("\r\n", "\n").replace("\b \b", "")
        assert [
            FORBIDDEN.findall(line) for line in text.splitlines() if FORBIDDEN.search(line)
        ] == []


async def test_what_stands_in_a_field_from_the_start_is_no_order_either() -> None:
    class OneField(App[None]):
        def compose(self) -> ComposeResult:
            yield Field(Ask("name", "Name", EVERY))

    async with OneField().run_test() as pilot:
        value = pilot.app.query_one(Input).value
        assert SHOWN in value
        assert FORBIDDEN.findall(value) == []


def test_by_lines_nothing_is_told_as_an_order_wherever_it_comes_from() -> None:
    written: list[str] = []

    class Other:
        def write(self, text: str) -> None:
            written.append(text)

        def readline(self) -> str:
            return "\n"

    with talking_on(Other()):
        say(EVERY)
        ask(EVERY)
    assert FORBIDDEN.findall("".join(written)) == []
    assert SHOWN in written[0]
    assert FORBIDDEN.findall(ssh_words.of(Refused(EVERY, mend=EVERY))) == []


async def test_names_of_files_reach_a_browser_without_orders_to_anything(
    sqlite_platform: Platform,
) -> None:
    async with browsable(sqlite_platform) as door, door.visitor() as visitor:
        await rest(visitor)
        (browser,) = door.door.browsers
        for number, text in enumerate(TEXTS):
            browser.offer_file(f"{number}{text}.csv", b"x")
        await visitor.until_so(lambda: len(visitor.files) == len(TEXTS), "files are missing")
    for name in visitor.files:
        assert foreign(name.encode()) == []
    for text in NAUGHTY:
        assert not FORBIDDEN.search(file_name(text))


@given(st.text(st.characters(codec=None), max_size=60))
def test_no_name_of_a_file_keeps_an_order(name: str) -> None:
    assert not FORBIDDEN.search(file_name(name))
