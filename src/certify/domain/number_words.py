"""Whether an item asks for a number, so that its stem must name a source (R-CAT-02)."""

import re
from collections.abc import Iterable

ASKS_NUMBER = re.compile(
    r"多少|几[天日个分秒小时次声条年月步类种人名]|多久|多快|多长|第几"
    r"|how (many|much|long|fast|soon|often)|within what|what percentage",
    re.IGNORECASE,
)
NUMBER = re.compile(
    r"(\d|[两三四五六七八九十百]|\b(two|three|four|five|six|seven|eight|nine|ten|twenty|thirty)\b)"
    r"[\d,.]*\s*(%|％|秒|分钟|小时|天|日内|周|个?工作日|个月|声[内铃]|元|seconds?|minutes?|hours?"
    r"|days?|weeks?|working days?|months?|rings?|yuan|per ?cent)",
    re.IGNORECASE,
)


def names_number(texts: Iterable[str]) -> bool:
    """Whether one of the texts holds a number with a unit."""
    return any(NUMBER.search(text) for text in texts)


def asks_for_number(stems: Iterable[str], answers: Iterable[str] = ()) -> bool:
    """Whether a stem asks for a number in words, or an answer holds one with a unit."""
    return any(ASKS_NUMBER.search(stem) for stem in stems) or names_number(answers)
