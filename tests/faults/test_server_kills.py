"""A server with ten people in an exam is killed at any moment; what was called saved is there."""

import asyncio
import random
from pathlib import Path

from benchmarks.exam_hall_examinee import Examinee
from benchmarks.exam_hall_server import serving
from tests.faults.conftest import Tally
from tests.faults.hall_people import ITEMS, answer_next, check_kept, come_in
from tests.faults.sizes import size

PEOPLE = 10
KILLS = size(1, 25)


async def _answer_on(person: Examinee, chance: random.Random) -> None:
    """Answer until the connection is gone."""
    try:
        while person.place + 1 < ITEMS:
            await answer_next(person, 1 + chance.randrange(2))
    except ConnectionError:
        return


async def test_a_killed_server_loses_no_answer_of_ten_people_and_doubles_none(
    hall: Path, tally: Tally
) -> None:
    chance = random.Random(11)
    people: list[Examinee] = []
    for _kill in range(KILLS):
        with serving(hall) as server:
            before: list[Examinee | None] = [*people] or [None] * PEOPLE
            people = await asyncio.gather(
                *(come_in(number, server.port, one) for number, one in enumerate(before))
            )
            for one, earlier in zip(people, before, strict=True):
                known = len(earlier.seen.acknowledged) if earlier is not None else 0
                assert one.answered >= known, "an answer is gone that was called saved"
            answering = [asyncio.create_task(_answer_on(one, chance)) for one in people]
            await asyncio.sleep(chance.uniform(0.2, 1.5))
            server.process.kill()
            await asyncio.gather(*answering)
    with serving(hall) as server:
        people = await asyncio.gather(
            *(come_in(number, server.port, one) for number, one in enumerate(people))
        )
        await asyncio.gather(*(one.submit() for one in people))
        await asyncio.gather(*(one.leave() for one in people))

    kept = check_kept(hall, people)
    assert kept.acknowledged > PEOPLE
    assert kept.results == PEOPLE
    assert kept.stored <= kept.acknowledged + PEOPLE * KILLS, "an answer is there twice"
    tally("kill -9 of a server", faults=KILLS, acknowledged=kept.acknowledged, lost=kept.lost)
