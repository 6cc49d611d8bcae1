"""What stands in an item's block where a bank file says nothing: the same for every format."""

from collections.abc import Mapping
from dataclasses import dataclass

WHOLE_POINTS = "10"
"""Points of the one criterion of an essay whose file gives none."""


@dataclass(frozen=True, slots=True)
class BlockWords:
    """In one language."""

    truth: tuple[str, str]
    """The options of a true or false item, the true one first."""
    pair_heads: tuple[str, str]
    """Of the columns of a matching."""
    rubric_heads: tuple[str, str]
    """Of the criteria and their points."""
    whole: str
    """The one criterion of an essay without any."""
    by_reference: str
    """The same where the explanation holds a reference answer."""

    def one_criterion(self, *, by_reference: bool = False) -> tuple[tuple[str, str], ...]:
        """Head and only row of a rubric."""
        title = self.by_reference if by_reference else self.whole
        return (self.rubric_heads, (title, WHOLE_POINTS))


BLOCK_WORDS: Mapping[str, BlockWords] = {
    "zh": BlockWords(
        ("正确", "错误"),
        ("项目", "对应项"),
        ("评分点", "分值"),
        "整篇作答",
        "答出参考答案的要点",
    ),
    "en": BlockWords(
        ("True", "False"),
        ("Item", "Partner"),
        ("Criterion", "Points"),
        "The answer as a whole",
        "Gives the points of the reference answer",
    ),
}
"""By the own language of a bank."""
