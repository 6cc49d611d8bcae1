"""An exam hall in small: real clients at a real server answer and hand in; nothing is lost (G3).

What is asserted does not depend on speed; `benchmarks/exam_hall_load.py` measures the large one.
"""

import asyncio
import re
import urllib.request
from pathlib import Path

from benchmarks.exam_hall_examinee import Examinee
from benchmarks.exam_hall_home import compare, make_home, open_hall
from benchmarks.exam_hall_screen import CheckedScreen
from benchmarks.exam_hall_server import free_port, serving

PEOPLE = 12
ANSWERS = 4
ITEMS = 50


async def _sit(person: Examinee) -> None:
    await person.sign_in()
    await person.start()
    await person.open_exam()
    for place in range(ANSWERS):
        await person.answer(1 + (int(person.staff_no) + place) % 2)
        await person.go_on(ITEMS)


def _sessions(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        found = re.search(r"^certify_sessions (\d+)", answer.read().decode(), re.MULTILINE)
    assert found
    return int(found[1])


async def _until_empty(port: int) -> None:
    for _look in range(100):
        if await asyncio.to_thread(_sessions, port) == 0:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("sessions are left whose people have gone")


async def test_a_hall_that_hands_in_at_once_loses_nothing_and_has_one_result_each(
    tmp_path: Path,
) -> None:
    make_home(tmp_path, PEOPLE, light=True)
    metrics = free_port()
    with serving(tmp_path, "--metrics", f"127.0.0.1:{metrics}") as server:
        hall = [Examinee(number, server.port) for number in range(PEOPLE)]
        await asyncio.gather(*map(_sit, hall))
        assert await asyncio.to_thread(_sessions, metrics) == PEOPLE
        await asyncio.gather(*(person.submit() for person in hall))
        for person in hall:
            if isinstance(person.screen, CheckedScreen):
                assert person.screen.differences() == []
        await asyncio.gather(*(person.leave() for person in hall))
        await _until_empty(metrics)

    seen = [(one.staff_no, one.seen.has_passed, one.seen.acknowledged) for one in hall]
    platform = open_hall(tmp_path)
    kept = compare(platform, seen)
    platform.close()
    assert kept.acknowledged == PEOPLE * ANSWERS
    assert kept.stored == PEOPLE * ANSWERS
    assert (kept.lost, kept.gaps, kept.other_verdicts) == (0, 0, 0)
    assert kept.results == PEOPLE


async def test_the_comparison_finds_an_answer_that_is_not_the_one_that_was_shown_as_saved(
    tmp_path: Path,
) -> None:
    make_home(tmp_path, 2, light=True)
    with serving(tmp_path) as server:
        person = Examinee(1, server.port)
        await _sit(person)
        await person.submit()
        await person.leave()

    told = dict(person.seen.acknowledged)
    platform = open_hall(tmp_path)
    other = compare(platform, [(person.staff_no, True, {**told, 0: 3 - told[0], 9: 1})])
    nobody = compare(platform, [("000000", None, {0: 1})])
    platform.close()
    assert other.lost == 2
    assert other.other_verdicts == 1
    assert (nobody.lost, nobody.results) == (1, 0)
