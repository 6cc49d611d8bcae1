"""Nobody is sent away from an exam because the database is gone for a while."""

import asyncio
from contextlib import ExitStack

import pytest

from certify.errors import AttemptPaused, CertifyError, HomeUnusable, NotSaved
from certify.platform import Platform
from certify.services import sitting
from certify.tui import exam_saving
from certify.tui.answer_sheet import AnswerSheet, Entry
from certify.tui.exam_saving import ExamSaving
from certify.tui.screens.home import HomeScreen
from tests.platforms import NOON, actor, read_course
from tests.tui.conftest import Show, screen_text, settle

PASSING = [NotSaved, HomeUnusable, AttemptPaused]


@pytest.fixture
def begun(sqlite_platform: Platform) -> sitting.Sitting:
    who = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, who)
    return sitting.start(sqlite_platform, actor=who, exam="sample-written")


@pytest.fixture(autouse=True)
def _try_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exam_saving, "RETRY_SECONDS", 0.01)


@pytest.mark.parametrize("kind", PASSING)
async def test_handing_in_goes_on_until_the_database_takes_it(
    begun: sitting.Sitting, kind: type[CertifyError]
) -> None:
    told, tries = list[str](), list[int]()

    async def send() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise kind("gone")

    async def save(_sequence: int, _entry: Entry) -> sitting.Receipt:
        raise AssertionError

    saving = ExamSaving(AnswerSheet(begun), save, lambda: told.append(saving.problem))

    assert await saving.insist(send) is None
    assert (len(tries), told) == (3, ["gone", "gone"])


@pytest.mark.parametrize("kind", PASSING)
async def test_an_answer_is_sent_again_until_the_database_takes_it(
    begun: sitting.Sitting, kind: type[CertifyError]
) -> None:
    tries = list[int]()

    async def save(sequence: int, _entry: Entry) -> sitting.Receipt:
        tries.append(sequence)
        if len(tries) < 3:
            raise kind("gone")
        saving.is_over = True
        return sitting.Receipt(sequence, NOON, NOON)

    sheet = AnswerSheet(begun)
    saving = ExamSaving(sheet, save, lambda: None)
    sheet.give(0, answer={"chosen": ["a"]}, flagged=False)
    saving.wake()

    assert await asyncio.wait_for(saving.run(), 10) is None
    assert tries == [1, 1, 1]
    assert sheet.is_saved
    assert saving.problem == ""


async def test_a_page_that_has_come_does_not_say_that_one_must_wait(show: Show) -> None:
    async with show("E1001", HomeScreen) as pilot:
        await settle(pilot)
        page = pilot.app.screen
        assert isinstance(page, HomeScreen)
        before = screen_text(pilot).splitlines()[0]

        page._say_busy(ExitStack())  # the timer's call was on its way when the page came
        await settle(pilot)

        assert screen_text(pilot).splitlines()[0] == before
