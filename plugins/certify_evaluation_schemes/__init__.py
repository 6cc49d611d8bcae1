"""The two indicator schemes that the sources name: seven indicators, and four dimensions."""

from certify.api import IndicatorScheme, hookimpl
from certify_evaluation_schemes.four_dimensions import four_dimensions
from certify_evaluation_schemes.seven_indicators import seven_indicators


@hookimpl
def certify_register_evaluation_schemes() -> list[IndicatorScheme]:
    return [seven_indicators(), four_dimensions()]
