"""Numbers that are typed, with the tolerance by which the file marks them."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from certify.api import _, safe_xml
from certify_qti.answers import Answers, unclear_key
from certify_qti.draft import Draft
from certify_qti.response import Response, Unfit, decimal, one_line

PLACES = 9
"""Most decimals of a number of the bank, as of its digits before the point there are 15."""
MOST = 10**15
Range = tuple[Fraction, Fraction]


def read_number(draft: Draft, interaction: safe_xml.Element) -> Answers:
    """`numeric`: one number and how far from it an answer may lie."""
    response = draft.response(interaction)
    numbers = {decimal(text) for text in response.key()}
    value = numbers.pop()
    if numbers or value is None:
        raise unclear_key()
    low, high = accepted(draft, response, value)
    middle, around = _held(draft, interaction, (low + high) / 2, (high - low) / 2)
    units = one_line(interaction.attributes.get("dataunits", ""))
    line = f"= {middle}{f' ± {around}' if around != '0' else ''} {units}".rstrip()
    unit = units.split("|")[0].strip()
    return Answers("numeric", "lines", lines=[line], unit=unit, gaps={id(interaction): ""})


def is_tolerant(draft: Draft, response: Response) -> bool:
    """Whether numbers beside the right one are accepted."""
    ranges = (accepted(draft, response, decimal(text) or Decimal(0)) for text in response.key())
    return any(low != high for low, high in ranges)


def accepted(draft: Draft, response: Response, value: Decimal) -> Range:
    """The least and the greatest number that earn the points.

    Raises:
        Unfit: the file computes the tolerance.
    """
    compared = draft.marking.compared.get(response.identifier, ())
    ranges = [_range(draft, element, value) for element in compared]
    if len(set(ranges)) > 1:
        draft.lose(compared[0], _("Of several tolerances the narrowest counts."), is_serious=True)
    exact = (Fraction(value), Fraction(value))
    return min(ranges, key=lambda one: one[1] - one[0], default=exact)


def _range(draft: Draft, element: safe_xml.Element, value: Decimal) -> Range:
    given, exact = element.attributes, Fraction(value)
    mode = given.get("tolerancemode", "exact").strip().lower()
    if element.tag == "equalrounded":
        return _rounded(draft, element, value)
    if mode == "exact":
        return exact, exact
    below, above = _tolerances(given.get("tolerance", ""))
    if mode == "relative":
        below, above = (abs(exact) * share / 100 for share in (below, above))
    if "false" in (given.get("includelowerbound"), given.get("includeupperbound")):
        draft.lose(element, _("The ends of a range of numbers count as right."))
    return exact - below, exact + above


def _tolerances(text: str) -> tuple[Fraction, Fraction]:
    numbers = [decimal(part) for part in text.split()]
    if not 1 <= len(numbers) <= 2 or any(number is None or number < 0 for number in numbers):
        raise Unfit(
            _("The tolerance of its number is computed or wrong."),
            _("Give a fixed tolerance in the program it comes from, and export it again."),
        )
    fixed = [Fraction(number) for number in numbers if number is not None]
    return fixed[0], fixed[-1]


def _rounded(draft: Draft, element: safe_xml.Element, value: Decimal) -> Range:
    """What is rounded to the same number as the right one."""
    figures = decimal(element.attributes.get("figures", ""))
    if figures is None or not 0 <= figures <= 30 or figures != int(figures):
        raise unclear_key()
    is_places = element.attributes.get("roundingmode", "").lower() == "decimalplaces"
    place = -int(figures) if is_places else value.adjusted() - int(figures) + 1
    step = Fraction(10) ** place
    middle = round(Fraction(value) / step) * step
    draft.lose(element, _("The ends of a range of numbers count as right."))
    return middle - step / 2, middle + step / 2


def _held(
    draft: Draft, interaction: safe_xml.Element, middle: Fraction, around: Fraction
) -> Sequence[str]:
    """Both as the bank writes them."""
    held = [round(number, PLACES) for number in (middle, around)]
    if any(abs(number) >= MOST for number in held) or (held[0] != middle and not around):
        raise Unfit(
            _("Its number has more digits than the bank holds."),
            _("Give a tolerance or round it in the program it comes from."),
        )
    if held != [middle, around]:
        draft.lose(interaction, _("A number is rounded to nine decimals."))
    return [_text(number) for number in held]


def _text(number: Fraction) -> str:
    text = f"{Decimal(int(number * 10**PLACES)).scaleb(-PLACES):f}"
    return text.rstrip("0").rstrip(".") or "0"
