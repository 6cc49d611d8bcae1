"""Numbers that are typed: `numerical`, with tolerance and units."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from certify.api import ItemBlock, _
from certify_moodle.choices import no_key
from certify_moodle.question import Question, Unfit, fraction, is_full, number, raw

SIMPLEST = 100_000
"""Greatest denominator of the factor of a unit, which a file gives rounded."""
_DIGITS, _DECIMALS = 15, 9
"""What a number of the bank may have before and behind its point."""


def read_numerical(question: Question) -> tuple[str, ItemBlock]:
    """`numeric`; each unit gets a line of its own, with the number in that unit."""
    pairs = []
    for one in question.all("answer"):
        text = raw(one).strip()
        around = one.child("tolerance")
        question.feedback(text, one)
        if is_full(fraction(one)) and text != "*":
            pairs.append((text, "" if around is None else raw(around)))
        elif fraction(one) > 0:
            question.lose(_("Half-right answers count as wrong."))
    if not pairs:
        raise no_key()
    units = _units(question)
    if not units:
        return "numeric", question.block("lines", lines=[number_line(question, pairs)])
    if question.value("unitgradingtype") not in ("", "0"):
        question.lose(_("What a wrong or missing unit costs is left out; ours count."))
    value, tolerance = _one(question, pairs)
    return "numeric", question.block(
        "lines",
        lines=[
            f"{_line(value * factor, tolerance * factor)} {' | '.join(names)}"
            for factor, names in units.items()
        ],
    )


def number_line(question: Question, pairs: Sequence[tuple[str, str]]) -> str:
    """The line of a number without a unit.

    Args:
        pairs: value and tolerance of each answer that is right.
    Raises:
        Unfit: they are not one number that the bank can hold.
    """
    value, tolerance = _one(question, pairs)
    return _line(value, tolerance)


def held(text: str) -> str:
    """A number as the bank writes it; empty where it is none or has too many digits."""
    value = number(text)
    return "" if value is None else as_held(Fraction(value))


def _one(question: Question, pairs: Sequence[tuple[str, str]]) -> tuple[Fraction, Fraction]:
    values = {number(value) for value, _tolerance in pairs}
    tolerances = [abs(number(tolerance) or Decimal(0)) for _value, tolerance in pairs]
    value = values.pop()
    if values:
        raise Unfit(
            _("Several different numbers are right."),
            _("Give one number with a tolerance, or split the question, and export it again."),
        )
    if value is None:
        raise Unfit(
            _("Its right answer is no number: “{text}”.").format(text=pairs[0][0][:40]),
            _("Give the right answer in digits in Moodle, and export it again."),
        )
    return Fraction(value), Fraction(max(tolerances))


def _units(question: Question) -> dict[Fraction, list[str]]:
    """By their factors, the names of the units that are accepted."""
    found: dict[Fraction, list[str]] = {}
    holder = question.parts.get("units")
    for unit in holder.all("unit") if holder is not None and not _has_no_unit(question) else ():
        name = " ".join((raw(part) if (part := unit.child("unit_name")) else "").split())
        factor = number(raw(part) if (part := unit.child("multiplier")) else "1")
        if not name or not factor or {"|", "｜", "±"} & set(name) or name[0] in "0123456789.,±+-":
            question.lose(_("A unit is left out that the bank cannot hold."), is_serious=True)
            continue
        # A multiplier such as 0.0416667 is a twenty-fourth.
        found.setdefault(Fraction(factor).limit_denominator(SIMPLEST), []).append(name)
    return found


def _has_no_unit(question: Question) -> bool:
    return question.value("showunits") == "3" and question.value("unitgradingtype") in ("", "0")


def _line(value: Fraction, tolerance: Fraction) -> str:
    numbers = (as_held(value), as_held(tolerance))
    if not all(numbers):
        raise Unfit(
            _("Its number has more digits than the bank holds."),
            _("Round it, with a tolerance, and export it again."),
        )
    return f"= {numbers[0]} ± {numbers[1]}" if tolerance else f"= {numbers[0]}"


def as_held(value: Fraction) -> str:
    """The same of an exact number."""
    digits = round(value * 10**_DECIMALS)
    if abs(value) >= 10**_DIGITS or (
        value and abs(Fraction(digits, 10**_DECIMALS) - value) > abs(value) / 10**6
    ):
        return ""
    text = f"{Decimal(digits).scaleb(-_DECIMALS):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
