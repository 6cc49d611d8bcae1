"""The disk of a server is full while five people answer: nobody is told “saved” (G3, G6)."""

import asyncio
from pathlib import Path

import pytest

from benchmarks.exam_hall_examinee import Examinee
from benchmarks.exam_hall_server import serving
from tests.faults.conftest import Tally
from tests.faults.hall_people import ITEMS, check_kept, come_in
from tests.faults.program import Machine
from tests.faults.sizes import size
from tests.faults.sqlite_files import hidden

PEOPLE = 5
FULL = size(2, 20)


async def _is_refused(person: Examinee) -> None:
    refused = person.until(lambda: person.shows(person.words["not saved"]))
    person.press("1")
    await refused
    for _look in range(25):  # it tries again meanwhile, and there is no room again
        assert not person.is_saved(person.answered + 1), "it says saved, and the disk is full"
        await asyncio.sleep(0.1)


@pytest.mark.skipif(bool(hidden()), reason=hidden())
async def test_five_people_on_a_full_disk_are_told_so_and_saved_when_there_is_room(
    hall: Path, tmp_path: Path, tally: Tally
) -> None:
    machine = Machine(tmp_path / "machine")
    with serving(hall, program=machine.program, **machine.environment) as server:
        people = await asyncio.gather(*(come_in(one, server.port) for one in range(PEOPLE)))
        for _fault in range(FULL):
            await asyncio.gather(*(one.answer(1) for one in people))
            await asyncio.gather(*(one.go_on(ITEMS) for one in people))
            machine.fill_disk()
            await asyncio.gather(*(_is_refused(one) for one in people))
            machine.free_disk()
            for one in people:
                await one.until(lambda one=one: one.is_saved(one.answered + 1))  # type: ignore[misc]
                one.answered += 1
                one.seen.acknowledged[one.place] = 1
            await asyncio.gather(*(one.go_on(ITEMS) for one in people))
        await asyncio.gather(*(one.submit() for one in people))
        await asyncio.gather(*(one.leave() for one in people))

    kept = check_kept(hall, people)
    assert kept.acknowledged == kept.stored == 2 * FULL * PEOPLE
    assert kept.results == PEOPLE
    tally("full disk of a server", faults=FULL, acknowledged=kept.acknowledged, lost=kept.lost)
