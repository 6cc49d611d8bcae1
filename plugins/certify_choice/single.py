"""`single`: exactly one option is right."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from certify.api import N_, ContentError, ExamPolicy, ItemBlock, SampleAnswer, Score, _
from certify_choice.choice import Choice, ChoiceAnswer, ChoiceContent


class SingleChoice(Choice):
    """One right option: full points or none."""

    name = "single"
    label = N_("Single choice")

    def from_markdown(self, blocks: Mapping[str, ItemBlock]) -> ChoiceContent:
        content = super().from_markdown(blocks)
        if len(content.key) != 1:
            raise ContentError(
                _("A single choice has exactly one “[x]”, not {count}.").format(
                    count=len(content.key)
                )
            )
        return content

    def check_answer(self, content: ChoiceContent, answer: ChoiceAnswer) -> None:
        super().check_answer(content, answer)
        if len(answer.chosen) != 1:
            raise ValueError("exactly one option may be chosen")

    def score(self, content: ChoiceContent, answer: ChoiceAnswer, rules: ExamPolicy) -> Score:
        return Score(Fraction(answer.chosen == content.key))

    def sample_answers(self, content: ChoiceContent) -> Sequence[SampleAnswer]:
        wrong = [letter for letter in content.options if letter not in content.key]
        return [
            SampleAnswer("right", {"chosen": list(content.key)}, Fraction(1)),
            *(SampleAnswer("wrong", {"chosen": [letter]}) for letter in wrong),
            SampleAnswer("invalid", {"chosen": ["?"]}),
            SampleAnswer("invalid", {"chosen": [*content.key, *wrong]}),
        ]

    def from_line(
        self, shown: Mapping[str, Any], typed: str, answer: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        given = super().from_line(shown, typed, answer)
        if len(given["chosen"]) != 1:
            raise ValueError(_("Type the number of one option."))
        return given
