"""The blueprint of every exam, for those who may see the bank."""

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from certify.domain.course import Exam
from certify.domain.person import Role, RoleGrant
from certify.platform import Platform
from certify.storage import courses
from certify.tui.dialogs.choose import Choose
from certify.tui.screens.blueprint import BlueprintScreen
from certify.tui.screens.home import HomeScreen
from certify.tui.widgets.paper import Paper
from certify.tui.widgets.rows import Rows
from tests.platforms import actor
from tests.tui.conftest import Show, screen_text, settle, type_text, until

TRAINER = "S0001"


@pytest.fixture(autouse=True)
def _trainer(sqlite_platform: Platform) -> None:
    person = actor(sqlite_platform, TRAINER).person_id
    with sqlite_platform.database.write() as session:
        session.add(RoleGrant(person_id=person, role=Role.TRAINER))


def change(platform: Platform, **first: object) -> None:
    """Change the first cell of the sample exam."""
    with platform.database.write() as session:
        exam = courses.exam(session, "sample-written")
        assert exam is not None
        exam.blueprint = [exam.blueprint[0] | first, *exam.blueprint[1:]]


def add_exam(platform: Platform) -> None:
    """A second exam that wants nine items too many."""
    with platform.database.write() as session:
        exam = courses.exam(session, "sample-written")
        assert exam is not None
        other = Exam.model_validate(exam.model_dump(exclude={"id"}))
        other.code, other.title = "zz-second", {"zh": "第二场", "en": "Second [/x] exam"}
        other.blueprint = [exam.blueprint[0] | {"count": 14}]
        session.add(other)


def page_lines(pilot: Pilot[int]) -> list[str]:
    """The whole page, what lies below the screen too."""
    return [line.content.plain for line in pilot.app.screen.query_one(Paper)._lines]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_the_table_the_forms_and_the_expected_mark_stand_on_one_page(
    show: Show, lang: str, size: tuple[int, int]
) -> None:
    async with show(TRAINER, BlueprintScreen, size=size, lang=lang) as pilot:
        text = screen_text(pilot)
        lines = page_lines(pilot)

    for entry in ("2/5", "1/3", "4/11", "✓"):
        assert entry in text
    assert max(map(cell_len, lines)) <= size[0] - 4
    assert any("█" in line for line in lines)


async def test_a_cell_that_cannot_be_filled_has_a_sign_and_is_named(
    show: Show, sqlite_platform: Platform
) -> None:
    change(sqlite_platform, count=7)

    async with show(TRAINER, BlueprintScreen, lang="en") as pilot:
        text = screen_text(pilot)

    assert "✗ 7/5" in text
    assert "✗ The exam does not open" in text
    assert "7 wanted, 5 available, 2 missing." in text


async def test_a_retake_that_repeats_too_much_is_warned_of(
    show: Show, sqlite_platform: Platform
) -> None:
    change(sqlite_platform, count=4)

    async with show(TRAINER, BlueprintScreen, size=(120, 40), lang="en") as pilot:
        text = screen_text(pilot)

    assert "! A retake may repeat at most 30 %" in text
    assert "items more would keep it:" in text


async def test_arrows_and_enter_lead_to_the_other_exams(
    show: Show, sqlite_platform: Platform
) -> None:
    add_exam(sqlite_platform)

    async with show(TRAINER, BlueprintScreen, lang="en") as pilot:
        await pilot.press("right")
        await until(pilot, "Blueprint · Second [/x] exam")
        await pilot.press("right")
        await until(pilot, "Blueprint · Sample")
        await pilot.press("left")
        await until(pilot, "Blueprint · Second [/x] exam")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, Choose)
        assert pilot.app.screen.query_one(Rows).chosen == "zz-second"
        await pilot.press("up", "enter")
        await until(pilot, "Blueprint · Sample")


async def test_one_exam_alone_offers_no_other(show: Show) -> None:
    async with show(TRAINER, BlueprintScreen, lang="en") as pilot:
        assert "Next exam" not in screen_text(pilot)
        await pilot.press("right", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, BlueprintScreen)


async def test_without_exams_the_page_says_where_they_come_from(
    show: Show, sqlite_platform: Platform
) -> None:
    with sqlite_platform.database.write() as session:
        exam = courses.exam(session, "sample-written")
        assert exam is not None
        exam.available = False

    async with show(TRAINER, BlueprintScreen, lang="en") as pilot:
        assert "they come with the courses" in screen_text(pilot)


async def test_a_table_with_many_columns_goes_on_below(
    show: Show, sqlite_platform: Platform
) -> None:
    with sqlite_platform.database.write() as session:
        exam = courses.exam(session, "sample-written")
        assert exam is not None
        exam.blueprint = [
            {"topic": "limits", "type": type_, "difficulty": level, "count": 1, "points": "1"}
            for type_ in ("single", "multiple", "truefalse")
            for level in (1, 2, 3)
        ]

    async with show(TRAINER, BlueprintScreen, lang="en") as pilot:
        lines = page_lines(pilot)

    assert sum(line.startswith("Topic") for line in lines) == 2
    assert sum(line.count("difficulty") for line in lines if "“" not in line) == 9
    assert max(map(cell_len, lines)) <= 76


async def test_the_palette_leads_there_who_may_see_the_bank_and_nobody_else(show: Show) -> None:
    async with show(TRAINER, HomeScreen, lang="zh") as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        await type_text(pilot, "blueprint")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, BlueprintScreen)
    async with show("H0001", HomeScreen, lang="en") as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        await type_text(pilot, "blueprint")
        await until(pilot, "Nothing is called “blueprint”.")


async def test_who_may_not_see_the_bank_is_told_and_led_back(show: Show) -> None:
    async with show("E1001", HomeScreen, lang="en") as pilot:
        await pilot.app.push_screen(BlueprintScreen())
        await until(pilot, "You may not see the item bank.")
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
