"""The first page speaks the language of the machine that one comes from, where it says so."""

import asyncio
import os

import asyncssh
import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.i18n import LANGUAGES, _, speaking
from certify.platform import Platform
from certify.server.client_language import ClientLanguage
from tests.server.serving import served
from tests.server.test_ssh_entering import PLAIN_SSH, needs_ssh


def asked(name: bytes, value: bytes) -> asyncssh.packet.SSHPacket:
    """A request for a variable, as it comes."""
    return asyncssh.packet.SSHPacket(asyncssh.packet.String(name) + asyncssh.packet.String(value))


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "en", "LANG": "zh_TW"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "zh_CN.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, ""),
        ({"LANG": "english"}, ""),
        ({"LANG": "C.UTF-8"}, ""),
        ({"PATH": "en"}, ""),
        ({}, ""),
    ],
)
def test_what_a_client_says_names_one_of_our_languages_or_none(
    said: dict[str, str], language: str
) -> None:
    client = ClientLanguage()
    for name, value in said.items():
        assert client.refuse(asked(name.encode(), value.encode())) is False
    assert client.language == language


@given(st.binary(), st.binary(), st.binary())
def test_whatever_comes_is_refused_and_nothing_of_it_is_kept(
    name: bytes, value: bytes, bare: bytes
) -> None:
    client = ClientLanguage()
    for packet in (asked(name, value), asked(b"LANG", value), asyncssh.packet.SSHPacket(bare)):
        assert client.refuse(packet) is False
    assert client.language in ("", *LANGUAGES)


@pytest.mark.parametrize(("said", "language"), [("en_US.UTF-8", "en"), ("zh_CN.UTF-8", "zh")])
async def test_the_sign_in_page_speaks_the_language_of_who_comes(
    sqlite_platform: Platform, said: str, language: str
) -> None:
    async with (
        served(sqlite_platform) as door,
        door.client("exam", None, env={"LANG": said}) as her,
    ):
        with speaking(language):
            words = f"Q {_('Quit')}"
        await her.until(words)


@needs_ssh
def test_an_everyday_client_on_an_english_machine_is_spoken_to_in_english(
    sqlite_platform: Platform,
) -> None:
    """A real OpenSSH client that sends LANG, as those of Debian and macOS do."""

    def come(port: int) -> None:
        child = pexpect.spawn(
            "ssh",
            [*PLAIN_SSH, "-o", "SendEnv=LANG LC_*", "-p", str(port), "exam@127.0.0.1"],
            env={**os.environ, "TERM": "xterm-256color", "LANG": "en_US.UTF-8", "LC_ALL": "C"},
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=20,
        )
        try:
            child.expect("Who do you want to be")
        finally:
            child.close(force=True)

    async def serve() -> None:
        async with served(sqlite_platform) as door:
            await asyncio.to_thread(come, door.port)

    assert sqlite_platform.settings.language == "zh"
    asyncio.run(serve())
