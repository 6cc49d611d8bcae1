"""The pages of a standard's life: the catalogue, drafts, and delta training."""

from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from certify.domain.standard_change import DraftState
from certify.platform import Platform
from certify.services.standard_life import delta, draft_view
from certify.tui.screens.delta_training import DeltaPracticeScreen, DeltaTrainingScreen
from certify.tui.screens.delta_trainings import DeltaTrainingsScreen
from certify.tui.screens.standard_draft import StandardDraftScreen
from certify.tui.screens.standard_drafts import StandardDraftsScreen
from certify.tui.screens.standards import StandardsScreen
from tests.platforms import actor
from tests.practised import right_of
from tests.services import standard_steps as steps
from tests.services.learning_steps import pass_course
from tests.services.standard_steps import COURSE, DRAFTER, MANAGER, REVIEWER, TRAINER, at
from tests.services.steps import clock_of
from tests.tui.conftest import Show, arrive, screen_text, settle, type_text, until

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture
def written(sqlite_platform: Platform, tmp_path: Path) -> Platform:
    """CS-001 with 30 seconds, and a course that asks it."""
    at(sqlite_platform, "2024-03-04")
    steps.first_text(sqlite_platform, tmp_path)
    steps.course_on_calls(sqlite_platform, tmp_path)
    return sqlite_platform


@pytest.fixture
def changed(written: Platform) -> Platform:
    """E1001 is qualified; version 2 is in force since today, and the bank is confirmed."""
    pass_course(written, "E1001", COURSE)
    at(written, "2024-09-10")
    steps.approved(written, steps.wanted())
    at(written, "2024-10-01")
    steps.confirm(written)
    return written


@LANGUAGES
async def test_the_catalogue_says_the_state_and_until_when_it_is_to_be_reviewed(
    show: Show, written: Platform, lang: str
) -> None:
    async with show(DRAFTER, StandardsScreen, lang=lang) as pilot:
        text = await until(pilot, "CS-001")
        assert "! 2023-07-01" in text
        await pilot.press("r")
        await settle(pilot)
        await pilot.press("enter", *"ok", "enter")
        await until(pilot, "2024-09-04")


@LANGUAGES
async def test_a_new_text_is_drafted_from_the_catalogue(
    show: Show, written: Platform, lang: str
) -> None:
    async with show(DRAFTER, StandardsScreen, lang=lang) as pilot:
        await pilot.press("d")
        await settle(pilot)
        await pilot.press("enter", "enter")
        await type_text(pilot, "20 秒内接听")
        await pilot.press(*["enter"] * 6)
        await type_text(pilot, "why")
        await pilot.press("enter", "enter", "enter")
        await arrive(pilot, StandardDraftScreen)
        assert "[" in screen_text(pilot)
    (draft,) = draft_view.drafts(written, actor=actor(written, DRAFTER))
    assert draft.content["requirement"]["zh"] == "20 秒内接听"
    assert (draft.number, draft.description, draft.is_material) == ("CS-001", "why", True)


@LANGUAGES
async def test_everybody_takes_the_next_step_and_sees_who_is_missing(
    show: Show, written: Platform, lang: str
) -> None:
    number = steps.drafted(written, steps.wanted("2024-10-01"))
    page = lambda: StandardDraftScreen(number)  # noqa: E731
    async with show(DRAFTER, page, lang=lang) as pilot:
        assert "[30]" in screen_text(pilot)
        assert "[20]" in screen_text(pilot)
        await pilot.press("s")
        await settle(pilot)
        assert _state(written, number) is DraftState.REVIEW
    async with show(REVIEWER, page, lang=lang) as pilot:
        for _side in steps.SIDES:
            await pilot.press("o")
            await settle(pilot)
            await pilot.press("enter", "enter", *"ok", "enter")
            await settle(pilot)
        assert _state(written, number) is DraftState.PILOT
        await pilot.press("t")
        await settle(pilot)
        await pilot.press(*"night", "enter", "enter", *"ok", "enter")
        await settle(pilot)
        await pilot.press("end")
        await until(pilot, "night")
    async with show(MANAGER, page, lang=lang) as pilot:
        await pilot.press("a")
        await settle(pilot)
        await pilot.press("y")
        await settle(pilot)
        assert _state(written, number) is DraftState.APPROVED


@LANGUAGES
async def test_a_learner_reads_what_changed_practises_and_has_passed(
    show: Show, changed: Platform, lang: str
) -> None:
    (mine,) = delta.mine(changed, actor=actor(changed, "E1001"))
    async with show("E1001", lambda: DeltaTrainingScreen(mine.id), lang=lang) as pilot:
        text = screen_text(pilot)
        assert "[30]" in text
        assert "[20]" in text
        assert "2024-10-31" in text
        await pilot.press("r")
        await settle(pilot)
        clock_of(changed).advance(steps.MINUTE)
        await pilot.press("p")
        await arrive(pilot, DeltaPracticeScreen)
        for _item in range(3):
            await pilot.press(_right_key(changed, pilot.app.screen), "f10")
            await settle(pilot)
            await pilot.press("enter")
            await settle(pilot)
        await arrive(pilot, DeltaTrainingScreen)
        await until(pilot, "✓")
    assert delta.mine(changed, actor=actor(changed, "E1001")) == []


@LANGUAGES
async def test_a_trainer_records_a_session_and_the_list_says_so(
    show: Show, changed: Platform, lang: str
) -> None:
    async with show(TRAINER, DeltaTrainingsScreen, lang=lang) as pilot:
        assert "E1001" in screen_text(pilot)
        await pilot.press("p")
        await settle(pilot)
        await pilot.press(*"10-08", "enter")
        await until(pilot, "✓")


@LANGUAGES
async def test_empty_lists_say_what_would_be_there(
    show: Show, sqlite_platform: Platform, lang: str
) -> None:
    async with show(DRAFTER, StandardDraftsScreen, lang=lang) as pilot:
        await settle(pilot)
        assert "D" in screen_text(pilot)
    async with show("E1001", DeltaTrainingsScreen, lang=lang) as pilot:
        assert "E1001" in await until(pilot, "F1")


def _right_key(platform: Platform, screen: Screen[Any]) -> str:
    """The digit of the right option of the item in the eye."""
    assert isinstance(screen, DeltaPracticeScreen)
    assert screen.item is not None
    (key,) = right_of(platform, screen.item.version_id)["chosen"]
    shown = [option["id"] for option in screen.item.shown["options"]]
    return str(shown.index(key) + 1)


def _state(platform: Platform, number: int) -> DraftState:
    who = actor(platform, DRAFTER)
    return draft_view.draft(platform, actor=who, draft_id=number).state
