"""Connections of browsers that have not become a terminal, counted by address."""

from __future__ import annotations

from asyncio import Transport
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from certify.services.access.throttle import place_of

if TYPE_CHECKING:
    from certify.server.board import Seat


class Crowd:
    """An address that opens too many connections, and asks for nothing, has the newest cut off."""

    def __init__(
        self, most: int, is_counted: Callable[[str], bool], seat: Seat | None = None
    ) -> None:
        """Args:
        most: connections of one address at once.
        is_counted: whether an address has a limit at all; a proxy, through which everybody
            comes, has none.
        seat: where the other workers of this server count theirs; None: there are none.
        """
        self._most, self._is_counted, self._seat = most, is_counted, seat
        self._addresses: dict[Any, str] = {}
        self._counts: Counter[str] = Counter()

    def watch(self, server: web.Server) -> None:
        """Count the connections of a server from now on."""
        made, lost = server.connection_made, server.connection_lost

        def connection_made(handler: web.RequestHandler, transport: Transport) -> None:
            made(handler, transport)
            if not self._take(handler, transport):
                transport.abort()

        def connection_lost(handler: web.RequestHandler, exc: BaseException | None = None) -> None:
            self.leave(handler)
            lost(handler, exc)

        # The server calls these two for every connection, and offers no other place for it.
        server.connection_made = connection_made  # type: ignore[method-assign]
        server.connection_lost = connection_lost  # type: ignore[method-assign]

    def _take(self, handler: web.RequestHandler, transport: Transport) -> bool:
        peer = str((transport.get_extra_info("peername") or [""])[0])
        if not self._is_counted(peer):
            return True
        address = place_of(peer)
        self._addresses[handler] = address
        elsewhere = self._seat.elsewhere(f"web {address}") if self._seat is not None else 0
        self._count(address, 1)
        return self._counts[address] + elsewhere <= self._most

    def leave(self, handler: Any) -> None:
        """A connection is gone, or has become a terminal."""
        if address := self._addresses.pop(handler, ""):
            self._count(address, -1)

    def _count(self, address: str, change: int) -> None:
        self._counts[address] += change
        if not self._counts[address]:
            del self._counts[address]
        if self._seat is not None:
            self._seat.count(f"web {address}", change)
