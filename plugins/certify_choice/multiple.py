"""`multiple`: two or more options are right (R-ASM-06)."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from certify.api import N_, ContentError, ExamPolicy, ItemBlock, SampleAnswer, Score, _
from certify_choice.choice import Choice, ChoiceAnswer, ChoiceContent


class MultipleChoice(Choice):
    """All right: full points; right but incomplete: the company's share; any wrong: none.

    All options may be right: real banks ask so, and who leaves one out has it incomplete.
    """

    name = "multiple"
    label = N_("Multiple choice")

    def from_markdown(self, blocks: Mapping[str, ItemBlock]) -> ChoiceContent:
        content = super().from_markdown(blocks)
        if len(content.key) < 2:
            raise ContentError(_("A multiple choice has two or more “[x]”."))
        return content

    def score(self, content: ChoiceContent, answer: ChoiceAnswer, rules: ExamPolicy) -> Score:
        chosen, key = set(answer.chosen), set(content.key)
        if chosen - key:
            return Score(Fraction(0))
        return Score(Fraction(1) if chosen == key else rules.partial_credit)

    def sample_answers(self, content: ChoiceContent) -> Sequence[SampleAnswer]:
        wrong = [letter for letter in content.options if letter not in content.key]
        return [
            SampleAnswer("right", {"chosen": list(content.key)}, Fraction(1)),
            SampleAnswer("partial", {"chosen": [content.key[0]]}, ExamPolicy().partial_credit),
            *(SampleAnswer("wrong", {"chosen": [*content.key, letter]}) for letter in wrong),
            SampleAnswer("invalid", {"chosen": []}),
            SampleAnswer("invalid", {"chosen": ["?"]}),
        ]
