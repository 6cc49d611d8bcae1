"""Dossiers as archives: names that are safe in any file system, and the manifest (R-PPL-07)."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
MOST_FILES = 20_000
MOST_BYTES = 2_000_000_000
"""Of all files unpacked."""
LONGEST = 80
"""Characters of one part of a name."""
_SAFE = re.compile(r"[\w-][\w.-]{0,199}")
_OTHERS = re.compile(r"[^\w.-]+")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Listed:
    """One file of an archive as its manifest has it."""

    name: str
    size: int
    sha256: str


def safe_part(text: str) -> str:
    """A part of a file's name made of what somebody typed; never empty, a path or a device."""
    found = _OTHERS.sub("_", unicodedata.normalize("NFC", text)).strip("._-")[:LONGEST].strip("._-")
    return f"_{found}" if not found or _DEVICES.fullmatch(found) else found


def unused(name: str, taken: Collection[str]) -> str:
    """The name, or with a number behind it while another has it; in any case of its letters."""
    folded = {one.casefold() for one in taken}
    found, number = name, 1
    while found.casefold() in folded:
        number += 1
        found = f"{name}-{number}"
    return found


def is_safe(name: str) -> bool:
    """Whether a name in an archive is no path out of it and no device, on any system."""
    return all(
        _SAFE.fullmatch(part) and part[-1] != "." and not _DEVICES.fullmatch(part)
        for part in name.split("/")
    )


def listed(plain: Any) -> list[Listed]:
    """The files that a manifest names.

    Raises:
        ValueError: naming what is not as it must be.
    """
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise ValueError("format")
    files = plain.get("files")
    if not isinstance(files, list) or len(files) > MOST_FILES:
        raise ValueError("files")
    return [_listed(one) for one in files]


def _listed(one: Any) -> Listed:
    if not isinstance(one, dict):
        raise ValueError("files")
    name, size, digest = one.get("name"), one.get("size"), one.get("sha256")
    if not isinstance(name, str) or not is_safe(name):
        raise ValueError("name")
    if type(size) is not int or not 0 <= size <= MOST_BYTES:
        raise ValueError(f"{name}: size")
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise ValueError(f"{name}: sha256")
    return Listed(name, size, digest)
