"""The seven indicators of service quality evaluation (S3-EV-03); weights by R-EVA-01."""

from decimal import Decimal
from fractions import Fraction

from certify.api import Indicator, IndicatorScheme, ScoringTable, TableForm
from certify_evaluation_schemes.tables import AS_IT_IS, RATE

PERCENT = {"zh": "%", "en": "%"}
POINTS = {"zh": "分", "en": "points"}
RESPONSE = ScoringTable.of(
    (0, 100), (30, 100), (60, 90), (120, 75), (300, 60), (900, 0), form=TableForm.STEP
)
"""Mean seconds until a request is answered: within 30 seconds is full score."""


def seven_indicators() -> IndicatorScheme:
    """The scheme that regular periods follow unless the policy names another."""
    return IndicatorScheme(
        name="seven-indicators",
        title={"zh": "七项指标", "en": "Seven indicators"},
        indicators=(
            Indicator(
                code="response-time",
                title={"zh": "服务响应时间", "en": "Service response time"},
                unit={"zh": "秒", "en": "seconds"},
                weight=Decimal(20),
                table=RESPONSE,
                lower_is_better=True,
            ),
            _rate("repair-request-timely", "产品报修及时率", "Timely repair requests", 15),
            _rate("visit-completion", "客户拜访完成率", "Customer visits completed", 10),
            _rate("complaint-satisfaction", "投诉处理满意率", "Satisfied after complaints", 20),
            _rate("report-on-time", "报表上交及时率", "Reports on time", 10),
            _points("customer-data", "客户资料管理完善性", "Customer data complete", 10),
            _points("other-duties", "岗位其他职责", "Other duties of the post", 15),
        ),
    )


def _rate(code: str, zh: str, en: str, weight: int) -> Indicator:
    title = {"zh": zh, "en": en}
    return Indicator(code, title, PERCENT, Decimal(weight), RATE, most=Fraction(100))


def _points(code: str, zh: str, en: str, weight: int) -> Indicator:
    title = {"zh": zh, "en": en}
    return Indicator(code, title, POINTS, Decimal(weight), AS_IT_IS, most=Fraction(100))
