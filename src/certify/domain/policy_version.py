"""The policy as it was from a moment on (R-PLT-05)."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from certify.domain.columns import json


class PolicyVersion(SQLModel, table=True):
    """All company rules that held from a moment on; never edited."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    digest: str
    """SHA-256 of `values`."""
    values: dict[str, Any] = json(dict)
    changed_by: int
    """0: the file was found changed when certify started."""
    reason: str = ""
