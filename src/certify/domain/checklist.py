"""Checklists: the points that an inspector looks at, and what was seen (R-INS-04)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from certify.domain.course import Code, Texts
from certify.domain.inspection import InspectionResult
from certify.i18n import _


class Scope(StrEnum):
    """The four scopes of an inspection (S3-QI-03)."""

    RULES = "rules"
    PROCESS = "process"
    SAFETY_HYGIENE = "safety-hygiene"
    OTHER = "other"


class Mark(StrEnum):
    """What was seen of one point."""

    OK = "ok"
    FAULT = "fault"
    NOT_SEEN = "not-seen"


class Point(BaseModel):
    """One thing to look at."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    text: Texts


class Checklist(BaseModel):
    """A list of points; the ones that come with certify, or a company's own file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1]
    code: Code
    scope: Scope
    title: Texts
    points: Annotated[tuple[Point, ...], Field(min_length=1, max_length=60)]

    @field_validator("points")
    @classmethod
    def _are_different(cls, points: tuple[Point, ...]) -> tuple[Point, ...]:
        codes = [one.code for one in points]
        if twice := sorted({code for code in codes if codes.count(code) > 1}):
            raise ValueError(_("“{code}” stands there twice.").format(code=twice[0]))
        return points


@dataclass(frozen=True)
class Seen:
    """What was seen of one point, and a remark on it."""

    mark: Mark = Mark.OK
    remark: str = ""


_OK: Mapping[Mark, bool | None] = {Mark.OK: True, Mark.FAULT: False, Mark.NOT_SEEN: None}


def judge_points(seen: Iterable[Mark]) -> InspectionResult:
    """Not met with one fault, not judged when nothing was seen."""
    marks = set(seen)
    if Mark.FAULT in marks:
        return InspectionResult.NOT_MET
    return InspectionResult.MET if Mark.OK in marks else InspectionResult.NOT_JUDGED


def written_points(points: Sequence[Point], seen: Mapping[str, Seen]) -> list[dict[str, Any]]:
    """The points as the register keeps them: worded as they are today, with what was seen.

    Args:
        seen: by code of the point; one that is left out was fine.
    """
    return [
        {
            "code": one.code,
            "text": dict(one.text),
            "ok": _OK[found.mark],
            "remark": found.remark,
        }
        for one in points
        for found in [seen.get(one.code, Seen())]
    ]


def mark_of(point: Mapping[str, Any]) -> Mark:
    """What was seen of a point of the register."""
    return next(mark for mark, ok in _OK.items() if ok is point["ok"])
