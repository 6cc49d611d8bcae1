"""Small schemes for tests."""

from decimal import Decimal
from fractions import Fraction

from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.indicator_scheme import Indicator, IndicatorScheme, ScoringTable, TableForm
from certify.policy import Policy

AS_IT_IS = ScoringTable.of((0, 0), (100, 100), form=TableForm.LINEAR)
MINUTES = ScoringTable.of((0, 100), (5, 100), (10, 80), (30, 40), (60, 0), form=TableForm.LINEAR)


def points(code: str, weight: str, table: ScoringTable = AS_IT_IS) -> Indicator:
    """An indicator of 0 to 100 points."""
    return Indicator(
        code=code,
        title={"zh": code, "en": code},
        unit={"zh": "分", "en": "points"},
        weight=Decimal(weight),
        table=table,
        most=Fraction(100),
    )


def minutes(code: str, weight: str, table: ScoringTable = MINUTES) -> Indicator:
    """An indicator in minutes, of which fewer are better."""
    return Indicator(
        code=code,
        title={"zh": code, "en": code},
        unit={"zh": "分钟", "en": "minutes"},
        weight=Decimal(weight),
        table=table,
        lower_is_better=True,
    )


SCHEME = IndicatorScheme(
    name="sample",
    title={"zh": "示例", "en": "Sample"},
    indicators=(points("quality", "50"), points("data", "30"), minutes("time", "20")),
)


def rules(policy: Policy | None = None) -> EvaluationRules:
    """The rules of a policy over the sample scheme."""
    return EvaluationRules.of(policy or Policy(), SCHEME)
