"""JSON from strangers: small, flat, without a member twice, without anything shown wrongly."""

import json
from collections.abc import Sequence
from typing import Any

from certify.domain.clean import is_clean

MAX_BYTES = 256 * 1024
MAX_DEPTH = 32
MAX_NODES = 3000
MAX_LIST = 250
"""What the slowest step behind this, which compares list elements in pairs, reads in a second."""


def parse_object(data: bytes | str, max_bytes: int = MAX_BYTES) -> dict[str, Any]:
    """The one JSON object that a text is.

    Args:
        data: UTF-8, without a byte order mark.
        max_bytes: a larger one is refused before it is read.
    Raises:
        ValueError: it is no JSON object, or too large, too deep, has a member twice, a number that
            is no number, or a character that a terminal obeys.
    """
    if len(data) > max_bytes:
        raise ValueError("too large")
    text = data.decode("utf-8") if isinstance(data, bytes) else data
    if _depth(text) > MAX_DEPTH:
        raise ValueError("too deep")
    found = json.loads(
        text, object_pairs_hook=_members, parse_constant=_refuse_constant, parse_float=_refuse_float
    )
    if not isinstance(found, dict):
        raise ValueError("no object")
    _check(found)
    return found


def _members(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member twice")
    return members


def _refuse_constant(name: str) -> None:
    raise ValueError(f"no number: {name}")


def _refuse_float(text: str) -> None:
    # Two programs may read one binary fraction as two numbers; certificates have texts instead.
    raise ValueError(f"no whole number: {text}")


def _depth(text: str) -> int:
    """How deep brackets nest at most; those in texts count too, which only refuses more."""
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _check(found: object) -> None:
    waiting, seen = [found], 0
    while waiting:
        one = waiting.pop()
        seen += 1
        if isinstance(one, dict):
            waiting += [*one, *one.values()]
        elif isinstance(one, list):
            if len(one) > MAX_LIST:
                raise ValueError("a list too long")
            waiting += one
        elif isinstance(one, str) and not is_clean(one):
            raise ValueError("a control character")
        elif isinstance(one, int) and abs(one) >= 2**53:
            raise ValueError("a number too large")
        if seen + len(waiting) > MAX_NODES:
            raise ValueError("too many members")
