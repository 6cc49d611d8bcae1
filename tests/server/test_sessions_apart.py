"""Many people in one process: each has a language, a theme, a screen and an end of their own."""

import asyncio
import gc
import re
import sys
import weakref

import pytest

from certify.platform import Platform
from certify.server import sittings
from certify.server.hall import FAULT, STARTS_AT_ONCE, Hall
from certify.server.sittings import Sittings
from certify.tui.screens.home import HomeScreen
from certify.tui.screens.ladder import LadderScreen
from tests.server.sessions import hall_of, reaches, sit_down


async def test_each_has_a_language_and_a_theme_of_their_own(sqlite_platform: Platform) -> None:
    async with hall_of(sqlite_platform) as hall:
        chinese = sit_down(hall, "E1001")
        english = sit_down(hall, "H0001", lang="en", theme="light")
        await chinese.shows("帮助")
        await english.shows("F1 Help")
        await chinese.rests()

        english.type("\x1b[13~")  # F3
        await reaches(lambda: english.session.app.settings.theme == "dark")
        chinese.type("\x1bOQ")  # F2
        await chinese.shows("F1 Help")
        english.type("\x1bOQ")
        await english.shows("F1 帮助")

        assert chinese.session.app.actor != english.session.app.actor
        assert "E1001" in chinese.text
        assert "H0001" not in chinese.text
        assert "H0001" in english.text


@pytest.mark.parametrize("colours", [0, 16, 256, 1 << 24])
async def test_a_terminal_gets_only_colours_that_it_can_show(
    sqlite_platform: Platform, colours: int
) -> None:
    async with hall_of(sqlite_platform) as hall:
        other = sit_down(hall, "H0001", colours=1 << 24)
        await other.shows("帮助")
        desk = sit_down(hall, "E1001", colours=colours)
        await desk.shows("帮助")
        await desk.rests()

        sent = bytes(desk.sent)
        assert (b"38;2;" in sent) == (colours == 1 << 24)
        assert (b"38;5;" in sent) == (colours == 256)
        few = re.search(rb"\x1b\[(\d;)*(3[0-7]|9[0-7]|4[0-7]|10[0-7])[;m]", sent)
        assert (few is not None) == (colours == 16)


async def test_leaving_in_another_order_than_they_came_leaves_the_output_of_the_process_alone(
    sqlite_platform: Platform,
) -> None:
    before = sys.stdout, sys.stderr
    async with hall_of(sqlite_platform) as hall:
        desks = [sit_down(hall, "E1001") for _desk in range(4)]
        for desk in desks:
            await desk.shows("帮助")
        for place in (1, 3, 0, 2):
            desks[place].session.end()
            await reaches(lambda desk=desks[place]: desk.code == 0)  # type: ignore[misc]

        assert (sys.stdout, sys.stderr) == before
        assert not hall.sessions


async def test_a_fault_ends_its_own_session_only_and_its_words_reach_no_log(
    sqlite_platform: Platform, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    async with hall_of(sqlite_platform) as hall:
        unlucky, other = sit_down(hall, "E1001"), sit_down(hall, "H0001")
        await unlucky.shows("帮助")
        await other.shows("帮助")

        def fail() -> None:
            raise ValueError("王小兰 secret")

        unlucky.session.app.call_later(fail)
        await reaches(lambda: unlucky.code is not None)

        assert unlucky.code == FAULT
        assert "ValueError" in unlucky.text
        assert "ValueError" in caplog.text
        assert "secret" not in caplog.text + unlucky.text + "".join(capsys.readouterr())
        other.type("\x1bOQ")
        await other.shows("F1 Help")


async def test_a_fault_of_work_beside_a_page_is_told_by_its_own_name_and_place(
    sqlite_platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    async with hall_of(sqlite_platform) as hall:
        unlucky = sit_down(hall, "E1001")
        await unlucky.shows("帮助")

        async def fail() -> None:
            try:
                raise KeyError("王小兰 secret")
            except KeyError as problem:
                raise ValueError("secret") from problem

        unlucky.session.app.call_later(lambda: unlucky.session.app.run_worker(fail()))
        await reaches(lambda: unlucky.code is not None)

        [told] = [one for one in caplog.messages if "ended by a fault" in one]
        assert "ended by a fault: ValueError < KeyError at test_sessions_apart.py:" in told
        assert "ValueError" in unlucky.text
        assert "WorkerFailed" not in told + unlucky.text
        assert "secret" not in caplog.text + unlucky.text


async def test_a_page_that_fails_in_the_common_clock_ends_alone(sqlite_platform: Platform) -> None:
    async with hall_of(sqlite_platform) as hall:
        unlucky, other = sit_down(hall, "E1001"), sit_down(hall, "H0001")
        await unlucky.shows("帮助")
        await other.shows("帮助")

        class Broken:
            is_running, is_over = True, False
            certify = unlucky.session.app

            def tick(self) -> None:
                raise ValueError

        hall.sittings.add(Broken())  # type: ignore[arg-type]
        await reaches(lambda: unlucky.code == FAULT)

        assert other.code is None


async def test_the_common_watch_survives_whatever_goes_wrong(
    sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sittings, "WATCH_SECONDS", 0.01)
    tries = list[int]()

    class Broken:
        is_running = True

        @property
        def sitting(self) -> object:
            tries.append(1)
            raise KeyError

    async with hall_of(sqlite_platform) as hall:
        hall.sittings.add(Broken())  # type: ignore[arg-type]
        await reaches(lambda: len(tries) > 2)


async def test_what_an_ended_app_held_is_given_back_without_the_collector(
    sqlite_platform: Platform,
) -> None:
    async with hall_of(sqlite_platform) as hall:
        first = sit_down(hall, "E1001")
        await first.shows("帮助")
        first.session.end()
        await reaches(lambda: first.code == 0)
        gc.collect()
        gc.disable()
        try:
            apps: list[weakref.ref[object]] = []
            gone: list[weakref.ref[object]] = []
            for _visit in range(20):
                desk = sit_down(hall, "E1001")
                await desk.shows("帮助")
                app = desk.session.app
                apps += [weakref.ref(app), weakref.ref(app.screen)]
                gone += [weakref.ref(app.screen._compositor), weakref.ref(app.stylesheet)]
                desk.session.end()
                await reaches(lambda desk=desk: desk.code == 0)  # type: ignore[misc]
                del app, desk
            await asyncio.sleep(0.2)
            assert [one() for one in gone] == [None] * len(gone)
        finally:
            gc.enable()

        def all_gone() -> bool:
            gc.collect()
            return all(one() is None for one in apps)

        await reaches(all_gone)  # a timer that was cancelled holds them until its moment


async def test_who_leaves_before_their_turn_never_starts(sqlite_platform: Platform) -> None:
    async with hall_of(sqlite_platform) as hall:
        desks = [sit_down(hall, "E1001") for _desk in range(6)]
        desks[5].session.end()
        await reaches(lambda: desks[5].code is not None)
        await desks[4].shows("帮助")

        assert desks[5].code == 0
        assert not desks[5].sent


async def test_only_a_few_compose_at_the_same_moment(sqlite_platform: Platform) -> None:
    async with hall_of(sqlite_platform) as hall:
        desks = [sit_down(hall, "E1001") for _desk in range(6)]
        most = 0
        while not all(desk.session.app.has_begun.is_set() for desk in desks):
            starting = [
                desk
                for desk in desks
                if desk.session.app.is_running and not desk.session.app.has_begun.is_set()
            ]
            most = max(most, len(starting))
            await asyncio.sleep(0)

        assert 1 <= most <= STARTS_AT_ONCE


async def test_pages_before_the_exam_are_made_when_somebody_goes_back(
    sqlite_platform: Platform,
) -> None:
    async with hall_of(sqlite_platform) as hall:
        desk = sit_down(hall, "E1001", exam="sample-written")
        await desk.shows("示例")
        assert not any(isinstance(one, HomeScreen) for one in desk.session.app.screen_stack)
        await desk.rests()

        desk.type("\x1b")
        await reaches(lambda: isinstance(desk.session.app.screen, HomeScreen))
        desk.session.app.push_screen(LadderScreen())
        await reaches(lambda: isinstance(desk.session.app.screen, LadderScreen))


def test_clocks_are_spread_over_the_second() -> None:
    class Page:
        pass

    sittings, pages = Sittings(), [Page() for _page in range(100)]
    for page in pages:
        sittings.add(page)  # type: ignore[arg-type]
        sittings.add(page)  # type: ignore[arg-type]
    assert {len(slot) for slot in sittings._slots} == {2}
    for page in pages:
        sittings.discard(page)
    assert not sittings
    assert not any(sittings._slots)


async def test_a_full_hall_takes_nobody_more(sqlite_platform: Platform) -> None:
    from certify.errors import Refused

    hall = Hall(sqlite_platform, most=1)
    try:
        desk = sit_down(hall, "E1001")
        with pytest.raises(Refused):
            sit_down(hall, "H0001")
        await desk.shows("帮助")
    finally:
        await hall.close()
