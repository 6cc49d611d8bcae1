"""Terminals over a WebSocket: who gets one, what it bears, and that it never ends an attempt."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.clock import SetClock
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.server import web, web_socket
from certify.server.web_guard import Front
from certify.server.web_socket import AHEAD, FULL, LEFT, MOST_FILE, PACE, RESTART, WAITED, Pace
from certify.services import sitting
from tests.platforms import actor, read_course, with_policy
from tests.server.browsing import Served, Visitor, browsable, eventually, lasting
from tests.server.serving import PASSWORD, give_password

SAVED = "✓ 已存"


@pytest.fixture
def company(sqlite_platform: Platform) -> Platform:
    """One in which people sign in; E1001 has read the course and may sit its exam."""
    read_course(sqlite_platform, actor(sqlite_platform, "E1001"))
    lasting(sqlite_platform)
    give_password(sqlite_platform, "E1001")
    return sqlite_platform


@pytest.fixture
async def served(company: Platform) -> AsyncIterator[Served]:
    async with browsable(company) as one:
        yield one


def _with(platform: Platform, **rules: int) -> Platform:
    access = platform.policy.access.model_copy(update=rules)
    return with_policy(platform, platform.policy.model_copy(update={"access": access}))


async def _sign_in(visitor: Visitor) -> None:
    await visitor.until("工号")
    await visitor.press("E1001", "enter", PASSWORD, "enter")
    await visitor.until("王小兰 E1001")


async def _sit(visitor: Visitor) -> None:
    """Sign in and go into the exam, whether it has begun or not."""
    await _sign_in(visitor)
    await visitor.until("示例 · 笔试")
    await visitor.press("enter")
    await visitor.until("Esc 返回   Enter")
    await visitor.press("enter")
    await visitor.until("第 1 / 4 题")


async def test_an_exam_is_sat_in_a_window(served: Served) -> None:
    async with served.visitor() as visitor:
        await _sit(visitor)
        await visitor.press("1")
        await visitor.until(SAVED)
        await visitor.until("已答 1")


async def test_a_window_that_is_closed_ends_the_session_and_never_the_attempt(
    served: Served, company: Platform
) -> None:
    async with served.visitor() as visitor:
        await _sit(visitor)
        await visitor.press("1")
        await visitor.until(SAVED)
    await eventually(lambda: not served.hall.sessions)

    async with served.visitor() as again:
        await _sit(again)
        await again.until("已答 1")


async def test_of_two_windows_on_one_attempt_the_older_one_can_write_no_more(
    served: Served, company: Platform
) -> None:
    async with served.visitor() as older, served.visitor() as newer:
        await _sit(older)
        await older.press("1")
        await older.until(SAVED)
        await _sit(newer)
        await newer.until("已答 1")
        await newer.press("2")
        await newer.until(SAVED)
        await older.press("3")
        await older.until("此处不能再作答")

        begun = sitting.start(company, actor=actor(company, "E1001"), exam="sample-written")
        chosen = begun.items[0].answer
        assert chosen == {"chosen": [begun.items[0].shown["options"][1]["id"]]}, "the newer one's"


@pytest.mark.parametrize("origin", ["http://evil.example.net", "null", "", "http://127.0.0.1:1"])
async def test_a_page_of_somebody_else_opens_no_terminal(served: Served, origin: str) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await served.visitor(origin=origin).__aenter__()
    assert refused.value.status == 403
    assert not served.hall.sessions


async def test_a_page_behind_a_proxy_opens_one(company: Platform) -> None:
    front = Front.of(["https://exam.example.com"], ["127.0.0.1"])
    headers = {"Host": "exam.example.com", "X-Forwarded-For": "203.0.113.9"}
    async with browsable(company, front=front) as served:
        visitor = served.visitor(origin="https://exam.example.com", **headers)
        async with visitor:
            await visitor.until("工号")
            (session,) = served.hall.sessions
            assert session.caller.address == "203.0.113.9"


async def test_the_terminal_has_the_size_language_and_colours_of_the_page(served: Served) -> None:
    path = "/ws?columns=100&rows=30&theme=light"
    async with served.visitor(path=path, **{"Accept-Language": "en"}) as visitor:
        visitor.screen.resize(30, 100)
        await visitor.until("Staff no.")
        (session,) = served.hall.sessions
        assert tuple(session.app.size) == (100, 30)
        assert not session.app.current_theme.dark

        await visitor.socket.send_str('{"size": [90, 20]}')
        await visitor.until_so(lambda: tuple(session.app.size) == (90, 20), "it kept its size")


@pytest.mark.parametrize(
    "path",
    ["/ws?columns=x&rows=-1", "/ws?columns=99999999999&rows=0", "/ws?columns=%F0&rows=１"],
    ids=range(3),
)
async def test_a_size_that_is_none_is_not_taken(served: Served, path: str) -> None:
    async with served.visitor(path=path) as visitor:
        await visitor.until("工号")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", '{"size": 1}', '{"size": ["a", 2]}', '{"size": [1e9, 2]}', "[" * 30_000],
    ids=range(8),
)
async def test_words_that_are_not_of_our_page_change_nothing(served: Served, text: str) -> None:
    async with served.visitor() as visitor:
        await visitor.until("工号")
        await visitor.socket.send_str(text)
        await visitor.socket.send_str('{"size": [-5, 1000000000]}')
        await visitor.socket.send_str('{"size": [80, 24]}')
        await visitor.press("E1001")
        await visitor.until("E1001")


async def test_random_bytes_hurt_nobody_else(served: Served) -> None:
    async with served.visitor() as calm, served.visitor() as wild:
        await calm.until("工号")
        await wild.until("工号")
        for _ in range(20):
            await wild.socket.send_bytes(os.urandom(500))
        await _sign_in(calm)


async def test_a_message_that_is_too_long_ends_that_connection_alone(served: Served) -> None:
    async with served.visitor() as calm, served.visitor() as wild:
        await calm.until("工号")
        await wild.until("工号")
        await wild.socket.send_bytes(b"x" * (web_socket.MOST_MESSAGE + 1))
        assert await wild.until_closed() == aiohttp.WSCloseCode.MESSAGE_TOO_BIG
        await _sign_in(calm)


async def test_what_is_not_http_gets_no_session(served: Served) -> None:
    for data in (b"\x00" * 100, os.urandom(400), b"SSH-2.0-x\r\n", b"GET /ws HTTP/1.1\r\n\r\n"):
        reader, writer = await asyncio.open_connection("127.0.0.1", served.door.port)
        writer.write(data)
        writer.write_eof()
        assert b"101 Switching" not in await asyncio.wait_for(reader.read(), 5)
        writer.close()
    assert not served.hall.sessions


async def test_somebody_who_reads_nothing_keeps_little_waiting_and_later_sees_it_all(
    served: Served,
) -> None:
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    plain.setblocking(False)
    await asyncio.get_running_loop().sock_connect(plain, ("127.0.0.1", served.door.port))
    reader, writer = await asyncio.open_connection(sock=plain, limit=4096)
    writer.write(
        f"GET /ws?columns=240&rows=80 HTTP/1.1\r\nHost: 127.0.0.1:{served.door.port}\r\n"
        f"Origin: {served.address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
    )
    assert b"101" in await reader.readuntil(b"\r\n\r\n")
    (session,) = served.hall.sessions
    (browser,) = served.door.browsers
    await eventually(lambda: bool(session.app.refresh(layout=True)) and session.outlet.is_slow)
    for _time in range(50):  # nothing more is kept for them
        session.app.refresh(layout=True)
        await asyncio.sleep(0.005)
    assert browser.waiting_bytes < 4 * web_socket.MOST_WAITING

    while session.outlet.is_slow:
        assert await asyncio.wait_for(reader.read(65536), 5)
    whole = b""
    while "工号".encode() not in whole:  # the whole screen once more
        whole += await asyncio.wait_for(reader.read(65536), 5)
    writer.close()


async def test_leaving_says_so_to_the_page(served: Served) -> None:
    async with served.visitor() as visitor:
        await visitor.until("工号")
        await visitor.press("ctrl+q")
        assert await visitor.until_closed() == LEFT


async def test_a_server_that_stops_lets_pages_come_back_by_themselves(company: Platform) -> None:
    async with browsable(company) as served:
        visitor = served.visitor()
        await visitor.__aenter__()
        await visitor.until("工号")
    assert await visitor.until_closed() == RESTART
    await visitor.__aexit__()


async def test_a_server_that_stops_takes_nobody_in(served: Served) -> None:
    served.hall.is_closing = True
    async with served.visitor() as visitor:
        assert await visitor.until_closed() == RESTART


async def test_only_so_many_of_one_address_wait_to_sign_in(company: Platform) -> None:
    few = _with(company, waiting_per_address=1)
    async with browsable(few) as served, served.visitor() as first:
        await first.until("工号")
        async with served.visitor() as second:
            assert await second.until_closed() == FULL
        await _sign_in(first)
        await asyncio.sleep(2 * web.LOOK_SECONDS)
        async with served.visitor() as third:
            await third.until("工号")


async def test_who_does_not_sign_in_has_to_go(
    company: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr("certify.server.limits.PAGE_TIMES", 0.01)
    async with browsable(company) as served, served.visitor() as visitor:
        assert await visitor.until_closed() == WAITED


async def test_connections_that_ask_for_nothing_are_few_and_short(company: Platform) -> None:
    few = _with(company, waiting_per_address=1, login_seconds=5)
    async with browsable(few) as served:
        opened = [
            await asyncio.open_connection("127.0.0.1", served.door.port)
            for _ in range(web.PER_BROWSER)
        ]
        reader, writer = await asyncio.open_connection("127.0.0.1", served.door.port)
        await asyncio.wait_for(_to_the_end(reader), 2)  # cut off at once
        writer.close()
        for number, (_reader, writer) in enumerate(opened):
            writer.write(b"GET / HT"[:number])
        for reader, writer in opened:
            await asyncio.wait_for(_to_the_end(reader), 15)
            writer.close()


async def _to_the_end(reader: asyncio.StreamReader) -> None:
    try:
        await reader.read()
    except ConnectionError:
        return


async def test_a_file_is_handed_to_the_browser_whole_between_pictures(served: Served) -> None:
    data = os.urandom(300_000)
    async with served.visitor() as visitor:
        await visitor.until("工号")
        (browser,) = served.door.browsers
        browser.offer_file("../名单.xlsx", data)
        browser.offer_file("empty.csv", b"")
        await visitor.press("E1001")
        await visitor.until("E1001")
        assert visitor.files == {"_名单.xlsx": data, "empty.csv": b""}


async def test_a_file_too_large_for_a_browser_is_refused_in_words(served: Served) -> None:
    async with served.visitor() as visitor:
        await visitor.until("工号")
        (browser,) = served.door.browsers
        with pytest.raises(Refused) as refused:
            browser.offer_file("all.zip", bytes(MOST_FILE + 1))
    assert refused.value.message == _("This file is too large for a browser.")


async def test_files_reach_the_browser_from_the_screens(served: Served) -> None:
    async with served.visitor() as visitor:
        await visitor.until("工号")
        (session,) = served.hall.sessions
        assert session.app.offer_file is not None
        session.app.offer_file("我的数据.json", b"{}")
        await visitor.until_so(lambda: bool(visitor.files), "no file came")
        assert visitor.files == {"我的数据.json": b"{}"}


@given(st.lists(st.integers(1, 70_000), max_size=200))
def test_a_flood_is_slowed_to_a_pace(amounts: list[int]) -> None:
    pace = Pace()
    waited = 0.0
    for amount in amounts:
        waited = max(waited, pace.after(amount))
    assert waited >= (sum(amounts) - AHEAD) / PACE - 1


async def test_what_comes_after_a_flood_is_heard_when_its_turn_comes(served: Served) -> None:
    async with served.visitor() as visitor:
        await visitor.until("工号")
        began = asyncio.get_running_loop().time()
        for _number in range((AHEAD + 2 * PACE) // 32_768):
            await visitor.socket.send_bytes(b"\x00" * 32_768)
        await visitor.socket.send_str('{"ping": 1}')
        await visitor.until_so(lambda: b'{"pong": 1}' in visitor.received, "no pong")
        assert asyncio.get_running_loop().time() - began >= 1.5


async def test_a_heartbeat_of_the_page_is_answered(served: Served) -> None:
    async with aiohttp.ClientSession() as client:
        headers = {"Origin": served.address}
        async with client.ws_connect(f"{served.address}/ws", headers=headers) as plain:
            await plain.send_str('{"ping": 1}')
            heard: Any = None
            while heard != {"pong": 1}:
                message = await asyncio.wait_for(plain.receive(), 5)
                heard = message.json() if message.type is aiohttp.WSMsgType.TEXT else None


async def test_time_runs_on_while_nobody_is_connected(
    served: Served, company: Platform, clock: SetClock
) -> None:
    async with served.visitor() as visitor:
        await _sit(visitor)
    clock.set(clock.now() + timedelta(minutes=10))
    async with served.visitor() as again:
        await _sit(again)
        await again.until("剩余 20:00")
