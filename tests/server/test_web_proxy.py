"""The web door behind a reverse proxy with TLS, as the examples set it up."""

from collections.abc import Callable
from pathlib import Path

import aiohttp
import pytest

from certify.platform import Platform
from certify.server.web_guard import Front
from tests.server import chromium, proxies
from tests.server.browsing import browsable, lasting

PROXIES = pytest.mark.parametrize("proxy", [proxies.caddy, proxies.nginx])


@PROXIES
async def test_a_terminal_opens_through_the_proxy_and_the_browsers_own_address_counts(
    proxy: Callable[[Path, int, int], list[str]], sqlite_platform: Platform, tmp_path: Path
) -> None:
    lasting(sqlite_platform)
    port = proxies.free_port()
    origin = f"https://{proxies.NAME}:{port}"
    front = Front.of([origin], ["127.0.0.1"])
    async with browsable(sqlite_platform, front=front) as served:
        command = proxy(tmp_path, port, served.door.port)
        async with (
            proxies.running(command, tmp_path, port) as trust,
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(local_addr=("127.0.0.2", 0), ssl=trust)
            ) as client,
        ):
            place = f"https://127.0.0.1:{port}"
            headers = {
                "Host": f"{proxies.NAME}:{port}",
                "Origin": origin,
                "X-Forwarded-For": "203.0.113.9",  # a lie
            }
            name = proxies.NAME
            async with client.get(f"{place}/", headers=headers, server_hostname=name) as page:
                assert page.status == 200
                assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
            async with client.ws_connect(
                f"{place}/ws", headers=headers, server_hostname=name
            ) as socket:
                assert (await socket.receive(10)).type is aiohttp.WSMsgType.BINARY
                (session,) = served.hall.sessions
                assert session.caller.address == "127.0.0.2"

            headers["Origin"] = "https://evil.example.net"
            with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
                await client.ws_connect(f"{place}/ws", headers=headers, server_hostname=name)
            assert refused.value.status == 403


async def test_a_real_browser_works_through_the_proxy(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    lasting(sqlite_platform)
    port = proxies.free_port()
    origin = f"https://{proxies.NAME}:{port}"
    front = Front.of([origin], ["127.0.0.1"])
    options = (
        f"--host-resolver-rules=MAP {proxies.NAME} 127.0.0.1",
        "--ignore-certificate-errors",
    )
    async with browsable(sqlite_platform, front=front) as served:
        command = proxies.caddy(tmp_path, port, served.door.port)
        async with (
            proxies.running(command, tmp_path, port),
            chromium.browser(chromium.program(), tmp_path, options=options) as tab,
        ):
            await tab.open(origin)
            await tab.until("工号")
            await tab.compose("wang", chosen="王小兰")
            await tab.until("王小兰")
            assert tab.problems == []
