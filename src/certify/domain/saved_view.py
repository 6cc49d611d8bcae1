"""What people keep of a page for the next time: named filters, mappings of columns."""

from typing import Any

from sqlmodel import Field, SQLModel, UniqueConstraint

from certify.domain.columns import json


class SavedView(SQLModel, table=True):
    """One named set of values of one page, of one person."""

    __table_args__ = (UniqueConstraint("person_id", "page", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    page: str
    """Such as `qualification-list` or `people-import`."""
    name: str
    values: dict[str, Any] = json(dict)
    is_default: bool = False
    """Whether the page begins with it; at most one of a page."""
