"""`numeric`: a number with its unit, within a tolerance (R-ASM-01)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pydantic import BaseModel, ConfigDict

from certify.api import (
    N_,
    ContentError,
    ExamPolicy,
    ItemBlock,
    QuestionType,
    SampleAnswer,
    Score,
    _,
    stem_and_explanation,
    text_in,
    tidy_line,
)
from certify_written.quantity import Accepted, parse, read_key, read_units
from certify_written.typed import MOST, TypedAnswer, refuse_blank


class NumericContent(BaseModel):
    """Stem and the values that are right; texts by language."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    stem: dict[str, str]
    key: tuple[Accepted, ...]
    explanation: dict[str, str]


class Numeric(QuestionType[NumericContent, TypedAnswer]):
    """Full points for a number within the tolerance in an accepted unit, else none.

    Where one unit is accepted it may be left out, for the screen shows it; where several are,
    a bare number could mean any and earns nothing.
    """

    name = "numeric"
    label = N_("Numeric answer")
    form = "lines"
    content_model = NumericContent
    answer_model = TypedAnswer

    def from_markdown(self, blocks: Mapping[str, ItemBlock]) -> NumericContent:
        (own_name, own), *others = blocks.items()
        if not own.lines or any(not line.startswith("=") for line in own.lines):
            raise ContentError(_("The answer is missing; write for instance: = 24 ± 0 hours"))
        key = []
        for place, line in enumerate(own.lines):
            value, tolerance, spellings = read_key(line)
            units = {own_name: spellings} if spellings else {}
            for language, block in others:
                if len(block.lines) not in (0, len(own.lines)):
                    raise ContentError(
                        _("{count} lines in {language}, {other} in the own language.").format(
                            count=len(block.lines), language=language, other=len(own.lines)
                        )
                    )
                if block.lines:
                    units[language] = self._unit(block.lines[place])
            key.append(Accepted(value=value, tolerance=tolerance, units=units))
        if any(one.units and own_name not in one.units for one in key):
            raise ContentError(_("Give the unit in the course's own language too; it has no unit."))
        if len(key) > 1 and not all(one.units for one in key):
            raise ContentError(_("Where several answers are accepted, each has a unit."))
        return NumericContent(key=tuple(key), **stem_and_explanation(blocks))

    def to_markdown(
        self, content: NumericContent, language: str, *, with_key: bool = True
    ) -> ItemBlock:
        lines = []
        for one in content.key:
            spellings = one.units.get(language, () if not with_key else _first(one.units))
            tolerance = f" ± {one.tolerance}" if with_key and one.tolerance != "0" else ""
            value = f" {one.value}{tolerance}" if with_key else ""
            lines.append(f"={value} {' | '.join(spellings)}".rstrip())
        if not with_key and "=" in lines:
            lines = []
        return ItemBlock(
            text_in(content.stem, language), (), text_in(content.explanation, language), lines=lines
        )

    @staticmethod
    def _unit(line: str) -> tuple[str, ...]:
        spellings = read_units(line.lstrip("="))
        if not spellings or any(character.isdecimal() for character in line):
            raise ContentError(_("A wording file gives the unit only, such as “= hours”."))
        return spellings

    def present(self, content: NumericContent, seed: str) -> dict[str, Any]:
        units = [
            {language: spellings[0] for language, spellings in one.units.items()}
            for one in content.key
            if one.units
        ]
        distinct = {tuple(unit.items()): unit for unit in units}
        return {"stem": content.stem, "units": [distinct[names] for names in sorted(distinct)]}

    def check_answer(self, content: NumericContent, answer: TypedAnswer) -> None:
        refuse_blank(answer)

    def score(self, content: NumericContent, answer: TypedAnswer, rules: ExamPolicy) -> Score:
        try:
            given = parse(answer.text)
        except ValueError:
            return Score(Fraction(0))
        may_be_bare = self._may_be_bare(content)
        is_right = any(
            one.holds(given.value) and (one.has_unit(given.unit) if given.unit else may_be_bare)
            for one in content.key
        )
        return Score(Fraction(is_right))

    @staticmethod
    def _may_be_bare(content: NumericContent) -> bool:
        """Whether one unit alone is accepted."""
        return len({tuple(one.units.items()) for one in content.key}) == 1

    def sample_answers(self, content: NumericContent) -> Sequence[SampleAnswer]:
        right, beyond = [], []
        for one in content.key:
            low = Decimal(one.value) - Decimal(one.tolerance)
            high = Decimal(one.value) + Decimal(one.tolerance)
            for unit in [unit for units in one.units.values() for unit in units] or [""]:
                right += [f"{value:f} {unit}" for value in {low, Decimal(one.value), high}]
                beyond += [f"{low - 1:f} {unit}", f"{high + 1:f} {unit}"]
        (right if self._may_be_bare(content) else beyond).append(content.key[0].value)
        wrong = [text for text in beyond if not self._is_right(content, text)]
        return [
            *(SampleAnswer("right", {"text": text}, Fraction(1)) for text in right),
            *(SampleAnswer("wrong", {"text": text}) for text in (*wrong, "?")),
            SampleAnswer("invalid", {"text": " "}),
            SampleAnswer("invalid", {"text": "9" * (MOST + 1)}),
        ]

    def _is_right(self, content: NumericContent, text: str) -> bool:
        return self.score(content, TypedAnswer(text=text), ExamPolicy()).share == 1

    def asks_number(self, content: NumericContent) -> bool:
        return True

    def answer_text(self, content: NumericContent, answer: TypedAnswer, language: str) -> str:
        return answer.text

    def key_text(self, content: NumericContent, language: str) -> str:
        return _(" or ").join(self._key_text(one, language) for one in content.key)

    @staticmethod
    def _key_text(one: Accepted, language: str) -> str:
        spellings = one.units.get(language) or next(iter(one.units.values()), ("",))
        tolerance = f" ± {one.tolerance}" if Fraction(one.tolerance) else ""
        return f"{one.value}{tolerance} {spellings[0]}".rstrip()

    def line_text(
        self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None, language: str
    ) -> str:
        units = [unit.get(language) or next(iter(unit.values())) for unit in shown["units"]]
        if len(units) > 1:
            return _("Type a number and its unit: {units}.").format(units=" / ".join(units))
        if units:
            return _("Type a number; its unit is {unit}.").format(unit=units[0])
        return _("Type a number.")

    def line_form(
        self, shown: Mapping[str, Any], language: str, answer: Mapping[str, Any] | None = None
    ) -> Sequence[tuple[str, str]]:
        return []

    def from_line(
        self, shown: Mapping[str, Any], typed: str, answer: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        if problem := self.problem(shown, typed):
            raise ValueError(problem)
        return {"text": tidy_line(typed)}

    def to_line(self, shown: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
        return str(answer["text"])

    @staticmethod
    def problem(shown: Mapping[str, Any], typed: str) -> str:
        """What is wrong with a typed number, in words; empty when nothing is."""
        if len(typed) > MOST:
            return _("This is too long.")
        try:
            given = parse(typed)
        except ValueError as problem:
            return str(problem)
        if not given.unit and len(shown["units"]) > 1:
            return _("Give the unit too, such as {unit}.").format(
                unit=next(iter(shown["units"][0].values()))
            )
        return ""


def _first(units: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return next(iter(units.values()), ())
