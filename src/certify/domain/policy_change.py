"""What a change of the company's rules changes, value by value (R-PLT-05)."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from certify.policy import Policy, checked

KEYS = ("code", "kind")
"""What tells the entries of a list apart, so that one added in the middle moves no other."""
LADDER = ["qualification", "ladder"]


@dataclass(frozen=True)
class Change:
    """One value that is another one, as they are written in a policy file."""

    name: str
    """Section and key, such as `exam.pass_mark` or `qualification.ladder.L2.months`."""
    old: str | None
    """None: it was not there."""
    new: str | None
    """None: it is not there any more."""


def plain(value: object) -> Any:
    """A value of the policy as plain JSON; numbers that are not whole as exact text."""
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Decimal | Fraction):
        return number(Fraction(value))
    return value


def number(value: Fraction) -> str:
    """A number as people write it: `85.1`, and `1/3` where there is no finite decimal form."""
    twos = fives = 0
    rest = value.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest > 1:
        return str(value)
    places = max(twos, fives)
    digits = f"{abs(value.numerator) * 10**places // value.denominator:0{places + 1}}"
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def digest(values: Mapping[str, Any]) -> str:
    """SHA-256 of plain values, the same for the same rules however they are written."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Every value that differs between two sets of plain values, in the order of the new one."""
    return list(_changes("", old, new))


def between(old: Policy, new: Policy) -> list[Change]:
    """Every value that differs between two policies."""
    return changes(plain(old), plain(new))


def leaves(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every single value with its name, as it is written."""
    for change in _changes("", _empty(values), values):
        if change.new is not None:
            yield change.name, change.new


def written(value: object) -> str:
    """A plain value as it is written in a policy file, but for the quotes of a single text."""
    return value if isinstance(value, str) and value else _inline(value)


def _changes(name: str, old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    before, after = _named(old), _named(new)
    if before is None or after is None:
        yield Change(name, *(None if one is None else written(one) for one in (old, new)))
        return
    for key in dict.fromkeys([*after, *before]):
        yield from _changes(f"{name}.{key}" if name else key, before.get(key), after.get(key))


def _named(value: Any) -> Mapping[str, Any] | None:
    """What is below a value by name; None where it is a single value or a plain list."""
    if isinstance(value, Mapping):
        return value
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        return None
    names: dict[str, Any] = {}
    for one in value:
        key = next((str(one[key]) for key in KEYS if key in one), "")
        same = sum(name.split(" ")[0] == key for name in names)
        names[f"{key} {same + 1}" if same else key] = {
            name: inner for name, inner in one.items() if name not in KEYS or inner != key
        }
    return names


def _empty(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same names with nothing in them, down to the single values."""
    found = {}
    for key, one in values.items():
        below = _named(one)
        found[key] = None if below is None or not below else _empty(below)
    return found


def _inline(value: object) -> str:
    if value in ({}, []):
        return str(value)
    if isinstance(value, Mapping):
        known = ((key, one) for key, one in value.items() if one is not None)
        return "{ " + ", ".join(f"{key} = {_inline(one)}" for key, one in known) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def singly(old: Policy, new: Policy) -> list[tuple[tuple[Change, ...], Policy]]:
    """The old policy with one value of the new one each, to find what a difference comes from.

    Values that only fit together (shares, bands) go together: first those of a key, such as
    `raters.front_line`, or of one level of the ladder; else those of a section. What cannot stand
    without another section is left out.
    """
    before, after = plain(old), plain(new)
    wanted = changes(before, after)
    found: list[tuple[tuple[Change, ...], Policy]] = []
    done: set[str] = set()
    for change in wanted:
        for group in (_group(change.name), change.name.partition(".")[0]):
            if change.name in done:
                break
            policy = _only(before, after, group)
            if policy is not None:
                own = tuple(one for one in wanted if f"{one.name}.".startswith(f"{group}."))
                found.append((own, policy))
                done |= {one.name for one in own}
    return found


def _group(name: str) -> str:
    parts = name.split(".")
    return ".".join(parts[: 3 if parts[:2] == LADDER else 2])


def _only(before: Mapping[str, Any], after: Mapping[str, Any], group: str) -> Policy | None:
    """The rules before with those of one group after; None where they cannot stand together."""
    section, _dot, key = group.partition(".")
    values = dict(before)
    if key.startswith("ladder."):
        code = key.removeprefix("ladder.")
        ladders = [
            {one["code"]: one for one in rules["qualification"]["ladder"]}
            for rules in (before, after)
        ]
        chosen = {**ladders[0]} | ({code: ladders[1][code]} if code in ladders[1] else {})
        if code not in ladders[1]:
            del chosen[code]
        rungs = [chosen[name] for name in sorted(chosen)]
        values[section] = {**before[section], "ladder": rungs}
    elif key:
        values[section] = {**before[section], key: after[section][key]}
    else:
        values[section] = after[section]
    return checked(values)[0]
