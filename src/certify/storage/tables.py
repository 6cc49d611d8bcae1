"""Imports every table, so that whoever needs the whole schema has it."""

from certify.domain import (
    attempt,
    certificate,
    course,
    item,
    ledger,
    person,
    qualification,
    remedial,
)

__all__ = [
    "attempt",
    "certificate",
    "course",
    "item",
    "ledger",
    "person",
    "qualification",
    "remedial",
]
