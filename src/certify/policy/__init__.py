"""Every rule a company may change: typed, ranged, documented, in one file (`policy.toml`).

What the sources leave open has a proposed default here (P in the requirements), never a constant
in the code. A change counts from then on: an attempt keeps the values it was started with and
closed results stay as they are (R-PLT-05).
"""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, ValidationError, field_validator

from certify.errors import BadInput
from certify.i18n import _
from certify.policy.access import AccessPolicy
from certify.policy.authoring import FieldPracticePolicy, LearningPolicy, ReviewPolicy
from certify.policy.evaluation import (
    Consequence,
    ConsequencePolicy,
    EvaluationPolicy,
    GradePolicy,
    RaterPolicy,
    RaterShares,
)
from certify.policy.exam import (
    AnalysisPolicy,
    BlueprintPolicy,
    CohortPolicy,
    ExamPolicy,
    MarkingPolicy,
    PracticePolicy,
    RetakePolicy,
    SittingPolicy,
)
from certify.policy.finding import Finding, findings
from certify.policy.qualification import (
    FULL_LADDER,
    Condition,
    ExamPassed,
    Grades,
    HeldFor,
    LessonsFinished,
    Level,
    PanelPassed,
    PhasesComplete,
    QualificationPolicy,
    TrainingHours,
)
from certify.policy.quality import (
    InspectionPolicy,
    RectificationPolicy,
    StandardsPolicy,
    SurveyPolicy,
    TrainingPolicy,
)
from certify.policy.records import CertificatePolicy, RetentionPolicy, TrustPolicy
from certify.policy.section import Section

__all__ = [
    "FULL_LADDER",
    "AccessPolicy",
    "AnalysisPolicy",
    "BlueprintPolicy",
    "CertificatePolicy",
    "CohortPolicy",
    "Condition",
    "Consequence",
    "ConsequencePolicy",
    "EvaluationPolicy",
    "ExamPassed",
    "ExamPolicy",
    "FieldPracticePolicy",
    "Finding",
    "GradePolicy",
    "Grades",
    "HeldFor",
    "InspectionPolicy",
    "LearningPolicy",
    "LessonsFinished",
    "Level",
    "MarkingPolicy",
    "OnboardingPolicy",
    "OrganisationPolicy",
    "PanelPassed",
    "PhasesComplete",
    "Policy",
    "PracticePolicy",
    "QualificationPolicy",
    "RaterPolicy",
    "RaterShares",
    "RectificationPolicy",
    "RetakePolicy",
    "RetentionPolicy",
    "ReviewPolicy",
    "SittingPolicy",
    "StandardsPolicy",
    "SurveyPolicy",
    "TrainingHours",
    "TrainingPolicy",
    "TrustPolicy",
    "checked",
    "load",
    "values_of",
]


class OrganisationPolicy(Section):
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


class OnboardingPolicy(Section):
    """New staff."""

    hired_within_days: Annotated[int, Field(ge=0, le=36500)] = 90
    """Who was hired longer ago than this when they are added counts as experienced staff and is
    not enrolled in onboarding courses."""

    rehire_months: Annotated[int, Field(ge=0, le=120)] = 12
    """Months after leaving within which a rehire may be freed from phases (R-LRN-01)."""

    due_days: Annotated[int, Field(ge=1, le=365)] = 30
    """Days after the hire date by which onboarding courses are due."""


class Policy(Section):
    """All company rules; a missing section or value means the default."""

    organisation: OrganisationPolicy = OrganisationPolicy()
    exam: ExamPolicy = ExamPolicy()
    blueprint: BlueprintPolicy = BlueprintPolicy()
    retake: RetakePolicy = RetakePolicy()
    onboarding: OnboardingPolicy = OnboardingPolicy()
    sitting: SittingPolicy = SittingPolicy()
    marking: MarkingPolicy = MarkingPolicy()
    analysis: AnalysisPolicy = AnalysisPolicy()
    cohort: CohortPolicy = CohortPolicy()
    practice: PracticePolicy = PracticePolicy()
    qualification: QualificationPolicy = QualificationPolicy()
    review: ReviewPolicy = ReviewPolicy()
    learning: LearningPolicy = LearningPolicy()
    field_practice: FieldPracticePolicy = FieldPracticePolicy()
    evaluation: EvaluationPolicy = EvaluationPolicy()
    raters: RaterPolicy = RaterPolicy()
    grades: GradePolicy = GradePolicy()
    consequences: ConsequencePolicy = ConsequencePolicy()
    inspection: InspectionPolicy = InspectionPolicy()
    rectification: RectificationPolicy = RectificationPolicy()
    standards: StandardsPolicy = StandardsPolicy()
    survey: SurveyPolicy = SurveyPolicy()
    training: TrainingPolicy = TrainingPolicy()
    retention: RetentionPolicy = RetentionPolicy()
    certificate: CertificatePolicy = CertificatePolicy()
    trust: TrustPolicy = TrustPolicy()
    access: AccessPolicy = AccessPolicy()


def values_of(text: str) -> dict[str, Any]:
    """What a policy file says; numbers exactly as they are written.

    Raises:
        ValueError: it is no TOML, or a number has thousands of digits
        RecursionError
    """
    return tomllib.loads(text, parse_float=Decimal)


def checked(values: Mapping[str, Any]) -> tuple[Policy | None, list[Finding]]:
    """The policy that a file describes; None and every value that cannot be used, all at once."""
    try:
        return Policy.model_validate(values), []
    except ValidationError as problem:
        return None, findings(Policy, values, problem)


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
        policy, found = checked(values_of(text))
    except (ValueError, RecursionError) as problem:
        raise BadInput(str(problem), place=str(path)) from problem
    if policy is None:
        raise BadInput(
            "; ".join(map(str, found)),
            place=str(path),
            mend=_("“certify policy check FILE” names each value with its line."),
        )
    return policy
