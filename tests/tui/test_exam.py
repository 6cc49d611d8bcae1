"""The exam screen, by keyboard alone."""

from datetime import timedelta

import pytest
from textual.pilot import Pilot

from certify.clock import SetClock
from certify.domain.person import Actor
from certify.errors import NotSaved
from certify.platform import Platform
from certify.services import results, sitting
from certify.storage import attempts
from certify.tui.dialogs import confirm
from certify.tui.screens.exam import ExamScreen
from certify.tui.screens.result import ResultScreen
from certify.tui.widgets.navigator import Navigator
from tests.platforms import actor, read_course, right_answers
from tests.tui.conftest import OnePage, Show, arrive, screen_text, settle


@pytest.fixture
def learner(sqlite_platform: Platform) -> Actor:
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)
    return who


@pytest.fixture
def begun(sqlite_platform: Platform, learner: Actor) -> sitting.Sitting:
    return sitting.start(sqlite_platform, actor=learner, exam="sample-written")


async def saved(pilot: Pilot[int]) -> None:
    """Wait until everything given is saved."""
    screen = pilot.app.screen
    assert isinstance(screen, ExamScreen)
    for _ in range(200):
        await pilot.pause(0.01)
        if screen.sheet.is_saved:
            await pilot.pause(0.05)
            return
    raise AssertionError("the answer was not saved within 2 s")


async def test_a_digit_chooses_and_the_answer_is_stored_before_it_is_shown_as_saved(
    show: Show, begun: sitting.Sitting, sqlite_platform: Platform
) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await pilot.press("2")
        await saved(pilot)

        with sqlite_platform.database.read() as session:
            kept = attempts.latest(session, begun.attempt_id)
        shown = begun.items[0].shown["options"][1]["id"]
        assert kept[0].answer == {"chosen": [shown]}
        assert "✓ 已存 12:00:00" in screen_text(pilot)


async def test_enter_chooses_the_option_under_the_pointer_and_then_goes_on(
    show: Show, begun: sitting.Sitting
) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ExamScreen)
        await pilot.press("down", "enter")
        first = screen.sheet.entry(0).answer
        await pilot.press("enter")

        assert first == {"chosen": [begun.items[0].shown["options"][1]["id"]]}
        assert screen.position == 1


async def test_typing_the_same_digit_again_keeps_the_answer_and_delete_takes_it_back(
    show: Show, begun: sitting.Sitting
) -> None:
    single = next(item.position for item in begun.items if item.type == "single")
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ExamScreen)
        await pilot.press(*["right"] * single, "1", "1")
        assert screen.sheet.entry(single).answer is not None
        await pilot.press("delete")
        await saved(pilot)

        assert screen.sheet.entry(single).answer is None


async def test_flags_and_places_survive_closing_the_terminal(
    show: Show, begun: sitting.Sitting, learner: Actor, sqlite_platform: Platform
) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await pilot.press("1", "right", "right", "f")
        await saved(pilot)
        await settle(pilot)

    again = sitting.start(sqlite_platform, actor=learner, exam="sample-written")

    assert [item.shown for item in again.items] == [item.shown for item in begun.items]
    assert again.position == 2
    assert again.items[2].flagged
    assert again.items[0].answer is not None


async def test_submitting_names_the_items_without_an_answer_and_shows_the_result(
    show: Show, begun: sitting.Sitting
) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await pilot.press("1", "s", "y")
        await pilot.pause(0.4)
        assert not isinstance(pilot.app.screen, ResultScreen), (
            "s and y in one breath submit nothing"
        )
        assert f"2–{len(begun.items)}" in screen_text(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, ResultScreen), "a stray Enter submits nothing"
        await pilot.press("y")
        await pilot.pause(0.5)
        await settle(pilot)

        assert isinstance(pilot.app.screen, ResultScreen)


async def test_all_right_answers_by_keyboard_pass(
    show: Show, begun: sitting.Sitting, learner: Actor, sqlite_platform: Platform
) -> None:
    right = right_answers(sqlite_platform, begun)
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        for item in begun.items:
            for number, option in enumerate(item.shown["options"], start=1):
                if option["id"] in right[item.position]["chosen"]:
                    await pilot.press(str(number))
            await pilot.press("right")
        await pilot.press("s")
        await pilot.pause(0.4)
        await pilot.press("y")
        await pilot.pause(0.5)
        await settle(pilot)
        assert "100.00" in screen_text(pilot)

    found = results.result(sqlite_platform, actor=learner, attempt_id=begun.attempt_id)
    assert found.attempt.passed


async def test_switching_the_language_keeps_item_answer_and_time(
    show: Show, begun: sitting.Sitting
) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await pilot.press("right", "1")
        await saved(pilot)
        before = screen_text(pilot)
        await pilot.press("f2")
        await pilot.pause()
        english = screen_text(pilot)
        await pilot.press("f2")
        await pilot.pause()

        assert "Item 2 / 4" in english
        assert "Time left 30:00" in english
        assert screen_text(pilot) == before


async def test_the_exam_is_submitted_as_it_stands_when_the_time_is_over(
    show: Show, begun: sitting.Sitting, clock: SetClock, learner: Actor, sqlite_platform: Platform
) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await pilot.press("1")
        await saved(pilot)
        clock.advance(timedelta(minutes=30))
        await arrive(pilot, ResultScreen)

    found = results.result(sqlite_platform, actor=learner, attempt_id=begun.attempt_id)
    assert found.attempt.submitted_at == begun.deadline


async def test_a_second_terminal_takes_over_and_the_first_is_told(
    show: Show, begun: sitting.Sitting, learner: Actor, sqlite_platform: Platform
) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        sitting.resume(sqlite_platform, actor=learner, exam="sample-written")
        await pilot.press("1")
        await pilot.pause(0.5)

        assert "另一个终端" in screen_text(pilot)


async def test_the_states_of_items_are_told_by_signs(show: Show, begun: sitting.Sitting) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await pilot.press("1", "right", "f", "right")
        await saved(pilot)
        plain = pilot.app.screen.query_one(Navigator).render().plain

        assert plain.split() == ["✓1", "○2", "⚑", "▶3", "○4"]


@pytest.mark.parametrize("key", ["s", "g", "f1", "ctrl+p", "escape"])
async def test_whatever_is_open_at_the_deadline_gives_way_to_the_result(
    show: Show, begun: sitting.Sitting, clock: SetClock, key: str
) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await pilot.press("1")
        await saved(pilot)
        await pilot.press(key)
        await pilot.pause(0.2)
        clock.advance(timedelta(minutes=31))
        await arrive(pilot, ResultScreen)

        assert not any(isinstance(screen, ExamScreen) for screen in pilot.app.screen_stack)


async def test_a_database_that_cannot_submit_is_asked_again_without_a_heap_of_notices(
    show: Show,
    begun: sitting.Sitting,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries = 0

    def full(*_arguments: object, **_facts: object) -> None:
        nonlocal tries
        tries += 1
        raise NotSaved("disk full")

    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        with monkeypatch.context() as broken:
            broken.setattr(sitting, "submit", full)
            clock.advance(timedelta(minutes=31))
            await pilot.pause(3.5)
            assert 1 <= tries <= 3
            assert "disk full" in screen_text(pilot)
            assert isinstance(pilot.app.screen, ExamScreen)
        await arrive(pilot, ResultScreen)


async def test_the_palette_opens_no_other_page_while_an_exam_is_in_progress(
    show: Show, begun: sitting.Sitting
) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await pilot.app.run_action("page('exams')")
        await pilot.pause(0.2)

        assert isinstance(pilot.app.screen, ExamScreen)


async def test_a_fault_shows_no_values_of_variables(
    sqlite_platform: Platform, begun: sitting.Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = OnePage(sqlite_platform, "E1001", lambda: ExamScreen(begun), "zh")
    monkeypatch.setattr(app, "_print_error_renderables", lambda: None)  # printing empties them

    def faulty() -> None:
        key_of_an_item = "KEY-CANARY"
        raise ZeroDivisionError(len(key_of_an_item))

    async def run() -> None:
        async with app.run_test() as pilot:
            await settle(pilot)
            app.call_later(faulty)
            await pilot.pause(0.3)

    with pytest.raises(ZeroDivisionError):
        await run()

    printed = "".join(str(shown) for shown in app._exit_renderables)
    assert "ZeroDivisionError" in printed
    assert "CANARY" not in printed


async def test_s_and_y_typed_in_one_breath_submit_nothing(
    show: Show, begun: sitting.Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirm, "GUARD_SECONDS", 60)  # no machine is so slow
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        await pilot.press("1", "s", "y")
        await pilot.pause(0.2)

        assert isinstance(pilot.app.screen, confirm.Confirm)


@pytest.mark.parametrize("keys", [("right",), ("g", "3", "enter"), ("s",), ("escape",), ("f",)])
async def test_what_was_typed_and_not_posted_yet_is_taken_before_the_exam_moves_on(
    show: Show, begun: sitting.Sitting, sqlite_platform: Platform, keys: tuple[str, ...]
) -> None:
    async with show("E1001", lambda: ExamScreen(begun)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ExamScreen)
        widget = screen.widget
        late = {"chosen": [begun.items[0].shown["options"][0]["id"]]}

        def flush() -> None:
            if widget.shown is begun.items[0].shown:
                widget.give(late)

        widget.flush = flush  # type: ignore[method-assign]
        await pilot.press(*keys)
        for _look in range(100):
            await pilot.pause(0.02)
            if screen.sheet.is_saved:
                break
        assert [screen.sheet.entry(n).answer for n in range(4)] == [late, None, None, None]

    with sqlite_platform.database.read() as session:
        kept = attempts.latest(session, begun.attempt_id)
    assert {position: row.answer for position, row in kept.items()} == {0: late}
