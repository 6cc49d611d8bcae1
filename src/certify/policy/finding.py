"""What cannot stand in a policy file: its place, the value, and what may stand there (R-PLT-05)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from certify.i18n import N_, _

KINDS: dict[object, str] = {
    bool: N_("true or false"),
    int: N_("a whole number"),
    Decimal: N_("a number"),
    Fraction: N_("a share such as 0.3 or “1/3”"),
    str: N_("a text in quotes"),
    dict: N_("a table of values"),
    tuple: N_("a list in square brackets"),
}
LIMITS = (
    ("ge", N_("{limit} or more")),
    ("gt", N_("more than {limit}")),
    ("le", N_("{limit} or less")),
    ("lt", N_("less than {limit}")),
    ("decimal_places", N_("at most {limit} decimals")),
    ("pattern", N_("of the form {limit}")),
)
MOST = 60
"""Characters of a wrong value that are repeated."""


@dataclass(frozen=True)
class Finding:
    """One value that cannot be used."""

    name: str
    """Section and key, such as `exam.pass_mark`; entries of a list are counted from 0."""
    value: str
    """As it was written; empty where something is missing."""
    message: str
    """What is wrong, and what may stand there; translated."""
    path: tuple[int | str, ...]
    """The same place as it is in the file."""

    def __str__(self) -> str:
        return f"{self.name}: {self.message}"


def findings(
    model: type[BaseModel], values: Mapping[str, Any], problem: ValidationError
) -> list[Finding]:
    """Every value that cannot be used, all at once.

    Args:
        model: the whole policy.
        values: what the file says.
        problem: what validating it by the model gave.
    """
    found = []
    for error in problem.errors():
        path = tuple(_path(values, error["loc"]))
        message = _message(error, *_field(model, path))
        found.append(Finding(".".join(map(str, path)), _shown(error), message, path))
    return found


def _message(error: ErrorDetails, kind: object, metadata: Sequence[Any], names: list[str]) -> str:
    """What is wrong in words, with what may stand there.

    Args:
        names: what is known beside this value, where it is not known itself.
    """
    if error["type"] == "extra_forbidden":
        near = get_close_matches(str(error["loc"][-1]), names, n=1, cutoff=0.5)
        if near:
            return _("there is no such name; do you mean “{near}”?").format(near=near[0])
        return _("there is no such name; known here: {names}").format(names=", ".join(names))
    allowed = ", ".join(_allowed(kind, metadata))
    if error["type"] == "missing":
        return _("is missing: {allowed}").format(allowed=allowed)
    if error["type"] == "value_error":
        return str(error.get("ctx", {})["error"])
    if not allowed:
        allowed = str(error.get("ctx", {}).get("expected_tags", "")).replace("'", "")
    return _("“{value}” is not possible; possible: {allowed}").format(
        value=_shown(error), allowed=allowed or _(KINDS[dict])
    )


def _shown(error: ErrorDetails) -> str:
    if error["type"] == "missing":
        return ""
    value = error["input"]
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"


def _path(values: object, location: Iterable[int | str]) -> Iterator[int | str]:
    """The place of a value in the file: without the names of the kinds a list is made of."""
    at = values
    for part in location:
        if isinstance(part, int):
            at = at[part] if isinstance(at, list) and part < len(at) else None
        elif isinstance(at, Mapping):
            if part not in at and part == at.get("kind"):
                continue
            at = at.get(part)
        yield part


def _field(
    model: type[BaseModel], path: Sequence[int | str]
) -> tuple[object, list[Any], list[str]]:
    """What a place of the file is for: its type, limits, and the names known beside it."""
    kind: object = model
    metadata: list[Any] = []
    names: list[str] = []
    for part in path:
        kind, metadata, names = _below(kind, part)
    return kind, metadata, names


def _below(kind: object, part: int | str) -> tuple[object, list[Any], list[str]]:
    """The same for what lies one step below."""
    models = [one for one in _parts(kind) if isinstance(one, type) and issubclass(one, BaseModel)]
    if models:
        names = list(dict.fromkeys(name for one in models for name in one.model_fields))
        for one in models:
            if part in one.model_fields:
                return (*_open(one.model_fields[str(part)]), names)
        return None, [], names
    inner = [one for one in get_args(kind) if one is not Ellipsis]
    if not inner:
        return None, [], []
    return (*_peel(inner[-1], []), [])


def _open(field: FieldInfo) -> tuple[object, list[Any]]:
    return _peel(field.annotation, list(field.metadata))


def _peel(kind: object, metadata: list[Any]) -> tuple[object, list[Any]]:
    """A type without its annotations, which say its limits, and without “or nothing”."""
    while True:
        if get_origin(kind) is Annotated:
            kind, *more = get_args(kind)
            for one in more:
                metadata += one.metadata if isinstance(one, FieldInfo) else [one]
        elif len(rest := [one for one in _parts(kind) if one is not type(None)]) == 1:
            if rest[0] is kind:
                return kind, metadata
            kind = rest[0]
        else:
            return kind, metadata


def _parts(kind: object) -> tuple[object, ...]:
    """The members of a union, or the type itself."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    is_union = get_origin(kind) is Union or type(kind).__name__ == "UnionType"
    return get_args(kind) if is_union else (kind,)


def _allowed(kind: object, metadata: Iterable[Any]) -> Iterator[str]:
    """What may stand at a place, in words."""
    if get_origin(kind) is Literal:
        yield _("one of {names}").format(names=", ".join(map(str, get_args(kind))))
        return
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield _("a section with {names}").format(names=", ".join(kind.model_fields))
        return
    plain = get_origin(kind) or kind
    if plain not in KINDS:
        return
    yield _(KINDS[plain])
    limits = {
        name: getattr(one, name)
        for one in metadata
        for name, _words in LIMITS
        if getattr(one, name, None) is not None
    }
    if {"ge", "le"} <= set(limits):
        yield _("{least} to {most}").format(least=limits.pop("ge"), most=limits.pop("le"))
    for name, words in LIMITS:
        if name in limits:
            yield _(words).format(limit=str(limits[name]).strip("^$"))
