"""The log of a server: one line of JSON for each thing that happened, and nobody's data in it.

What stands in a line is chosen, not filtered: the words are those of this program's own source;
of what is put into them numbers stand as they are, errors become the name of their kind, and
texts are kept only from the few loggers below, cleaned and cut. Libraries' own words are left
out, because they quote user names, addresses and values; the place in the code is what helps.

Programs read it on standard error. If that is a terminal, somebody sits there who wants to know
how it goes: then the log is kept in the home instead, and only its warnings are shown, in words.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from traceback import FrameSummary, extract_tb
from typing import Any

import certify
from certify.domain.clean import clean

OURS = "certify"
LONGEST = 200
"""Characters of one text in a line."""
FRAMES = 8
"""The innermost places of a fault that are named."""


class Lines(logging.Formatter):
    """Makes one line of ASCII JSON of a record: what is no letter in it is written as a number."""

    def __init__(self, node: str) -> None:
        super().__init__()
        self._node = node

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "node": self._node,
            "process": record.process,
            "from": record.name,
        }
        return json.dumps({**line, **_told(record)})


class Words(logging.Formatter):
    """Makes a line for somebody who looks on: when, and what."""

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created).astimezone()
        told = _told(record)
        places = ", ".join(told.pop("places", ()))
        words = " at ".join(filter(None, (": ".join(map(str, told.values())), places)))
        return f"{when:%H:%M:%S}  {words}".encode("ascii", "backslashreplace").decode()


def _told(record: logging.LogRecord) -> dict[str, Any]:
    """What happened, and where if it is a fault or a library's."""
    told: dict[str, Any] = {}
    if record.name.partition(".")[0] == OURS:
        told["what"] = _said(record)
    else:
        told["where"] = f"{record.module}:{record.lineno}"
    if record.exc_info and record.exc_info[1] is not None:
        told["fault"] = kind_of(record.exc_info[1])
        told["places"] = places_of(record.exc_info[1])
    return told


def original(fault: BaseException) -> BaseException:
    """The fault itself: Textual tells one of its workers only wrapped in one of its own."""
    while isinstance(inner := getattr(fault, "error", None), BaseException):
        fault = inner
    return fault


def kind_of(problem: BaseException) -> str:
    """The name of an error, of what caused it, and what the database calls it; never its words."""
    names: list[str] = []
    for cause in _chain(problem):
        code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
        names.append(type(cause).__name__ + (f" {clean(str(code))}" if code else ""))
    return " < ".join(names)


def places_of(problem: BaseException) -> list[str]:
    """Where it happened: our own lines on the way there, and the last one whoever's it is."""
    frames = [frame for one in _chain(problem) for frame in extract_tb(one.__traceback__)]
    told = [one for one in frames if _is_ours(one) or one is frames[-1]][-FRAMES:]
    return [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in told]


def in_short(fault: BaseException) -> str:
    """Its kind and its places in one text, the innermost first, as a text of a line is cut."""
    places = [one.partition(" ")[0] for one in reversed(places_of(fault))]
    return f"{kind_of(fault)} at {', '.join(places)}"


def _chain(problem: BaseException) -> Iterator[BaseException]:
    """An error and what caused it, up to four."""
    cause: BaseException | None = original(problem)
    for _each in range(4):
        if cause is None:
            return
        yield cause
        cause = cause.__cause__ or getattr(cause, "orig", None)


def _is_ours(frame: FrameSummary) -> bool:
    """Whether a line is of this program or of one of its plugins."""
    path = Path(frame.filename)
    root = Path(certify.__file__).parent
    return path.is_relative_to(root) or any(part.startswith("certify_") for part in path.parts)


def is_kept_in(file: Path | None) -> bool:
    """Whether the log goes to a file: somebody sits at a terminal, where only warnings are told."""
    return file is not None and sys.stderr.isatty()


def keep(node: str, file: Path | None = None) -> None:
    """From now on write what this process does, and warnings to a file in any case.

    Args:
        file: the home's log; None where it cannot be written.
    """
    is_filed, lines = is_kept_in(file), Lines(node)
    told: logging.Handler = logging.StreamHandler(sys.stderr)
    told.setLevel(logging.WARNING if is_filed else logging.INFO)
    told.setFormatter(Words() if is_filed else lines)
    handlers = [told]
    if file is not None:
        kept = logging.FileHandler(file, encoding="ascii", delay=True)
        kept.setLevel(logging.INFO if is_filed else logging.WARNING)
        kept.setFormatter(lines)
        handlers.append(kept)
    root, own = logging.getLogger(), logging.getLogger(OURS)
    for logger in (root, own):
        for old in list(logger.handlers):
            logger.removeHandler(old)
    for handler in handlers:
        root.addHandler(handler)
    root.setLevel(logging.WARNING)
    own.setLevel(logging.INFO)


def _said(record: logging.LogRecord) -> str:
    given = record.args
    if isinstance(given, dict):
        return clean(str(record.msg) % {key: _shown(one) for key, one in given.items()})
    return clean(str(record.msg) % tuple(map(_shown, given))) if given else clean(str(record.msg))


def _shown(value: object) -> object:
    if isinstance(value, BaseException):
        return kind_of(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return clean(str(value))[:LONGEST]
