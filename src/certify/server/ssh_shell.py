"""One terminal on an SSH connection: a session of the hall, or an exam by lines."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import asyncssh

from certify.errors import CertifyError, Refused
from certify.i18n import _
from certify.server import ssh_words, terms
from certify.server.client_language import ClientLanguage
from certify.server.lines import Lines
from certify.server.session import Caller, Session

if TYPE_CHECKING:
    from certify.server.lines import Plain
    from certify.server.ssh_door import Door
    from certify.services.sign_in import SignedIn

log = logging.getLogger("certify.server")


def shell_on(
    conn: asyncssh.SSHServerConnection, shell: Shell
) -> tuple[asyncssh.SSHServerChannel[bytes], Shell]:
    """A channel for a shell; variables of the client's environment are refused on it."""
    channel: asyncssh.SSHServerChannel[bytes] = conn.create_server_channel(encoding=None)
    channel._process_env_request = shell.client.refuse  # type: ignore[method-assign]
    return channel, shell


class Shell(asyncssh.SSHServerSession[bytes]):
    """One terminal on a connection; everything else that a channel can be asked for is refused."""

    def __init__(self, door: Door, address: str, signed_in: SignedIn | None) -> None:
        self._door, self._address, self._signed_in = door, address, signed_in
        self._session: Session | None = None
        self._lines: Lines | None = None
        self._channel: asyncssh.SSHServerChannel[bytes] | None = None
        self._term = ""
        self._size = (80, 24)
        self._farewell = ""
        self.client = ClientLanguage()
        self.is_open = True
        self._last_key = asyncio.get_running_loop().time()

    def now(self) -> float:
        """The moment on the loop's clock."""
        return asyncio.get_running_loop().time()

    @property
    def idle_seconds(self) -> float:
        """How long no key was pressed."""
        return self.now() - self._last_key

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody is: they may have signed out again on the screen."""
        if self._session is not None:
            return self._session.app.actor is not None or not self._session.app.is_running
        return self._signed_in is not None

    @property
    def person_id(self) -> int | None:
        """Who is signed in; an app that has not begun, or has ended, counts as before it."""
        if self._session is not None and self._session.app.is_running:
            actor = self._session.app.actor
            return actor.person_id if actor is not None else None
        return self._signed_in.actor.person_id if self._signed_in is not None else None

    @property
    def holds(self) -> bool:
        """Whether they sit an exam, which no pause ends."""
        if self._lines is not None:
            return self._lines.holds
        screens = self._session.app.screen_stack if self._session is not None else []
        return any(getattr(screen, "HOLDS", False) for screen in screens)

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: Any
    ) -> bool:
        self._term, self._size = term_type, (term_size[0] or 80, term_size[1] or 24)
        return True

    def shell_requested(self) -> bool:
        return True

    def session_started(self) -> None:
        try:
            if terms.is_plain(self._term):
                self._begin_lines()
            else:
                self._begin_screens()
        except CertifyError as error:
            self.send(f"{ssh_words.of(error)}\r\n".encode())
            self.close(error.exit_code)

    def _begin_screens(self) -> None:
        signed_in = self._signed_in
        caller = Caller(
            self._address,
            size=self._size,
            colours=terms.colours(self._term),
            mouse=terms.colours(self._term) > 16,
            signed_in=signed_in,
            lang=self.client.language,
        )
        self._session = self._door.hall.enter(self, caller)

    def _begin_lines(self) -> None:
        plain, signed_in = self._door.plain, self._signed_in
        if plain is None or signed_in is None:
            raise Refused(self._door.say(ssh_words.no_screens))
        if self._door.lines >= self._door.MOST_LINES:
            raise Refused(_("Too many people are signed in here; try again in a minute."))
        self._door.lines += 1
        self._lines = Lines(self.send, has_echo=bool(self._term))
        task = asyncio.get_running_loop().create_task(self._run_lines(plain, signed_in))
        self._door.tasks.add(task)
        task.add_done_callback(self._door.tasks.discard)

    async def _run_lines(self, plain: Plain, signed_in: SignedIn) -> None:
        lines, code = self._lines, 70
        assert lines is not None  # noqa: S101  set by who begins this
        try:
            code = await lines.run(lambda: plain(self._door.platform, signed_in, lines))
        except CertifyError as error:
            lines.write(f"{ssh_words.of(error)}\n")
            await asyncio.sleep(0)  # it goes out in the loop's next pass, before the end does
            code = error.exit_code
        except Exception:
            log.exception("an exam by lines ended by a fault")
        finally:
            self._door.lines -= 1
            self.close(code)

    def data_received(self, data: bytes, datatype: Any) -> None:
        self._last_key = asyncio.get_running_loop().time()
        if self._session is not None:
            self._session.feed(data)
        elif self._lines is not None:
            self._lines.feed(data)

    def eof_received(self) -> bool:
        self.end_lines()
        return self._lines is not None  # what is still to be said goes out

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        self._resize(width, height)

    def _resize(self, columns: int, rows: int) -> None:
        if self._session is not None:
            self._session.resize(columns, rows)

    def break_received(self, msec: int) -> bool:
        return False

    def pause_writing(self) -> None:
        if self._session is not None:
            self._session.outlet.slow()

    def resume_writing(self) -> None:
        if self._session is not None:
            self._session.outlet.drained()

    def connection_lost(self, exc: Exception | None) -> None:
        self._channel, self.is_open = None, False
        if self._session is not None:
            self._session.end()
        self.end_lines()

    def end_lines(self) -> None:
        """No more lines come."""
        if self._lines is not None:
            self._lines.end()

    def say_goodbye(self, words: str) -> None:
        """End the session and say why, below the screen that was left."""
        if self._farewell:
            return
        self._farewell = words
        if self._session is not None:
            self._session.end()
        elif self._lines is not None:
            self._lines.end()
        else:
            self.close(0)

    def send(self, data: bytes) -> None:
        if self._channel is not None:
            self._channel.write(data)

    def close(self, code: int) -> None:
        self.is_open = False
        if self._channel is not None:
            if self._farewell:
                self.send(f"{self._farewell}\r\n".encode())
            self._channel.exit(code)
