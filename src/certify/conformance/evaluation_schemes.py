"""What an evaluation scheme promises: words in every language, and that a period can keep it."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from certify.conformance.fault import Fault
from certify.domain.evaluation_number import check_range
from certify.domain.indicator_scheme import Indicator, IndicatorScheme
from certify.domain.indicator_score import indicator_score
from certify.errors import BadInput
from certify.hooks.registry import Plugins
from certify.i18n import LANGUAGES, _

NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
"""How schemes and indicators are named: the policy and files of values name them so."""
STEPS = 200


def check(plugins: Plugins, names: Sequence[str]) -> Iterator[Fault]:
    """Every fault of these schemes; weights and tables are refused when they are made."""
    for name in names:
        yield from _one(plugins.evaluation_schemes[name])


def _one(scheme: IndicatorScheme) -> Iterator[Fault]:
    place = scheme.name
    for name in (scheme.name, *scheme.codes):
        if not NAME.fullmatch(name):
            yield Fault(
                place,
                _("“{name}” is no name.").format(name=name),
                _("Use lower-case letters, digits and single hyphens, such as response-time."),
            )
    titles = [scheme.title, *(one.title for one in scheme.indicators)]
    units = [one.unit for one in scheme.indicators]
    if any(set(words) != set(LANGUAGES) for words in (*titles, *units)):
        yield Fault(place, _("A title or unit is not there in every language."))
    if IndicatorScheme.from_json(scheme.to_json()) != scheme:
        yield Fault(place, _("A period cannot keep it: it comes back as another one."))
    for one in scheme.indicators:
        yield from _scores(one)


def _scores(one: Indicator) -> Iterator[Fault]:
    """Faults of a table that only show when values go through it."""
    most = one.most if one.most is not None else 2 * one.table.rows[-1][0] + 1
    values = [one.least + (most - one.least) * Fraction(step, STEPS) for step in range(STEPS + 1)]
    try:
        for value in values:
            check_range(value, one.least, one.most)
        scores = [indicator_score(one, value) for value in values]
    except (BadInput, ValueError) as problem:
        yield Fault(one.code, str(problem))
        return
    if scores != sorted(scores, reverse=one.lower_is_better):
        yield Fault(one.code, _("A better value scores less than a worse one."))
