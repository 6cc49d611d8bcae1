"""An exam by lines over SSH, for terminals that show no screens."""

import asyncio
import shutil
import subprocess
from pathlib import Path

import asyncssh
import pytest

from certify.cli import line_door
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.server.lines import Lines
from certify.services.sign_in import SignedIn
from tests.platforms import actor, read_course
from tests.server.serving import Client, give_password, served


async def test_a_dumb_terminal_chooses_an_exam_and_sits_it(sqlite_platform: Platform) -> None:
    give_password(sqlite_platform, "E1001")
    read_course(sqlite_platform, actor(sqlite_platform, "E1001"))
    async with served(sqlite_platform, plain=line_door.take) as door:
        async with door.client("E1001", term="dumb", size=(100, 200)) as her:
            await her.until(_("Which exam? Type its number; q: leave."))
            her.press("1", "enter")
            await her.until(_("Press Enter to begin; the time starts then. q: leave."))
            her.press("enter")
            await her.until(_("Answer or command:"))
            her.press("1x", "backspace", "enter")
            await her.until(_("Saved at {time}.").partition("{")[0])
            her.press("q", "enter")
            await her.until_end()
            assert "\x1b[?1049h" not in her.received.decode()
        async with door.client("E1001", term="dumb", size=(100, 200)) as again:
            await again.until(_("Which exam? Type its number; q: leave."))
            again.press("1", "enter")
            await again.until(_("You go on with the exam you began; what you answered is saved."))
        assert not door.hall.sessions


async def test_without_a_way_by_lines_a_dumb_terminal_is_told_so_in_both_languages(
    sqlite_platform: Platform,
) -> None:
    async with served(sqlite_platform) as door, Client(door.port, "exam", None, term="dumb") as one:
        assert await one.until_end() == 1
        assert "This terminal shows no screens." in one.shown


async def test_a_dumb_terminal_is_told_why_an_exam_cannot_begin(sqlite_platform: Platform) -> None:
    give_password(sqlite_platform, "E1001")
    reasons = "nothing of the course was read"

    def refuse(_platform: Platform, _signed_in: SignedIn, lines: Lines) -> int:
        lines.write("the rules\n")
        raise Refused(reasons)

    async with (
        served(sqlite_platform, plain=refuse) as door,
        door.client("E1001", term="dumb", size=(100, 200)) as her,
    ):
        assert await her.until_end() == Refused.exit_code
        assert her.shown.index("the rules") < her.shown.index(reasons)


@pytest.mark.skipif(not shutil.which("ssh"), reason="there is no OpenSSH client here")
async def test_without_any_terminal_whole_lines_are_taken(
    sqlite_platform: Platform, tmp_path: Path
) -> None:
    """`ssh -T host < answers`, as scripts and some screen readers do."""
    from certify.services.access import public_keys

    key = asyncssh.generate_private_key("ssh-ed25519")
    file = tmp_path / "key"
    key.write_private_key(str(file))
    file.chmod(0o600)
    her = actor(sqlite_platform, "E1001")
    public_keys.add(sqlite_platform, actor=her, line=key.export_public_key().decode())
    read_course(sqlite_platform, her)

    def come(port: int) -> str:
        options = (
            "-F",
            "none",
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
        )
        done = subprocess.run(
            ["ssh", *options, "-T", "-i", str(file), "-p", str(port), "E1001@127.0.0.1"],
            input="1\n\n1\nq\n",
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    async with served(sqlite_platform, plain=line_door.take) as door:
        told = await asyncio.to_thread(come, door.port)
    assert _("Saved at {time}.").partition("{")[0] in told
    assert "\r" not in told


async def test_lines_are_edited_and_echoed_and_end_once() -> None:
    sent: list[bytes] = []
    lines = Lines(sent.append, has_echo=True)
    lines.feed("ab中\x7fc\r\n".encode())
    lines.feed(b"gone\x15kept\n")
    lines.feed(b"\x1b[A\x00half")
    lines.end()
    lines.end()
    assert [lines.readline() for _line in range(4)] == ["abc\n", "kept\n", "[Ahalf\n", ""]
    assert b"".join(sent).startswith("ab中\b \b\b \bc\r\n".encode())


async def test_a_line_of_any_length_is_cut() -> None:
    lines = Lines(lambda _data: None, has_echo=False)
    lines.feed(b"x" * 100_000 + b"\n")
    assert len(lines.readline()) <= 4097


async def test_a_letter_in_two_packets_is_one_letter() -> None:
    lines = Lines(lambda _data: None, has_echo=False)
    for byte in "中\n".encode():
        lines.feed(bytes([byte]))
    assert lines.readline() == "中\n"
