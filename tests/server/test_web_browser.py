"""The page in a real browser: what it paints, what is typed into it, and how it comes back."""

import os
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from certify.platform import Platform
from certify.server import web_page
from tests.platforms import actor, read_course
from tests.server import chromium
from tests.server.browsing import Served, browsable, eventually, lasting
from tests.server.chromium import Tab
from tests.server.serving import PASSWORD, give_password

SAVED = "✓ 已存"


@pytest.fixture
def company(sqlite_platform: Platform) -> Platform:
    """One in which people sign in; E1001 has read the course and may sit its exam."""
    read_course(sqlite_platform, actor(sqlite_platform, "E1001"))
    lasting(sqlite_platform)
    give_password(sqlite_platform, "E1001")
    return sqlite_platform


@asynccontextmanager
async def window(folder: Path, language: str = "zh-CN") -> AsyncIterator[Tab]:
    """A browser of its own."""
    async with chromium.browser(chromium.program(), folder, language=language) as tab:
        yield tab
        assert tab.problems == [], "the page's own policy forbids nothing that it does"


@pytest.fixture
async def served(company: Platform) -> AsyncIterator[Served]:
    async with browsable(company) as one:
        yield one


async def _sign_in(tab: Tab) -> None:
    await tab.until("工号")
    await tab.press(*"E1001", "Enter")
    await tab.paste(PASSWORD)
    await tab.press("Enter")
    await tab.until("王小兰 E1001")


async def test_a_person_signs_in_sits_an_exam_and_comes_back_after_the_server_was_gone(
    company: Platform, tmp_path: Path
) -> None:
    async with window(tmp_path) as tab:
        async with browsable(company) as served:
            port = served.door.port
            await tab.open(served.address)
            assert await tab.until_state("open") is not None
            await _sign_in(tab)
            await tab.until("示例 · 笔试")
            await tab.press("Enter")
            await tab.until("Esc 返回   Enter")
            await tab.press("Enter")
            await tab.until("第 1 / 4 题")
            await tab.press("2")
            await tab.until(SAVED)
            await tab.until("已答 1")
        words = await tab.until_state("lost")
        assert web_page.WORDS["lost"] in words or "已保存的答案不会丢失" in words

        async with browsable(company, port=port):
            await tab.until_state("open")
            await _sign_in(tab)
            await tab.press("Enter")
            await tab.until("Esc 返回   Enter")
            await tab.press("Enter")
            await tab.until("已答 1")


async def test_chinese_stands_in_its_columns_and_every_cell_in_its_place(
    served: Served, tmp_path: Path
) -> None:
    async with window(tmp_path) as tab:
        await tab.open(served.address)
        await tab.until("工号")
        lines = [
            "┌──────────┬──────┬────────┐",
            "│工号      │姓名  │结果    │",
            "│1001      │王小兰│⚠️ 90.5 │",
            "│a1“、”，… │李  雷│👨‍👩‍👧✅  。│",
            "└──────────┴──────┴────────┘",
        ]
        text = "".join(f"\\x1b[{row};1H{line}" for row, line in enumerate(lines, start=1))
        await tab.run(
            f'new Promise((done) => terminal.write("\\x1b[0m\\x1b[2J{text}", () => done()))'
        )
        ends = await tab.run(
            """(() => { const ends = [];
              for (let row = 0; row < 5; row++) {
                const line = terminal.buffer.active.getLine(row);
                let last = -1;
                for (let column = 0; column < terminal.cols; column++)
                  if (line.getCell(column).getChars().trim()) last = column;
                ends.push(last);
              }
              return ends; })()"""
        )
        drawn = await tab.run(
            """(async () => { await new Promise((done) => setTimeout(done, 300));
              const rows = [...document.querySelectorAll(".xterm-rows > div")].slice(0, 5);
              return rows.map((row) => {
                const text = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
                let node, edge = 0;
                while ((node = text.nextNode())) {
                  const at = Math.max(...[..."┐│┘"].map((one) => node.data.lastIndexOf(one)));
                  if (at < 0) continue;
                  const range = document.createRange();
                  range.setStart(node, at); range.setEnd(node, at + 1);
                  edge = range.getBoundingClientRect().left;
                }
                return edge;
              }); })()"""
        )
        picture = await tab.picture(tmp_path / "columns.png")
        assert set(ends) == {27}
        assert max(drawn) - min(drawn) < 1.5, "less than two pixels of a column's ten"
        assert len(_colours(picture)) > 1


def _colours(picture: Path) -> set[bytes]:
    """The values of the bytes in a picture: one of an empty page has one colour."""
    data, rows = picture.read_bytes(), b""
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            rows += data[at + 8 : at + 8 + length]
        at += 12 + length
    whole = zlib.decompress(rows)
    return {whole[i : i + 3] for i in range(1, len(whole) - 3, 3)}


async def test_chinese_is_composed_and_arrives_once(served: Served, tmp_path: Path) -> None:
    async with window(tmp_path) as tab:
        await tab.open(served.address)
        await tab.until("工号")
        await tab.compose("w", "wang", "wang xiao", chosen="王小兰")
        await tab.until("王小兰")
        await tab.press(*"E1")
        await tab.compose("ke", chosen="客服")
        shown = await tab.until("王小兰E1客服")
        assert shown.count("王小兰") == 1
        assert "wang" not in shown


async def test_a_paste_is_one_paste_and_a_long_one_comes_in_pieces(
    served: Served, tmp_path: Path
) -> None:
    async with window(tmp_path) as tab:
        await tab.open(served.address)
        await tab.until("工号")
        sizes: list[int] = []
        (session,) = served.hall.sessions
        feed = session.feed

        def counted(data: bytes) -> None:
            sizes.append(len(data))
            feed(data)

        session.feed = counted  # type: ignore[method-assign]
        await tab.paste("王小兰 0001")
        await tab.until("王小兰 0001")
        await tab.paste("长" * 30_000)
        await eventually(lambda: sum(sizes) >= 90_000)
        assert max(sizes) <= 16384


async def test_the_apps_keys_are_not_the_browsers(served: Served, tmp_path: Path) -> None:
    async with window(tmp_path) as tab:
        await tab.open(served.address)
        await tab.until("工号")
        await tab.press("F2")
        await tab.until("Staff no.")
        await tab.press("F2")
        await tab.until("工号")
        await tab.press("Control+p")
        await tab.until("工号", seconds=5)
        await tab.press("Escape", "F1")
        await tab.until("Esc")
        await tab.press("Escape")
        before = await tab.run("matchMedia('print').matches")
        assert before is False
        await tab.press("Control+q")
        words = await tab.until_state("left")
        assert "Enter" in words
        await tab.press("Enter")
        await tab.until_state("open")
        await tab.until("工号")


async def test_the_terminal_fills_the_window_and_has_the_screens_colour(
    served: Served, tmp_path: Path
) -> None:
    async with window(tmp_path) as tab:
        await tab.open(served.address)
        await tab.until("工号")
        (session,) = served.hall.sessions
        small = tuple(session.app.size)
        await tab.resize(1400, 900)
        await eventually(lambda: tuple(session.app.size) != small)
        columns, rows = session.app.size
        assert columns > small[0]
        assert rows > small[1]
        assert [columns, rows] == await tab.run("[terminal.cols, terminal.rows]")
        await tab.resize(8000, 4000)
        most = (240, 80)  # no larger than screens are drawn
        await eventually(lambda: tuple(session.app.size) == most)

        light = await tab.run("document.body.style.background")
        await tab.press("F3")

        async def is_other() -> bool:
            return bool(await tab.run("document.body.style.background") != light)

        await eventually(is_other)


async def test_copying_takes_what_is_selected_and_the_app_may_only_write(
    served: Served, tmp_path: Path
) -> None:
    async with window(tmp_path) as tab:
        await tab.open(served.address)
        await tab.until("工号")
        await tab.run(
            "window.kept = []; document.addEventListener('copy', () => kept.push("
            "document.activeElement.value ?? ''), true); "
            "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
        )
        column, row = await tab.place("工号")
        await tab.run(f"terminal.select({column}, {row}, 4)")
        await tab.press("Control+c")
        await tab.run(r"""new Promise((done) => terminal.write(
            "\x1b]52;c;5ZCI5qC8\x07\x1b]52;c;?\x07", done))""")
        assert await tab.run("kept") == ["工号", "合格"]


async def test_a_file_of_the_screens_is_saved_by_the_browser(
    served: Served, tmp_path: Path
) -> None:
    data = os.urandom(200_000)
    async with window(tmp_path) as tab:
        await tab.open(served.address)
        await tab.until("工号")
        (session,) = served.hall.sessions
        assert session.app.offer_file is not None
        session.app.offer_file("合格人员名单.xlsx", data)
        saved = tmp_path / "downloads" / "合格人员名单.xlsx"
        await eventually(lambda: saved.exists() and saved.stat().st_size == len(data))
        assert saved.read_bytes() == data


async def test_a_page_that_gets_no_answer_says_so_calmly(served: Served, tmp_path: Path) -> None:
    async with window(tmp_path, language="en") as tab:
        await tab.open(served.address)
        await tab.until("Staff no.")
        served.hall.is_closing = True
        for session in list(served.hall.sessions):
            session.end()
        words = await tab.until_state("lost")
        assert "Saved answers are not lost" in words
        assert "sign in again" in words
