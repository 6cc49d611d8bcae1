"""The additive sums of the item analysis (R-ASM-11)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, SQLModel

from certify.domain.tally_table import ExamTally, ItemTally

SUMS = ("n", "sum_x", "sum_xx")


def add(session: Session, exam: ExamTally, items: Sequence[ItemTally]) -> None:
    """Add one attempt's rows to the sums; rows with negative numbers take it away again."""
    _add(session, ExamTally, [exam.model_dump()])
    if items:
        # In one order always, so that two submissions never wait for each other in a circle.
        rows = sorted((row.model_dump() for row in items), key=lambda row: row["version_id"])
        _add(session, ItemTally, rows)


def _add(session: Session, kind: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    table: Table = kind.__table__  # type: ignore[attr-defined]
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    statement = insert(table)
    sums = {name: table.c[name] + statement.excluded[name] for name in SUMS if name in table.c}
    session.execute(
        statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=sums), rows
    )
