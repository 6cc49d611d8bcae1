"""A terminal that shrinks to almost nothing while a page is open: nothing falls, and it is there
again when the terminal has its size back."""

import asyncio
import random

import pytest
from textual.app import App
from textual.command import CommandList
from textual.content import Content
from textual.pilot import Pilot

from certify.tui.commands import Palette
from certify.tui.screens.courses import CoursesScreen
from certify.tui.screens.home import HomeScreen
from certify.tui.widgets.rows import Entry, Rows
from tests.tui.conftest import Show, until

SIZES = [(80, 1), (2, 24), (1, 1), (3, 40), (300, 2), (80, 8), (20, 8), (20, 24)]
ACTIONS = ("cursor_down", "page_down", "page_up", "last", "first", "page_down", "cursor_up")


async def _shrink(pilot: Pilot[int], size: tuple[int, int]) -> None:
    await pilot.resize_terminal(*size)
    await pilot.pause(0.05)


@pytest.mark.parametrize("size", SIZES)
async def test_an_open_palette_outlives_a_terminal_without_room(
    show: Show, size: tuple[int, int]
) -> None:
    async with show("E1001", HomeScreen, lang="en") as pilot:
        await pilot.press("ctrl+p")
        await until(pilot, "My record")
        await _shrink(pilot, size)
        assert isinstance(pilot.app.screen, Palette)
        for action in ACTIONS:  # what keys lead to that were typed before the terminal shrank
            await pilot.app.run_action(f"command_list({action!r})", pilot.app.screen)
        await pilot.resize_terminal(80, 24)
        await until(pilot, "My record")


@pytest.mark.parametrize("size", SIZES)
async def test_a_list_outlives_a_terminal_without_room(show: Show, size: tuple[int, int]) -> None:
    async with show("E1001", CoursesScreen) as pilot:
        await until(pilot, "▸")
        await _shrink(pilot, size)
        rows = pilot.app.screen.query_one(Rows)
        for action in ACTIONS:
            await pilot.app.run_action(action, rows)
        await pilot.resize_terminal(80, 24)
        await until(pilot, "▸")


async def test_a_palette_turns_no_page_before_its_list_was_laid_out(show: Show) -> None:
    async with show("E1001", HomeScreen, lang="en") as pilot:
        _mounting = pilot.app.push_screen(page := Palette())
        while not page.is_mounted or (rows := page.query_one(CommandList)).highlighted is None:
            await asyncio.sleep(0)
        for action in ("page_down", "page_up"):
            page._action_command_list(action)
        assert rows.highlighted == 0
        await until(pilot, "My record")


async def test_a_list_turns_no_page_before_it_was_laid_out() -> None:
    async with App[int]().run_test() as pilot:
        await pilot.app.screen.mount(rows := Rows())
        rows.put([Entry(Content(name), name) for name in "abc"])
        for action in ("page_down", "page_up"):
            await pilot.app.run_action(action, rows)
        assert rows.chosen == "a"


@pytest.mark.parametrize("seed", range(3))
async def test_no_walk_of_keys_and_sizes_ends_the_program(show: Show, seed: int) -> None:
    chance = random.Random(seed)
    keys = ("pageup", "pagedown", "down", "up", "a", "backspace", "ctrl+p", "escape", "home", "m")
    async with show("E1001", HomeScreen) as pilot:
        for _step in range(80):
            if chance.random() < 0.3:
                width = chance.choice((1, 4, chance.randint(60, 300)))
                height = chance.choice((1, 5, chance.randint(18, 100)))
                await pilot.resize_terminal(width, height)
            await pilot.press(chance.choice(keys))
        assert pilot.app.is_running
