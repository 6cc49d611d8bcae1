"""The page itself: what is sent before anybody types, and to whom."""

import base64
import hashlib
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from certify.errors import BadInput
from certify.paths import Home
from certify.platform import Platform
from certify.server import web_page
from certify.server.terminal import MOST
from certify.server.web_guard import Front
from certify.server.web_socket import ENDINGS_OF_PAGE, MOST_MESSAGE, file_name
from certify.settings import Settings
from tests.server.browsing import Served, browsable

OURS = {"index.html", "terminal.css", "terminal.mjs", "README.md"}


@pytest.fixture
async def served(sqlite_platform: Platform) -> AsyncIterator[Served]:
    async with browsable(sqlite_platform) as one:
        yield one


async def _get(
    served: Served, path: str = "/", **headers: str
) -> tuple[aiohttp.ClientResponse, str]:
    async with (
        aiohttp.ClientSession() as client,
        client.get(served.address + path, headers=headers) as answer,
    ):
        return answer, await answer.text()


async def test_the_page_comes_in_the_language_that_the_browser_asks_for(served: Served) -> None:
    _answer, chinese = await _get(served, **{"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})
    _answer, english = await _get(served, **{"Accept-Language": "en-GB, zh;q=0.2"})

    assert '<html lang="zh-CN">' in chinese
    assert '<html lang="en">' in english
    assert '<noscript><p class="shown">This page needs JavaScript.' in english
    assert "This browser is too old for this page." in english


async def test_the_page_may_run_nothing_but_our_files_and_stands_in_no_frame(
    served: Served,
) -> None:
    answer, text = await _get(served)
    policy = answer.headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Python" not in answer.headers["Server"]
    assert "://" not in text, "nothing is fetched from elsewhere"
    assert "style=" not in text
    assert all(" src=" in one for one in re.findall("<script[^>]*>", text)), "no script stands here"


async def test_every_file_that_the_page_names_is_there_and_may_be_kept(served: Served) -> None:
    _answer, text = await _get(served)
    named = re.findall(r'(?:href|src)="(assets/[^"]+)"', text)
    assert len(named) == 3
    for path in named:
        answer, _body = await _get(served, f"/{path}")
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
    old, _body = await _get(served, "/assets/older/terminal.mjs")
    assert old.headers["Cache-Control"] == "no-store", "a page of the version before still works"


@pytest.mark.parametrize(
    "path", ["/assets/x/README.md", "/assets/x/..%2Fweb.py", "/assets/x/../../web.py", "/ws2"]
)
async def test_nothing_else_of_the_server_is_given_out(served: Served, path: str) -> None:
    answer, _body = await _get(served, path)
    assert answer.status == 404
    assert answer.headers["Content-Security-Policy"]


async def test_a_name_that_somebody_else_lets_point_here_gets_nothing(served: Served) -> None:
    answer, text = await _get(served, Host="evil.example.net")
    assert answer.status == 421
    assert "terminal" not in text


def test_the_files_of_others_are_those_of_their_packages() -> None:
    readme = (web_page.FOLDER / "README.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([^`]+)` \|.*\| `([^`]{64})` \|$", readme, re.MULTILINE))
    there = {one.name for one in web_page.FOLDER.iterdir()} - OURS

    assert told.keys() == there
    for name, digest in told.items():
        data = (web_page.FOLDER / name).read_bytes()
        assert base64.b64encode(hashlib.sha384(data).digest()).decode() == digest, name


def test_the_script_knows_the_limits_and_the_endings_of_the_server() -> None:
    script = (web_page.FOLDER / "terminal.mjs").read_text(encoding="utf-8")
    page = web_page.page("zh").decode()
    endings = dict(re.findall(r'(\d{4}): "([a-z]+)"', script))
    piece = re.search(r"PIECE = (\d+)", script)

    assert {int(code): name for code, name in endings.items()} == ENDINGS_OF_PAGE
    assert all(f'class="{name}"' in page for name in endings.values())
    assert piece is not None
    assert int(piece[1]) < MOST_MESSAGE
    assert f'data-most="{MOST[0]},{MOST[1]}"' in page


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh"),
        ("fr", "zh"),
        ("en", "en"),
        ("fr, en;q=0.5", "en"),
        ("zh-TW;q=0.3, en-US;q=0.4", "en"),
        ("en;q=nothing, zh;q=0.1", "zh"),
    ],
)
def test_the_first_language_that_we_speak_is_taken(accepted: str, language: str) -> None:
    assert web_page.language_of(accepted) == language


@pytest.mark.parametrize(
    ("origin", "host", "admitted"),
    [
        ("http://127.0.0.1:8080", "127.0.0.1:8080", True),
        ("http://[::1]:8080", "[::1]:8080", True),
        ("http://localhost:8080", "localhost:8080", True),
        ("https://exam.example.com", "exam.example.com", True),
        ("https://exam.example.com", "127.0.0.1:8080", True),
        ("https://EXAM.example.com", "exam.example.com", True),
        ("http://exam.example.com.evil.net", "exam.example.com", False),
        ("http://evil.net", "evil.net", False),  # a name that was let point here
        ("http://localhost:8081", "localhost:8080", False),
        ("null", "localhost:8080", False),
        ("", "localhost:8080", False),
        ("", "", False),
        ("http://", "", False),
    ],
)
def test_only_our_own_pages_open_a_terminal(origin: str, host: str, admitted: bool) -> None:
    front = Front.of(["https://exam.example.com"])
    assert front.admits(origin, host) is admitted


@pytest.mark.parametrize(
    ("peer", "told", "address"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),  # what the browser said itself
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "nobody", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),  # no proxy of ours
        ("", "203.0.113.9", ""),
    ],
)
def test_only_our_proxies_say_where_a_browser_is(peer: str, told: str, address: str) -> None:
    front = Front.of(proxies=["10.0.0.0/24"])
    assert front.address(peer, {"X-Forwarded-For": told}) == address


def test_the_last_line_of_the_nearest_proxy_says_where_a_browser_is() -> None:
    front = Front.of(proxies=["10.0.0.0/24"])
    headers = CIMultiDict([("X-Forwarded-For", "198.51.100.7"), ("X-Forwarded-For", "203.0.113.9")])
    assert front.address("10.0.0.1", headers) == "203.0.113.9"
    assert front.address("10.0.0.1", CIMultiDict()) == "10.0.0.1"


@pytest.mark.parametrize("text", ["exam.example.com", "ftp://x", "https://x/page", "https://[x"])
def test_an_origin_is_written_as_browsers_show_it(text: str) -> None:
    with pytest.raises(BadInput):
        Front.of([text])


def test_the_settings_name_what_stands_before_the_door(tmp_path: Path) -> None:
    settings = Settings(
        home=Home(tmp_path),
        web_origins="https://exam.example.com, https://b.example.com:8443",
        web_proxies="10.0.0.1, 10.1.0.0/16",
    )
    front = Front.by(settings)

    assert front.origins == ("https://exam.example.com", "https://b.example.com:8443")
    assert [one for one in ("10.0.0.1", "10.0.0.2", "10.1.2.3") if front.trusts(one)] == [
        "10.0.0.1",
        "10.1.2.3",
    ]


def test_a_proxy_is_an_address_or_a_network() -> None:
    with pytest.raises(BadInput):
        Front.of(proxies=["proxy.example.com"])


@given(st.text(max_size=300))
def test_names_of_files_are_fit_for_every_system(name: str) -> None:
    fit = file_name(name)

    assert fit
    assert len(fit) <= 100
    assert not set(fit) & set('/\\:*?"<>|\n\r\t\0\u202e')
    assert not fit.startswith(".")
    assert not fit.endswith((".", " "))


def test_a_name_keeps_its_ending() -> None:
    assert file_name("../../上岗资格认证名单.xlsx") == "_.._上岗资格认证名单.xlsx"
    assert file_name("长" * 200 + ".csv") == "长" * 80 + ".csv"
    assert file_name("...") == "certify"
