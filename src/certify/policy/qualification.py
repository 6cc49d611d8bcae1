"""Rules of post qualifications and of the ladder of levels."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from certify.i18n import _
from certify.policy.section import Section


class ExamPassed(Section):
    """Condition: an exam of a course of this kind was passed."""

    kind: Literal["exam-passed"] = "exam-passed"
    """Always `exam-passed`."""
    course_kind: Literal["onboarding", "in-service", "special"]
    """Kind of course whose exam counts."""


class LessonsFinished(Section):
    """Condition: every lesson of a course of this kind is finished."""

    kind: Literal["lessons-finished"] = "lessons-finished"
    """Always `lessons-finished`."""
    course_kind: Literal["onboarding", "in-service", "special"]
    """Kind of course whose lessons count."""


Condition = Annotated[ExamPassed | LessonsFinished, Field(discriminator="kind")]


class Level(Section):
    """One rung of the ladder of qualification levels (R-QUA-01)."""

    code: Annotated[str, Field(pattern=r"^L[0-9]$")]
    """Short name, also the beginning of its certificate numbers."""
    title: dict[str, str]
    """Name of the level by language."""
    months: Annotated[int, Field(ge=1, le=120)]
    """Validity in months; the last valid day is inclusive (R-QUA-04)."""
    conditions: tuple[Condition, ...] = ()
    """What must be met; without conditions the level is never granted by an exam."""


class QualificationPolicy(Section):
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
