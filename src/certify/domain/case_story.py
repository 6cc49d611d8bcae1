"""The case library (案例库): shared excellent cases (R-LRN-06)."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from certify.domain.columns import json


class CaseStory(SQLModel, table=True):
    """One case; people see it once it is published, without any data of a customer (S4-RU-07)."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    title: str
    body: str
    """Markdown, as in lessons."""
    topics: list[str] = json(list)
    lessons: list[list[str]] = json(list)
    """Course and lesson code of each lesson it is linked to."""
    author_id: int = Field(foreign_key="person.id")
    written_at: datetime
    published_at: datetime | None = None
    published_by: int | None = Field(default=None, foreign_key="person.id")
    withdrawn_at: datetime | None = None
