"""What a session leaves behind when it has ended: nothing of it stays in memory."""

import asyncio
import gc
import weakref
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.cache import LRUCache
from textual.color import Color
from textual.dom import DOMNode
from textual.events import Key
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from benchmarks.exam_hall_examinee import Examinee
from benchmarks.exam_hall_home import make_home, open_hall
from certify.platform import Platform
from certify.server import ssh, textual_memory
from certify.server.hall import Hall
from certify.server.outlet import Outlet
from certify.server.session import Session
from certify.server.ssh_shell import Shell
from certify.server.terminal import Terminal
from tests.server.sessions import hall_of, reaches, sit_down

OF_A_SESSION = (
    *(DOMNode, StylesCache, Terminal, Session, Shell, Outlet, ssh.Connection),
    *(asyncssh.SSHServerConnection, asyncssh.SSHServerChannel),
)
"""The app, its screens and widgets are DOM nodes."""


@asynccontextmanager
async def _hall(folder: Path, people: int) -> AsyncIterator[tuple[Hall, int]]:
    """A hall in this process whose people may sit an exam of 50 items; and its port."""
    make_home(folder, people, light=True)
    platform = open_hall(folder)
    hall = Hall(platform)
    door = await ssh.listen(hall, "127.0.0.1", 0, folder / "ssh")
    try:
        yield hall, door.get_port()
    finally:
        door.close()
        await hall.close()
        platform.close()


async def _sit(number: int, port: int) -> None:
    """Sign in, answer, and hand in or leave, or leave in the middle."""
    person = Examinee(number, port)
    try:
        await person.sign_in()
        await person.start()
        if number % 4 == 3:
            return
        await person.open_exam()
        for place in range(2):
            await person.answer(1 + place)
            await person.go_on(50)
        if number % 2:
            await person.submit()
    finally:
        await person.leave()


def _left() -> Counter[str]:
    """How many of each kind are in memory."""
    kinds = map(type, gc.get_objects())
    return Counter(kind.__name__ for kind in kinds if issubclass(kind, OF_A_SESSION))


async def _has_gone(hall: Hall, before: Counter[str]) -> None:
    """Wait until all have left and nothing is kept beyond what was there before."""
    await reaches(lambda: not hall.sessions)
    for _look in range(10):  # the last of a connection is done a few passes later
        await asyncio.sleep(0.1)
        gc.collect()
        if not _left() - before:
            return
    assert _left() - before == Counter()


@pytest.mark.timeout(120)
async def test_nothing_of_eight_sessions_is_in_memory_after_they_have_ended(
    tmp_path: Path,
) -> None:
    async with _hall(tmp_path, 10) as (hall, port):
        await _sit(9, port)
        await reaches(lambda: not hall.sessions)
        gc.collect()
        before = _left()
        await asyncio.gather(*(_sit(number, port) for number in range(8)))
        await _has_gone(hall, before)


async def test_a_session_that_something_holds_is_noticed(tmp_path: Path) -> None:
    async with _hall(tmp_path, 2) as (hall, port):
        gc.collect()
        before, held = _left(), list[Any]()
        person = Examinee(0, port)
        await person.sign_in()
        await person.start()
        held += hall.sessions
        await person.leave()
        await reaches(lambda: not hall.sessions)
        gc.collect()

        assert (_left() - before)["Session"] == 1
        assert (_left() - before)["HostedApp"] == 1


def _node() -> Any:
    return DOMNode()


def _cache_that_holds_a_widget() -> Any:
    cache, widget = LRUCache[str, Widget](8), Widget()
    cache["one"], cache["other"] = widget, widget
    return widget


def _cache_that_was_emptied() -> Any:
    cache, widget = LRUCache[str, Widget](8), Widget()
    cache["one"], cache["other"] = widget, widget
    cache.clear()
    return widget


def _lines_of_a_widget() -> Any:
    lines = StylesCache()
    lines.get_inner_outer(Color(0, 0, 0), Color(1, 1, 1))
    return lines


def _what_was_typed() -> Any:
    parser = XTermParser()
    assert [event for event in parser.feed("\x1b[C") if isinstance(event, Key)]
    assert list(parser.feed("")) == []
    return parser


@pytest.mark.parametrize(
    "make",
    [
        _node,
        _cache_that_holds_a_widget,
        _cache_that_was_emptied,
        _lines_of_a_widget,
        _what_was_typed,
    ],
)
def test_what_textual_makes_for_a_page_goes_with_it_and_waits_for_no_collector(
    make: Callable[[], Any],
) -> None:
    textual_memory.save()
    gc.collect()
    gc.disable()
    try:
        left = weakref.ref(make())
        assert left() is None
    finally:
        gc.enable()


async def test_a_widget_that_was_removed_goes_with_the_nodes_that_stand_for_its_parts() -> None:
    textual_memory.save()
    async with App[int]().run_test() as pilot:
        await pilot.app.screen.mount(box := Input())
        assert box.__dict__["_parts"]
        await box.remove()
        await pilot.pause()
        assert "_parts" not in box.__dict__


def test_lines_share_one_empty_cache_and_are_cut_and_coloured_as_before() -> None:
    textual_memory.save()
    line = Strip([Segment("ab"), Segment("cd")])

    assert {id(line._crop_cache)} == {id(Strip([])._divide_cache)}
    assert line.crop(1, 3).text == line.crop(1, 3).text == "bc"
    assert [part.text for part in line.divide([1, 4])] == ["a", "bcd"]
    assert line.adjust_cell_length(6).text == "abcd  "
    assert not line._crop_cache


async def test_a_covered_page_keeps_no_lines_and_is_shown_again_as_it_was(
    sqlite_platform: Platform,
) -> None:
    async with hall_of(sqlite_platform) as hall:
        desk = sit_down(hall, "E1001")
        await desk.shows("F1")
        await desk.rests()
        shown, app = desk.text, desk.session.app
        home = app.screen

        desk.type("3")
        await reaches(lambda: app.screen is not home)
        await desk.rests()
        assert desk.text != shown
        drawn = [node for node in home.walk_children(Widget) if node._styles_cache._cache]
        assert drawn == []

        desk.type("\x1b[27u")  # Esc
        await reaches(lambda: app.screen is home)
        await desk.rests()
        assert desk.text == shown
