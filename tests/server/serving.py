"""A served platform, and people who come to it over SSH with a real client and a screen."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Self

import asyncssh
import pyte

from certify.platform import Platform
from certify.server import ssh
from certify.server.hall import Hall
from certify.services import passwords

PASSWORD = "correct horse"
KEYS = {
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
    "backspace": "\x7f",
}
PATIENCE = 20
"""Seconds after which what was waited for does not come any more."""


def give_password(
    platform: Platform, *staff_nos: str, password: str = PASSWORD, must_change: bool = False
) -> None:
    """Let people sign in with a password (one hash for all of them: it is slow on purpose)."""
    from certify.storage import people

    hashed = passwords.make_hash(password)
    with platform.database.write() as session:
        for staff_no in staff_nos:
            person = people.by_staff_no(session, staff_no)
            assert person is not None
            kept = passwords.credential(person.id or 0, hashed, must_change=must_change)
            session.merge(kept)


class Served:
    """The doors of a platform in this process."""

    def __init__(self, platform: Platform, hall: Hall, port: int) -> None:
        self.platform, self.hall, self.port = platform, hall, port

    def client(self, user: str, password: str | None = PASSWORD, **more: Any) -> "Client":
        """Somebody who is about to come in; `async with` connects them."""
        return Client(self.port, user, password, **more)


@asynccontextmanager
async def served(platform: Platform, **more: Any) -> AsyncIterator[Served]:
    """Serve a platform over SSH on a free port of this machine, until the block ends.

    Args:
        more: for `ssh.listen`.
    """
    hall = Hall(platform)
    door = await ssh.listen(hall, "127.0.0.1", 0, platform.settings.home.root / "ssh", **more)
    try:
        yield Served(platform, hall, door.get_port())
    finally:
        door.close()
        await hall.close()
        await door.wait_closed()


class Client(asyncssh.SSHClientSession[bytes]):
    """One person at a terminal: what stands on their screen, and what they type."""

    def __init__(
        self,
        port: int,
        user: str,
        password: str | None = PASSWORD,
        *,
        size: tuple[int, int] = (80, 24),
        term: str = "xterm-256color",
        **options: Any,
    ) -> None:
        """Args:
        options: for `asyncssh.connect`, such as `client_keys`.
        """
        self._port, self._user, self._password = port, user, password
        self._size, self._term, self._options = size, term, options
        self.screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self.screen)
        self.received = bytearray()
        """Every byte that came, in order."""
        self.ended = asyncio.Event()
        self._news = asyncio.Event()
        self.connection: asyncssh.SSHClientConnection
        self.channel: asyncssh.SSHClientChannel[bytes]

    async def __aenter__(self) -> Self:
        options: dict[str, Any] = {"client_keys": None, "known_hosts": None, "config": None}
        self.connection = await asyncssh.connect(
            "127.0.0.1",
            self._port,
            username=self._user,
            password=self._password,
            **{**options, "agent_path": None, **self._options},
        )
        try:
            self.channel, _session = await self.connection.create_session(
                lambda: self,
                term_type=self._term,
                term_size=self._size,
                encoding=None,
            )
        except BaseException:
            self.connection.abort()
            raise
        return self

    async def __aexit__(self, *_problem: object) -> None:
        await self.leave()

    def data_received(self, data: bytes, datatype: Any) -> None:
        self.received += data
        self._stream.feed(data)
        self._news.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended.set()
        self._news.set()

    @property
    def shown(self) -> str:
        """All that stands on the screen now; what takes two cells has no gap behind it."""
        lines = []
        for row in range(self.screen.lines):
            cells = self.screen.buffer[row]
            lines.append("".join(cells[x].data for x in range(self.screen.columns)).rstrip())
        return "\n".join(lines)

    async def until(self, text: str, seconds: float = PATIENCE) -> str:
        """Wait until a text stands on the screen; gives all that stands there."""
        return await self._wait(lambda: text in self.shown, f"“{text}” did not appear", seconds)

    async def until_gone(self, text: str, seconds: float = PATIENCE) -> str:
        """Wait until a text does not stand there any more."""
        return await self._wait(lambda: text not in self.shown, f"“{text}” stayed", seconds)

    async def _wait(self, is_so: Any, trouble: str, seconds: float) -> str:
        async def look() -> None:
            while not is_so():
                assert not self.ended.is_set(), f"{trouble}; the connection ended:\n{self.shown}"
                self._news.clear()
                await self._news.wait()

        try:
            await asyncio.wait_for(look(), seconds)
        except TimeoutError as late:
            raise AssertionError(f"{trouble} within {seconds} s:\n{self.shown}") from late
        return self.shown

    def press(self, *keys: str) -> None:
        """Send keys by name, and anything else as it is."""
        for key in keys:
            self.channel.write(KEYS.get(key, key).encode())

    def resize(self, columns: int, rows: int) -> None:
        """The window has another size now."""
        self.screen.resize(rows, columns)
        self.channel.change_terminal_size(columns, rows)

    async def until_end(self, seconds: float = PATIENCE) -> int | None:
        """Wait until the server ended it; the exit code that it told, if it told one."""
        await asyncio.wait_for(self.ended.wait(), seconds)
        return self.channel.get_exit_status()

    async def leave(self) -> None:
        """Hang up."""
        with suppress(OSError, asyncssh.Error):
            self.connection.abort()
            await self.connection.wait_closed()
