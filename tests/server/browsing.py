"""A platform served to browsers, and people who come over a bare WebSocket with a screen."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from inspect import isawaitable
from typing import Any, Self

import aiohttp
import pyte
from aiohttp import WSMsgType
from sqlmodel import update

from certify.domain.person import Organisation
from certify.platform import Platform
from certify.server import web
from certify.server.hall import Hall
from certify.server.web_guard import Front
from tests.server.serving import KEYS, PATIENCE


def lasting(platform: Platform) -> None:
    """Make the company one in which people must sign in."""
    with platform.database.write() as session:
        session.exec(update(Organisation).values(demo=False))


async def eventually(is_so: Callable[[], Any]) -> None:
    """Wait until something is so; what it gives may have to be waited for."""
    for _time in range(PATIENCE * 50):
        found = is_so()
        if await found if isawaitable(found) else found:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not become so")


class Served:
    """The web door of a platform in this process."""

    def __init__(self, hall: Hall, door: web.Door) -> None:
        self.hall, self.door = hall, door
        self.address = f"http://127.0.0.1:{door.port}"

    def visitor(self, **more: Any) -> "Visitor":
        """Somebody who is about to come in; `async with` connects them."""
        return Visitor(self.address, **more)


@asynccontextmanager
async def browsable(
    platform: Platform, *, port: int = 0, front: Front | None = None
) -> AsyncIterator[Served]:
    """Serve a platform to browsers on this machine, until the block ends."""
    hall = Hall(platform)
    door = await web.listen(hall, "127.0.0.1", port, front=front)
    try:
        yield Served(hall, door)
    finally:
        await door.close()
        await hall.close()


class Visitor:
    """One window: what stands in its terminal, and what is typed there."""

    def __init__(
        self, address: str, *, origin: str | None = None, path: str = "/ws", **headers: str
    ) -> None:
        """Args:
        origin: of the page; left out, that of the server itself.
        """
        self._address, self._path = address, path
        self._headers = {"Origin": address if origin is None else origin, **headers}
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.received = bytearray()
        """Every byte that came, in order: pictures, files and words to the page."""
        self.files: dict[str, bytearray] = {}
        self.close_code: int | None = None
        self.ended = asyncio.Event()
        self._left = 0
        self._file = ""
        self._news = asyncio.Event()
        self.socket: aiohttp.ClientWebSocketResponse

    async def __aenter__(self) -> Self:
        self._client = aiohttp.ClientSession()
        try:
            self.socket = await self._client.ws_connect(
                self._address + self._path, headers=self._headers, max_msg_size=0
            )
        except BaseException:
            await self._client.close()
            raise
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_problem: object) -> None:
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading
        await self.socket.close()
        await self._client.close()

    async def _read(self) -> None:
        async for message in self.socket:
            is_text = message.type is WSMsgType.TEXT
            self.received += message.data.encode() if is_text else message.data
            if is_text:
                said = json.loads(message.data)
                if "file" in said:
                    self._file, self._left = said["file"], said["size"]
                    self.files[self._file] = bytearray()
            elif self._left:
                self.files[self._file] += message.data
                self._left -= len(message.data)
            else:
                self._stream.feed(message.data)
            self._news.set()
        self.close_code = self.socket.close_code
        self.ended.set()
        self._news.set()

    @property
    def shown(self) -> str:
        """All that stands on the screen now; what takes two cells has no gap behind it."""
        rows = (self.screen.buffer[row] for row in range(self.screen.lines))
        columns = range(self.screen.columns)
        return "\n".join("".join(row[x].data for x in columns).rstrip() for row in rows)

    async def until(self, text: str) -> str:
        """Wait until a text stands on the screen; gives all that stands there."""
        await self.until_so(lambda: text in self.shown, f"“{text}” did not appear")
        return self.shown

    async def until_gone(self, text: str) -> str:
        """Wait until a text does not stand there any more."""
        await self.until_so(lambda: text not in self.shown, f"“{text}” stayed")
        return self.shown

    async def until_closed(self) -> int:
        """Wait until the server closed the socket; the code it gave for that."""
        await self.until_so(lambda: self.close_code is not None, "it stayed open")
        return self.close_code or 0

    async def until_so(self, is_so: Callable[[], bool], trouble: str) -> None:
        """Wait for something that depends on what came."""

        async def look() -> None:
            while not is_so():
                assert self.close_code is None, f"{trouble}; closed: {self.close_code}"
                self._news.clear()
                await self._news.wait()

        try:
            await asyncio.wait_for(look(), PATIENCE)
        except TimeoutError as late:
            raise AssertionError(f"{trouble}:\n{self.shown}") from late

    async def press(self, *keys: str) -> None:
        """Send keys by name, and anything else as it is."""
        for key in keys:
            await self.socket.send_bytes(KEYS.get(key, key).encode())

    async def resize(self, columns: int, rows: int) -> None:
        """The window has another size now."""
        self.screen.resize(rows, columns)
        await self.socket.send_str(json.dumps({"size": [columns, rows]}))
