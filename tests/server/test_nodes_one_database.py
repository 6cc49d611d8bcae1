"""Several servers on one PostgreSQL: one of them may die or be renewed in the middle of an exam."""

import asyncio
import re
import signal
import time
from pathlib import Path

import asyncssh
from sqlmodel import select

from certify.domain.attempt import Attempt, AttemptState, Response
from certify.domain.result import AttemptResult
from certify.domain.sitting_time import Beat, Outage, SittingEvent
from certify.platform import Platform
from certify.services import hall_board
from certify.services.hall_board import Connection
from tests.conftest import postgres_database
from tests.faults.exams import answered
from tests.faults.test_postgresql_restarts import own_server
from tests.platforms import actor
from tests.server.nodes import (
    ITEMS,
    Server,
    answer,
    go_on,
    make_company,
    open_exam,
    serving,
    submit,
    until_saved,
)
from tests.server.serving import PATIENCE, Client
from tests.services.steps import check_books

WRITERS = 8


def attempts(platform: Platform) -> list[Attempt]:
    """Every attempt there is."""
    with platform.database.read() as session:
        return list(session.exec(select(Attempt)).all())


def responses(platform: Platform, attempt_id: int) -> list[tuple[int, int]]:
    """Sequence and position of every answer that is stored, in order."""
    query = select(Response).where(Response.attempt_id == attempt_id)
    with platform.database.read() as session:
        found = session.exec(query).all()
        return sorted((one.sequence, one.position) for one in found)


async def seen_as(platform: Platform, wanted: Connection) -> None:
    """Wait until the invigilator's board shows the one candidate so."""
    trainer = actor(platform, "H0001")

    async def look() -> None:
        while True:
            board = await asyncio.to_thread(hall_board.board, platform, actor=trainer)
            if [one.connection for one in board.candidates] == [wanted]:
                return
            await asyncio.sleep(0.1)

    await asyncio.wait_for(look(), PATIENCE)


async def test_who_sat_at_a_node_that_was_killed_goes_on_at_another(
    postgres_url: str, tmp_path: Path
) -> None:
    company = make_company(tmp_path, postgres_url)
    async with serving(company, name="a") as first, serving(company, name="b") as second:
        async with first.client() as person:
            await open_exam(person)
            await answer(person, 1)
            await go_on(person, 2)
            await answer(person, 2)
            await go_on(person, 3)
            await seen_as(company, Connection.CONNECTED)
            first.kill()
            await person.until_end()
        await seen_as(company, Connection.LOST)

        async with second.client() as person:
            shown = await open_exam(person)
            assert f"Item 3 / {ITEMS}" in shown
            assert "answered 2 " in shown
            await seen_as(company, Connection.CONNECTED)
            await answer(person, 3)
            await go_on(person, 4)
            await answer(person, 4)
            await submit(person)

    [attempt] = attempts(company)
    assert attempt.state is AttemptState.SUBMITTED
    with company.database.read() as session:
        assert len(session.exec(select(AttemptResult)).all()) == 1
        assert session.exec(select(Outage)).all() == []
        nodes = [
            one.facts["node"]
            for one in session.exec(select(SittingEvent)).all()
            if one.kind == "connected"
        ]
    assert nodes == ["a-1", "b-1"]
    assert [place for _sequence, place in responses(company, attempt.id or 0)] == [0, 1, 2, 3]
    check_books(company)
    company.close()


async def test_workers_are_renewed_one_after_the_other_and_nobody_loses_an_answer(
    postgres_url: str, tmp_path: Path
) -> None:
    company = make_company(tmp_path, postgres_url)
    async with serving(company, "--workers", "2") as server:
        assert set(server.nodes) == {"hall-1", "hall-2"}
        person, saved = await come_in(server)
        farewells = 0
        server.process.send_signal(signal.SIGHUP)
        while len(set(server.nodes)) < 4 or not farewells or saved < ITEMS:
            try:
                if saved < ITEMS:
                    await to_item(person, saved + 1)
                    await answer(person, saved + 1)
                    saved += 1
                else:
                    await person.until_end(1)
            except TimeoutError:
                pass
            except AssertionError:  # their worker was renewed while they answered
                assert person.ended.is_set(), person.shown
            if person.ended.is_set():
                assert "The server is being restarted" in person.shown
                farewells += 1
                person, found = await come_in(server)
                assert found >= saved
                saved = found
        await person.leave()
        assert await server.stop() == 0

    [attempt] = attempts(company)
    assert {place for _sequence, place in responses(company, attempt.id or 0)} == {0, 1, 2, 3}
    with company.database.read() as session:
        assert all(one.stopped for one in session.exec(select(Beat)).all())
        assert session.exec(select(Outage)).all() == []
    check_books(company)
    company.close()


async def come_in(server: Server) -> tuple[Client, int]:
    """Connect, again if the worker at the other end is just closing; how much is answered."""
    until = time.monotonic() + PATIENCE
    while True:
        person = server.client()
        try:
            await person.__aenter__()
            return person, answered(await open_exam(person))
        except (asyncssh.Error, OSError, AssertionError):
            await asyncio.sleep(0.1)
        assert time.monotonic() < until, server.log


async def to_item(person: Client, wanted: int) -> None:
    """Go on to an item."""
    while f"Item {wanted} / {ITEMS}" not in person.shown:
        await go_on(person, number_of(person) % ITEMS + 1)


def number_of(person: Client) -> int:
    """The number of the item in the eye."""
    found = re.search(rf"Item (\d+) / {ITEMS}", person.shown)
    assert found, person.shown
    return int(found[1])


async def test_a_postgresql_that_falls_over_under_eight_candidates_loses_no_answer(
    tmp_path: Path,
) -> None:
    with own_server() as database, postgres_database(database.address) as url:
        company = make_company(tmp_path, url, learners=WRITERS - 1)
        names = ["E1001", *(f"R{number:04}" for number in range(WRITERS - 1))]
        async with serving(company) as server:
            people = [server.client(name) for name in names]
            await asyncio.gather(*(one.__aenter__() for one in people))
            await asyncio.gather(*(open_exam(one) for one in people))
            await asyncio.gather(*(answer(one, 1) for one in people))
            await asyncio.gather(*(go_on(one, 2) for one in people))
            falling = asyncio.create_task(asyncio.to_thread(database.fall_over))
            for one in people:
                one.press("1")
            await asyncio.gather(*(until_saved(one, 2) for one in people))
            await falling
            await asyncio.gather(*(finish(one) for one in people))
            assert await server.stop() == 0

        found = attempts(company)
        assert len(found) == WRITERS
        for attempt in found:
            stored = responses(company, attempt.id or 0)
            assert [sequence for sequence, _place in stored] == list(range(1, ITEMS + 1))
            assert [place for _sequence, place in stored] == list(range(ITEMS))
        check_books(company)
        company.close()


async def finish(person: Client) -> None:
    """Answer what is left and hang up."""
    for number in range(3, ITEMS + 1):
        await go_on(person, number)
        await answer(person, number)
    await person.leave()
