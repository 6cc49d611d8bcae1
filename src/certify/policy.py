"""Every rule a company may change: typed, ranged, documented, in one file (`policy.toml`).

What the sources leave open has a proposed default here (P in the requirements), never a constant
in the code. A change counts from then on: an attempt keeps the values it was started with and
closed results stay as they are (R-PLT-05).
"""

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
)

from certify.errors import BadInput
from certify.i18n import _


def _written(value: object) -> object:
    """A share exactly as it is written: TOML makes a binary float of 0.3."""
    return str(value) if isinstance(value, float) else value


Share = Annotated[Fraction, BeforeValidator(_written)]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class OrganisationPolicy(_Section):
    """The company as a whole."""

    time_zone: str = "Asia/Shanghai"
    """Where calendar days begin and end; a name of the IANA time zone database."""

    @field_validator("time_zone")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError(_("no such time zone"))
        ZoneInfo(name)
        return name


class ExamPolicy(_Section):
    """Exams and how they are marked."""

    pass_mark: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)] = Decimal(85)
    """Mark one person needs, 0 to 100 (R-ASM-03); the mark in force at the start counts."""
    partial_credit: Annotated[Share, Field(ge=0, lt=1)] = Fraction(1, 2)
    """Share of the points for a multiple-choice answer that is right but incomplete (R-ASM-06)."""
    lessons_first: bool = True
    """Whether every lesson of the course must be finished before its exam opens."""


class RetakePolicy(_Section):
    """What follows a failed attempt."""

    max_attempts: Annotated[int, Field(ge=1, le=20)] = 3
    """Attempts at one exam within `within_days`; then a supervisor decides (R-REM-01)."""
    within_days: Annotated[int, Field(ge=1, le=730)] = 90
    """Length of the period in which attempts are counted, in days (R-REM-01)."""
    remedial_days: Annotated[int, Field(ge=1, le=180)] = 14
    """Days to finish the remedial training after a failure (R-REM-01)."""


class OnboardingPolicy(_Section):
    """New staff."""

    hired_within_days: Annotated[int, Field(ge=0, le=36500)] = 90
    """Who was hired longer ago than this when they are added counts as experienced staff and is
    not enrolled in onboarding courses."""

    due_days: Annotated[int, Field(ge=1, le=365)] = 30
    """Days after the hire date by which onboarding courses are due."""


class ExamPassed(_Section):
    """Condition: an exam of a course of this kind was passed."""

    kind: Literal["exam-passed"] = "exam-passed"
    """Always `exam-passed`."""
    course_kind: Literal["onboarding", "in-service", "special"]
    """Kind of course whose exam counts."""


class LessonsFinished(_Section):
    """Condition: every lesson of a course of this kind is finished."""

    kind: Literal["lessons-finished"] = "lessons-finished"
    """Always `lessons-finished`."""
    course_kind: Literal["onboarding", "in-service", "special"]
    """Kind of course whose lessons count."""


Condition = Annotated[ExamPassed | LessonsFinished, Field(discriminator="kind")]


class Level(_Section):
    """One rung of the ladder of qualification levels (R-QUA-01)."""

    code: Annotated[str, Field(pattern=r"^L[0-9]$")]
    """Short name, also the beginning of its certificate numbers."""
    title: dict[str, str]
    """Name of the level by language."""
    months: Annotated[int, Field(ge=1, le=120)]
    """Validity in months; the last valid day is inclusive (R-QUA-04)."""
    conditions: tuple[Condition, ...] = ()
    """What must be met; without conditions the level is never granted by an exam."""


class QualificationPolicy(_Section):
    """Post qualifications and levels."""

    post_months: Annotated[int, Field(ge=1, le=120)] = 12
    """Validity of a post qualification in months (R-QUA-04)."""
    renewal_days: Annotated[int, Field(ge=0, le=365)] = 60
    """Days before the last valid day from which the exam may be sat again (R-QUA-05)."""
    expiring_days: Annotated[int, Field(ge=1, le=365)] = 60
    """Days before the last valid day from which a qualification is shown as expiring (R-CRT-04)."""
    ladder: tuple[Level, ...] = (
        Level(
            code="L1",
            title={"zh": "客服专员", "en": "Agent"},
            months=12,
            conditions=(
                LessonsFinished(course_kind="onboarding"),
                ExamPassed(course_kind="onboarding"),
            ),
        ),
    )
    """The levels from the lowest to the highest (R-QUA-01)."""

    @field_validator("ladder")
    @classmethod
    def _ascending(cls, ladder: tuple[Level, ...]) -> tuple[Level, ...]:
        codes = [level.code for level in ladder]
        if codes != sorted(set(codes)):
            raise ValueError(_("give each level once, the lowest first"))
        return ladder


class Policy(_Section):
    """All company rules; a missing section or value means the default."""

    organisation: OrganisationPolicy = OrganisationPolicy()
    exam: ExamPolicy = ExamPolicy()
    retake: RetakePolicy = RetakePolicy()
    onboarding: OnboardingPolicy = OnboardingPolicy()
    qualification: QualificationPolicy = QualificationPolicy()


def load(path: Path) -> Policy:
    """The policy of a home; defaults where there is no file.

    Raises:
        BadInput: naming each value that cannot be used and its range.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return Policy()
    except (OSError, UnicodeDecodeError) as problem:
        raise BadInput(str(problem), place=str(path)) from problem
    try:
        return Policy.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise BadInput(str(problem), place=str(path)) from problem
    except ValidationError as problem:
        findings = "; ".join(
            f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in problem.errors()
        )
        raise BadInput(
            findings,
            place=str(path),
            mend=_("The reference page “policy” lists every value with its range."),
        ) from problem
