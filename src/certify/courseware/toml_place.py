"""Finds the line of a value in a TOML file and says what is wrong with it in plain words."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic_core import ErrorDetails

from certify.courseware.finding import Finding
from certify.i18n import N_, _

MENDS = {
    "greater_than": N_("It must be more than {gt}."),
    "greater_than_equal": N_("It must be {ge} or more."),
    "less_than_equal": N_("It must be {le} or less."),
    "decimal_max_places": N_("Write at most {decimal_places} decimals."),
    "string_pattern_mismatch": N_("The reference of the format says how it is written: {pattern}"),
    "string_too_short": N_("It needs {min_length} characters or more."),
    "string_too_long": N_("It has {max_length} characters at most."),
    "too_short": N_("It needs {min_length} entries or more."),
    "too_long": N_("It has {max_length} entries at most."),
    "int_type": N_("Write a whole number without quotes."),
    "int_parsing": N_("Write a whole number without quotes."),
    "string_type": N_("Write a text in quotes."),
}
"""By the kind of a departure how to mend it."""


def line_of(text: str, place: Sequence[int | str]) -> int:
    """The line, counted from 1, of the value at a path such as `("exams", 0, "blueprint", 2)`.

    The nearest table or key that stands in the file is taken when the value itself is missing.
    """
    best, wanted = 1, [str(part) for part in place]
    counts: dict[str, int] = {}
    table: list[str] = []
    best_depth = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if header := re.match(r"\s*(\[\[?)\s*([\w.\-]+)\s*\]", line):
            table = _table_path(header[2].split("."), header[1] == "[[", counts)
            path = table
        elif key := re.match(r"\s*([\w\-]+(?:\.[\w\-]+)*)\s*=", line):
            path = table + key[1].split(".")
        else:
            continue
        if path == wanted[: len(path)] and len(path) > best_depth:
            best, best_depth = number, len(path)
    return best


def load_toml(
    path: Path, text: str, findings: list[Finding], first_line: int = 1
) -> dict[str, Any] | None:
    """The values of a TOML text that begins at a line of a file; None when it is none."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        message = _("The TOML is nested too deeply.")
        findings.append(Finding(path, first_line, message, _("Correct the TOML.")))
    except tomllib.TOMLDecodeError as problem:
        place = re.search(r"at line (\d+)", str(problem))
        last = text.count("\n")  # "at end of document" names no line
        line = first_line + (int(place[1]) - 1 if place else last)
        findings.append(Finding(path, line, *_explain_toml(text, line - first_line, problem)))
    except ValueError:  # of thousands of digits
        message = _("A number has too many digits.")
        findings.append(Finding(path, first_line, message, _("Correct the TOML.")))
    return None


def _explain_toml(text: str, place: int, problem: tomllib.TOMLDecodeError) -> tuple[str, str]:
    """What is wrong with a line of TOML; beginners most often type Chinese quotes or signs."""
    line = [*text.split("\n"), ""][place]
    if found := [sign for sign in "“”‘’＝，［］" if sign in line]:
        message = _("The line is not TOML; it holds {signs}.").format(signs=" ".join(found))
        return message, _('Type " = , [ ] with the keyboard set to English.')
    reason = str(problem).partition(" (at ")[0]
    mend = _('Text stands between two ", as in zh = "text"; lists stand between [ and ].')
    return _("The line is not TOML: {reason}.").format(reason=reason), mend


def _table_path(names: list[str], is_array: bool, counts: dict[str, int]) -> list[str]:
    path: list[str] = []
    for depth, name in enumerate(names):
        path.append(name)
        key = ".".join(path)
        if is_array and depth == len(names) - 1:
            counts[key] = counts.get(key, -1) + 1
        if key in counts:
            path.append(str(counts[key]))
    return path


def explain(error: ErrorDetails) -> tuple[str, str]:
    """What is wrong and how to mend it, for a person who is no programmer."""
    name = ".".join(str(part) for part in error["loc"])
    kind, facts = error["type"], error.get("ctx", {})
    if kind == "missing":
        return _("“{name}” is missing.").format(name=name), _("Add it.")
    if kind == "extra_forbidden":
        return _("“{name}” is not known here.").format(name=name), _("Check its spelling.")
    if kind in ("literal_error", "enum"):
        message = _("“{name}” cannot be “{value}”.").format(name=name, value=error["input"])
        values = facts.get("expected", "").replace(" or ", ", ").replace("'", "")
        return message, _("Possible: {values}").format(values=values)
    message = _("“{name}” cannot be “{value}”.").format(name=name, value=error["input"])
    if kind == "value_error":
        reason = str(facts["error"])
        return message, reason[:1].upper() + reason[1:]
    return message, _(MENDS[kind]).format(**facts) if kind in MENDS else error["msg"]
