"""Certificates: frozen facts of an award and a number that is never used again (R-CRT-02, -03)."""

import hashlib
import json as json_text
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from certify.domain.columns import json

NUMBER = re.compile(r"[A-Z][A-Z0-9]*-([0-9]{4})-([0-9]{6,})-([0-9])")


NAME_CHANGED = "name-changed"
"""Why a certificate was issued anew when its holder got another name."""


class Certificate(SQLModel, table=True):
    """The numbered document of one qualification."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    qualification_id: int = Field(foreign_key="qualification.id", unique=True)
    issued_at: datetime
    """When this revision was issued."""
    facts: dict[str, Any] = json(dict)
    """Name, staff number, course and version, mark, dates, issuer: as they were on the day."""
    revision: int = 1
    """Raised by a reissue, for instance on a new name; the number stays."""
    salt: str = ""
    """Hides the facts behind their digest in the ledger; empty before digests were kept."""
    erased_at: datetime | None = None
    """When the personal facts were removed; number and dates stay verifiable (R-FRM-05)."""


class CertificateRevision(SQLModel, table=True):
    """What a certificate said before it was reissued; never edited but by an erasure."""

    certificate_id: int = Field(primary_key=True, foreign_key="certificate.id")
    revision: int = Field(primary_key=True)
    issued_at: datetime
    facts: dict[str, Any] = json(dict)
    salt: str = ""
    reason: str = ""
    """Why it was replaced: a code such as `name-changed`, or words."""


class Counter(SQLModel, table=True):
    """The last number given out in a series; numbers have no gaps and are never reused."""

    series: str = Field(primary_key=True)
    last: int = 0


_line = json_text.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def facts_digest(salt: str, facts: Mapping[str, Any]) -> str:
    """SHA-256 over salt and facts: all the ledger keeps of them, so that they can be erased."""
    return hashlib.sha256(f"{salt}\n{_line(facts)}".encode()).hexdigest()


def check_digit(digits: str) -> int:
    """Luhn's check digit (ISO/IEC 7812-1, annex B), which finds any single wrong digit."""
    doubled = 0
    for place, character in enumerate(reversed(digits)):
        value = int(character) * (2 if place % 2 == 0 else 1)
        doubled += value - 9 if value > 9 else value
    return -doubled % 10


def certificate_number(series: str, year: int, running: int) -> str:
    """For instance `L1-2024-000123-7`; the check digit covers year and running number."""
    return f"{series}-{year}-{running:06}-{check_digit(f'{year}{running:06}')}"


def is_number(text: str) -> bool:
    """Whether a text has the form of a certificate number and its check digit is right."""
    parts = NUMBER.fullmatch(text.strip().upper())
    return parts is not None and check_digit(parts[1] + parts[2]) == int(parts[3])
