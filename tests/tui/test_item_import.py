"""A trainer brings a question bank along on the screens: trial, mending, taking over, export."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from certify.i18n import _, _n
from certify.platform import Platform
from certify.tui.dialogs.notice import Notice
from certify.tui.screens.bank import BankScreen
from certify.tui.screens.item_import import ItemImportScreen
from certify.tui.screens.item_import_report import ItemImportReportScreen
from certify.tui.widgets.choices import Choices
from certify.tui.widgets.fields import Fields
from certify.tui.widgets.rows import Rows
from tests.reviewed import trainers
from tests.services.banks import BANK, BROKEN, own_course
from tests.tui.conftest import Show, screen_text, settle, type_text, until

SIZES = [(80, 24), (120, 40)]
TEXT = """一、单选题
1. 客户来电，应在几声之内接起？（ A ）
A. 三声  B. 五声  C. 八声
解析：三声之内接起。
2. 没有答案的题是哪一个？
A. 甲
B. 乙
二、判断题
1. 投诉都要登记。（ √ ）
解析：都要登记。
"""


@pytest.fixture
def course(sqlite_platform: Platform) -> Path:
    """An own course, whose topic is `limits`; everybody is a trainer."""
    trainers(sqlite_platform)
    return own_course(sqlite_platform)


def written(path: Path, text: str) -> Path:
    """A file with a text."""
    path.write_text(text, encoding="utf-8")
    return path


async def type_path(pilot: Pilot[int], path: object) -> None:
    """Put a path into its field and press Enter."""
    await settle(pilot)
    pilot.app.screen.query_one(Input).value = str(path)
    await pilot.press("enter")


def counts(**numbers: int) -> str:
    """The line of numbers."""
    text = _("{found} found = █ {imported} imported + ▒ {skipped} skipped + ░ {rejected} rejected")
    return text.format(**numbers)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_a_text_is_tried_mended_and_taken_over(
    show: Show, course: Path, tmp_path: Path, size: tuple[int, int], lang: str
) -> None:
    file = written(tmp_path / "我的 题库.txt", TEXT)

    async with show("E1001", ItemImportScreen, size, lang) as pilot:
        await type_path(pilot, f'"{file}"')
        shown = await until(pilot, _("✗ Rejected: to be mended"))
        assert counts(found=3, imported=2, skipped=0, rejected=1) in shown
        assert "没有答案的题" in shown
        assert not list((course / "items").glob("我的*"))

        await pilot.press("enter")
        assert "5:1" in await until(pilot, _("What to do"))
        await pilot.press("escape")
        await settle(pilot)

        written(file, TEXT.replace("B. 乙", "B. 乙\n答案：A"))
        await pilot.press("r")
        await until(pilot, counts(found=3, imported=3, skipped=0, rejected=0))
        await settle(pilot)
        await pilot.press("a", "y")
        taken = _n(
            "✓ Taken over: {count} item stands in the course now.",
            "✓ Taken over: {count} items stand in the course now.",
            3,
        )
        shown = await until(pilot, taken.format(count=3))
        assert pilot.app.screen.check_action("take", ()) is False
        await settle(pilot)
        pilot.app.simulate_key("enter")
        await until(pilot, "LIM-204")
        assert isinstance(pilot.app.screen, BankScreen)

    assert (course / "items" / "我的-题库.md").is_file()


async def test_the_good_ones_are_taken_and_the_rest_is_listed_in_a_file(
    show: Show, course: Path, tmp_path: Path, sqlite_platform: Platform
) -> None:
    file = written(tmp_path / "bank.gift", BANK + BROKEN)
    before = sorted((course / "items").iterdir())

    async with show("E1001", ItemImportScreen) as pilot:
        await type_path(pilot, file.as_uri())
        await until(pilot, counts(found=4, imported=3, skipped=0, rejected=1))
        await settle(pilot)
        await pilot.press("a")
        left_out = _n(
            "{count} rejected question is left out and listed in a file, to be mended.",
            "{count} rejected questions are left out and listed in a file, to be mended.",
            1,
        )
        await settle(pilot)
        assert left_out.format(count=1)[:12] in screen_text(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert sorted((course / "items").iterdir()) == before

        await pilot.press("a", "y")
        await until(pilot, "bank.rejected.txt")

    listed = sqlite_platform.settings.home.exports / "bank.rejected.txt"
    assert "没有答案的题" in listed.read_text(encoding="utf-8")
    assert (course / "items" / "bank.md").is_file()


async def test_topic_and_difficulty_are_chosen_for_items_without_and_tried_again(
    show: Show, course: Path, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["题型", "题干", "选项A", "选项B", "答案", "解析"])
    sheet.append(["单选题", "谁接客户的电话？", "客服专员", "维修技师", "A", "客服专员接。"])
    book.save(tmp_path / "题库.xlsx")

    async with show("E1001", lambda: ItemImportScreen("sample")) as pilot:
        await type_path(pilot, tmp_path / "题库.xlsx")
        page = pilot.app.screen
        await until(pilot, counts(found=1, imported=1, skipped=0, rejected=0))
        assert isinstance(page, ItemImportReportScreen)
        await settle(pilot)
        assert page.report is not None
        assert page.report.drafts == 1
        await pilot.press("d")
        await settle(pilot)
        await pilot.press("right", "right", "down", "right", "right", "down")
        await type_text(pilot, "no")
        await pilot.press("enter")
        await until(pilot, "CS-003")
        await pilot.press("backspace", "backspace")
        await type_text(pilot, "CS-001")
        await pilot.press("enter")
        said = _("Where the file says nothing: {values}")
        await until(pilot, said.format(values="时限 · " + _("2 medium") + " · CS-001"))
        assert page.report.drafts == 0
        assert (page.wish.defaults.topic, page.wish.defaults.difficulty) == ("limits", 2)


async def test_questions_are_pasted_with_their_tabs(show: Show, course: Path) -> None:
    async with show("E1001", ItemImportScreen) as pilot:
        await pilot.press("down")
        await settle(pilot)
        pilot.app.post_message(Paste(TEXT.replace("A. 三声", "A.\t三声")))
        await pilot.pause(0.1)
        await pilot.press("f10")
        await until(pilot, counts(found=3, imported=2, skipped=0, rejected=1))


async def test_a_path_in_the_field_for_questions_is_a_path_too(
    show: Show, course: Path, tmp_path: Path
) -> None:
    file = written(tmp_path / "bank.gift", BANK)

    async with show("E1001", ItemImportScreen) as pilot:
        await pilot.press("down")
        await type_text(pilot, str(file))
        await pilot.press("f10")
        await until(pilot, "bank.gift →")
        await until(pilot, counts(found=3, imported=3, skipped=0, rejected=0))


async def test_the_format_may_be_said_where_it_cannot_be_told(
    show: Show, course: Path, tmp_path: Path
) -> None:
    file = written(tmp_path / "bank.old", BANK)

    async with show("E1001", ItemImportScreen) as pilot:
        await type_path(pilot, file)
        await until(pilot, _("It is not clear which kind of question bank this is."))
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        page = pilot.app.screen
        formats = page.query_one(Fields).fields["format"].box
        assert isinstance(formats, Choices)
        await pilot.press("up")
        for _name in formats.choices:
            if formats.value == "gift":
                break
            await pilot.press("right")
        await pilot.press("f10")
        await until(pilot, counts(found=3, imported=3, skipped=0, rejected=0))


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_and_long_texts_stay_text_in_their_column(
    show: Show, course: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    stem = "[/x][@click=app.bell]按[/] " + "很长的题目" * 40
    text = f"{stem} \\{{\\}} {{~甲 ~乙}}\n\n$CATEGORY: [/x]{'长' * 90}\n\n{stem} {{=甲 ~乙}}\n"
    file = written(tmp_path / f"[x]{'长' * 60}.gift", text)

    async with show("E1001", ItemImportScreen, size) as pilot:
        await type_path(pilot, file)
        await until(pilot, counts(found=2, imported=1, skipped=0, rejected=1))
        page = pilot.app.screen
        assert isinstance(page, ItemImportReportScreen)
        prompts = [option.prompt for option in page.query_one(Rows).options]
        assert not [one for one in prompts if one.cell_length > page.room]  # type: ignore[union-attr]
        await pilot.press("enter")
        await until(pilot, "[@click=app.bell]")


async def test_nothing_named_both_named_and_a_file_that_is_not_there_are_said(
    show: Show, course: Path
) -> None:
    async with show("E1001", ItemImportScreen) as pilot:
        await pilot.press("f10")
        await until(pilot, _("Name a file, or paste questions into the field below.")[:8])
        await type_text(pilot, "/nowhere.docx")
        await pilot.press("enter")
        await until(pilot, "/nowhere.docx")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.screen.query_one(Input).value == "/nowhere.docx"
        await pilot.press("down")
        pilot.app.post_message(Paste(TEXT))
        await pilot.pause(0.1)
        await pilot.press("f10")
        await until(pilot, _("Is it the file or what is pasted? Empty one of the two."))


async def test_without_an_own_course_it_says_how_to_make_one(
    show: Show, sqlite_platform: Platform
) -> None:
    trainers(sqlite_platform)

    async with show("E1001", ItemImportScreen) as pilot:
        await until(pilot, "certify course new")
        assert pilot.app.screen.check_action("check", ()) is False


async def test_who_may_not_write_items_is_refused(show: Show) -> None:
    async with show("E1001", ItemImportScreen) as pilot:
        await until(pilot, _("write items"))
        assert isinstance(pilot.app.screen, Notice)


async def test_the_items_of_a_course_are_exported_from_the_bank(
    show: Show, course: Path, sqlite_platform: Platform
) -> None:
    async with show("E1001", BankScreen) as pilot:
        await pilot.press("e")
        await settle(pilot)
        await pilot.press("enter", "enter", "enter", "enter")
        await until(pilot, "✓")
        await settle(pilot)

    (file,) = sqlite_platform.settings.home.exports.iterdir()
    assert file.stem == "sample"
    assert file.stat().st_size > 100
