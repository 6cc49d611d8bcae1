"""Column types that keep values exact in every database."""

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Enum, String, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlmodel import Field

_fraction = lru_cache(maxsize=4_096)(Fraction)
"""The same few numbers stand in many rows, and a Fraction never changes."""


class Exact(TypeDecorator[Fraction]):
    """A Fraction as text (`34`, `6799/100`): points and marks never pass through floats."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:
        return None if value is None else str(Fraction(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:
        return None if value is None else _fraction(value)


class LongExact(Exact):
    """A Fraction with any number of digits: a mean of many values has a long denominator."""

    impl = String()
    cache_ok = True


def exact() -> Any:
    """A field that holds an exact number or nothing."""
    return Field(default=None, sa_type=Exact)


def long_exact() -> Any:
    """A field that holds a score made of many exact numbers, or nothing."""
    return Field(default=None, sa_type=LongExact)


def json(default: Callable[[], Any]) -> Any:
    """A field that holds plain JSON data."""
    return Field(default_factory=default, sa_type=JSON)


def maybe_json() -> Any:
    """A field that holds plain JSON data or nothing."""
    return Field(default=None, sa_type=JSON(none_as_null=True))


def maybe_named(kind: type[StrEnum]) -> Any:
    """A field that holds one value of an enumeration or nothing."""
    return Field(default=None, sa_type=_named(kind))


def named(kind: type[StrEnum], default: StrEnum | None = None, **options: Any) -> Any:
    """A field that holds one value of an enumeration, stored by its value as plain text."""
    if default is not None:
        options["default"] = default
    return Field(sa_type=_named(kind), **options)


def _named(kind: type[StrEnum]) -> Any:
    return Enum(kind, native_enum=False, length=20, values_callable=lambda e: [m.value for m in e])
