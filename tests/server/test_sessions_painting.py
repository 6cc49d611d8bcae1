"""What a terminal shows after many small changes is what a fresh picture of the page shows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from certify.clock import SetClock
from certify.i18n import _
from certify.platform import Platform
from certify.services import sitting_watch
from certify.tui.exam_time import given_text
from certify.tui.screens.exam import ExamScreen
from tests.platforms import actor, read_course
from tests.server.sessions import Desk, hall_of, reaches, sit_down


@asynccontextmanager
async def in_the_exam(
    platform: Platform, size: tuple[int, int] = (80, 24), **caller: object
) -> AsyncIterator[Desk]:
    """Somebody before the first item of the exam."""
    read_course(platform, actor(platform, "E1001"))
    async with hall_of(platform) as hall:
        desk = sit_down(hall, "E1001", exam="sample-written", size=size, **caller)
        await reaches(lambda: desk.session.app.has_begun.is_set())
        await desk.rests()
        desk.type("\r")
        await reaches(lambda: isinstance(desk.session.app.screen, ExamScreen))
        await desk.rests()
        yield desk


def exam_on(desk: Desk) -> ExamScreen:
    screen = desk.session.app.screen
    assert isinstance(screen, ExamScreen)
    return screen


def exam_behind(desk: Desk) -> ExamScreen:
    pages = [one for one in desk.session.app.screen_stack if isinstance(one, ExamScreen)]
    return pages[0]


async def same_as_fresh(desk: Desk) -> None:
    """The picture made of small changes is the one that is painted anew."""
    await desk.rests()
    grown, text = desk.cells(), desk.text
    desk.screen.reset()
    desk.session.app.call_later(desk.session.app.refresh, layout=True)
    await desk.rests()
    assert text == desk.text
    assert grown == desk.cells()


@pytest.mark.parametrize("colours", [0, 16, 256, 1 << 24])
async def test_answering_and_going_on_paints_what_a_fresh_picture_shows(
    sqlite_platform: Platform, colours: int
) -> None:
    async with in_the_exam(sqlite_platform, colours=colours) as desk:
        for keys in ("2", "\x1b[B", "\x1b[C", "1", "f", "\x1b[C", "\r", "\x1b[D", "\x1b[3~"):
            before = len(desk.sent)
            desk.type(keys)
            await reaches(lambda before=before: len(desk.sent) > before)  # type: ignore[misc]
            await same_as_fresh(desk)


async def test_the_clock_paints_its_own_cells_and_warns_at_the_end(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    async with in_the_exam(sqlite_platform) as desk:
        page = exam_on(desk)
        clock.advance(timedelta(seconds=61))
        before = len(desk.sent)
        await reaches(lambda: len(desk.sent) > before)
        assert len(desk.sent) - before < 400
        await same_as_fresh(desk)

        left = page.time.left(page.now())
        clock.advance(timedelta(seconds=left - 200))
        await desk.shows("3:20")
        await same_as_fresh(desk)


@pytest.mark.parametrize("colours", [0, 16, 256, 1 << 24])
async def test_the_clock_goes_on_behind_a_dialog_in_its_own_cells(
    sqlite_platform: Platform, clock: SetClock, colours: int
) -> None:
    async with in_the_exam(sqlite_platform, colours=colours) as desk:
        desk.type("s")
        await desk.shows(_("Submit the exam now?"))
        await desk.rests()
        before = len(desk.sent)
        clock.advance(timedelta(seconds=125))
        await desk.shows("27:5")
        assert len(desk.sent) - before < 400
        await same_as_fresh(desk)

        desk.type("n")
        await reaches(lambda: isinstance(desk.session.app.screen, ExamScreen))
        await same_as_fresh(desk)


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (120, 40)])
@pytest.mark.parametrize("keys", ["\x1bOP", "s\x1bOP"], ids=["help", "both"])
async def test_the_clock_does_not_write_over_what_lies_above_it(
    sqlite_platform: Platform, clock: SetClock, keys: str, size: tuple[int, int]
) -> None:
    async with in_the_exam(sqlite_platform, size) as desk:
        for key in (keys[:1], keys[1:]) if keys.startswith("s") else (keys,):
            desk.type(key)
            await reaches(lambda: not isinstance(desk.session.app.screen, ExamScreen))
            await desk.rests()
        clock.advance(timedelta(seconds=125))
        await reaches(lambda: "27:5" in str(exam_behind(desk).title_line.parts[2]))
        await same_as_fresh(desk)


async def test_another_size_language_and_theme_keep_the_picture_whole(
    sqlite_platform: Platform,
) -> None:
    async with in_the_exam(sqlite_platform, size=(100, 30)) as desk:
        desk.type("2")
        desk.screen.resize(24, 80)
        desk.session.resize(80, 24)
        await same_as_fresh(desk)
        desk.type("\x1bOQ")
        await desk.shows("Time left")
        desk.type("\x1b[C")
        await same_as_fresh(desk)
        desk.type("\x1b[13~")
        await desk.rests()
        desk.type("1")
        await same_as_fresh(desk)


async def test_after_a_terminal_did_not_read_for_a_while_it_is_painted_anew(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    async with in_the_exam(sqlite_platform) as desk:
        desk.session.outlet.slow()
        sent = len(desk.sent)
        for keys in ("2", "\x1b[C", "1", "\x1b[C", "f"):
            desk.type(keys)
            clock.advance(timedelta(seconds=7))
        await desk.rests()
        assert len(desk.sent) == sent
        assert exam_on(desk).position == 2

        desk.session.outlet.drained()
        await reaches(lambda: len(desk.sent) > sent)
        await same_as_fresh(desk)


async def test_what_is_heard_again_paints_nothing_and_what_is_new_is_shown(
    sqlite_platform: Platform, clock: SetClock
) -> None:
    async with in_the_exam(sqlite_platform) as desk:
        page = exam_on(desk)
        page.certify.sittings.discard(page)  # its clock stands still
        heard = sitting_watch.changes(sqlite_platform, [page.sitting.attempt_id])
        (found,) = heard.values()
        page.certify.context.run(page.learn, found)
        await desk.rests()
        before, words = len(desk.sent), desk.text
        page.certify.context.run(page.learn, replace(found, now=clock.now()))
        await desk.rests()
        assert (len(desk.sent), desk.text) == (before, words)

        later = replace(found, deadline=found.deadline + timedelta(minutes=5))
        page.certify.context.run(page.learn, later)
        await desk.shows(given_text(300))
        assert page.time.deadline == later.deadline

        receipt = found.deadline  # of an answer that was saved before the time was given
        page.time.learn(receipt, clock.now())
        page.certify.context.run(page.learn, later)
        assert page.time.deadline == later.deadline
