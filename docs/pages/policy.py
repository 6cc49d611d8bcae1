"""`reference/policy.md`: every company rule with its range and its default."""

import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from certify.policy import (
    Consequence,
    ExamPassed,
    Grades,
    HeldFor,
    LessonsFinished,
    Level,
    PanelPassed,
    PhasesComplete,
    Policy,
    RaterShares,
    TrainingHours,
)
from docs.pages.words import code, head, joined, said, table

KINDS: dict[object, str] = {
    bool: "`true` or `false`",
    int: "whole number",
    Decimal: "number",
    Fraction: 'share, such as `0.3` or `"3/10"`',
    str: "text",
    dict[str, str]: "text by language",
    RaterShares: "shares that sum to 100",
}
PARTS: tuple[type[BaseModel], ...] = (
    Level,
    LessonsFinished,
    ExamPassed,
    PhasesComplete,
    HeldFor,
    Grades,
    TrainingHours,
    PanelPassed,
)
"""What stands inside a level, with the title of its section."""
LISTS: dict[object, str] = {
    Level: "list of levels",
    Consequence: "list of consequences",
    int: "list of whole numbers",
    str: "list of words",
}


def page() -> str:
    """The page."""
    return joined(_blocks())


def _blocks() -> Iterator[str]:
    yield from head(
        "Policy",
        "`src/certify/policy/`",
        "The rules that a company may change stand in `policy.toml` in the home. The file is read "
        "at the start. A value that is left out has its default; a value out of its range is "
        "refused with its name.",
        "An attempt keeps the pass mark and the partial credit it was started with. Closed "
        "results never change.",
    )
    for name, section in Policy.model_fields.items():
        model = section.annotation
        assert isinstance(model, type)  # noqa: S101  every section is a model
        assert issubclass(model, BaseModel)  # noqa: S101
        yield f"## [{name}]"
        yield said(model.__doc__, f"policy section {name}")
        yield _fields(name, model, has_defaults=True)
    yield "## Parts of the ladder"
    yield (
        "`qualification.ladder` is a list of levels; `conditions` of a level is a list of "
        "conditions. All of them must be met."
    )
    for part in PARTS:
        yield from _part(part)
    yield "## Parts of other sections"
    for part in (RaterShares, Consequence):
        yield from _part(part)
    yield "## All defaults as a file"
    yield code("\n\n".join(_toml()), "toml")


def _part(part: type[BaseModel]) -> Iterator[str]:
    yield f"### {part.__name__}"
    yield said(part.__doc__, part.__name__)
    yield _fields(part.__name__, part, has_defaults=False)


def _fields(owner: str, model: type[BaseModel], *, has_defaults: bool) -> str:
    rows = []
    for name, field in model.model_fields.items():
        row = [f"`{name}`", _kind(field), said(field.description, f"policy {owner}.{name}")]
        if has_defaults:
            default = field.get_default(call_default_factory=True)
            is_long = isinstance(default, tuple) and any(isinstance(o, BaseModel) for o in default)
            row.insert(2, "see below" if is_long else f"`{_value(default)}`")
        rows.append(row)
    headings = ["Value", "What it may be", "Default", "Meaning"]
    return table(headings if has_defaults else [headings[0], headings[1], headings[3]], rows)


def _kind(field: FieldInfo) -> str:
    return ", ".join([_said_kind(field.annotation), *_limits(field)])


def _said_kind(kind: Any) -> str:
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in (Union, UnionType):
        given = [one for one in get_args(kind) if one is not type(None)]
        return f"{_said_kind(given[0])}, or left out" if len(given) == 1 else "condition"
    if get_origin(kind) is Literal:
        return " or ".join(f"`{word}`" for word in get_args(kind))
    if get_origin(kind) is tuple:
        first = get_args(kind)[0]
        first = get_args(first)[0] if get_origin(first) is Annotated else first
        return LISTS.get(first, "list of conditions")
    if get_origin(kind) is dict and kind not in KINDS:
        return "table"
    return KINDS[kind]


def _limits(field: FieldInfo) -> Iterator[str]:
    limits: dict[str, Any] = {}
    for one in field.metadata:
        for name in ("ge", "gt", "le", "lt", "decimal_places", "pattern"):
            if getattr(one, name, None) is not None:
                limits[name] = getattr(one, name)
    if "ge" in limits and "le" in limits:
        yield f"{limits['ge']} to {limits['le']}"
    else:
        for name, words in (
            ("ge", "{} or more"),
            ("gt", "more than {}"),
            ("le", "{} or less"),
            ("lt", "less than {}"),
        ):
            if name in limits:
                yield words.format(limits[name])
    if "decimal_places" in limits:
        yield f"at most {limits['decimal_places']} decimals"
    if "pattern" in limits:
        yield f"of the form `{limits['pattern'].strip('^$')}`"


def _toml() -> Iterator[str]:
    defaults = Policy()
    for name in Policy.model_fields:
        section: BaseModel = getattr(defaults, name)
        plain = [key for key in type(section).model_fields if key != "ladder"]
        lines = [f"{key} = {_listed(getattr(section, key))}" for key in plain]
        yield "\n".join([f"[{name}]", *lines])
    for level in defaults.qualification.ladder:
        conditions = "".join(f"    {_value(one)},\n" for one in level.conditions)
        yield (
            f"[[qualification.ladder]]\ncode = {_value(level.code)}\n"
            f"title = {_value(level.title)}\nmonths = {level.months}\n"
            f"trainee = {_value(level.trainee)}\nextensions = {level.extensions}\n"
            + (f"conditions = [\n{conditions}]" if conditions else "conditions = []")
        )


def _listed(value: object) -> str:
    """A value on lines of its own where it is a list of parts."""
    if isinstance(value, tuple) and any(isinstance(one, BaseModel) for one in value):
        return "[\n" + "".join(f"    {_value(one)},\n" for one in value) + "]"
    return _value(value)


def _value(value: object) -> str:
    """A value as it is written in TOML; what is left out is not written."""
    if isinstance(value, BaseModel):
        value = value.model_dump(exclude_none=True)
    if isinstance(value, dict):
        said = ", ".join(f"{key} = {_value(one)}" for key, one in value.items())
        return f"{{ {said} }}" if said else "{}"
    if isinstance(value, tuple):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, Fraction):
        return f'"{value}"'
    if isinstance(value, Decimal):
        return str(value)
    return json.dumps(value, ensure_ascii=False)
