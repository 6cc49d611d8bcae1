"""The item analysis of an exam from its sums, beside what it would take without them.

An exam of 50 items out of a bank of 200 (three quarters single choice, one quarter multiple choice
with half credit) is sat by simulated people of different ability. The report is that of
`certify item stats`, as a service call. Beside it, in the same run: the bare sum query of one form
with `sqlite3`; and, for the smaller number of attempts, the same figures of the items computed the
plain way, by reading the answers one by one as they lie in the database. Memory is the peak of
what Python allocates in the call (`tracemalloc`), measured in a run of its own.

    .venv/bin/python -m benchmarks.item_analysis [attempts] [more attempts]
"""

import json
import math
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

from benchmarks.measuring import measured
from certify.domain.course import Course, Exam
from certify.domain.item import Item, ItemVersion
from certify.domain.person import CONSOLE
from certify.paths import Home
from certify.platform import Platform, open_platform
from certify.services import founding, item_stats
from certify.settings import Settings

ITEMS, BANK, POINTS = 50, 200, 2000
LEVELS = 41
"""Abilities from -2 to 2 in steps of a tenth."""
SINGLE = (("a", 2000), ("b", 0), ("c", 0), ("d", 0), ("", 0))
MULTIPLE = (("a+b", 2000), ("a", 1000), ("b", 1000), ("a+c", 0), ("c+d", 0), ("", 0))
"""What can be chosen and what it earns, in thousandths of a point; the key first."""
GOAL = {10_000: 0.2, 1_000_000: 1.0}
NOW = "2024-03-04 04:00:00.000000"
SUMS = """
SELECT version_id, points, choice, sum(n), sum(sum_x), sum(sum_xx), sum(n * total),
    sum(n * total * total), sum(sum_x * total),
    sum(n) FILTER (WHERE total > :high), sum(sum_x) FILTER (WHERE total > :high),
    sum(n) FILTER (WHERE total = :high), sum(sum_x) FILTER (WHERE total = :high),
    sum(n) FILTER (WHERE total < :low), sum(sum_x) FILTER (WHERE total < :low),
    sum(n) FILTER (WHERE total = :low), sum(sum_x) FILTER (WHERE total = :low)
FROM itemtally WHERE exam_id = 1 AND is_first = 1 AND possible = 100000
GROUP BY version_id, points, choice
"""


def offered(item: int) -> tuple[tuple[str, int], ...]:
    """What can be chosen at an item."""
    return MULTIPLE if item % 4 == 3 else SINGLE


def simulated(attempts: int) -> Iterator[list[tuple[int, int]]]:
    """Forms and what was chosen: pairs of an item and a place in `offered`, always the same."""
    chance = random.Random(1)
    hardness = [chance.gauss(-1, 0.8) for _item in range(BANK)]
    borders = [
        [_borders(level / 10 - 2, hard, len(offered(item))) for item, hard in enumerate(hardness)]
        for level in range(LEVELS)
    ]
    bank, draw = range(BANK), chance.random
    for _attempt in range(attempts):
        of_level = borders[min(max(round(chance.gauss(20, 8)), 0), LEVELS - 1)]
        chosen = []
        for item in chance.sample(bank, ITEMS):
            place, at = 0, draw()
            for border in of_level[item]:
                if at < border:
                    break
                place += 1
            chosen.append((item, place))
        yield chosen


def _borders(ability: float, hard: float, choices: int) -> list[float]:
    """Where in 0 to 1 one choice ends and the next begins; the better, the likelier the key."""
    right = 1 / (1 + math.exp(hard - ability))
    wrong = [(1 - right) / 2**place for place in range(1, choices - 1)]
    return list(accumulate([right, *wrong]))


def found(platform: Platform) -> None:
    """A company, a course, a bank of 200 items and an exam."""
    founding.found_organisation(
        platform, name="Big", staff_no="0", person_name="First", password=None, is_demo=True
    )
    texts = {letter: {"zh": f"选项 {letter}", "en": f"Option {letter}"} for letter in "abcd"}
    with platform.database.write() as session:
        course = Course(code="c", version="1", kind="special", hours="1", source_hash="-")
        session.add(course)
        session.flush()
        session.add(Exam(code="e", course_id=course.id or 0, minutes=60))
        items = [Item(code=f"ITEM-{n:03}", course_id=course.id or 0) for n in range(BANK)]
        session.add_all(items)
        session.flush()
        for n, item in enumerate(items):
            kind = "multiple" if offered(n) is MULTIPLE else "single"
            key = offered(n)[0][0].split("+")
            content = {"stem": {"zh": "题干"}, "options": texts, "key": key, "explanation": {}}
            session.add(
                ItemVersion(
                    item_id=item.id or 0,
                    content_hash=str(n),
                    type=kind,
                    topic="t",
                    difficulty=1 + n % 3,
                    content=content,
                    created_at=platform.clock.now(),
                )
            )


def fill(home: Home, attempts: int, *, with_answers: bool) -> None:
    """Write the sums of so many attempts, and if wanted their answers one by one."""
    totals: Counter[int] = Counter()
    rows: Counter[tuple[int, int, int]] = Counter()
    with bare(home) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for number, chosen in enumerate(simulated(attempts), start=1):
            total = sum(offered(item)[place][1] for item, place in chosen)
            totals[total] += 1
            for item, place in chosen:
                rows[item, place, total] += 1
            if with_answers:
                _answers(connection, number, chosen)
        connection.executemany(
            "INSERT INTO examtally (exam_id, is_first, possible, total, n)"
            " VALUES (1, 1, 100000, ?, ?)",
            totals.items(),
        )
        connection.executemany(
            "INSERT INTO itemtally (exam_id, is_first, possible, version_id, points, choice, total,"
            " n, sum_x, sum_xx) VALUES (1, 1, 100000, ?, 2000, ?, ?, ?, ?, ?)",
            (
                (item + 1, choice, total, n, n * x, n * x * x)
                for (item, place, total), n in sorted(rows.items())
                for choice, x in [offered(item)[place]]
            ),
        )
        print(f"{attempts:,} attempts: {len(rows):,} rows of sums")


def _answers(connection: sqlite3.Connection, number: int, chosen: list[tuple[int, int]]) -> None:
    form = [{"version": item + 1, "points": "2", "seed": "0" * 16} for item, _place in chosen]
    connection.execute(
        "INSERT INTO attempt (id, person_id, exam_id, course_version, number, state, form, seed,"
        " pass_mark, partial_credit, started_at, deadline, by_deadline, fence, sequence, position,"
        " chain_head, profile) VALUES (?, 1, 1, '1', 1, 'submitted', ?, '', '85', '1/2', ?, ?, 0,"
        " 1, 50, 0, '', '[]')",
        (number, json.dumps(form), NOW, NOW),
    )
    connection.executemany(
        "INSERT INTO response (attempt_id, sequence, position, answer, flagged, received_at,"
        " previous_hash, hash) VALUES (?, ?, ?, ?, 0, ?, ?, ?)",
        (
            (number, at + 1, at, json.dumps({"chosen": choice.split("+")}), NOW, "0" * 64, "f" * 64)
            for at, (item, place) in enumerate(chosen)
            for choice in [offered(item)[place][0]]
        ),
    )


@contextmanager
def bare(home: Home) -> Iterator[sqlite3.Connection]:
    """The database without certify."""
    connection = sqlite3.connect(home.database)
    yield connection
    connection.close()


def one_by_one(connection: sqlite3.Connection) -> dict[int, tuple[float, ...]]:
    """p, item-rest, D and alpha from every single answer, as one would write it down."""
    worth = {n + 1: dict(offered(n)) for n in range(BANK)}
    forms = {
        attempt: [one["version"] for one in json.loads(form)]
        for attempt, form in connection.execute("SELECT id, form FROM attempt WHERE exam_id = 1")
    }
    chosen: Counter[tuple[int, str]] = Counter()
    earned: defaultdict[int, dict[int, int]] = defaultdict(dict)
    query = (
        "SELECT r.attempt_id, r.position, r.answer FROM response r JOIN attempt a"
        " ON a.id = r.attempt_id WHERE a.exam_id = 1 ORDER BY r.attempt_id, r.sequence"
    )
    for attempt, position, answer in connection.execute(query):
        version, choice = forms[attempt][position], "+".join(json.loads(answer)["chosen"])
        chosen[version, choice] += 1
        earned[version][attempt] = worth[version][choice]
    totals: Counter[int] = Counter()
    for of_item in earned.values():
        for attempt, x in of_item.items():
            totals[attempt] += x
    best = [attempt for attempt, _total in totals.most_common()]
    size = round(len(best) * 0.27)
    upper, lower = set(best[:size]), set(best[-size:])
    figures, within = {}, 0.0
    for version, of_item in earned.items():
        points = list(of_item.values())
        rest = [totals[attempt] - one for attempt, one in of_item.items()]
        high = [one for attempt, one in of_item.items() if attempt in upper]
        low = [one for attempt, one in of_item.items() if attempt in lower]
        within += statistics.pvariance(points) * len(points) / len(totals)
        figures[version] = (
            statistics.fmean(points) / POINTS,
            statistics.correlation(points, rest),
            (statistics.fmean(high) - statistics.fmean(low)) / POINTS,
        )
    alpha = ITEMS / (ITEMS - 1) * (1 - within / statistics.pvariance(totals.values()))
    return figures | {0: (alpha,)}


def measure(name: str, work: Callable[[], object], runs: int = 5) -> float:
    """Print how long some work takes, and the most memory it needs; gives the median, in s."""
    found = measured(work, runs)
    print(
        f"  {name:26} median {found.median:7.3f} s  min {found.least:7.3f} s"
        f"  CPU {found.cpu:7.3f} s  memory {found.megabytes:6.1f} MB"
    )
    return found.median


def compare(attempts: int, *, with_answers: bool) -> None:
    """Measure everything for one number of attempts."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Home(Path(folder)))
        platform = open_platform(settings)
        found(platform)
        fill(settings.home, attempts, with_answers=with_answers)

        def report() -> item_stats.ExamStats:
            platform.item_contents.clear()
            return item_stats.stats(platform, actor=CONSOLE, exam="e")

        taken = measure("report from the sums", report)
        with bare(settings.home) as connection:
            near = {"high": 80_000, "low": 60_000}
            query = measure(
                "bare query of the sums", lambda: connection.execute(SUMS, near).fetchall()
            )
            print(f"  report / bare query: {taken / query:.1f}")
            if with_answers:
                slow = measure("answers read one by one", lambda: one_by_one(connection), runs=1)
                print(f"  answers one by one / report: {slow / taken:.0f}")
                agree(report(), one_by_one(connection))
        if attempts in GOAL:
            print(f"  goal ≤ {GOAL[attempts]} s: {taken:.3f} s")
        platform.close()


def agree(report: item_stats.ExamStats, plain: dict[int, tuple[float, ...]]) -> None:
    """Stop unless both ways give the same figures.

    D differs a little: the plain way puts everybody tied at a border into the one or other group.
    """
    for one in report.items:
        p, rest, d = plain[one.figures.version]
        assert abs(float(one.figures.p or 0) - p) < 1e-9
        assert abs((one.figures.item_rest or 0) - rest) < 1e-9
        assert abs(float(one.figures.upper_lower_d or Fraction(0)) - d) < 0.5
    assert abs((report.whole.forms[0].figures.alpha or 0) - plain[0][0]) < 1e-9


def main(attempts: int = 10_000, more: int = 1_000_000) -> None:
    """The smaller number with its answers, the larger with the sums alone."""
    compare(attempts, with_answers=True)
    compare(more, with_answers=False)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"the whole program never took more than {most:.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
