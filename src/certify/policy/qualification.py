"""Rules of post qualifications and of the ladder of levels (R-QUA-01 … R-QUA-10)."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, field_validator

from certify.i18n import _
from certify.policy.evaluation import GradeName
from certify.policy.section import Section

CourseKind = Literal["onboarding", "in-service", "special"]
Months = Annotated[int, Field(ge=1, le=120)]


class ExamPassed(Section):
    """Condition: an exam of a course of this kind was passed, in all its parts."""

    kind: Literal["exam-passed"] = "exam-passed"
    """Always `exam-passed`."""
    course_kind: CourseKind
    """Kind of course whose exam counts."""
    module: str = ""
    """Module of the course, such as `complaint`; empty for any."""
    within_months: Annotated[int, Field(ge=0, le=120)] = 0
    """Months before the day of the check in which it was passed; 0 for any time."""


class LessonsFinished(Section):
    """Condition: every lesson of a course of this kind is finished."""

    kind: Literal["lessons-finished"] = "lessons-finished"
    """Always `lessons-finished`."""
    course_kind: CourseKind
    """Kind of course whose lessons count."""
    module: str = ""
    """Module of the course, such as `coaching`; empty for any."""
    within_months: Annotated[int, Field(ge=0, le=120)] = 0
    """Months before the day of the check in which the last one was finished; 0 for any time."""


class PhasesComplete(Section):
    """Condition: all phases of onboarding are complete, the guide's sign-off among them."""

    kind: Literal["phases-complete"] = "phases-complete"
    """Always `phases-complete`."""


class HeldFor(Section):
    """Condition: a level is held and was for so many months."""

    kind: Literal["held-for"] = "held-for"
    """Always `held-for`."""
    level: Annotated[str, Field(pattern=r"^L[0-9]$")]
    """Code of the level."""
    months: Months
    """Months since it was first given, without a gap."""


class Grades(Section):
    """Condition: the latest grades of regular periods are good enough."""

    kind: Literal["grades"] = "grades"
    """Always `grades`."""
    count: Annotated[int, Field(ge=1, le=20)]
    """How many of the latest quarterly grades count."""
    at_least: GradeName
    """What each of them must reach."""
    one_at_least: GradeName | None = None
    """What one of them at least must reach."""


class TrainingHours(Section):
    """Condition: hours of training attended."""

    kind: Literal["training-hours"] = "training-hours"
    """Always `training-hours`."""
    course_kind: CourseKind
    """Kind of training that counts."""
    hours: Annotated[int, Field(ge=1, le=2000)]
    """Hours of sessions attended and of courses finished."""
    within_months: Months
    """Months before the day of the check in which they were attended."""


class PanelPassed(Section):
    """Condition: a panel heard the person."""

    kind: Literal["panel"] = "panel"
    """Always `panel`."""
    members: Annotated[int, Field(ge=1, le=15)] = 3
    """How many sit on it at least."""
    mean: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)] = Decimal(85)
    """Mean of their scores, 0 to 100, unrounded."""
    top: bool = False
    """Whether somebody without a superior (the general manager) must sit on it."""
    within_months: Months = 6
    """Months for which its verdict counts."""


Condition = Annotated[
    ExamPassed | LessonsFinished | PhasesComplete | HeldFor | Grades | TrainingHours | PanelPassed,
    Field(discriminator="kind"),
]


class Level(Section):
    """One rung of the ladder of qualification levels (R-QUA-01)."""

    code: Annotated[str, Field(pattern=r"^L[0-9]$")]
    """Short name, also the beginning of its certificate numbers."""
    title: dict[str, str]
    """Name of the level by language."""
    months: Months
    """Validity in months; the last valid day is inclusive (R-QUA-04)."""
    conditions: tuple[Condition, ...] = ()
    """What must be met; a level without conditions is only given by hand."""
    trainee: bool = False
    """Whether it is the level of newcomers, given when they are hired; they serve accompanied
    only (R-PPL-04)."""
    extensions: Annotated[int, Field(ge=0, le=12)] = 0
    """How often HR may extend it by `months` again."""


FULL_LADDER: tuple[Level, ...] = (
    Level(
        code="L0",
        title={"zh": "见习客服", "en": "Trainee"},
        months=3,
        trainee=True,
        extensions=1,
    ),
    Level(
        code="L1",
        title={"zh": "客服专员", "en": "Agent"},
        months=12,
        conditions=(PhasesComplete(), ExamPassed(course_kind="onboarding")),
    ),
    Level(
        code="L2",
        title={"zh": "高级客服专员", "en": "Senior agent"},
        months=24,
        conditions=(
            HeldFor(level="L1", months=12),
            Grades(count=2, at_least="good"),
            TrainingHours(course_kind="in-service", hours=24, within_months=12),
            ExamPassed(course_kind="special", within_months=12),
            ExamPassed(course_kind="in-service", within_months=12),
        ),
    ),
    Level(
        code="L3",
        title={"zh": "客服主管", "en": "Supervisor"},
        months=24,
        conditions=(
            HeldFor(level="L2", months=24),
            Grades(count=4, at_least="good", one_at_least="excellent"),
            LessonsFinished(course_kind="in-service", module="complaint"),
            LessonsFinished(course_kind="in-service", module="coaching"),
            PanelPassed(),
        ),
    ),
    Level(
        code="L4",
        title={"zh": "客服经理", "en": "Manager"},
        months=36,
        conditions=(
            HeldFor(level="L3", months=24),
            Grades(count=4, at_least="good"),
            LessonsFinished(course_kind="in-service", module="management"),
            PanelPassed(top=True),
        ),
    ),
)
"""The ladder the requirements propose (section 7)."""


class QualificationPolicy(Section):
    """Post qualifications and levels."""

    post_months: Months = 12
    """Validity of a post qualification in months (R-QUA-04)."""
    renewal_days: Annotated[int, Field(ge=0, le=365)] = 60
    """Days before the last valid day from which the exam may be sat again (R-QUA-05)."""
    grace_days: Annotated[int, Field(ge=0, le=365)] = 30
    """Days after the last valid day in which an exam still renews, without service until it is
    passed; later the full way applies (R-QUA-05)."""
    renewal_grade: GradeName = "fair"
    """What the latest grade must reach for a renewal (R-QUA-05)."""
    new_in_post_months: Annotated[int, Field(ge=0, le=24)] = 3
    """Months in post below which no grade is expected for a renewal (R-QUA-07)."""
    expiring_days: Annotated[int, Field(ge=1, le=365)] = 60
    """Days before the last valid day from which a qualification is shown as expiring (R-CRT-04)."""
    reminder_days: tuple[Annotated[int, Field(ge=0, le=365)], ...] = (60, 30, 7)
    """Days before the last valid day on which its holder is reminded, each once (R-CRT-04)."""
    ahead_days: Annotated[
        tuple[Annotated[int, Field(ge=0, le=3660)], ...], Field(min_length=1, max_length=8)
    ] = (90, 60, 30, 7)
    """Days by which HR counts what ends soon, the largest first; it is also how far ahead HR looks
    (R-CRT-04)."""
    recognition_days: Annotated[int, Field(ge=0, le=3650)] = 180
    """Days after certify was introduced in which HR may recognise existing staff (R-QUA-09)."""
    outside_tracks: tuple[str, ...] = ("technical",)
    """Tracks of posts whose exam an outside certificate may stand for (R-QUA-03)."""
    ladder: tuple[Level, ...] = FULL_LADDER
    """The levels from the lowest to the highest (R-QUA-01)."""

    @field_validator("reminder_days", "ahead_days")
    @classmethod
    def _falling(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if list(days) != sorted(set(days), reverse=True):
            raise ValueError(_("give each number of days once, the largest first"))
        return days

    @field_validator("ladder")
    @classmethod
    def _ascending(cls, ladder: tuple[Level, ...]) -> tuple[Level, ...]:
        codes = [level.code for level in ladder]
        if codes != sorted(set(codes)):
            raise ValueError(_("give each level once, the lowest first"))
        if any(level.trainee for level in ladder[1:]):
            raise ValueError(_("only the lowest level may be that of trainees"))
        for place, level in enumerate(ladder):
            for one in level.conditions:
                if isinstance(one, HeldFor) and one.level not in codes[:place]:
                    message = _("{level} asks for {other}, which is no lower level")
                    raise ValueError(message.format(level=level.code, other=one.level))
        return ladder
