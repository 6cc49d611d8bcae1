"""Where a door opens: addresses and a port, found and held before anybody comes.

All processes of one server share a port. A free one (port 0) is chosen here once for all of them,
and what cannot be opened is said in words before anything else begins.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from certify.errors import BadInput
from certify.i18n import _

TRIES = 20
"""How often another free port is looked for when only one kind of address has the first."""


@dataclass(frozen=True)
class Place:
    """The addresses of one door, and the port that is the same on each of them."""

    host: str
    """As it was typed; empty for every address of the machine."""
    addresses: tuple[str, ...]
    port: int

    @property
    def is_local(self) -> bool:
        """Whether nobody reaches it from another machine."""
        return all(
            ipaddress.ip_address(one.partition("%")[0]).is_loopback for one in self.addresses
        )

    @property
    def shown_host(self) -> str:
        """What people write for it: the name of the machine where it is open on all addresses."""
        wildcards = {"", "0.0.0.0", "::"}  # noqa: S104  recognised, not opened
        return socket.gethostname() if self.host in wildcards else self.host


@contextmanager
def held(host: str, port: int) -> Iterator[Place]:
    """Hold a place for the length of a block, so that no other program takes it.

    What holds it does not listen: a worker that begins or begins again finds its port free, and
    nobody waits at a door that nobody opens.

    Args:
        host: name or address; empty for every address of the machine.
        port: 0 for a free one.
    Raises:
        BadInput: it cannot be opened; the reason is said in words.
    """
    with ExitStack() as holding:
        place, sockets = _take(host, port)
        for one in sockets:
            holding.enter_context(one)
        yield place


def _take(host: str, port: int) -> tuple[Place, list[socket.socket]]:
    shown = f"{f'[{host}]' if ':' in host else host}:{port}"
    addresses = _addresses(host, shown)
    for left in reversed(range(TRIES if port == 0 else 1)):
        try:
            taken = _bind_all(addresses, port, may_skip=not host)
        except OSError as problem:
            if left and problem.errno == errno.EADDRINUSE:
                continue
            raise _in_words(problem, shown) from problem
        bound = tuple(one.getsockname()[0] for one in taken)
        return Place(host, bound, taken[0].getsockname()[1]), taken
    raise AssertionError("the last try ends above")


def _addresses(host: str, shown: str) -> list[tuple[int, str]]:
    try:
        found = socket.getaddrinfo(
            host or None, 0, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except (socket.gaierror, UnicodeError) as problem:
        raise BadInput(
            _("There is no machine “{host}”.").format(host=host),
            place=shown,
            mend=_("Write an address of this machine, or only :PORT for all of them."),
        ) from problem
    return list(dict.fromkeys((family, str(where[0])) for family, *_rest, where in found))


def _bind_all(
    addresses: list[tuple[int, str]], port: int, *, may_skip: bool
) -> list[socket.socket]:
    """One socket an address, all on one port.

    Args:
        may_skip: whether a kind of address may be missing: a machine may know no IPv6.
    """
    taken: list[socket.socket] = []
    try:
        for family, address in addresses:
            try:
                taken.append(_bind(family, address, taken[0].getsockname()[1] if taken else port))
            except OSError as problem:
                missing = (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL)
                if not (may_skip and problem.errno in missing and len(addresses) > 1):
                    raise
        if not taken:
            raise OSError(errno.EADDRNOTAVAIL, "no address")
    except BaseException:
        for one in taken:
            one.close()
        raise
    return taken


def _bind(family: int, address: str, port: int) -> socket.socket:
    if port:  # two servers on one port would share its people: only those of one server may
        with _socket(family) as asking:
            asking.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            asking.bind((address, port))
    taken = _socket(family)
    try:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(AttributeError):  # not to be had for Windows
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind((address, port))
    except BaseException:
        taken.close()
        raise
    return taken


def _socket(family: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    if family == socket.AF_INET6:
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    return made


def _in_words(problem: OSError, shown: str) -> BadInput:
    if problem.errno == errno.EADDRINUSE:
        said = _("Another program has this port already.")
        mend = _("Choose another port, or end that program; it may be certify itself.")
    elif problem.errno in (errno.EACCES, errno.EPERM):
        said = _("The system lets only its administrator open a port below 1024.")
        mend = _("Choose a port from 1024 on, or give the service the right to open this one.")
    elif problem.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
        said = _("This machine does not have this address.")
        mend = _("Write an address of this machine, or only :PORT for all of them.")
    else:
        said = _("The door cannot be opened: {reason}").format(reason=problem.strerror or problem)
        mend = ""
    return BadInput(said, place=shown, mend=mend)
