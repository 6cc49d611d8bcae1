"""Practice on the screen: answer, right or wrong at once and why, and the summary."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select
from textual.pilot import Pilot

from certify.clock import SetClock
from certify.domain.person import Actor
from certify.domain.practice_card import PracticeAnswer
from certify.platform import Platform
from certify.services import learning
from certify.tui.dialogs.confirm import Confirm
from certify.tui.screens.course import CourseScreen
from certify.tui.screens.home import HomeScreen
from certify.tui.screens.lobby import LobbyScreen
from certify.tui.screens.practice import PracticeScreen
from certify.tui.screens.practices import PracticesScreen
from certify.tui.screens.result import ResultScreen
from certify.tui.widgets.rows import Rows
from tests.platforms import actor, sit, with_policy
from tests.practised import COURSE, EXAM, fail_practised, load_practised, practise, right_of
from tests.tui.conftest import Show, screen_text, settle, type_text, until


@pytest.fixture
def learner(sqlite_platform: Platform) -> Actor:
    load_practised(sqlite_platform)
    return actor(sqlite_platform, "E1001")


def on(*topics: str) -> Callable[[], PracticeScreen]:
    return lambda: PracticeScreen(COURSE, topics)


def page(pilot: Pilot[int]) -> PracticeScreen:
    screen = pilot.app.screen
    assert isinstance(screen, PracticeScreen)
    return screen


async def answer(pilot: Pilot[int], platform: Platform, *, right: bool) -> str:
    """Answer the choice item in the eye with keys alone; all that is shown then."""
    item = page(pilot).item
    assert item is not None
    key = right_of(platform, item.version_id)["chosen"]
    options = [option["id"] for option in item.shown["options"]]
    wanted = [n for n, one in enumerate(options, start=1) if (one in key) is right]
    for number in wanted if right else wanted[:1]:
        await pilot.press(str(number))
    await pilot.press("s")
    return await until(pilot, "Rests on S2-ST3-03")


async def test_an_answer_is_said_to_be_right_with_its_explanation(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    async with show("E1001", on("calls"), lang="en") as pilot:
        assert "Item 1 of 4" in screen_text(pilot)
        assert "Greet first" not in screen_text(pilot)

        text = await answer(pilot, sqlite_platform, right=True)

        assert "✓ Answered rightly" in text
        assert "Your answer" in text
        assert "Greet first PRA-" in text
        assert "1 of 1 right" in text
        await pilot.press("enter")
        assert "Item 2 of 4" in await until(pilot, "Item 2 of 4")


async def test_a_wrong_answer_is_shown_beside_the_right_one(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    async with show("E1001", on("calls"), lang="en") as pilot:
        text = await answer(pilot, sqlite_platform, right=False)

        assert "✗ Wrong" in text
        assert "Right answer" in text
        assert "Comes back in 1 minute." in text


async def test_without_an_answer_it_asks_before_it_shows_the_right_one(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    async with show("E1001", on("goods"), lang="en") as pilot:
        await pilot.press("f10")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Confirm)
        await pilot.press("n")
        await settle(pilot)
        assert page(pilot).said is None
        await pilot.press("f10")
        await settle(pilot)
        await pilot.press("y")

        assert "✗ Not known yet" in await until(pilot, "Rests on")


async def test_an_essay_is_compared_with_its_rubric_and_rated_by_oneself(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    async with show("E1001", on("letters"), lang="en") as pilot:
        await type_text(pilot, "sorry")
        await pilot.press("f10")

        text = await until(pilot, "Did you know it?")
        assert "? Compare with what is asked for" in text
        assert "(2) Apologises first" in text
        await pilot.press("enter")  # the word is asked for first
        await pilot.pause()
        assert page(pilot).position == 0
        await pilot.press("y")

        text = await until(pilot, "This round by topic")
        assert "Letters: marked by yourself" in text
    with sqlite_platform.database.read() as session:
        (row,) = session.exec(select(PracticeAnswer)).all()
        assert (row.share, row.recalled) == (None, True)


async def test_after_the_last_item_the_summary_shows_topics_and_readiness_and_another_round(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    async with show("E1001", on("calls"), size=(80, 40), lang="en") as pilot:
        for right in (True, True, False, True):
            await answer(pilot, sqlite_platform, right=right)
            await pilot.press("enter")
            await settle(pilot)

        text = await until(pilot, "Ready for the exam?")
        assert "3 of 4 items right" in text
        assert "✗ Calls: 3 of 4 right" in text
        assert "? too little practice to say" in text
        assert "no promise" in text
        await pilot.press("enter")
        await until(pilot, "Item 1 of")


async def test_the_language_changes_on_every_page_of_a_round(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    async with show("E1001", on("calls"), lang="en") as pilot:
        await answer(pilot, sqlite_platform, right=True)
        place = page(pilot).position
        await pilot.press("f2")

        text = await until(pilot, "先问候 PRA-")
        assert "✓ Right" not in text
        assert page(pilot).position == place


async def test_the_practice_page_is_the_second_on_home_and_enter_begins_a_round(
    show: Show, learner: Actor
) -> None:
    async with show("E1001", HomeScreen, lang="en") as pilot:
        await pilot.press("2")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PracticesScreen)
        assert "0/9" in screen_text(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert page(pilot).round is not None


async def test_nothing_to_practise_is_said(show: Show) -> None:
    async with show("E1001", PracticesScreen, lang="en") as pilot:
        assert "nothing to practise yet" in screen_text(pilot)


async def test_what_comes_back_stands_on_home(
    show: Show, sqlite_platform: Platform, learner: Actor, clock: SetClock
) -> None:
    practise(sqlite_platform, learner, topics=["calls"])
    clock.advance(timedelta(days=1))
    async with show("E1001", HomeScreen, lang="en") as pilot:
        text = screen_text(pilot)
        assert "○ comes back" in text
        pilot.app.screen.query_one(Rows).highlighted = next(
            n
            for n, option in enumerate(pilot.app.screen.query_one(Rows).options)
            if option.id == "page:practice"
        )
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, PracticesScreen)


async def test_the_course_page_offers_its_practice(show: Show, learner: Actor) -> None:
    async with show("E1001", lambda: CourseScreen(COURSE), lang="en") as pilot:
        assert "Items that no exam draws" in screen_text(pilot)
        await pilot.press("end")
        await pilot.press("enter")
        await settle(pilot)
        assert page(pilot).topics == ()


async def test_after_a_failure_p_practises_exactly_the_topics_below(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    attempt_id = fail_practised(sqlite_platform, learner, "goods")
    for opened in (lambda: ResultScreen(attempt_id), lambda: LobbyScreen(EXAM)):
        async with show("E1001", opened, lang="en") as pilot:
            assert "Press P to practise these topics." in screen_text(pilot)
            await pilot.press("p")
            await settle(pilot)
            assert page(pilot).topics == ("goods",)


async def test_where_only_practice_is_left_enter_leads_to_it(
    show: Show, sqlite_platform: Platform, learner: Actor, clock: SetClock
) -> None:
    changed = sqlite_platform.policy.retake.model_copy(update={"practice_right": 2})
    strict = with_policy(
        sqlite_platform, sqlite_platform.policy.model_copy(update={"retake": changed})
    )
    fail_practised(strict, learner, "calls")
    clock.advance(timedelta(minutes=1))
    learning.finish_lesson(strict, actor=learner, course=COURSE, lesson="calls")
    async with show("E1001", lambda: LobbyScreen(EXAM), lang="en") as pilot:
        pilot.app._platform = strict  # type: ignore[attr-defined]
        page_ = pilot.app.screen
        assert isinstance(page_, LobbyScreen)
        page_.reload()
        text = await until(pilot, "Practice: 2 items still to be answered rightly")
        assert "next lesson" not in text
        await pilot.press("enter")
        await settle(pilot)
        assert page(pilot).topics == ("calls",)


async def test_a_passed_result_offers_no_practice(
    show: Show, sqlite_platform: Platform, learner: Actor
) -> None:
    attempt_id = sit(sqlite_platform, learner, EXAM)
    async with show("E1001", lambda: ResultScreen(attempt_id), lang="en") as pilot:
        assert "Press P" not in screen_text(pilot)
        await pilot.press("p")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ResultScreen)
