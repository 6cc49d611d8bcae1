"""Reading the sums of the item analysis, and making them again from the results (R-ASM-11)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from fractions import Fraction
from itertools import repeat
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, text, true
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from certify.domain.attempt import Attempt, AttemptState
from certify.domain.item import Item, ItemVersion
from certify.domain.result import AttemptResult, Part
from certify.domain.tally import Gathering, Groups, TotalTally
from certify.domain.tally_table import ExamTally, ItemTally
from certify.storage.tallies import SUMS

BATCH = 500
"""Rows read or written at once."""

Tallied = ExamTally | ItemTally
TABLES: tuple[type[Tallied], ...] = (ExamTally, ItemTally)
Key = tuple[Any, ...]
Sums = dict[Key, tuple[int, ...]]
"""Both tables of sums: what is added up, by the table and its key."""


@dataclass(frozen=True)
class TalliedItem:
    """An item version that stands in the sums."""

    version: int
    code: str
    topic: str
    type: str


def totals(
    session: Session, exam_id: int, *, all_attempts: bool = False
) -> dict[int, list[TotalTally]]:
    """How many attempts ended with which total, by the points of the form, the most sat first.

    Args:
        all_attempts: retakes too; else first attempts alone.
    """
    row = ExamTally
    query = (
        columns(col(row.possible), col(row.total), func.sum(col(row.n)))
        .where(col(row.exam_id) == exam_id, col(row.possible) > 0)
        .group_by(col(row.possible), col(row.total))
        .having(func.sum(col(row.n)) > 0)
        .order_by(col(row.possible), col(row.total))
    )
    if not all_attempts:
        query = query.where(col(row.is_first) == true())
    found: defaultdict[int, list[TotalTally]] = defaultdict(list)
    for possible, total, n in session.execute(query):
        found[possible].append(TotalTally(total, int(n)))
    return dict(sorted(found.items(), key=lambda form: -sum(one.n for one in form[1])))


def gathered(
    session: Session, exam_id: int, possible: int, groups: Groups, *, all_attempts: bool = False
) -> dict[tuple[int, int], dict[str, Gathering]]:
    """The sums of every choice, by item version and its points.

    Args:
        possible: points of the form; totals of other forms do not compare.
        groups: of the attempts on this form.
    """
    row = ItemTally
    n, x, total = col(row.n), col(row.sum_x), col(row.total)
    key = (col(row.version_id), col(row.points), col(row.choice))
    upper, lower = groups.upper_border or 0, groups.lower_border or 0
    whole = (n, x, col(row.sum_xx), n * total, n * total * total, x * total)
    sums: list[ColumnElement[int]] = [func.sum(one) for one in whole]
    for is_in in (total > upper, total == upper, total < lower, total == lower):
        sums += [func.sum(n).filter(is_in), func.sum(x).filter(is_in)]
    found: dict[tuple[int, int], dict[str, Gathering]] = {}
    for is_first in (True, False) if all_attempts else (True,):  # one after the other: no sorting
        query = (
            columns(*key, *sums)
            .where(
                col(row.exam_id) == exam_id,
                col(row.is_first) == is_first,
                col(row.possible) == possible,
            )
            .group_by(*key)
        )
        for version, points, choice, *numbers in session.execute(query):
            into = found.setdefault((version, points), {})
            before = astuple(into[choice]) if choice in into else repeat(0)
            into[choice] = Gathering(
                *(int(one or 0) + old for one, old in zip(numbers, before, strict=False))
            )
    return found


def versions(session: Session, exam_id: int) -> list[TalliedItem]:
    """Every item version in the sums of an exam, by item and in the order they were made."""
    tallied = columns(col(ItemTally.version_id)).where(col(ItemTally.exam_id) == exam_id)
    query = (
        columns(col(ItemVersion.id), col(Item.code), col(ItemVersion.topic), col(ItemVersion.type))
        .join(Item, col(ItemVersion.item_id) == col(Item.id))
        .where(col(ItemVersion.id).in_(tallied))
        .order_by(col(Item.code), col(ItemVersion.id))
    )
    return [TalliedItem(version or 0, *facts) for version, *facts in session.execute(query)]


def exams(session: Session) -> set[int]:
    """Ids of the exams that have sums."""
    row = ExamTally
    query = columns(col(row.exam_id)).where(col(row.n) > 0, col(row.possible) > 0).distinct()
    return set(session.execute(query).scalars())


def difficulties(session: Session, exam_id: int, *, min_n: int) -> dict[str, Fraction]:
    """Share of the points that first attempts earned, by the code of each item in use.

    Args:
        min_n: attempts that an item needs to be named.
    """
    row = ItemTally
    possible = func.sum(col(row.n) * col(row.points))
    query = (
        columns(col(Item.code), func.sum(col(row.sum_x)), possible)
        .join(Item, col(Item.version_id) == col(row.version_id))
        .where(col(row.exam_id) == exam_id, col(row.is_first) == true())
        .group_by(col(Item.code))
        .having(func.sum(col(row.n)) >= min_n, possible > 0)
    )
    return {code: Fraction(int(x), int(most)) for code, x, most in session.execute(query)}


def lock(session: Session) -> None:
    """Let nobody add to the sums until the transaction ends; SQLite writers take turns anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE examtally, itemtally IN SHARE ROW EXCLUSIVE MODE"))


def kept(session: Session, exam_id: int) -> Sums:
    """The sums of an exam as they are kept, without those that came to nothing."""
    kept_rows: list[tuple[type[Tallied], Mapping[str, Any]]] = []
    for table in TABLES:
        all_columns = [getattr(table, name) for name in table.model_fields]
        found = session.execute(columns(*all_columns).where(col(table.exam_id) == exam_id))
        kept_rows += [(table, dict(row)) for row in found.mappings()]
    return added_up(kept_rows)


def added_up(rows: Iterable[tuple[type[Tallied], Mapping[str, Any]]]) -> Sums:
    """Rows with the same key added up; what came to nothing is left out."""
    sums: dict[Key, list[int]] = {}
    for table, row in rows:
        key = (table, *(row[name] for name in table.model_fields if name not in SUMS))
        numbers = [row[name] for name in table.model_fields if name in SUMS]
        into = sums.setdefault(key, [0] * len(numbers))
        for place, number in enumerate(numbers):
            into[place] += number
    return {key: tuple(numbers) for key, numbers in sums.items() if any(numbers)}


def results_of(session: Session, exam_id: int) -> Iterator[tuple[Attempt, list[Part]]]:
    """Every attempt at an exam that has a result, with the parts of the one that counts."""
    newer = aliased(AttemptResult)
    newest = (
        columns(func.max(col(newer.number)))
        .where(col(newer.attempt_id) == col(Attempt.id))
        .scalar_subquery()
    )
    query = (
        columns(Attempt, col(AttemptResult.parts))
        .join(AttemptResult, col(AttemptResult.attempt_id) == col(Attempt.id))
        .where(
            col(Attempt.exam_id) == exam_id,
            col(Attempt.state) == AttemptState.SUBMITTED,
            col(AttemptResult.number) == newest,
        )
        .execution_options(yield_per=BATCH)
    )
    for row in session.execute(query):
        yield row[0], [Part.from_json(part) for part in row[1]]


def replace(session: Session, exam_id: int, sums: Sums) -> None:
    """Keep these sums of an exam instead of its old ones."""
    for table in TABLES:
        session.execute(delete(table).where(col(table.exam_id) == exam_id))
        rows = [
            dict(zip(table.model_fields, (*key, *numbers), strict=True))
            for (of, *key), numbers in sums.items()
            if of is table
        ]
        for start in range(0, len(rows), BATCH):
            session.execute(insert(table), rows[start : start + BATCH])
