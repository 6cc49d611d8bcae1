"""Rules of evaluation: grades, raters, periods, consequences (R-EVA-01 … R-EVA-11)."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from certify.i18n import _
from certify.policy.section import Section

GradeName = Literal["excellent", "good", "fair", "unqualified"]
"""优秀, 良好, 一般, 不合格."""
RateeClass = Literal["front-line", "back-office", "supervisor", "manager"]
"""Whom a row of the rater table is for: `front-line` meets customers, `back-office` does not,
`supervisor` leads and meets customers, `manager` leads and meets none. Who has direct reports or
a post on a management layer leads."""
Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]
RawValue = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=4)]


class RaterShares(Section):
    """Who rates one class of staff, in shares that sum to 100; 0: does not rate (R-EVA-03)."""

    supervisor: Percent = Decimal(0)
    """The direct supervisor."""
    self: Percent = Decimal(0)
    """The ratee."""
    subordinates: Percent = Decimal(0)
    """Direct reports in the period, together."""
    customers: Percent = Decimal(0)
    """Customers, together; a colleague is never one."""

    @model_validator(mode="after")
    def _whole(self) -> "RaterShares":
        total = self.supervisor + self.self + self.subordinates + self.customers
        if total != 100:
            raise ValueError(_("the shares sum to {total}, not to 100").format(total=total))
        return self


class RaterPolicy(Section):
    """Who rates whom, and when a rater counts (R-EVA-03, R-EVA-04)."""

    front_line: RaterShares = RaterShares(
        supervisor=Decimal(50), self=Decimal(10), customers=Decimal(40)
    )
    """Front line, meets customers."""
    back_office: RaterShares = RaterShares(supervisor=Decimal(80), self=Decimal(20))
    """Meets no customers."""
    supervisor: RaterShares = RaterShares(
        supervisor=Decimal(50), self=Decimal(10), subordinates=Decimal(20), customers=Decimal(20)
    )
    """Leads and meets customers."""
    manager: RaterShares = RaterShares(
        supervisor=Decimal(60), self=Decimal(10), subordinates=Decimal(30)
    )
    """Leads and meets no customers."""
    least_subordinates: Annotated[int, Field(ge=1, le=50)] = 3
    """Answers of subordinates below which the group does not count: nobody is to be guessed."""
    least_customers: Annotated[int, Field(ge=1, le=500)] = 5
    """Answers of customers below which the group does not count."""
    least_share: Percent = Decimal(50)
    """Shares that must be left after absent raters; below there is no grade."""


class GradePolicy(Section):
    """From a score to a grade; what a grade brings is in `consequences` (R-EVA-05)."""

    excellent_from: Percent = Decimal(90)
    """Lowest score graded excellent, 优秀; the boundary belongs to the upper grade."""
    good_from: Percent = Decimal(80)
    """Lowest score graded good, 良好."""
    fair_from: Percent = Decimal(65)
    """Lowest score graded fair, 一般; anything below is unqualified, 不合格."""
    rounding: Literal["none", "half_up"] = "none"
    """Whether the score is rounded to a whole number before it is graded."""

    @model_validator(mode="after")
    def _falling(self) -> "GradePolicy":
        if not self.excellent_from > self.good_from > self.fair_from > 0:
            raise ValueError(_("the grades leave a gap or overlap: excellent > good > fair > 0"))
        return self


class Consequence(Section):
    """One thing proposed to HR for a grade (R-EVA-08)."""

    kind: Literal[
        "bonus",
        "commendation",
        "promotion-priority",
        "coaching-plan",
        "warning",
        "suspension",
        "remedial",
        "transfer-or-level-down",
    ]
    """What is proposed."""
    factor: Annotated[Decimal, Field(ge=0, le=5, decimal_places=2)] | None = None
    """Factor of the performance bonus, for `bonus`; no payroll is computed."""
    days: Annotated[int, Field(ge=1, le=365)] | None = None
    """Days in which it is to be done, for plans and remedial training."""
    in_a_row: Annotated[int, Field(ge=1, le=8)] = 1
    """How many such grades of regular periods in a row bring it."""


class ConsequencePolicy(Section):
    """What is proposed for each grade; HR confirms or declines (R-EVA-08)."""

    excellent: tuple[Consequence, ...] = (
        Consequence(kind="bonus", factor=Decimal("1.2")),
        Consequence(kind="commendation"),
        Consequence(kind="promotion-priority"),
    )
    """For 优秀."""
    good: tuple[Consequence, ...] = (Consequence(kind="bonus", factor=Decimal("1.0")),)
    """For 良好."""
    fair: tuple[Consequence, ...] = (
        Consequence(kind="bonus", factor=Decimal("0.9")),
        Consequence(kind="coaching-plan", days=30),
    )
    """For 一般."""
    unqualified: tuple[Consequence, ...] = (
        Consequence(kind="bonus", factor=Decimal("0.7")),
        Consequence(kind="warning"),
        Consequence(kind="suspension"),
        Consequence(kind="remedial", days=30),
        Consequence(kind="transfer-or-level-down", in_a_row=2),
    )
    """For 不合格."""


class EvaluationPolicy(Section):
    """Evaluation of people and departments over a period."""

    scheme: str = "seven-indicators"
    """Name of the indicator scheme of regular periods; a plugin brings it."""
    weights: dict[str, dict[str, Percent]] = Field(default_factory=dict)
    """Weights of a scheme's indicators, by scheme and indicator, in place of its own; 100 in all
    (R-EVA-01)."""
    tables: dict[str, dict[str, tuple[tuple[RawValue, Percent], ...]]] = Field(default_factory=dict)
    """Scoring tables of a scheme's indicators, by scheme and indicator, in place of its own: rows
    of raw value and score, from the least value to the greatest (R-EVA-02)."""
    measured_share: Percent = Decimal(60)
    """Share of the measured indicators in the final score; the raters have the rest (R-EVA-04)."""
    least_days: Annotated[int, Field(ge=0, le=366)] = 30
    """Days present in the period below which there is no grade; of a shorter period all of its
    days (R-EVA-07)."""
    serious_cap: GradeName = "fair"
    """Best grade of who has a confirmed serious service problem in the period (R-EVA-11)."""
    appeal_working_days: Annotated[int, Field(ge=1, le=60)] = 5
    """Working days after a grade is told in which it may be appealed (R-EVA-06)."""
    suspend_at_once: bool = True
    """Whether the grade unqualified suspends when the period closes, before HR has decided about
    the other consequences (R-QUA-07)."""

    @field_validator("weights")
    @classmethod
    def _weighed(cls, weights: dict[str, dict[str, Decimal]]) -> dict[str, dict[str, Decimal]]:
        for scheme, own in weights.items():
            if own and (total := sum(own.values())) != 100:
                message = _("the weights of {scheme} sum to {total}, not to 100")
                raise ValueError(message.format(scheme=scheme, total=total))
        return weights
