"""The SSH door: signs people in, refuses everything but a terminal, and hands it to the hall."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import asyncssh

from certify.errors import CertifyError
from certify.server.session import Caller, Session
from certify.services import sign_in

if TYPE_CHECKING:
    from pathlib import Path

    from certify.server.hall import Hall
    from certify.services.sign_in import SignedIn

OPEN_DOOR = "exam"
"""The user name with which anybody gets in as far as the sign-in screen: `ssh exam@host`."""
CIPHERS = ("aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com")


class Connection(asyncssh.SSHServer):
    """One connection: who it is, and nothing but a terminal."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._address = ""
        self._signed_in: SignedIn | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._address = str(conn.get_extra_info("peername")[0])

    def begin_auth(self, username: str) -> bool:
        return username != OPEN_DOOR

    def password_auth_supported(self) -> bool:
        return True

    async def validate_password(self, username: str, password: str) -> bool:
        try:
            self._signed_in = await asyncio.to_thread(
                sign_in.sign_in, self._hall.platform, staff_no=username, password=password
            )
        except CertifyError:
            return False
        return True

    def session_requested(self) -> asyncssh.SSHServerSession[bytes]:
        return Shell(self._hall, self._address, self._signed_in)


class Shell(asyncssh.SSHServerSession[bytes]):
    """One terminal on a connection."""

    def __init__(self, hall: Hall, address: str, signed_in: SignedIn | None) -> None:
        self._hall, self._address, self._signed_in = hall, address, signed_in
        self._session: Session | None = None
        self._channel: asyncssh.SSHServerChannel[bytes] | None = None
        self._term = ""
        self._size = (80, 24)

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        self._channel = chan

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: Any
    ) -> bool:
        self._term, self._size = term_type, (term_size[0], term_size[1])
        return True

    def shell_requested(self) -> bool:
        return bool(self._term)

    def session_started(self) -> None:
        caller = Caller(
            self._address,
            size=self._size,
            colours=256,
            signed_in=self._signed_in,
        )
        try:
            self._session = self._hall.enter(self, caller)
        except CertifyError as error:
            self.send(f"{error.message}\r\n".encode())
            self.close(error.exit_code)

    def data_received(self, data: bytes, datatype: Any) -> None:
        if self._session is not None:
            self._session.feed(data)

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        if self._session is not None:
            self._session.resize(width, height)

    def pause_writing(self) -> None:
        if self._session is not None:
            self._session.outlet.slow()

    def resume_writing(self) -> None:
        if self._session is not None:
            self._session.outlet.drained()

    def connection_lost(self, exc: Exception | None) -> None:
        self._channel = None
        if self._session is not None:
            self._session.end()

    def send(self, data: bytes) -> None:
        if self._channel is not None:
            self._channel.write(data)

    def close(self, code: int) -> None:
        if self._channel is not None:
            self._channel.exit(code)


async def listen(hall: Hall, host: str, port: int, keys: Path) -> asyncssh.SSHAcceptor:
    """Open the door.

    Args:
        keys: folder of the host's own key, made at the first start.
    """
    return await asyncssh.listen(
        host,
        port,
        server_factory=lambda: Connection(hall),
        server_host_keys=[host_key(keys)],
        encoding=None,
        line_editor=False,
        encryption_algs=CIPHERS,
        compression_algs=None,
        agent_forwarding=False,
        x11_forwarding=False,
        login_timeout=hall.platform.policy.access.login_seconds,
        keepalive_interval=30,
        keepalive_count_max=3,
        reuse_port=True,
    )


def host_key(folder: Path) -> asyncssh.SSHKey:
    """The key by which clients know this host again; made once."""
    file = folder / "ssh_host_ed25519_key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        asyncssh.generate_private_key("ssh-ed25519").write_private_key(str(file))
        file.chmod(0o600)
    return asyncssh.read_private_key(str(file))
