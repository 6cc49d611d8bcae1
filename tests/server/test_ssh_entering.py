"""Coming in over SSH: by password, start code, key and exam code, and being locked out."""

import asyncio
import os
import shutil
import subprocess
from pathlib import Path

import asyncssh
import pexpect
import pytest

from certify.domain.person import PersonStatus
from certify.i18n import _
from certify.platform import Platform
from certify.services import founding
from certify.services.access import public_keys
from certify.storage import people
from tests.platforms import actor
from tests.server.serving import PASSWORD, Client, give_password, served
from tests.services.test_entering import with_access

needs_ssh = pytest.mark.skipif(not shutil.which("ssh"), reason="there is no OpenSSH client here")


async def refused(port: int, user: str, **options: object) -> str:
    """What a client is told that does not get in."""
    client = Client(port, user, **options)  # type: ignore[arg-type]
    with pytest.raises(asyncssh.Error) as problem:
        async with client:
            pass
    return str(problem.value)


async def test_a_password_leads_to_ones_own_home_page(sqlite_platform: Platform) -> None:
    give_password(sqlite_platform, "E1001")
    async with served(sqlite_platform) as door, door.client("E1001") as her:
        assert "E1001" in await her.until("王小兰")


async def test_a_start_code_leads_to_choosing_a_password(sqlite_platform: Platform) -> None:
    give_password(sqlite_platform, "E1001", must_change=True)
    async with served(sqlite_platform) as door:
        async with door.client("E1001") as her:
            await her.until(_("Choose a password of your own first."))
            her.press("ctrl+p")
            shown = await her.until(_("Type what you want…"))
            assert _("Exams") not in shown
            her.press("escape")
            await her.until_gone(_("Type what you want…"))
            her.press("my own one", "enter", "my own one", "enter")
            await her.until(_("My qualifications"))
        async with door.client("E1001", "my own one") as again:
            await again.until(_("My qualifications"))


async def test_a_key_leads_home_until_it_is_revoked(sqlite_platform: Platform) -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    her = actor(sqlite_platform, "E1001")
    line = key.export_public_key().decode()
    added = public_keys.add(sqlite_platform, actor=her, line=line)
    async with served(sqlite_platform) as door:
        async with door.client("E1001", None, client_keys=[key]) as client:
            await client.until("王小兰")
        assert await refused(door.port, "E1002", password=None, client_keys=[key])
        other = asyncssh.generate_private_key("ssh-ed25519")
        assert await refused(door.port, "E1001", password=None, client_keys=[other])
        public_keys.revoke(sqlite_platform, actor=her, fingerprint=added.fingerprint)
        assert await refused(door.port, "E1001", password=None, client_keys=[key])


async def test_who_has_left_comes_in_by_nothing(sqlite_platform: Platform) -> None:
    give_password(sqlite_platform, "E1001")
    key = asyncssh.generate_private_key("ssh-ed25519")
    line = key.export_public_key().decode()
    public_keys.add(sqlite_platform, actor=actor(sqlite_platform, "E1001"), line=line)
    with sqlite_platform.database.write() as session:
        person = people.by_staff_no(session, "E1001")
        assert person is not None
        person.status = PersonStatus.LEFT
        session.add(person)
    async with served(sqlite_platform) as door:
        assert await refused(door.port, "E1001", client_keys=[key])


async def test_the_name_exam_leads_to_the_first_page_without_a_password(
    sqlite_platform: Platform,
) -> None:
    async with served(sqlite_platform) as door, door.client("exam", None) as somebody:
        await somebody.until("E1002")


async def test_a_key_offered_under_one_name_is_worth_nothing_under_another(
    sqlite_platform: Platform,
) -> None:
    """The open door lets anybody in, so what was proved before must not stick to it."""
    give_password(sqlite_platform, "E1001")
    async with served(sqlite_platform) as door, door.client("exam", PASSWORD) as somebody:
        shown = await somebody.until("E1002")
        assert "E1001" in shown  # the choice of everybody, not her home page
    assert founding.organisation(sqlite_platform) is not None


async def test_wrong_passwords_are_answered_ever_later_and_end_the_connection_at_the_sixth(
    sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certify.server.limits.PACE_SECONDS", 0.15)
    began = asyncio.get_running_loop().time()
    give_password(sqlite_platform, "E1001")
    asked = []

    class Guessing(asyncssh.SSHClient):
        def password_auth_requested(self) -> str:
            asked.append(1)
            return f"wrong {len(asked)}"

    async with served(sqlite_platform) as door:
        with pytest.raises(asyncssh.DisconnectError):
            await asyncssh.connect(
                "127.0.0.1",
                door.port,
                username="E1001",
                client_factory=Guessing,
                preferred_auth="password",
                known_hosts=None,
                client_keys=None,
                config=None,
            )
        assert len(asked) == 6
        waited = asyncio.get_running_loop().time() - began
        assert waited >= 0.15 * sum(range(1, 7)), "the more there were the later"


async def test_a_locked_person_is_told_when_the_door_opens_in_both_languages(
    sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certify.server.limits.PACE_SECONDS", 0.01)
    give_password(sqlite_platform, "E1001")
    platform = with_access(sqlite_platform, failures=2)
    told: list[str] = []

    class Listening(asyncssh.SSHClient):
        def __init__(self) -> None:
            self._answers = ["wrong", "wrong", PASSWORD]

        def auth_banner_received(self, msg: str, lang: str) -> None:
            told.append(msg)

        def password_auth_requested(self) -> str | None:
            return self._answers.pop(0) if self._answers else None

    async with served(platform) as door:
        with pytest.raises(asyncssh.PermissionDenied):
            await asyncssh.connect(
                "127.0.0.1",
                door.port,
                username="E1001",
                client_factory=Listening,
                preferred_auth="password",
                known_hosts=None,
                client_keys=None,
                config=None,
            )
    assert "示例公司" in told[0]
    assert "12:15" in told[-1]
    assert "Passwords are taken again from 12:15 on." in told[-1]
    assert len(told) == 4


@needs_ssh
def test_the_everyday_client_comes_in_by_password(sqlite_platform: Platform) -> None:
    """A real OpenSSH client, in a thread of its own beside the server's loop."""
    give_password(sqlite_platform, "E1001")

    async def serve() -> str:
        async with served(sqlite_platform) as door:
            return await asyncio.to_thread(typed_into_ssh, door.port)

    shown = asyncio.run(serve())
    assert "certify · 示例公司" in shown
    assert "王小兰" in shown


def typed_into_ssh(port: int) -> str:
    """All that a person sees who types their password."""
    child = pexpect.spawn(
        "ssh",
        [*PLAIN_SSH, "-p", str(port), "E1001@127.0.0.1"],
        env={**os.environ, "TERM": "xterm-256color"},
        dimensions=(24, 80),
        encoding="utf-8",
        timeout=20,
    )
    try:
        child.expect("exam code: ")
        seen = child.before
        child.sendline(PASSWORD)
        child.expect("王小兰")
        return f"{seen}{child.before}{child.after}"
    finally:
        child.close(force=True)


PLAIN_SSH = (
    *("-F", "none", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"),
    *("-o", "IdentitiesOnly=yes", "-o", "IdentityFile=none"),
)


@needs_ssh
def test_the_everyday_client_comes_in_by_key(sqlite_platform: Platform, tmp_path: Path) -> None:
    file = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file], check=True)
    line = file.with_suffix(".pub").read_text(encoding="utf-8")
    public_keys.add(sqlite_platform, actor=actor(sqlite_platform, "E1001"), line=line)

    def come(port: int) -> str:
        child = pexpect.spawn(
            "ssh",
            [*PLAIN_SSH[:6], "-i", str(file), "-p", str(port), "E1001@127.0.0.1"],
            env={**os.environ, "TERM": "xterm-256color"},
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=20,
        )
        try:
            child.expect("王小兰")
            return str(child.after)
        finally:
            child.close(force=True)

    async def serve() -> str:
        async with served(sqlite_platform) as door:
            return await asyncio.to_thread(come, door.port)

    assert asyncio.run(serve()) == "王小兰"
