"""No key, explanation or criterion leaves by the web door, its page or its downloads (G14)."""

import asyncio
import logging
import zipfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import aiohttp
import pytest

from certify.domain.attempt import AttemptState
from certify.domain.person import Role
from certify.platform import Platform
from certify.server import web_page
from certify.server.journal import Lines
from certify.server.metrics import Pulse
from certify.server.watch_door import WatchDoor
from certify.server.web_socket import FAULT
from certify.services import conducting, sitting
from certify.tui.pages import page_named
from certify.tui.screens.exam import ExamScreen
from tests.platforms import actor
from tests.server.browsing import Served, Visitor, browsable, lasting
from tests.server.canaries import (
    CANARY,
    attempt_of,
    hand_in,
    has_control,
    hits,
    nothing_anywhere,
    open_exam,
    plant,
    press,
    unpacked,
    work_through,
)
from tests.server.serving import PASSWORD, PATIENCE, give_password
from tests.services.learning_steps import grant

EXAM = "kinds-written"
PATHS = (
    *("/", "/favicon.ico", "/assets/x/README.md", "/assets/x/none.js", "/assets", "/ws"),
    *("/health", "/metrics", f"/{EXAM}", "/certify.db", "/..%2f..%2fcertify.db", "/?exam=" + EXAM),
)
WRONG = (
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /ws HTTP/1.1\r\nUpgrade: x\r\n\r\n",
    b"\x00" * 64,
    b"POST",
)


@pytest.fixture
def planted(sqlite_platform: Platform) -> Platform:
    plant(sqlite_platform)
    lasting(sqlite_platform)
    give_password(sqlite_platform, "E1001", "H0001")
    grant(sqlite_platform, "H0001", Role.TRAINER)
    return sqlite_platform


@pytest.fixture
async def served(planted: Platform) -> AsyncIterator[Served]:
    async with browsable(planted) as one:
        yield one


async def _sign_in(one: Visitor, staff_no: str = "E1001") -> None:
    await one.until("工号")
    await one.press(staff_no, "enter", PASSWORD, "enter")
    await one.until(f"{staff_no}")
    await one.until_gone("密码")


async def _answered(address: str, client: aiohttp.ClientSession) -> bytes:
    """Every answer of a door to whatever is asked of it: status, headers and body."""
    found = b""
    assets = [f"/assets/{web_page.edition()}/{name}" for name in web_page.assets()]
    headers = [{}, {"Host": "evil.example.net"}, {"Origin": "null", "Upgrade": "websocket"}]
    for path in (*PATHS, *assets):
        for method in ("GET", "HEAD", "POST", "TRACE"):
            for more in headers:
                async with client.request(method, address + path, headers=more) as answer:
                    told = f"{answer.status} {answer.reason} {answer.raw_headers!r}"
                    found += told.encode() + await answer.read()
    return found


async def _answered_raw(port: int) -> bytes:
    """What is answered to that which is no request."""
    found = b""
    for data in WRONG:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(data)
        writer.write_eof()
        found += await asyncio.wait_for(reader.read(), PATIENCE)
        writer.close()
    return found


async def test_a_whole_attempt_in_a_browser_shows_no_key(
    served: Served, planted: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with served.visitor() as her, served.visitor() as again:
        await _sign_in(her)
        await open_exam(her)
        await work_through(her)
        await her.socket.send_str('{"ping": 1}')
        conducting.announce(planted, actor=actor(planted, "H0001"), text="Ten minutes", exam=EXAM)
        await _sign_in(again)  # a second window cuts off the first
        await open_exam(again)
        await press(again, "escape", "\x1b[19~")
        await again.until("Ten minutes")
        await hand_in(again)
        assert attempt_of(planted).state is AttemptState.AWAITING
        assert has_control(bytes(her.received))
        assert has_control(bytes(again.received))
        nothing_anywhere(planted, served.hall, caplog.text, her, again)


async def test_no_answer_of_the_page_or_of_the_door_for_watchers_tells_a_key(
    served: Served, planted: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    def ask() -> int:
        raise OSError(f"{CANARY} {planted.item_contents!r}")

    with ThreadPoolExecutor(1) as threads:
        watch = WatchDoor(served.hall, Pulse(), ask, threads)
        await watch.open("127.0.0.1", 0)
        async with served.visitor() as her, aiohttp.ClientSession() as client:
            await _sign_in(her)
            await open_exam(her)
            port = watch._runner.addresses[0][1]
            asked = await _answered(served.address, client)
            asked += await _answered(f"http://127.0.0.1:{port}", client)
            for one in (served.door.port, port):
                asked += await _answered_raw(one)
            await watch.close()
            assert has_control(bytes(her.received))
    assert b"the database does not answer" in asked
    assert b"certify_sessions 1.0" in asked
    assert hits(asked) == []
    nothing_anywhere(planted, served.hall, caplog.text, her)


async def test_faults_in_an_exam_and_in_the_page_tell_their_kind_and_nothing_of_it(
    served: Served,
    planted: Platform,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_anything: object) -> None:
        raise RuntimeError(repr(planted.item_contents) + CANARY)

    monkeypatch.setattr(ExamScreen, "action_submit", fail)
    async with served.visitor() as her:
        await _sign_in(her)
        await open_exam(her)
        await her.press("\x1b[21~")
        assert await her.until_closed() == FAULT
        assert "RuntimeError" in her.received.decode()
    monkeypatch.setattr(web_page, "page", fail)
    async with aiohttp.ClientSession() as client:
        asked = await _answered(served.address, client)
    monkeypatch.setattr(served.hall, "enter", fail)
    async with served.visitor() as late:
        assert await late.until_closed()

    lines = Lines("here")
    log = "\n".join(lines.format(record) for record in caplog.records)
    assert b"500 Internal Server Error" in asked
    assert log.count("RuntimeError") > 2
    assert hits(asked) == []
    nothing_anywhere(planted, served.hall, log, her, late)


@pytest.mark.parametrize(
    ("staff_no", "page", "action"),
    [
        ("E1001", "my-data", "extract"),
        ("H0001", "people", "export"),
        ("H0001", "ledger", "checkpoint"),
    ],
)
async def test_no_file_that_a_browser_is_handed_before_the_release_holds_a_key(
    served: Served, planted: Platform, staff_no: str, page: str, action: str
) -> None:
    begun = sitting.start(planted, actor=actor(planted, "E1001"), exam=EXAM)
    her = actor(planted, "E1001")
    sitting.submit(planted, actor=her, attempt_id=begun.attempt_id, fence=begun.fence)
    async with served.visitor() as one:
        await _sign_in(one, staff_no)
        (session,) = served.hall.sessions

        async def open_page() -> None:
            await session.app.push_screen(page_named(page))
            await session.app.screen.run_action(action)

        session.app.call_later(open_page)
        for _try in range(100):
            if one.files:
                break
            await press(one, "enter")
            await asyncio.sleep(0.1)
        (data,) = one.files.values()
        assert len(unpacked(bytes(data))) > 100
        assert hits(unpacked(bytes(data))) == []
        assert hits(bytes(one.received)) == []


async def test_a_canary_that_did_leave_by_the_web_would_be_found(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("keys.txt", f"{CANARY} " * 20)
    async with served.visitor() as one, aiohttp.ClientSession() as client:
        await one.until("工号")
        assert hits(bytes(one.received)) == []
        (browser,) = served.door.browsers
        browser.offer_file("keys.zip", packed.getvalue())
        await one.until_so(lambda: bool(one.files), "no file came")
        await press(one, *CANARY)
        assert hits(unpacked(bytes(one.files["keys.zip"]))) == [CANARY]
        assert hits(one.shown) == [CANARY]
        assert hits(bytes(one.received)) == [CANARY]

        monkeypatch.setattr(web_page, "page", lambda _language: CANARY.encode())
        assert hits(await _answered(served.address, client)) == [CANARY]
