"""How evaluation looks: grades, states and scores, each with a sign, a word and a number."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from textual.content import Content

from certify.domain.evaluation import PeriodState
from certify.domain.grade import Grade
from certify.domain.scoring import cut, points_text
from certify.i18n import _, _n, pick
from certify.services.evaluation import words
from certify.services.evaluation.measuring import MeasuredView
from certify.tui.bars import bar
from certify.tui.columns import fit, row
from certify.tui.signs import signed

GRADE_SIGNS = {
    Grade.EXCELLENT: ("★", "$success"),
    Grade.GOOD: ("✓", "$success"),
    Grade.FAIR: ("○", "$warning"),
    Grade.UNQUALIFIED: ("✗", "$error"),
}
GRADE_CELLS = 14
"""Cells of the longest grade with its sign, in any language."""


def grade(found: Grade | None) -> Content:
    """A grade with its sign; a dash where there is none."""
    if found is None:
        return signed("–", _("no grade"), "$foreground 70%")
    sign, style = GRADE_SIGNS[found]
    return signed(sign, words.grade_word(found), style)


def score(value: Fraction | None) -> str:
    """A score cut downwards to two places; a dash where there is none."""
    return "–" if value is None else cut(value)


def score_bar(value: Fraction | None, width: int) -> Content:
    """A bar of a score from 0 to 100."""
    return Content(bar((value or Fraction(0)) / 100, width))


def grade_chart(counts: Mapping[Grade, int], width: int) -> list[Content]:
    """How many people got each grade: word, bar and number, the best first."""
    most = max(counts.values(), default=0) or 1
    room = max(4, min(40, width - GRADE_CELLS - 12))
    lines = []
    for one in Grade:
        count = counts.get(one, 0)
        sign, style = GRADE_SIGNS[one]
        label = fit(f"{sign} {words.grade_word(one)}", GRADE_CELLS, style)
        number = _n("{count} person", "{count} people", count).format(count=count)
        lines.append(
            row([label, Content.styled(bar(Fraction(count, most), room), style), Content(number)])
        )
    return lines


def steps(state: PeriodState) -> Content:
    """The way of a period: what is done, where it is, what is to come."""
    order = list(PeriodState)
    place = order.index(state)
    shown: list[Content] = []
    for number, one in enumerate(order):
        if number < place or state is PeriodState.CLOSED:
            shown.append(signed("✓", words.state_word(one), "$foreground 70%"))
        elif number == place:
            shown.append(signed("▸", words.state_word(one), "bold $accent"))
        else:
            shown.append(signed("·", words.state_word(one), "$foreground 70%"))
    return Content("  →  ").join(shown)


def names(people: Sequence[str], most: int = 6) -> str:
    """A few names, and how many more there are."""
    shown = _(", ").join(people[:most])
    more = len(people) - most
    if more <= 0:
        return shown
    text = _n("{names} and {count} more", "{names} and {count} more", more)
    return text.format(names=shown, count=more)


def indicator(part: MeasuredView) -> str:
    """One measured indicator: its value, the score it came to, and the weight it has."""
    said = _("not measured")
    if part.value is not None:
        said = f"{points_text(part.value)} {pick(part.unit)}".strip()
    elif part.is_measured:
        said = _("not applicable")
    text = _("{indicator} {value} → {score}, weight {weight}")
    return text.format(
        indicator=pick(part.title),
        value=said,
        score=score(part.score),
        weight=points_text(part.weight),
    )


def number(value: Fraction) -> str:
    """A share or raw value as short as it can be."""
    return points_text(value)
