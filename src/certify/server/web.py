"""The web door: a page with a terminal in it, and its WebSocket; TLS is a proxy's before it."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING

from aiohttp import web

from certify.errors import CertifyError
from certify.server import web_page
from certify.server.session import Caller
from certify.server.web_crowd import Crowd
from certify.server.web_guard import HEADERS, Front
from certify.server.web_socket import (
    ELSEWHERE,
    FULL,
    IDLE,
    MOST_MESSAGE,
    PATIENCE,
    RESTART,
    WAITED,
    Browser,
)
from certify.services.access.throttle import is_shared

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

    from certify.server.hall import Hall
    from certify.server.limits import Visit

log = logging.getLogger("certify.server")
HEARTBEAT = 30
"""Seconds; a browser that does not answer within half of it more is gone."""
PER_BROWSER = 6
"""Connections that a browser opens at once to fetch a page."""

LOOK_SECONDS = 1.0


class Door:
    """Open from `listen` until `close`."""

    def __init__(self, hall: Hall, front: Front) -> None:
        self._hall, self._front = hall, front
        self._limits = hall.limits
        self.browsers: dict[Browser, Visit] = {}
        access = hall.platform.policy.access
        most = PER_BROWSER * access.waiting_per_address
        self._crowd = Crowd(most, self._is_counted, hall.seat)
        self.app = web.Application(middlewares=[self._known_host], client_max_size=MOST_MESSAGE)
        self.app.on_response_prepare.append(_headers)
        self.app.router.add_get("/", self._page)
        self.app.router.add_get("/assets/{edition}/{name}", self._asset)
        self.app.router.add_get("/favicon.ico", self._nothing)
        self.app.router.add_get("/ws", self._socket)
        self._runner = web.AppRunner(
            self.app,
            access_log=None,
            keepalive_timeout=access.login_seconds,
            shutdown_timeout=PATIENCE,
        )
        self.port = 0

    async def open(self, host: str, port: int) -> None:
        """Take connections; the port that was taken is then in `port`."""
        await self._runner.setup()
        if self._runner.server is not None:
            self._crowd.watch(self._runner.server)
        site = web.TCPSite(self._runner, host, port, reuse_port=os.name == "posix" or None)
        await site.start()
        self._watching = asyncio.create_task(self._watch())
        self.port = self._runner.addresses[0][1]
        if not (self._front.origins or _is_local(host)):
            log.warning("the web door is open without TLS: put a proxy in front of it")

    async def close(self) -> None:
        """Take nobody more and end the sessions; the pages come back by themselves elsewhere."""
        self._watching.cancel()
        for site in list(self._runner.sites):
            await site.stop()
        for browser in list(self.browsers):
            browser.close_as(RESTART)
        await self._runner.cleanup()

    def _is_counted(self, peer: str) -> bool:
        access = self._hall.platform.policy.access
        return not (self._front.trusts(peer) or is_shared(access, peer))

    @web.middleware
    async def _known_host(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self._front.knows(request.headers.get("Host", "")):
            return web.Response(
                status=421,
                text="Unknown host. Start the server with --web-origin and this page's address.\n",
            )
        return await handler(request)

    async def _page(self, request: web.Request) -> web.Response:
        language = web_page.language_of(request.headers.get("Accept-Language", ""))
        return web.Response(
            body=web_page.page(language),
            content_type="text/html",
            charset="utf-8",
            headers={"Cache-Control": "no-store", "Vary": "Accept-Language"},
        )

    async def _asset(self, request: web.Request) -> web.Response:
        asset = web_page.assets().get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        is_current = request.match_info["edition"] == web_page.edition()
        keep = "public, max-age=31536000, immutable" if is_current else "no-store"
        headers = {"Cache-Control": keep, "Vary": "Accept-Encoding"}
        body = asset.plain
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"], body = "gzip", asset.packed
        return web.Response(body=body, content_type=asset.kind, charset="utf-8", headers=headers)

    async def _nothing(self, _request: web.Request) -> web.Response:
        return web.Response(status=204)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        origin, host = request.headers.get("Origin", ""), request.headers["Host"]
        if not self._front.admits(origin, host):
            raise web.HTTPForbidden(text="A page of another origin may not open a terminal here.\n")
        socket = web.WebSocketResponse(
            timeout=PATIENCE,
            heartbeat=HEARTBEAT,
            compress=False,
            max_msg_size=MOST_MESSAGE,
            writer_limit=0,  # each write waits until the browser takes more
        )
        transport = request.transport
        await socket.prepare(request)
        if transport is None:
            return socket
        self._crowd.leave(request.protocol)
        browser = Browser(self._hall, socket, transport)
        writing = asyncio.create_task(browser.write())
        try:
            await self._serve(request, browser)
        finally:
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
        return socket

    async def _serve(self, request: web.Request, browser: Browser) -> None:
        """Let somebody in and stay until they or their connection have gone."""
        address = self._front.address(request.remote or "", request.headers)
        visit = self._limits.arrive(address)
        session = None
        if visit is not None:
            with suppress(CertifyError):
                session = self._hall.enter(browser, _caller(request, address))
        if visit is None or session is None:
            browser.close_as(RESTART if self._hall.is_closing else FULL)
        else:
            browser.session = session
            self.browsers[browser] = visit
        try:
            await browser.read()
        finally:
            self.browsers.pop(browser, None)
            if visit is not None:
                visit.end()
            if session is not None:
                session.end()

    async def _watch(self) -> None:
        """Close where nobody signs in, or nobody sits."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self._look_at_all()

    def _look_at_all(self) -> None:
        for browser, visit in list(self.browsers.items()):
            try:
                self._look(browser, visit)
            except Exception:
                log.exception("a connection could not be looked at")

    def _look(self, browser: Browser, visit: Visit) -> None:
        minutes = self._hall.platform.policy.access.idle_minutes
        visit.know(browser.person_id)
        if visit.is_too_many(holds=browser.holds):
            browser.close_as(ELSEWHERE)
        elif browser.waited() > self._limits.page_seconds:
            browser.close_as(WAITED)
        elif browser.idle() > 60 * minutes and not browser.holds:
            browser.close_as(IDLE)


async def listen(
    hall: Hall,
    host: str,
    port: int,
    extra: Callable[[web.Application], None] | None = None,
    front: Front | None = None,
) -> Door:
    """Open the door.

    Args:
        port: 0 takes a free one.
        extra: adds routes of others to the same application.
        front: the origins of the page and the proxies before this server; left out, those of
            the settings.
    Raises:
        BadInput: the settings name an origin or a proxy that is none.
        OSError: the port cannot be opened.
    """
    door = Door(hall, front or Front.by(hall.platform.settings))
    if extra is not None:
        extra(door.app)
    await door.open(host, port)
    return door


async def _headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")


def _caller(request: web.Request, address: str) -> Caller:
    """What the page says about its terminal; whatever is wrong there is as usual."""

    def number(name: str, usual: int) -> int:
        text = request.query.get(name, "")
        is_number = text.isascii() and text.isdecimal() and len(text) < 6
        return (is_number and int(text)) or usual

    return Caller(
        address,
        size=(number("columns", 80), number("rows", 24)),
        colours=1 << 24,
        lang=web_page.language_of(request.headers.get("Accept-Language", "")),
        theme="light" if request.query.get("theme") == "light" else "dark",
    )


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
