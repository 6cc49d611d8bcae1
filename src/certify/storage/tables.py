"""Imports every table, so that whoever needs the whole schema has it."""

from certify.domain import (
    attempt,
    certificate,
    correction,
    course,
    item,
    ledger,
    marking,
    message,
    person,
    practice_card,
    qualification,
    registration,
    remedial,
    result,
    sitting_time,
    tally_table,
)

__all__ = [
    "attempt",
    "certificate",
    "correction",
    "course",
    "item",
    "ledger",
    "marking",
    "message",
    "person",
    "practice_card",
    "qualification",
    "registration",
    "remedial",
    "result",
    "sitting_time",
    "tally_table",
]
