"""The two schemes that come with certify: what is printed in the sources, and usable scores."""

from fractions import Fraction

import pytest

from certify.domain.indicator_scheme import IndicatorScheme
from certify.domain.indicator_score import indicator_score, measured
from certify.hooks import registry
from certify.i18n import LANGUAGES


@pytest.fixture(scope="module")
def schemes() -> dict[str, IndicatorScheme]:
    loaded = registry.load(("evaluation-schemes",))
    assert loaded.status["evaluation-schemes"].problem == ""
    return loaded.evaluation_schemes


def test_the_seven_indicators_have_the_order_and_weights_of_the_requirements(
    schemes: dict[str, IndicatorScheme],
) -> None:
    found = schemes["seven-indicators"].indicators

    assert [one.title["zh"] for one in found] == [
        "服务响应时间",
        "产品报修及时率",
        "客户拜访完成率",
        "投诉处理满意率",
        "报表上交及时率",
        "客户资料管理完善性",
        "岗位其他职责",
    ]
    assert [one.weight for one in found] == [20, 15, 10, 20, 10, 10, 15]


def test_the_four_dimensions_weigh_the_same(schemes: dict[str, IndicatorScheme]) -> None:
    found = schemes["four-dimensions"].indicators

    assert [one.code for one in found] == ["attitude", "quality", "efficiency", "satisfaction"]
    assert {one.weight for one in found} == {25}


def test_the_best_is_worth_100_and_the_worst_nothing(
    schemes: dict[str, IndicatorScheme],
) -> None:
    for scheme in schemes.values():
        best, worst = {}, {}
        for one in scheme.indicators:
            ends = (one.least, one.most if one.most is not None else one.table.rows[-1][0])
            best[one.code], worst[one.code] = ends if one.lower_is_better else reversed(ends)
        assert measured(scheme, best).score == 100
        assert measured(scheme, worst).score == 0


@pytest.mark.parametrize(
    ("scheme", "indicator", "value", "score"),
    [
        ("seven-indicators", "response-time", "30", 100),
        ("seven-indicators", "response-time", "31", 90),
        ("seven-indicators", "report-on-time", "95", 90),
        ("seven-indicators", "customer-data", "87.5", "87.5"),
        ("four-dimensions", "attitude", "1", 90),
        ("four-dimensions", "efficiency", "6", 95),
    ],
)
def test_a_target_of_the_sources_is_worth_what_the_table_says(
    schemes: dict[str, IndicatorScheme], scheme: str, indicator: str, value: str, score: str
) -> None:
    [one] = [one for one in schemes[scheme].indicators if one.code == indicator]

    assert indicator_score(one, Fraction(value)) == Fraction(score)


def test_every_word_of_them_is_there_in_every_language(
    schemes: dict[str, IndicatorScheme],
) -> None:
    for scheme in schemes.values():
        for words in (scheme.title, *(one.title for one in scheme.indicators)):
            assert set(words) == set(LANGUAGES)
