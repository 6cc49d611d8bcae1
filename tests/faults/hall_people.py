"""People in an exam hall to whom faults happen: how they come in, answer on, and what is kept."""

import asyncio
import re
import struct
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET
from time import monotonic

from sqlmodel import col, select

from benchmarks.exam_hall_examinee import Examinee
from benchmarks.exam_hall_home import Kept, compare, open_hall
from certify.domain.attempt import Attempt
from certify.domain.person import Person
from tests.faults.checks import check_file
from tests.services.steps import check_books

ITEMS = 50
CHOSEN = ("(●)", "[✓]")


async def come_in(number: int, port: int, before: Examinee | None = None) -> Examinee:
    """Sign in and open the exam.

    Args:
        before: the same person at a terminal that is lost; what they were told goes on counting.
    """
    person = Examinee(number, port)
    if before is not None:
        person.seen.acknowledged = dict(before.seen.acknowledged)
    await person.sign_in()
    await person.start()
    await person.open_exam()
    return person


async def answer_next(person: Examinee, option: int) -> None:
    """Answer the item in the eye, or the next one when that has an answer."""
    while any(map(person.shows, CHOSEN)):
        await person.go_on(ITEMS)
    await person.answer(option)


def item(person: Examinee) -> list[str]:
    """The item in the eye with its options, whichever of them is chosen."""
    rows = (re.sub(r"[▸●✓]", " ", row).rstrip() for row in person.screen.rows()[2:16])
    return [row for row in rows if row]


def deadline(person: Examinee) -> float:
    """The end as the screen tells it, on the clock that counts seconds."""
    found = re.search(r"(\d+):(\d\d)", person.screen.row(0))
    assert found, person.screen.rows()
    return monotonic() + 60 * int(found[1]) + int(found[2])


def kept_deadline(home: Path, person: Examinee) -> datetime:
    """The end as it is kept: what counts, to the microsecond."""
    platform = open_hall(home)
    try:
        with platform.database.read() as session:
            found = select(Attempt.deadline).join(Person, col(Person.id) == Attempt.person_id)
            return session.exec(found.where(Person.staff_no == person.staff_no)).one()
    finally:
        platform.close()


def reset(person: Examinee) -> None:
    """Cut the connection as a broken line does: no farewell, only a reset."""
    assert person.connection is not None
    connected = person.connection.get_extra_info("socket")
    connected.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    person.connection.abort()


async def until(is_so: object, seconds: float = 20) -> None:
    """Wait until something holds that no message tells of."""
    end = monotonic() + seconds
    while not is_so():  # type: ignore[operator]
        assert monotonic() < end, "it never came to be so"
        await asyncio.sleep(0.05)


def check_kept(home: Path, people: Sequence[Examinee]) -> Kept:
    """Nothing that they were told is lost or twice there, and the books are in order."""
    told = [(one.staff_no, one.seen.has_passed, one.seen.acknowledged) for one in people]
    platform = open_hall(home)
    try:
        kept = compare(platform, told)
        check_file(platform)
        check_books(platform)
    finally:
        platform.close()
    assert (kept.lost, kept.gaps, kept.other_verdicts) == (0, 0, 0)
    return kept
