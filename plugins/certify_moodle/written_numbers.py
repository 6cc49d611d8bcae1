"""Numbers with their units as Moodle writes them: `numerical`."""

import re
from decimal import Decimal
from fractions import Fraction

from certify.api import _
from certify_moodle.numbers import SIMPLEST, as_held
from certify_moodle.written_parts import Draft
from certify_moodle.xml_text import element, plain, wrapped

_LINE = re.compile(r"=\s*([+-]?[0-9.]+)\s*(?:±\s*([0-9.]+)\s*)?([^\s0-9.,±+\-][^±]*)?")


def numerical(draft: Draft) -> None:
    """One number in its first unit; the others as its multiples."""
    found = [_LINE.fullmatch(line) for line in draft.item.block.lines]
    lines = [
        (
            Fraction(one[1]),
            Fraction(one[2] or 0),
            [part.strip() for part in re.split(r"[|｜]", one[3] or "") if part.strip()],
        )
        for one in found
        if one
    ]
    if not lines or len(lines) < len(found):
        draft.refusal = _("Its answer is no number that can be read.")
        return
    value, tolerance, _units = lines[0]
    draft.kind = "numerical"
    inner = element("tolerance", as_held(tolerance))
    draft.body = [
        wrapped(
            "answer",
            as_held(value),
            f"\n  {inner}",
            fraction="100",
            format="moodle_auto_format",
        ),
        element("unitgradingtype", "0"),
        element("unitpenalty", "0"),
        element("showunits", "0" if lines[0][2] else "3"),
        element("unitsleft", "0"),
    ]
    units: list[str] = []
    for other, width, names in lines:
        factor = other / value if value else Fraction(1)
        text = f"{Decimal(factor.numerator) / factor.denominator:.13f}".rstrip("0").rstrip(".")
        same = Fraction(text).limit_denominator(SIMPLEST)
        if not same or _held(value * same, tolerance * same) != _held(other, width):
            draft.lose(
                _("A unit whose number is no multiple of the first is left out."), is_serious=True
            )
            continue
        units += (
            f"      <unit><multiplier>{text}</multiplier>"
            f"<unit_name>{plain(name)}</unit_name></unit>\n"
            for name in names
        )
    if units:
        draft.body += ("    <units>\n", *units, "    </units>\n")


def _held(value: Fraction, tolerance: Fraction) -> tuple[str, str]:
    return as_held(value), as_held(tolerance)
