"""Over a connection nothing acts on the server: its files, programs, settings (IS_REMOTE)."""

import ast
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from textual.app import App
from textual.screen import Screen
from textual.widgets import Input

import certify.tui
from certify.errors import Refused
from certify.platform import Platform
from certify.server.hosted import ACTIONS
from certify.services import founding
from certify.tui import entrance
from certify.tui.app import CertifyApp
from certify.tui.pages import page_named
from certify.tui.screens.certificate import CertificateScreen
from certify.tui.screens.item_import import ItemImportScreen, QuestionsField
from tests.platforms import actor, read_course, sit
from tests.reviewed import own_course
from tests.server.hosted import remote
from tests.tui.conftest import screen_text, settle, until

SOURCES = Path(certify.tui.__file__).parent
READING: dict[str, tuple[str, str, str]] = {
    "people": ("people", "take_over", "certify person import FILE"),
    "policy": ("policy", "try_file", "certify policy simulate FILE"),
    "cases": ("cases", "new", "certify case add FILE"),
}
"""What reads a file: its page, the action, and the command that does it at the server."""
WRITING: dict[str, tuple[str, str, str, str]] = {
    "people": ("people", "export", "certify export people-list", ".csv"),
    "my data": ("my-data", "extract", "certify person extract", ".zip"),
    "training": ("training-calendar", "file", "certify training calendar --ics FILE", ".ics"),
    "ledger": ("ledger", "checkpoint", "certify ledger checkpoint", ".json"),
    "certificate": ("", "export", "certify certificate export", ".pdf"),
}
"""What writes a file: the same, and the end of the file's name."""


@pytest.fixture
def company(sqlite_platform: Platform) -> Platform:
    """H0001 is of HR, has passed the exam and holds its certificates."""
    somebody = actor(sqlite_platform, "H0001")
    read_course(sqlite_platform, somebody)
    sit(sqlite_platform, somebody)
    return sqlite_platform


def page_of(platform: Platform, name: str) -> Callable[[], Screen[None]]:
    if name:
        return lambda: page_named(name)
    from certify.services.certificates import listing

    held = listing.of_person(platform, actor=actor(platform, "H0001"))
    return lambda: CertificateScreen(held[0].number)


@pytest.mark.parametrize("name", READING)
async def test_what_would_read_a_file_is_refused_before_anything_is_asked(
    company: Platform, name: str
) -> None:
    page, action, command = READING[name]
    async with remote(company, "H0001", page_of(company, page)) as pilot:
        await pilot.app.screen.run_action(action)
        await until(pilot, command)
        assert not pilot.app.screen.query(Input)


@pytest.mark.parametrize("name", WRITING)
async def test_what_would_write_a_file_is_refused_where_nothing_can_take_it(
    company: Platform, name: str
) -> None:
    page, action, command, _suffix = WRITING[name]
    async with remote(company, "H0001", page_of(company, page)) as pilot:
        await pilot.app.screen.run_action(action)
        await until(pilot, command)
    assert not company.settings.home.exports.exists()


@pytest.mark.parametrize("name", WRITING)
async def test_a_browser_is_handed_the_file_and_the_server_keeps_none(
    company: Platform, name: str
) -> None:
    page, action, _command, suffix = WRITING[name]
    taken: list[tuple[str, bytes]] = []

    def take(file: str, data: bytes) -> None:
        taken.append((file, data))

    async with remote(company, "H0001", page_of(company, page), take) as pilot:
        await pilot.app.screen.run_action(action)
        await settle(pilot)
        for _ in range(4):
            if taken:
                break
            await pilot.press("enter")
            await settle(pilot)
        shown = await until(pilot, suffix)
    (file, data) = taken[0]
    assert len(taken) == 1
    assert file.endswith(suffix)
    assert Path(file).name == file
    assert data
    if suffix == ".zip":
        assert zipfile.ZipFile(BytesIO(data)).namelist()
    assert str(company.settings.home.root) not in shown
    assert "/tmp" not in shown
    assert not company.settings.home.exports.exists()


async def test_a_path_pasted_for_questions_is_a_text_and_no_file_is_looked_for(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    own_course(sqlite_platform)
    secret = tmp_path / "secret.txt"
    secret.write_text("1. Which word is secret?\nA. plover\nB. other\nANSWER: A\n")
    async with remote(sqlite_platform, "E1001", ItemImportScreen) as pilot:
        assert not pilot.app.screen.query(Input)
        pilot.app.screen.query_one(QuestionsField).text = str(secret)
        await pilot.app.screen.run_action("check")
        await settle(pilot)
        first = screen_text(pilot)
        await pilot.press("escape")
        await settle(pilot)
        secret.unlink()
        await pilot.app.screen.run_action("check")
        await settle(pilot)
        assert screen_text(pilot) == first
    assert "plover" not in first
    assert "Which word" not in first


async def test_actions_of_the_toolkit_that_act_on_the_server_cannot_be_started(
    company: Platform,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    before = sorted(tmp_path.rglob("*"))
    every = {name.removeprefix("action_") for name in dir(App) if name.startswith("action_")}
    async with remote(company, "H0001", page_of(company, "people")) as pilot:
        stack, theme = list(pilot.app.screen_stack), pilot.app.theme
        for name in sorted(every - ACTIONS):
            assert not pilot.app.check_action(name, ()), name
        for call in (
            "screenshot",
            "suspend_process",
            "change_theme",
            "command_palette",
            "push_screen('help')",
            "simulate_key('ctrl+q')",
            "pop_screen",
        ):
            assert not await pilot.app.run_action(call), call
        assert (list(pilot.app.screen_stack), pilot.app.theme) == (stack, theme)
    assert [one for one in sorted(tmp_path.rglob("*")) if one.suffix == ".svg"] == []
    assert [one for one in before if not one.exists()] == []


async def test_language_and_theme_are_the_session_s_and_written_nowhere(company: Platform) -> None:
    async with remote(company, "H0001", page_of(company, "people")) as pilot:
        await pilot.press("f2", "f3")
        await settle(pilot)
        assert pilot.app.theme == "certify-light"
    assert not company.settings.home.settings.exists()


async def test_nothing_is_founded_over_a_connection(
    company: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(founding, "organisation", lambda _platform: None)
    async with remote(company, "H0001", page_of(company, "people")) as pilot:
        assert isinstance(pilot.app, CertifyApp)
        with pytest.raises(Refused):
            await entrance.first_page(pilot.app, None)


def test_only_known_pages_take_a_path_that_somebody_typed() -> None:
    found = {}
    for path in sorted(SOURCES.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        asks = [
            node
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "Ask"
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and node.args[0].value in ("path", "file", "folder")
        ]
        if asks or ".expanduser()" in text or "item_file" in text:
            found[str(path.relative_to(SOURCES))] = "cannot_give" in text or "IS_REMOTE" in text

    assert set(found) == {
        "files.py",
        "screens/cases.py",
        "screens/item_import.py",
        "screens/people.py",
        "screens/policy.py",
    }
    assert all(found.values())
