"""The log of a server: one line of JSON for each thing that happened, and nobody's data in it.

What stands in a line is chosen, not filtered: the words are those of this program's own source;
of what is put into them numbers stand as they are, errors become the name of their kind, and
texts are kept only from the few loggers below, cleaned and cut. Libraries' own words are left
out, because they quote user names, addresses and values; the place in the code is what helps.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any

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
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "node": self._node,
            "process": record.process,
            "from": record.name,
        }
        if record.name.partition(".")[0] == OURS:
            line["what"] = _said(record)
        else:
            line["where"] = f"{record.module}:{record.lineno}"
        if record.exc_info and record.exc_info[1] is not None:
            line["fault"] = kind_of(record.exc_info[1])
            frames = extract_tb(record.exc_info[2])[-FRAMES:]
            line["places"] = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames]
        return json.dumps(line)


def kind_of(problem: BaseException) -> str:
    """The name of an error, of what caused it, and what the database calls it; never its words."""
    names: list[str] = []
    cause: BaseException | None = problem
    while cause is not None and len(names) < 4:
        code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
        names.append(type(cause).__name__ + (f" {clean(str(code))}" if code else ""))
        cause = cause.__cause__ or getattr(cause, "orig", None)
    return " < ".join(names)


def keep(node: str, file: Path | None = None) -> None:
    """From now on write what this process does to standard error, and warnings to a file too.

    Args:
        file: the home's log; None where it cannot be written.
    """
    lines = Lines(node)
    told = logging.StreamHandler(sys.stderr)
    told.setLevel(logging.INFO)
    handlers: list[logging.Handler] = [told]
    if file is not None:
        kept = logging.FileHandler(file, encoding="ascii", delay=True)
        kept.setLevel(logging.WARNING)
        handlers.append(kept)
    for handler in handlers:
        handler.setFormatter(lines)
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
