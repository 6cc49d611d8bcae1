"""The SSH door: signs people in, refuses everything but a terminal, and hands it to the hall.

`ssh exam@host` needs nothing to be known: it shows the sign-in page. `ssh STAFF_NO@host` asks for
a password, start code or exam code, or takes a public key, and shows the home page; with an exam
code the lobby of that exam, and nothing else. A code is never part of a user name, where shells,
lists of processes and logs would keep it.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import asyncssh
from asyncssh.constants import (
    DISC_BY_APPLICATION,
    DISC_NO_MORE_AUTH_METHODS_AVAILABLE,
    DISC_TOO_MANY_CONNECTIONS,
    MSG_KEXINIT,
)

from certify.errors import CertifyError, Refused
from certify.server import limits, ssh_words
from certify.server.host_key import host_key as host_key
from certify.server.ssh_door import Door
from certify.server.ssh_shell import Shell, shell_on
from certify.services.access import entering, public_keys
from certify.services.access.throttle import DoorShut
from certify.services.exam_codes import NotNow

if TYPE_CHECKING:
    from pathlib import Path

    from certify.server.hall import Hall
    from certify.server.lines import Plain
    from certify.services.sign_in import SignedIn

log = logging.getLogger("certify.server")
OPEN_DOOR = "exam"
"""The user name with which anybody gets in as far as the sign-in screen: `ssh exam@host`."""
CIPHERS = ("aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com")
SIGNATURES = (
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "rsa-sha2-256",
    "rsa-sha2-512",
)
"""Of people's keys; none that rests on SHA-1."""


class Connection(asyncssh.SSHServer):
    """One connection: who it is, and nothing but a terminal."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._loop = asyncio.get_running_loop()
        self._rules = door.platform.policy.access
        self._address = ""
        self._user = ""
        self._tries = self._offers = self._names = 0
        self._arrived = self._loop.time()
        """When they came; later by as long as they waited for us to look at a password."""
        self._is_checking = False
        self._exchanges: list[float] = []
        self._by_password: SignedIn | None = None
        self._by_key: SignedIn | None = None
        self._shell: Shell | None = None
        self._since = 0.0
        """When it last became one on which nobody is signed in; 0 before it is known who comes."""
        self._visit: limits.Visit | None = None
        self._conn: asyncssh.SSHServerConnection

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._conn = conn
        self._address = str((conn.get_extra_info("peername") or ("",))[0])
        self._visit = self._door.limits.arrive(self._address)
        if self._visit is None or self._door.hall.is_closing:
            # SSH has words for this only after it has said its version, which comes next.
            words = self._door.say(ssh_words.too_many_here, " ")
            self._loop.call_soon(self._turn_away, DISC_TOO_MANY_CONNECTIONS, words)
            return
        self._door.connections.add(self)
        handlers = dict(conn._packet_handlers)
        exchange = handlers[MSG_KEXINIT]
        handlers[MSG_KEXINIT] = partial(self._count_exchange, exchange)
        conn._packet_handlers = handlers

    def connection_lost(self, exc: Exception | None) -> None:
        self._door.connections.discard(self)
        self._conn._recv_handler, self._conn._packet_handlers = bool, {}  # they held it, and us
        if self._visit is not None:
            self._visit.end()

    def _turn_away(self, code: int, words: str) -> None:
        with suppress(OSError, asyncssh.Error):
            self._conn.disconnect(code, words)

    def _count_exchange(self, exchange: Any, *packet: Any) -> Any:
        """A key exchange costs us more than them; nobody needs many."""
        now = self._loop.time()
        self._exchanges = [one for one in self._exchanges if one > now - 60] + [now]
        if len(self._exchanges) > limits.MOST_KEY_EXCHANGES:
            raise asyncssh.ProtocolError("Too many key exchanges")
        return exchange(*packet)

    # Before it is known who comes

    def begin_auth(self, username: str) -> bool:
        self._user, self._by_key, self._by_password = username, None, None
        self._names += 1
        if self._names > limits.MOST_NAMES:
            self._give_up()
            return True
        if username == OPEN_DOOR:
            return False
        if self._names == 1:
            company = self._door.company
            text = self._door.say(partial(ssh_words.welcome, company, OPEN_DOOR), "\n")
            first, *rest = text.split("\n")
            lines = [first, *(line for line in rest if line != first)]
            self._tell("\n".join(lines))
        return True

    def _tell(self, text: str) -> None:
        with suppress(OSError, asyncssh.Error):
            self._conn.send_auth_banner(text.replace("\r", "") + "\n")

    def _give_up(self) -> None:
        words = self._door.say(ssh_words.too_many_tries, " ")
        self._loop.call_soon(self._turn_away, DISC_NO_MORE_AUTH_METHODS_AVAILABLE, words)

    def public_key_auth_supported(self) -> bool:
        return True

    async def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        self._offers += 1
        self._by_key = self._by_password = None
        if self._offers > limits.MOST_KEYS:
            self._give_up()
            return False
        print_ = key.get_fingerprint()
        try:
            self._by_key = await asyncio.to_thread(
                public_keys.holder, self._door.platform, staff_no=username, fingerprint=print_
            )
        except CertifyError as problem:
            log.warning("a public key could not be looked up: %s", type(problem).__name__)
        return self._by_key is not None

    def password_auth_supported(self) -> bool:
        return True

    async def validate_password(self, username: str, password: str) -> bool:
        """Check what was typed; a failed try is answered later the more there were."""
        self._by_key = self._by_password = None
        self._tries += 1  # before anything is awaited: a client may send many at once
        if self._tries > self._rules.tries_per_connection:
            self._give_up()
            return False
        began, self._is_checking = self._loop.time(), True
        try:
            self._by_password = await entering.enter_soon(
                self._door.platform,
                staff_no=username,
                password=password,
                address=self._address,
            )
            return True
        except DoorShut as shut:
            again = shut.again  # the name of the error is forgotten before the words are said
            words = self._door.say(lambda: ssh_words.of(again()), "\n")
        except NotNow as problem:
            words = ssh_words.of(problem)
        except Refused:
            words = self._door.say(ssh_words.wrong, "\n")
        except CertifyError as problem:
            words = ssh_words.of(problem)
        finally:
            self._is_checking = False
            self._arrived += self._loop.time() - began
        await asyncio.sleep(limits.PACE_SECONDS * self._tries)
        self._tell(words)
        if self._tries >= self._rules.tries_per_connection:
            self._give_up()
            await asyncio.sleep(1)  # no answer that would let them ask once more
        return False

    def kbdint_auth_supported(self) -> bool:
        return True

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> Any:
        return "", "", "", [(self._door.say(ssh_words.prompt, " / ") + ": ", False)]

    async def validate_kbdint_response(self, username: str, responses: Any) -> bool:
        return len(responses) == 1 and await self.validate_password(username, responses[0])

    def auth_completed(self) -> None:
        self._since = self._loop.time()
        signed_in = self._signed_in()
        if signed_in is None and self._user != OPEN_DOOR:
            self._turn_away(DISC_BY_APPLICATION, "")
            return
        if self._visit is not None and signed_in is not None:
            self._visit.know(signed_in.actor.person_id)
        if self._by_key is not None:
            task = self._loop.create_task(self._door.note(self._by_key))
            self._door.tasks.add(task)
            task.add_done_callback(self._door.tasks.discard)

    def _signed_in(self) -> SignedIn | None:
        return None if self._user == OPEN_DOOR else self._by_password or self._by_key

    # Once it is known

    def session_requested(self) -> Any:
        if self._shell is not None:
            return False  # one terminal on one connection
        self._shell = Shell(self._door, self._address, self._signed_in())
        return shell_on(self._conn, self._shell)

    def end_lines(self) -> None:
        """The server stops."""
        if self._shell is not None:
            self._shell.end_lines()

    def look(self) -> None:
        """Close what nobody signs in on, or nobody sits at."""
        now, shell = self._loop.time(), self._shell
        if not self._since:
            # Two hundred who come at once wait in turn for their passwords to be looked at: that
            # time is ours, not theirs.
            if not self._is_checking and now - self._arrived > self._rules.login_seconds:
                self._turn_away(DISC_BY_APPLICATION, "")
            return
        if shell is None or not shell.is_open:
            if now - self._since > self._rules.login_seconds:
                self._turn_away(DISC_BY_APPLICATION, "")
            return
        if shell.is_signed_in:
            self._since = now
        elif now - self._since > self._door.limits.page_seconds:
            shell.say_goodbye(self._door.say(ssh_words.too_slow))
        if self._visit is not None:
            self._visit.know(shell.person_id)
            if self._visit.is_too_many(holds=shell.holds):
                shell.say_goodbye(self._door.say(ssh_words.elsewhere))
        minutes = self._rules.idle_minutes
        if shell.is_signed_in and not shell.holds and shell.idle_seconds > 60 * minutes:
            shell.say_goodbye(self._door.say(partial(ssh_words.idle, minutes)))


async def listen(
    hall: Hall, host: str, port: int, keys: Path, *, plain: Plain | None = None
) -> asyncssh.SSHAcceptor:
    """Open the door.

    Args:
        keys: folder of the host's own key, made at the first start.
        plain: sits an exam by lines, for terminals that show no screens; without it they are
            turned away.
    """
    door = Door(hall, plain)
    acceptor = await asyncssh.listen(
        host,
        port,
        server_factory=partial(Connection, door),
        server_host_keys=[host_key(keys)],
        encoding=None,
        line_editor=False,
        encryption_algs=CIPHERS,
        signature_algs=SIGNATURES,
        compression_algs=None,
        gss_host=None,
        agent_forwarding=False,
        x11_forwarding=False,
        login_timeout=0,  # `Connection.look` counts without the time that we take ourselves
        keepalive_interval=30,
        keepalive_count_max=3,
        reuse_port=True,
    )
    watching = asyncio.get_running_loop().create_task(door.keep_watch())
    stop_listening = acceptor.close

    def close() -> None:
        watching.cancel()
        door.end_lines()
        stop_listening()

    acceptor.close = close  # type: ignore[method-assign]
    return acceptor


__all__ = ["CIPHERS", "OPEN_DOOR", "Connection", "host_key", "listen"]
