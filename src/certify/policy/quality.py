"""Rules of inspection, rectification, standards, surveys and training (R-INS, R-STD, R-TRN)."""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from certify.policy.section import Section, Share


class InspectionPolicy(Section):
    """Inspections and what follows from them (R-INS-01 … R-INS-09)."""

    skilled_weeks: Annotated[int, Field(ge=1, le=52)] = 4
    """Consecutive weekly checks without fault after which a newcomer with the first level counts
    as skilled (R-INS-02)."""
    undecided_weeks: Annotated[int, Field(ge=1, le=104)] = 12
    """Weeks after which the supervisor decides whether a newcomer is skilled."""
    per_week: Annotated[int, Field(ge=0, le=50)] = 1
    """Inspections a week at normal frequency (R-INS-03)."""
    people_each: Annotated[int, Field(ge=1, le=50)] = 3
    """People inspected each time."""
    per_month: Annotated[int, Field(ge=0, le=200)] = 4
    """Inspections a month at normal frequency."""
    everyone_days: Annotated[int, Field(ge=1, le=366)] = 92
    """Days within which everybody is inspected once at least."""
    level: str = "L1"
    """Level that a newcomer needs to count as skilled."""


class RectificationPolicy(Section):
    """Rectification notices (R-INS-06)."""

    days: Annotated[int, Field(ge=1, le=180)] = 5
    """Days from the notice to its deadline, the deadline included."""


class StandardsPolicy(Section):
    """The life of a standard (R-STD-01 … R-STD-05)."""

    opinions: tuple[str, ...] = ("sales", "technology", "customer-service", "quality")
    """Whose opinions a review needs."""
    pilot_scenes: Annotated[int, Field(ge=0, le=10)] = 1
    """Scenes in which a new text is tried at least before it is approved."""
    review_months: Annotated[int, Field(ge=1, le=60)] = 6
    """Months after which the review of a standard is due (R-STD-03)."""
    delta_days: Annotated[int, Field(ge=1, le=365)] = 30
    """Days after the first effective day in which holders pass delta training (R-STD-05)."""
    delta_right: Annotated[int, Field(ge=1, le=20)] = 3
    """Practice items citing the standard to be answered rightly, where there are as many."""


class SurveyPolicy(Section):
    """Satisfaction surveys (R-SUP-03)."""

    return_rate: Annotated[Share, Field(ge=0, le=1)] = Fraction(4, 5)
    """Share of the forms sent that must come back."""


class TrainingPolicy(Section):
    """Plans, sessions and sign-in (R-TRN-01 … R-TRN-09)."""

    attended_share: Annotated[Share, Field(gt=0, le=1)] = Fraction(4, 5)
    """Share of a session's time somebody must be there to have attended (R-TRN-04)."""
    late_minutes: Annotated[int, Field(ge=0, le=240)] = 15
    """Minutes after the start; who signs in later than that is noted as late."""
    sign_in_minutes: Annotated[int, Field(ge=0, le=1440)] = 60
    """Minutes before the start from which people can sign in themselves."""
    sign_out_minutes: Annotated[int, Field(ge=0, le=1440)] = 30
    """Minutes after the end within which people can sign out themselves; later the trainer
    confirms until when they were there."""
    trainer_level: Annotated[str, Field(pattern=r"^L[0-9]$")] = "L2"
    """Level an inside trainer holds at least (R-TRN-07)."""
    monthly: tuple[Literal["onboarding", "in-service", "special", "customer"], ...] = (
        "onboarding",
        "in-service",
    )
    """Kinds of training of which one session a month is expected where there is need (R-TRN-03)."""
