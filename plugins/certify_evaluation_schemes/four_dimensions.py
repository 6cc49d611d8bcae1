"""The four dimensions of assessment (S0-AS-01), 25 each (R-EVA-01)."""

from decimal import Decimal
from fractions import Fraction

from certify.api import Indicator, IndicatorScheme, ScoringTable, TableForm
from certify_evaluation_schemes.tables import AS_IT_IS, FAULT_RATE, RATE

PERCENT = {"zh": "%", "en": "%"}
COMPLETION = ScoringTable.of(
    (0, 100), (4, 100), (8, 90), (24, 75), (48, 60), (72, 0), form=TableForm.LINEAR
)
"""Mean hours until a task is done: within 4 hours is full score, from 72 on it is nothing."""


def four_dimensions() -> IndicatorScheme:
    """Attitude, quality, efficiency and satisfaction, each by one of its sample indicators."""
    whole = Fraction(100)
    return IndicatorScheme(
        name="four-dimensions",
        title={"zh": "四维考核", "en": "Four dimensions"},
        indicators=(
            Indicator(
                code="attitude",
                title={"zh": "服务态度（客户投诉率）", "en": "Attitude (complaint rate)"},
                unit=PERCENT,
                weight=Decimal(25),
                table=FAULT_RATE,
                lower_is_better=True,
                most=whole,
            ),
            Indicator(
                code="quality",
                title={"zh": "服务质量（问题解决成功率）", "en": "Quality (problems solved)"},
                unit=PERCENT,
                weight=Decimal(25),
                table=RATE,
                most=whole,
            ),
            Indicator(
                code="efficiency",
                title={"zh": "服务效率（任务完成时间）", "en": "Efficiency (completion time)"},
                unit={"zh": "小时", "en": "hours"},
                weight=Decimal(25),
                table=COMPLETION,
                lower_is_better=True,
            ),
            Indicator(
                code="satisfaction",
                title={"zh": "客户满意度（调查得分）", "en": "Customer satisfaction (survey)"},
                unit={"zh": "分", "en": "points"},
                weight=Decimal(25),
                table=AS_IT_IS,
                most=whole,
            ),
        ),
    )
