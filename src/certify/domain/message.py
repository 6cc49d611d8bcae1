"""Messages to a person about what changed for them: nobody is lowered silently."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from certify.domain.columns import json


class PersonMessage(SQLModel, table=True):
    """Something a person must be told, until they have read it."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime
    kind: str
    """Such as `result-changed`, `retake-decided` or `expiring`; services.messages words them."""
    facts: dict[str, Any] = json(dict)
    read_at: datetime | None = None
