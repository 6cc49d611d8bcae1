"""Items of the bank and their frozen versions (R-ASM-09, R-ASM-13)."""

import hashlib
import json as json_text
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field, SQLModel, UniqueConstraint

from certify.domain.columns import json, named


class ItemState(StrEnum):
    """Only items in use are drawn; retired ones stay readable in old attempts."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    IN_USE = "in-use"
    RETIRED = "retired"


class Item(SQLModel, table=True):
    """One question with an identity that survives edits of its wording."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    course_id: int = Field(foreign_key="course.id", index=True)
    pool: str = "exam"
    """`exam` or `practice`: what is practised is never drawn for an exam."""
    state: ItemState = named(ItemState, ItemState.IN_USE)
    version_id: int | None = Field(default=None)
    """The version drawn from now on; attempts keep the one they showed. None while none is."""
    draft_id: int | None = Field(default=None)
    """The newest version where it is not in use yet: it waits for its review."""
    is_unfinished: bool = False
    """Whether its author says in the file that it is a draft still."""


class ItemVersion(SQLModel, table=True):
    """Wording, key and references of an item, never changed once stored."""

    __table_args__ = (UniqueConstraint("item_id", "content_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="item.id", index=True)
    content_hash: str
    type: str
    topic: str
    difficulty: int
    facts: list[str] = json(list)
    standards: list[str] = json(list)
    content: dict[str, Any] = json(dict)
    authors: list[str] = json(list)
    """Staff numbers of those who wrote it; they do not review it."""
    created_at: datetime


_AS_JSON = json_text.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(
    type_name: str,
    topic: str,
    difficulty: int,
    content: dict[str, Any],
    references: list[list[str]] | None = None,
) -> str:
    """The identity of a version: what was asked, what counted as right, and on what it rests."""
    facts = [type_name, topic, difficulty, content, references or []]
    return hashlib.sha256(_AS_JSON.encode(facts).encode()).hexdigest()
