"""What an address may have is counted over all workers of a server (G17)."""

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certify.platform import Platform
from certify.server.board import Board, Seat
from certify.server.limits import Limits
from certify.server.web_crowd import Crowd
from tests.server.nodes import make_company, serving

SETTLE_SECONDS, MOMENTS = 1.5, 10
PLACES = st.sampled_from(["10.0.0.1", "10.0.0.2", "2001:db8::1"])


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Platform]:
    """A lasting company on SQLite, with the usual allowance of an address."""
    made = make_company(tmp_path, f"sqlite:///{tmp_path / 'certify.db'}")
    yield made
    made.close()


def knock(port: int) -> socket.socket:
    """A connection that says nothing; it has been counted when its greeting is there."""
    made = socket.create_connection(("127.0.0.1", port), timeout=20)
    assert made.recv(8) == b"SSH-2.0-"
    made.setblocking(False)
    return made


def is_open(one: socket.socket) -> bool:
    """Whether the other side keeps it."""
    try:
        while one.recv(4096):
            pass
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


async def test_an_address_has_one_allowance_at_all_workers_and_the_dead_hold_nothing_of_it(
    company: Platform,
) -> None:
    rules = company.settings.home.policy
    rules.write_text(rules.read_text(encoding="utf-8") + "[access]\nlogin_seconds = 600\n", "utf-8")
    allowed = company.policy.access.waiting_per_address
    async with serving(company, "--workers", "2") as server:
        with ExitStack() as made:
            everybody: list[socket.socket] = []

            def here() -> int:
                """How many of them are still let wait."""
                return sum(map(is_open, everybody))

            async def knock_often() -> int:
                """More often than is allowed, one after the other."""
                for _each in range(3 * allowed):
                    one = await asyncio.to_thread(knock, server.port)
                    everybody.append(made.enter_context(one))
                for _moment in range(MOMENTS):  # those that are one too many are closed first
                    await asyncio.sleep(SETTLE_SECONDS)
                    if here() <= allowed:
                        break
                return here()

            assert await knock_often() == allowed
            os.kill(server.pids["hall-1"], signal.SIGKILL)
            await server.until(lambda: "hall-3" in server.nodes, "no other began")
            assert here() < allowed
            assert await knock_often() == allowed


@given(st.lists(st.tuples(st.integers(0, 2), PLACES)))
def test_others_see_how_many_wait_and_a_row_that_is_given_back_is_empty(
    moves: list[tuple[int, str]],
) -> None:
    board = Board(3)
    seats = [board.seat() for _each in range(3)]
    for place, address in moves:
        seats[place].count(address, 1)
    for place, seat in enumerate(seats):
        for address in ("10.0.0.1", "10.0.0.2", "2001:db8::1"):
            others = sum(1 for at, whose in moves if whose == address and at != place)
            assert seat.elsewhere(address) >= others
    board.give_back(seats[0])
    board.give_back(seats[1])
    assert [seats[2].elsewhere(address) for _at, address in moves] == [0] * len(moves)


def test_who_signed_in_or_left_waits_at_no_other_worker(sqlite_platform: Platform) -> None:
    board = Board(2)
    here, there = (Limits(sqlite_platform, board.seat()) for _each in range(2))
    allowed = sqlite_platform.policy.access.waiting_per_address
    visits = [here.arrive("10.0.0.7") for _each in range(allowed)]
    assert there.arrive("10.0.0.7") is None
    assert visits[0] is not None
    visits[0].know(1)
    one = there.arrive("10.0.0.7")
    assert one is not None
    assert here.arrive("10.0.0.7") is None
    one.end()
    assert here.arrive("10.0.0.7") is not None


class Closed:
    """A browser's connection, as far as it is counted."""

    def __init__(self, address: str) -> None:
        self.address = address

    def get_extra_info(self, _name: str) -> tuple[str, int]:
        """Where it comes from."""
        return self.address, 1


def test_browsers_that_ask_for_nothing_are_counted_at_all_workers() -> None:
    board = Board(2)
    here, there = (Crowd(2, lambda _peer: True, seat) for seat in (board.seat(), board.seat()))
    assert here._take(1, Closed("10.0.0.7"))  # type: ignore[arg-type]
    assert there._take(2, Closed("10.0.0.7"))  # type: ignore[arg-type]
    assert not there._take(3, Closed("10.0.0.7"))  # type: ignore[arg-type]
    there.leave(3)
    here.leave(1)
    assert there._take(4, Closed("10.0.0.7"))  # type: ignore[arg-type]


def test_browsers_of_one_network_of_version_6_count_as_one_address() -> None:
    crowd = Crowd(2, lambda _peer: True)
    taken = [crowd._take(one, Closed(f"2001:db8::{one}")) for one in (1, 2, 3)]  # type: ignore[arg-type]
    assert taken == [True, True, False]
    assert crowd._take(4, Closed("2001:db8:0:1::1"))  # type: ignore[arg-type]


def test_signs_of_life_are_never_the_number_of_none() -> None:
    seat: Seat = Board(1).seat()
    assert seat.beats == 0
    told = set()
    for _each in range(70_000):
        seat.beat()
        told.add(seat.beats)
    assert 0 not in told
