"""What the SSH door refuses: other uses of a connection, floods, and whoever does not sign in."""

import asyncio
import logging
import random
import socket
from collections.abc import Awaitable, Callable

import asyncssh
import pytest

from certify.i18n import _
from certify.platform import Platform
from certify.server import limits, terms
from certify.server.ssh_shell import Shell
from certify.services import sitting
from certify.tui.screens.exam import ExamScreen
from tests.platforms import actor, read_course
from tests.server.serving import Served, give_password, served
from tests.services.test_entering import with_access

QUIET = {"known_hosts": None, "client_keys": None, "config": None, "agent_path": None}


async def connected(door: Served, **options: object) -> asyncssh.SSHClientConnection:
    """A connection of somebody at the open door, without a terminal."""
    given = {"username": "exam", **QUIET, **options}
    return await asyncssh.connect("127.0.0.1", door.port, **given)


ASKED: dict[str, Callable[[asyncssh.SSHClientConnection], Awaitable[object]]] = {
    "exec": lambda one: one.create_session(asyncssh.SSHClientSession, "id"),
    "subsystem": lambda one: one.create_session(asyncssh.SSHClientSession, subsystem="netconf"),
    "sftp": lambda one: one.start_sftp_client(),
    "direct-tcpip": lambda one: one.create_connection(asyncssh.SSHTCPSession, "127.0.0.1", 22),
    "tcpip-forward": lambda one: one.create_server(lambda *_peer: None, "127.0.0.1", 0),
    "direct-streamlocal": lambda one: one.create_unix_connection(asyncssh.SSHUNIXSession, "/run/x"),
    "streamlocal-forward": lambda one: one.create_unix_server(lambda: None, "/tmp/x"),
    "socks": lambda one: one.open_connection("localhost", 80),
    "tun": lambda one: one.create_tun(asyncssh.SSHTunTapSession),
    "tap": lambda one: one.create_tap(asyncssh.SSHTunTapSession),
    "x11": lambda one: one.create_session(
        asyncssh.SSHClientSession, term_type="xterm", x11_forwarding=True, x11_display=":7"
    ),
}


@pytest.mark.parametrize("what", ASKED)
async def test_a_connection_is_for_a_terminal_and_for_nothing_else(
    sqlite_platform: Platform, what: str
) -> None:
    async with served(sqlite_platform) as door, await connected(door) as connection:
        with pytest.raises((asyncssh.ChannelOpenError, asyncssh.ChannelListenError, OSError)):
            await ASKED[what](connection)
        assert not door.hall.sessions


async def test_variables_and_the_agent_of_the_client_are_refused(
    sqlite_platform: Platform,
) -> None:
    async with served(sqlite_platform) as door, await connected(door) as connection:
        channel, _session = await connection.create_session(
            asyncssh.SSHClientSession, term_type="xterm"
        )
        for request, data in (
            (b"env", asyncssh.packet.String("LANG") + asyncssh.packet.String("en_US")),
            (b"auth-agent-req@openssh.com", b""),
        ):
            assert not await channel._make_request(request, data)


async def test_one_connection_has_one_terminal(sqlite_platform: Platform) -> None:
    async with served(sqlite_platform) as door, door.client("exam", None) as her:
        await her.until("E1001")
        with pytest.raises(asyncssh.ChannelOpenError):
            await her.connection.create_session(asyncssh.SSHClientSession, term_type="xterm")
        assert len(door.hall.sessions) == 1


async def test_nothing_is_compressed(sqlite_platform: Platform) -> None:
    async with served(sqlite_platform) as door:
        with pytest.raises(asyncssh.KeyExchangeFailed):
            await connected(door, compression_algs=["zlib@openssh.com"])


async def test_who_asks_for_fresh_keys_all_the_time_is_cut_off(sqlite_platform: Platform) -> None:
    async with served(sqlite_platform) as door, await connected(door) as connection:
        for _number in range(limits.MOST_KEY_EXCHANGES + 5):
            connection._send_kexinit()
            while not connection.is_closed() and connection._kex is None:
                await asyncio.sleep(0.01)
            while not connection.is_closed() and connection._kex is not None:
                await asyncio.sleep(0.01)
            if connection.is_closed():
                break
        await asyncio.wait_for(connection.wait_closed(), 10)
        assert connection.is_closed()


async def test_connections_that_wait_are_few_for_each_address(sqlite_platform: Platform) -> None:
    platform = with_access(sqlite_platform, waiting_per_address=3)
    async with served(platform) as door:
        waiting = [await asyncio.open_connection("127.0.0.1", door.port) for _number in range(3)]
        for reader, _writer in waiting:
            assert (await reader.readline()).startswith(b"SSH-2.0")
        with pytest.raises((asyncssh.Error, OSError)):
            await connected(door)
        other = await connected(door, local_addr=("127.0.0.2", 0))
        other.abort()
        waiting[0][1].close()
        for _number in range(100):
            try:
                (await connected(door)).abort()
                break
            except (asyncssh.Error, OSError):
                await asyncio.sleep(0.05)
        else:
            raise AssertionError("a place did not become free")
        for _reader, writer in waiting:
            writer.close()


async def test_who_signed_in_waits_no_more(sqlite_platform: Platform) -> None:
    give_password(sqlite_platform, "E1001")
    platform = with_access(sqlite_platform, waiting_per_address=1)
    async with (
        served(platform) as door,
        door.client("E1001") as first,
        door.client("E1001") as second,
    ):
        await first.until("王小兰")
        await second.until("王小兰")


async def test_of_too_many_terminals_of_one_person_the_oldest_is_signed_out(
    sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_TERMINALS", 1)
    give_password(sqlite_platform, "E1001", "E1002")
    async with (
        served(sqlite_platform) as door,
        door.client("E1002") as somebody_else,
        door.client("E1001") as first,
    ):
        await somebody_else.until("李雷")
        await first.until("王小兰")
        async with door.client("E1001") as second:
            await second.until("王小兰")
            await first.until_end()
            assert "many other terminals" in first.shown
        async with door.client("E1001") as third:  # the second has gone
            await third.until("王小兰")
            await asyncio.sleep(0)
        assert not somebody_else.ended.is_set()


def test_who_sits_an_exam_is_not_disturbed_by_terminals_opened_elsewhere(
    sqlite_platform: Platform,
) -> None:
    counted = limits.Limits(sqlite_platform)
    visits = []
    for number in range(limits.MOST_TERMINALS + 1):
        visit = counted.arrive(f"10.0.{number}.1")
        assert visit is not None
        visit.know(7)
        visits.append(visit)
    first, second, *_others = visits
    assert first.is_too_many(holds=False)
    assert not first.is_too_many(holds=True)
    assert not second.is_too_many(holds=False)
    second.end()
    assert not first.is_too_many(holds=False)
    first.know(None)
    assert counted.waiting == 1
    for visit in visits:
        visit.end()
        visit.know(7)  # it has gone
    assert (counted.connections, counted.waiting, counted.terminals(7)) == (0, 0, [])


async def test_where_many_share_an_address_many_may_wait(sqlite_platform: Platform) -> None:
    platform = with_access(sqlite_platform, waiting_per_address=1, shared_networks=("127.0.0.0/8",))
    async with served(platform) as door:
        several = [await connected(door) for _number in range(4)]
        for one in several:
            one.abort()


async def test_a_connection_on_which_nobody_signs_in_is_closed(sqlite_platform: Platform) -> None:
    """One that says nothing, one that says its version, and one that opens no terminal."""
    platform = with_access(sqlite_platform, login_seconds=5)
    async with served(platform) as door:
        silent, other = await asyncio.open_connection("127.0.0.1", door.port)
        polite, writer = await asyncio.open_connection("127.0.0.1", door.port)
        writer.write(b"SSH-2.0-Polite\r\n")
        idle = await connected(door)
        for reader in (silent, polite):
            await asyncio.wait_for(reader.read(), 20)
        await asyncio.wait_for(idle.wait_closed(), 20)
        for one in (writer, other):
            one.close()


async def test_the_sign_in_page_does_not_wait_for_ever(
    sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PAGE_TIMES", 0.4)
    platform = with_access(sqlite_platform, login_seconds=5)
    async with served(platform) as door, door.client("exam", None) as somebody:
        await somebody.until("E1001")
        await somebody.until_end()
        assert "Nobody signed in" in somebody.shown


async def test_who_presses_no_key_for_long_is_signed_out_but_never_in_an_exam(
    sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_password(sqlite_platform, "E1001", "E1002")
    her = actor(sqlite_platform, "E1001")
    read_course(sqlite_platform, her)
    begun = sitting.start(sqlite_platform, actor=her, exam="sample-written")
    platform = with_access(sqlite_platform, idle_minutes=1)
    async with (
        served(platform) as door,
        door.client("E1001") as examinee,
        door.client("E1002") as him,
    ):
        await examinee.until("王小兰")
        await him.until("李雷")
        (session,) = [one for one in door.hall.sessions if one.app.actor == her]
        session.app.call_later(session.app.push_screen, ExamScreen(begun))
        await examinee.until("▶1")
        monkeypatch.setattr(Shell, "now", lambda _shell: asyncio.get_running_loop().time() + 61)
        await him.until_end()
        assert "Signed out after 1 minute without a key." in him.shown
        assert not examinee.ended.is_set()
        examinee.press("1")
        await examinee.until("12:00:00")


async def test_connections_have_a_most_in_all(
    sqlite_platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_CONNECTIONS", 2)
    async with served(sqlite_platform) as door:
        first = await connected(door)
        second = await connected(door, local_addr=("127.0.0.2", 0))
        with pytest.raises((asyncssh.Error, OSError)):
            await connected(door, local_addr=("127.0.0.3", 0))
        first.abort()
        await first.wait_closed()
        second.abort()


@pytest.mark.parametrize("seed", range(4))
async def test_random_bytes_before_signing_in_harm_nobody_else(
    sqlite_platform: Platform, seed: int
) -> None:
    give_password(sqlite_platform, "E1001")
    noise = random.Random(seed)
    async with served(sqlite_platform) as door, door.client("E1001") as her:
        await her.until("王小兰")
        for start in (b"", b"SSH-2.0-x\r\n", b"SSH-2.0-x\r\n\x00\x00\x00\x0c\x0a\x14"):
            with socket.create_connection(("127.0.0.1", door.port)) as raw:
                raw.sendall(start + noise.randbytes(3000))
        her.press("f2")
        await her.until("Courses")


async def test_random_bytes_after_signing_in_end_no_session(
    sqlite_platform: Platform, caplog: pytest.LogCaptureFixture
) -> None:
    give_password(sqlite_platform, "E1001", "E1002")
    noise = random.Random(7)
    async with (
        served(sqlite_platform) as door,
        door.client("E1001") as her,
        door.client("E1002") as him,
    ):
        await her.until("王小兰")
        await him.until("李雷")
        him.channel.write(noise.randbytes(20_000).replace(b"\x11", b""))
        her.press("f2")
        await her.until("Courses")
        before = len(him.received)
        him.resize(100, 30)  # whatever page the keys among them led to
        while len(him.received) == before and not him.ended.is_set():
            await asyncio.sleep(0.05)
        assert not him.ended.is_set()
        assert len(door.hall.sessions) == 2
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("size", [(10_000, 10_000), (1, 1), (0, 0), (10_000, 1)])
async def test_a_terminal_of_any_size_is_drawn_within_bounds(
    sqlite_platform: Platform, size: tuple[int, int]
) -> None:
    give_password(sqlite_platform, "E1001")
    async with served(sqlite_platform) as door, door.client("E1001") as her:
        await her.until("王小兰")
        her.channel.change_terminal_size(*size)
        her.channel.change_terminal_size(100, 30)
        her.resize(100, 30)
        (session,) = door.hall.sessions
        while session.app.size != (100, 30):  # of a storm of sizes a few are handed on
            await asyncio.sleep(0.05)
        her.press("f2")
        await her.until("Courses")
        assert len(her.received) < 1_000_000


async def test_a_huge_terminal_from_the_start_is_drawn_within_bounds(
    sqlite_platform: Platform,
) -> None:
    give_password(sqlite_platform, "E1001")
    async with served(sqlite_platform) as door, door.client("E1001", size=(240, 80)) as her:
        her.channel.change_terminal_size(10_000, 5_000)
        await her.until("王小兰")
        (session,) = door.hall.sessions
        assert session.app.size.width <= 240
        assert session.app.size.height <= 80


async def test_twenty_bad_sign_ins_a_second_leave_others_their_keys(
    sqlite_platform: Platform,
) -> None:
    """Each from another connection; whoever is in goes on working meanwhile."""
    give_password(sqlite_platform, "E1001")
    platform = with_access(sqlite_platform, waiting_per_address=1000, failures=100)

    async def knock(port: int, number: int) -> None:
        await asyncio.sleep(number / 20)
        with pytest.raises((asyncssh.Error, OSError)):
            await asyncssh.connect(
                "127.0.0.1", port, username=f"N{number}", password="wrong", **QUIET
            )

    async with served(platform) as door, door.client("E1001") as her:
        await her.until("王小兰")
        knocking = [asyncio.create_task(knock(door.port, number)) for number in range(40)]
        while not all(one.done() for one in knocking):
            her.press("f2")
            await her.until("Courses")
            her.press("f2")
            await her.until(_("Courses"))
        await asyncio.gather(*knocking)


@pytest.mark.parametrize(
    ("term", "colours"),
    [
        ("xterm-kitty", terms.TRUE),
        ("alacritty", terms.TRUE),
        ("wezterm", terms.TRUE),
        ("foot", terms.TRUE),
        ("xterm-ghostty", terms.TRUE),
        ("xterm-direct", terms.TRUE),
        ("tmux-truecolor", terms.TRUE),
        ("xterm-256color", 256),
        ("screen.xterm-256color", 256),
        ("screen", 256),
        ("tmux", 256),
        ("xterm", 256),
        ("linux", 16),
        ("vt220", 16),
        ("xterm-mono", 0),
        ("wyse50", 0),
        ("\x1b]0;evil\x07", 0),
    ],
)
def test_the_name_of_a_terminal_says_its_colours(term: str, colours: int) -> None:
    assert terms.colours(term) == colours
    assert not terms.is_plain(term)


async def test_of_a_storm_of_sizes_few_are_drawn_and_the_last_one_is(
    sqlite_platform: Platform,
) -> None:
    give_password(sqlite_platform, "E1001")
    async with served(sqlite_platform) as door, door.client("E1001") as her:
        await her.until("王小兰")
        (session,) = door.hall.sessions
        drawn: list[int] = []
        session.app.screen.watch(
            session.app.screen, "size", lambda: drawn.append(session.app.size.width), init=False
        )
        for columns in range(40, 140):
            her.channel.change_terminal_size(columns, 24)
        her.resize(150, 30)
        while session.app.size != (150, 30):
            await asyncio.sleep(0.05)
        assert len(drawn) < 50
