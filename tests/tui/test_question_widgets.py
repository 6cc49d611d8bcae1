"""The widgets of the item types, by keyboard alone: what the keys do and what is posted when."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Container
from textual.pilot import Pilot

from certify import i18n
from certify.courseware.loader import load_course
from certify.domain.person import CONSOLE
from certify.hooks import registry
from certify.platform import Platform
from certify.services import course_sync, sitting
from certify.storage import attempts
from certify.tui.item_widget import ItemWidget
from certify.tui.question_widget import AnswerField, WrittenWidget
from certify.tui.screens.exam import ExamScreen
from tests.platforms import COURSES, actor, read_course
from tests.tui.conftest import Show, screen_text, type_text, until

PLUGINS = registry.load()
TYPES = PLUGINS.question_types
WIDGETS = PLUGINS.question_widgets()
ITEMS = {item.code: item for item in load_course(COURSES / "kinds", TYPES).items}
ORDERING, MATCHING, NUMERIC, TEXT, CLOZE, ESSAY, PRACTICAL = (
    ITEMS[f"KIN-00{number}"] for number in (1, 2, 3, 6, 7, 8, 9)
)


class Stage(App[int]):
    """One widget and what it posts; `n` stands for a letter key of the page."""

    CSS_PATH = Path(__file__).parents[2] / "src" / "certify" / "tui" / "app.tcss"
    BINDINGS: ClassVar = [("n", "page_key"), ("left", "page_key"), ("escape", "page_key")]

    def __init__(self, name: str) -> None:
        super().__init__()
        self.widget: ItemWidget = WIDGETS[name]()
        self.given: list[Mapping[str, Any] | None] = []
        self.shown: list[Mapping[str, Any]] = []
        """What was shown at each answer."""
        self.done = 0
        self.page_keys = 0

    def compose(self) -> ComposeResult:
        yield Container(self.widget, id="item")

    def on_item_widget_answered(self, message: ItemWidget.Answered) -> None:
        self.given.append(message.answer)
        self.shown.append(message.shown)

    def on_item_widget_done(self) -> None:
        self.done += 1

    def action_page_key(self) -> None:
        self.page_keys += 1


@asynccontextmanager
async def stage(
    item: Any, answer: Mapping[str, Any] | None = None, size: tuple[int, int] = (80, 20)
) -> AsyncIterator[tuple[Stage, Pilot[int]]]:
    """An item on its widget, in Chinese, in the place that the exam screen leaves for it."""
    i18n.use(i18n.Speaker("zh"))
    app = Stage(item.type)
    async with app.run_test(size=size) as pilot:
        app.widget.put(shown(item), answer)
        app.widget.take_focus()
        await pilot.pause()
        yield app, pilot


def shown(item: Any) -> dict[str, Any]:
    found: dict[str, Any] = TYPES[item.type].present(item.content, "seed")
    return found


def ids(item: Any, part: str = "options") -> list[str]:
    return [one["id"] for one in shown(item)[part]]


def test_every_type_has_a_widget_that_keeps_the_contract() -> None:
    assert set(WIDGETS) == set(TYPES)
    assert all(issubclass(widget, ItemWidget) for widget in WIDGETS.values())


async def test_a_line_is_picked_up_moved_and_put_down_and_then_the_order_is_the_answer() -> None:
    async with stage(ORDERING) as (app, pilot):
        first, second, third, *rest = ids(ORDERING)
        await pilot.press("space", "down", "down")
        assert app.given == []
        await pilot.press("space")

        assert app.given == [{"order": [second, third, first, *rest]}]
        await pilot.press("enter")
        assert app.done == 1


async def test_a_digit_moves_the_line_to_its_place_and_enter_confirms_an_order_as_it_is() -> None:
    async with stage(ORDERING) as (app, pilot):
        order = ids(ORDERING)
        await pilot.press("enter")
        assert app.given == [{"order": order}]
        await pilot.press("5")

        assert app.given[-1] == {"order": [*order[1:], order[0]]}
        await pilot.press("delete")
        assert app.given[-1] is None


async def test_a_line_still_held_is_put_down_when_the_exam_goes_on() -> None:
    async with stage(ORDERING) as (app, pilot):
        first, second, *rest = ids(ORDERING)
        await pilot.press("space", "down")
        app.widget.flush()

        assert app.widget.answer == {"order": [second, first, *rest]}
        await pilot.pause()
        assert app.given == [app.widget.answer]


async def test_digits_give_partners_line_by_line_and_delete_takes_one_back() -> None:
    async with stage(MATCHING) as (app, pilot):
        right = ids(MATCHING, "right")
        await pilot.press("1", "3", "2", "1")
        assert app.given[-1] == {
            "pairs": {"1": right[0], "2": right[2], "3": right[1], "4": right[0]}
        }
        await pilot.press("up", "delete")

        assert app.given[-1] == {"pairs": {"1": right[0], "2": right[2], "4": right[0]}}
        await pilot.press("enter", "9", "4", "enter")
        assert app.given[-1]["pairs"]["3"] == right[3]
        assert app.done == 1


async def test_a_number_that_cannot_be_understood_is_named_at_once_and_kept_all_the_same() -> None:
    async with stage(NUMERIC) as (app, pilot):
        await type_text(pilot, "24")
        assert screen_text(pilot).count("!") == 1
        app.widget.flush()
        assert app.widget.answer == {"text": "24"}
        await pilot.press("h")
        assert "!" not in screen_text(pilot)
        await pilot.press("enter")

        assert app.given[-1] == {"text": "24h"}
        assert app.done == 1


async def test_letters_belong_to_the_text_until_escape_gives_them_back_to_the_page() -> None:
    async with stage(TEXT) as (app, pilot):
        await pilot.press("n", "escape")
        assert (app.page_keys, app.given) == (0, [{"text": "n"}])
        await pilot.press("n", "escape")
        assert app.page_keys == 2
        await pilot.press("enter", "n")
        app.widget.flush()

        assert app.page_keys == 2
        assert app.widget.answer == {"text": "nn"}


async def test_in_an_empty_field_the_arrow_is_a_key_of_the_page_and_in_a_text_it_is_not() -> None:
    async with stage(TEXT) as (app, pilot):
        await pilot.press("left")
        assert app.page_keys == 1
        await pilot.press("a", "left", "b")
        app.widget.flush()

        assert app.page_keys == 1
        assert app.widget.answer == {"text": "ba"}


async def test_where_there_is_an_answer_a_letter_changes_nothing_before_enter() -> None:
    async with stage(TEXT, {"text": "您好"}) as (app, pilot):
        await pilot.press("n")
        assert app.page_keys == 1
        assert "您好" in screen_text(pilot)
        await pilot.press("enter", "end", "a", "enter")

        assert app.given == [{"text": "您好a"}]


async def test_coming_back_to_an_answer_needs_enter_too() -> None:
    async with stage(TEXT) as (app, pilot):
        await pilot.press("a", "enter")
        app.widget.display = False
        await pilot.pause()
        app.widget.display = True
        app.widget.put(app.widget.shown, app.widget.answer)
        app.widget.take_focus()
        await pilot.pause()
        await pilot.press("n")

        assert app.page_keys == 1
        assert app.given == [{"text": "a"}]


async def test_gaps_are_reached_by_arrows_and_enter_typed_and_chosen() -> None:
    async with stage(CLOZE) as (app, pilot):
        second, third = shown(CLOZE)["gaps"][1:]
        await pilot.press("2", "4", "enter", "2")
        await pilot.pause()
        assert app.given[-1] == {"gaps": ["24", second[1]["id"], ""]}
        await pilot.press("space", "up", "backspace", "enter")
        await pilot.pause()
        assert app.done == 0
        await pilot.press("1", "enter")
        await pilot.pause()

        assert app.given[-1] == {"gaps": ["2", second[2]["id"], third[0]["id"]]}
        assert app.done == 1
        await pilot.press("delete", "escape", "n")
        assert app.given[-1] == {"gaps": ["2", second[2]["id"], ""]}
        assert app.page_keys == 1


async def test_a_field_reached_by_tab_keeps_the_focus_while_it_is_saved() -> None:
    async with stage(TEXT, {"text": "您好"}) as (app, pilot):
        await pilot.press("tab", "n")
        app.widget.flush()
        app.widget.put(app.widget.shown, app.widget.answer)
        app.widget.take_focus()
        await pilot.pause()
        await pilot.press("n")
        app.widget.flush()

        assert app.page_keys == 0
        assert app.widget.answer == {"text": "nn您好"}


async def test_an_essay_has_lines_and_a_pasted_text_comes_in_safe_as_far_as_there_is_room() -> None:
    async with stage(ESSAY) as (app, pilot):
        await pilot.press("a", "enter", "b")
        field = app.query_one(AnswerField)
        field.post_message(events.Paste("一\r\n二\x1b[31m\u202e"))
        await pilot.pause()
        app.widget.flush()
        assert app.widget.answer == {"text": "a\nb一\n二�[31m�"}
        field.post_message(events.Paste("字" * 5000))
        await pilot.pause()
        await pilot.press("x", "enter")
        app.widget.flush()

        assert len(field.text) == 4000
        assert app.done == 0
        assert "4000" in screen_text(pilot)


async def test_a_pasted_text_becomes_one_line_in_a_field_of_one_line() -> None:
    async with stage(TEXT) as (app, pilot):
        app.query_one(AnswerField).post_message(events.Paste("您好，\r\n请稍候\n"))
        await pilot.pause()
        app.widget.flush()

        assert app.widget.answer == {"text": "您好， 请稍候"}


async def test_a_practical_says_that_an_examiner_marks_it_and_takes_no_key() -> None:
    async with stage(PRACTICAL) as (app, pilot):
        await pilot.press("1", "a", "space", "n")

        assert app.given == []
        assert app.page_keys == 1
        assert i18n._("Here you type nothing: an examiner watches this task and marks it.") in (
            screen_text(pilot)
        )


def test_typed_text_is_posted_soon_enough_to_be_saved_in_time() -> None:
    assert WrittenWidget.SAVE_AFTER_PAUSE < 1
    assert WrittenWidget.SAVE_WHILE_TYPING < 5


async def test_typed_text_is_posted_after_a_pause_and_also_while_typing_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(WrittenWidget, "SAVE_AFTER_PAUSE", 0.2)
    monkeypatch.setattr(WrittenWidget, "SAVE_WHILE_TYPING", 0.6)
    async with stage(ESSAY) as (app, pilot):
        loop = asyncio.get_running_loop()
        began = loop.time()
        while not app.given and loop.time() < began + 10:
            await pilot.press("a")
        assert 0.5 <= loop.time() - began < 5
        typed = len(app.query_one(AnswerField).text)
        assert typed > 5
        for _ in range(200):
            await pilot.pause(0.02)
            if app.given[-1] == {"text": "a" * typed}:
                break

        assert app.given[-1] == {"text": "a" * typed}
        assert len(app.given) <= 3


async def test_another_item_on_the_same_widget_takes_nothing_along() -> None:
    async with stage(TEXT) as (app, pilot):
        first, second = app.widget.shown, shown(TEXT)
        await pilot.press("a")
        app.widget.flush()
        app.widget.put(second, None)
        app.widget.take_focus()
        await pilot.pause()
        assert app.query_one(AnswerField).text == ""
        await pilot.press("b", "enter")

        assert app.given == [{"text": "a"}, {"text": "b"}]
        assert app.shown[0] is first
        assert app.shown[1] is second


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", sorted(ITEMS))
async def test_every_widget_fits_into_80_columns(code: str, language: str) -> None:
    async with stage(ITEMS[code], size=(80, 18)) as (app, pilot):
        i18n.use(i18n.Speaker(language))
        app.widget.put(app.widget.shown, None)
        await pilot.pause()

        rows = screen_text(pilot).split("\n")
        stem = i18n.pick(shown(ITEMS[code])["stem"])
        assert stem[:3] in "\n".join(rows)
        assert not any(row[-1:] not in (" ", "") for row in rows)


async def test_in_the_exam_what_is_typed_is_kept_when_the_person_goes_on(
    show: Show, sqlite_platform: Platform
) -> None:
    sqlite_platform.plugins.course_folders.append(COURSES / "kinds")
    course_sync.sync_courses(sqlite_platform, actor=CONSOLE)
    learner = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, learner, "kinds")
    begun = sitting.start(sqlite_platform, actor=learner, exam="kinds-written")
    place = next(item.position for item in begun.items if item.type == "essay")
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ExamScreen)
        screen._go_to(place)
        await pilot.pause(0.1)
        await pilot.press("n", "f", "s", "escape", "n" if place + 1 < len(begun.items) else "p")
        assert screen.position != place
        await until(pilot, "✓")

    with sqlite_platform.database.read() as session:
        kept = attempts.latest(session, begun.attempt_id)
    assert kept[place].answer == {"text": "nfs"}
