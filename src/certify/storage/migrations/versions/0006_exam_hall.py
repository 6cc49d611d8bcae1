"""Many people at once: ways in, seats and codes of a sitting, pauses, announcements."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publickey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("fingerprint"),
    )
    op.create_index("ix_publickey_person_id", "publickey", ["person_id"])
    op.create_table(
        "failedsignin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("account", "address", "at"):
        op.create_index(f"ix_failedsignin_{column}", "failedsignin", [column])
    _add("cohort", sa.Column("place", sa.String(), nullable=False, server_default=""))
    _add(
        "cohort",
        sa.Column("needs_admission", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _add("cohort", sa.Column("late_minutes", sa.Integer(), nullable=True))
    for column in ("seat", "code_hash", "admission_reason"):
        _add("cohortmember", sa.Column(column, sa.String(), nullable=False, server_default=""))
    for column in ("code_used_at", "admitted_at"):
        _add("cohortmember", sa.Column(column, sa.DateTime(timezone=True), nullable=True))
    _add("attempt", sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True))
    for table, column in (
        ("cohortmember", "admitted_by"),
        ("attempt", "paused_by"),
        ("attempt", "ended_by"),
    ):
        person = sa.ForeignKey("person.id")
        _add(table, sa.Column(column, sa.Integer(), person, nullable=True), inline=True)
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=True),
        sa.Column("attempt_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["exam_id"], ["exam.id"]),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"]),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"]),
        sa.ForeignKeyConstraint(["by"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_announcement_exam_id", "announcement", ["exam_id"])


def _add(table: str, column: sa.Column[Any], *, inline: bool = False) -> None:
    """Args:
    inline: whether the column points at another table.
    """
    op.add_column(table, column, inline_references=inline)
