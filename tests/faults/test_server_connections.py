"""Lines that break, terminals that do not read, and guests who send rubbish (G4, G5, G17)."""

import asyncio
import random
import re
import signal
import socket
import urllib.request
from pathlib import Path

from benchmarks.exam_hall_examinee import Examinee
from benchmarks.exam_hall_server import Server, free_port, serving
from tests.faults.conftest import Tally
from tests.faults.hall_people import (
    ITEMS,
    answer_next,
    check_kept,
    come_in,
    deadline,
    item,
    kept_deadline,
    reset,
    until,
)
from tests.faults.sizes import size

CUTS = size(2, 20)
STOPS = size(1, 20)
RUBBISH = 20_000


def _counted(port: int, name: str) -> float:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        found = re.search(rf"^{name} (\S+)", answer.read().decode(), re.MULTILINE)
    assert found, name
    return float(found[1])


async def _until_counted(port: int, name: str, count: float) -> None:
    for _look in range(200):
        if await asyncio.to_thread(_counted, port, name) == count:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{name} never came to be {count}")


async def test_after_a_reset_the_exam_goes_on_at_the_same_item_with_the_same_time(
    hall: Path, tally: Tally
) -> None:
    metrics = free_port()
    with serving(hall, "--metrics", f"127.0.0.1:{metrics}") as server:
        person = await come_in(0, server.port)
        kept_end = kept_deadline(hall, person)
        for _cut in range(CUTS):
            await answer_next(person, 2)
            await person.go_on(ITEMS)
            await asyncio.sleep(0.3)
            there, end, shown = person.place, deadline(person), item(person)
            reset(person)
            person = await come_in(0, server.port, person)
            assert (person.place, item(person)) == (there, shown)
            assert kept_deadline(hall, person) == kept_end
            assert abs(deadline(person) - end) <= 1.5  # the screen tells whole seconds
            assert person.answered == len(person.seen.acknowledged)
        await person.submit()
        await person.leave()
        await _until_counted(metrics, "certify_sessions", 0)
    kept = check_kept(hall, [person])
    assert kept.stored == kept.acknowledged == CUTS
    tally("reset of a connection", faults=CUTS, acknowledged=kept.acknowledged, lost=kept.lost)


async def test_of_two_terminals_on_one_attempt_the_later_one_writes(hall: Path) -> None:
    with serving(hall) as server:
        first = await come_in(1, server.port)
        await first.answer(1)
        await first.go_on(ITEMS)
        await asyncio.sleep(0.5)
        second = await come_in(1, server.port, first)
        assert (second.place, second.answered) == (first.place, 1)
        first.press("1")
        await asyncio.sleep(2)
        assert not first.is_saved(2), "a terminal that was taken over says saved"
        await second.answer(2)
        await second.submit()
        await asyncio.gather(first.leave(), second.leave())
    kept = check_kept(hall, [second])
    assert kept.stored == kept.acknowledged == 2
    assert kept.results == 1


async def test_a_server_that_stood_still_takes_the_keys_that_came_meanwhile(
    hall: Path, tally: Tally
) -> None:
    with serving(hall) as server:
        people = await asyncio.gather(*(come_in(one, server.port) for one in range(4)))
        for _stop in range(STOPS):
            server.process.send_signal(signal.SIGSTOP)
            answering = [asyncio.create_task(one.answer(1)) for one in people]
            await asyncio.sleep(3)
            assert not any(one.seen.acknowledged.get(one.place) for one in people)
            server.process.send_signal(signal.SIGCONT)
            await asyncio.gather(*answering)
            await asyncio.gather(*(one.go_on(ITEMS) for one in people))
        await asyncio.gather(*(one.submit() for one in people))
        await asyncio.gather(*(one.leave() for one in people))
    kept = check_kept(hall, people)
    assert kept.stored == kept.acknowledged == 4 * STOPS
    tally("SIGSTOP of a server", faults=STOPS, acknowledged=kept.acknowledged, lost=kept.lost)


async def test_a_client_that_does_not_read_costs_only_itself(hall: Path) -> None:
    metrics = free_port()
    with serving(hall, "--metrics", f"127.0.0.1:{metrics}") as server:
        deaf = Examinee(0, server.port)
        await deaf.sign_in()
        await deaf.start(window=1 << 15)
        other = await come_in(1, server.port)
        assert deaf.channel is not None
        deaf.channel.pause_reading()
        for _look in range(60):  # the whole screen in the other language, again and again
            deaf.press("\x1bOQ")
            await asyncio.sleep(0.03)
        await _until_counted(metrics, "certify_slow_terminals_total", 1)
        assert await asyncio.to_thread(_counted, metrics, "certify_frames_dropped_total") > 0
        await other.answer(1)
        deaf.channel.resume_reading()
        await deaf.open_exam()
        assert deaf.screen.differences() == []  # type: ignore[attr-defined]
        await deaf.answer(1)
        await asyncio.gather(deaf.submit(), other.submit())
        await asyncio.gather(deaf.leave(), other.leave())
        await _until_counted(metrics, "certify_sessions", 0)
    assert check_kept(hall, [deaf, other]).results == 2


async def _is_well(server: Server, person: Examinee) -> None:
    """The server runs, and somebody else goes on."""
    assert server.process.poll() is None
    await answer_next(person, 1)


async def test_rubbish_after_signing_in_ends_no_other_session(hall: Path) -> None:
    metrics, chance = free_port(), random.Random(7)
    with serving(hall, "--metrics", f"127.0.0.1:{metrics}") as server:
        other = await come_in(1, server.port)
        for number in (2, 3):
            guest = await come_in(number, server.port)
            assert guest.channel is not None
            for _packet in range(20):
                if not guest.channel.is_closing():
                    guest.channel.write(chance.randbytes(RUBBISH // 20))
                await asyncio.sleep(0.02)
            await _is_well(server, other)
            await guest.leave()
        assert await asyncio.to_thread(_counted, metrics, "certify_session_faults_total") == 0
        await other.submit()
        await other.leave()
        await _until_counted(metrics, "certify_sessions", 0)
    check_kept(hall, [other])


async def test_half_open_connections_are_closed_and_keep_nobody_out(hall: Path) -> None:
    (hall / "policy.toml").write_text("[access]\nlogin_seconds = 5\n", "utf-8")
    with serving(hall) as server:
        silent = [
            socket.create_connection(
                ("127.0.0.1", server.port), source_address=(f"127.9.0.{one}", 0)
            )
            for one in range(1, 31)
        ]
        silent[0].sendall(random.Random(3).randbytes(1000))
        person = await come_in(1, server.port)
        await _is_well(server, person)
        for one in silent:
            one.setblocking(False)

        def is_closed(one: socket.socket) -> bool:
            try:
                return not one.recv(65536)
            except BlockingIOError:
                return False
            except ConnectionError:
                return True

        left = set(silent)

        def are_closed() -> bool:
            left.difference_update([one for one in left if is_closed(one)])
            return not left

        await until(are_closed)
        for one in silent:
            one.close()
        await person.submit()
        await person.leave()
    assert check_kept(hall, [person]).results == 1
