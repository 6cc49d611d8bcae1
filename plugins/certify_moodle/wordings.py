"""Texts of an item in another language, which hold no keys."""

import re
from dataclasses import replace

from certify.api import ItemBlock

_GAP = re.compile(r"\{\{([^{}]*)\}\}")


def as_wording(type_name: str, block: ItemBlock) -> ItemBlock:
    """A block as it stands in the file of another language: without its key."""
    if type_name == "cloze":
        return replace(block, stem=_GAP.sub(_without_key, block.stem))
    if type_name == "essay":
        return replace(block, rows=tuple(tuple(row[:1]) for row in block.rows))
    if block.lines:
        return replace(block, lines=())
    return replace(block, options=tuple((text, None) for text, _mark in block.options))


def _without_key(gap: re.Match[str]) -> str:
    parts = gap[1].split("|")
    if not any(part.startswith("=") for part in parts):
        return "{{}}"
    return f"{{{{{'|'.join(part.removeprefix('=') for part in parts)}}}}}"
