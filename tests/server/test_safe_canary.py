"""No key, explanation or criterion leaves the server before it is released (G14)."""

import asyncio
import logging
import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from certify.cli import line_door
from certify.domain.attempt import AttemptState
from certify.domain.person import Role
from certify.i18n import _
from certify.platform import Platform
from certify.services import conducting, sitting
from certify.tui.screens.exam import ExamScreen
from tests.platforms import actor
from tests.server.canaries import (
    CANARY,
    attempt_of,
    hand_in,
    has_control,
    hits,
    nothing_anywhere,
    open_exam,
    plant,
    press,
    rest,
    work_through,
)
from tests.server.serving import Served, give_password, served
from tests.services.learning_steps import grant

WALKS = 6 if "CERTIFY_SOAK" in os.environ else 1
STEPS = 2000 if "CERTIFY_SOAK" in os.environ else 250
KEYS = (
    *("left", "right", "up", "down", "tab", "escape", "enter", "backspace", "f1", "f2"),
    *("ctrl+p", " ", "1", "2", "f", "g", "b", "m", "a", "24", "c", "?", "\x1b[5~", "\x1b[6~"),
    *("\x1b[21~", "\x1b[19~", "\x1bOR", "n", "p", "s", "\x1b[<0;10;10M\x1b[<0;10;10m"),
)


@pytest.fixture
def planted(sqlite_platform: Platform) -> Platform:
    plant(sqlite_platform)
    give_password(sqlite_platform, "E1001", "H0001")
    return sqlite_platform


@asynccontextmanager
async def hall(platform: Platform) -> AsyncIterator[Served]:
    async with served(platform, plain=line_door.take) as door:
        yield door


async def test_a_whole_attempt_on_screens_shows_no_key(
    planted: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    grant(planted, "H0001", Role.TRAINER)
    async with hall(planted) as door, door.client("E1001") as her:
        await open_exam(her)
        await work_through(her)
        conducting.announce(
            planted, actor=actor(planted, "H0001"), text="Ten minutes", exam="kinds-written"
        )
        async with door.client("E1001") as again:  # a second terminal cuts off the first
            await open_exam(again)
            await press(again, "escape", "\x1b[19~")
            await again.until("Ten minutes")
            await hand_in(again)
            assert attempt_of(planted).state is AttemptState.AWAITING
            assert has_control(bytes(her.received))
            nothing_anywhere(planted, door.hall, caplog.text, her, again)


async def test_a_whole_attempt_by_lines_shows_no_key(
    planted: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with hall(planted) as door, door.client("E1001", term="dumb", size=(100, 300)) as her:
        await her.until(_("Which exam? Type its number; q: leave."))
        her.press("1", "enter")
        await rest(her)
        her.press("enter")
        await rest(her)
        for answer in ("24", "1", "?", "h", "help", "k", "n", "l", "1 2", "abc", "key", "s"):
            her.press(answer, "enter")
            await rest(her)
        assert has_control(bytes(her.received))
        nothing_anywhere(planted, door.hall, caplog.text, her)


async def test_a_fault_in_the_middle_of_an_exam_tells_its_kind_and_nothing_of_it(
    planted: Platform, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)

    def fail(_page: ExamScreen) -> None:
        raise RuntimeError(repr(planted.item_contents) + CANARY)

    monkeypatch.setattr(ExamScreen, "action_submit", fail)
    async with hall(planted) as door, door.client("E1001") as her:
        await open_exam(her)
        assert has_control(bytes(her.received))
        her.press("\x1b[21~")
        assert await her.until_end() == 70
        assert "RuntimeError" in her.received.decode()
        assert "RuntimeError" in caplog.text
        nothing_anywhere(planted, door.hall, caplog.text, her)


@pytest.mark.parametrize("seed", range(WALKS))
async def test_no_walk_of_keys_leads_to_a_key(
    planted: Platform, caplog: pytest.LogCaptureFixture, seed: int
) -> None:
    caplog.set_level(logging.DEBUG)
    chance = random.Random(seed)
    everybody = []
    async with hall(planted) as door:
        sitting.start(planted, actor=actor(planted, "E1001"), exam="kinds-written")
        steps = 0
        while steps < STEPS:
            async with door.client("E1001") as her:
                everybody.append(her)
                await open_exam(her)
                for _step in range(min(60, STEPS - steps)):
                    her.press(chance.choice(KEYS))
                    if chance.random() < 0.05:
                        her.resize(chance.randint(1, 300), chance.randint(1, 100))
                    await asyncio.sleep(0.02)
                    assert hits(her.shown) == []
                    steps += 1
                    if her.ended.is_set():
                        break
                steps += 1
        assert any(has_control(bytes(one.received)) for one in everybody)
        assert "ended by a fault" not in caplog.text
        nothing_anywhere(planted, door.hall, caplog.text, *everybody)
