"""The additive sums of the item analysis (R-ASM-11)."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel

from certify.domain.tally_table import ExamTally, ItemTally

SUMS = ("n", "sum_x", "sum_xx")


def add(session: Session, exam: Mapping[str, Any], items: Sequence[Mapping[str, Any]]) -> None:
    """Add one attempt's rows to the sums; rows with negative numbers take it away again.

    Args:
        exam: columns of `ExamTally`.
        items: columns of `ItemTally`.
    """
    connection = session.connection()
    connection.execute(_adding(ExamTally, connection.dialect.name), exam)
    if items:
        # In one order always, so that two submissions never wait for each other in a circle.
        rows = sorted(items, key=lambda row: row["version_id"])
        connection.execute(_adding(ItemTally, connection.dialect.name), rows)


@cache
def _adding(kind: type[SQLModel], dialect: str) -> Insert:
    table: Table = kind.__table__  # type: ignore[attr-defined]
    statement = (sqlite_insert if dialect == "sqlite" else postgresql_insert)(table)
    sums = {name: table.c[name] + statement.excluded[name] for name in SUMS if name in table.c}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=sums)
