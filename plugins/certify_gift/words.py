"""What is said in the bank's own language where GIFT says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """In one language."""

    truth: tuple[str, str]
    """The options of a true or false question, the true one first."""
    heads: tuple[str, str]
    """Of the columns of a matching."""
    rubric: tuple[tuple[str, str], tuple[str, str]]
    """The table of an essay, which needs one."""
    feedback: str
    """How feedback on one answer stands in the explanation."""


WORDS: Mapping[str, Words] = {
    "zh": Words(
        ("正确", "错误"),
        ("项目", "对应项"),
        (("评分点", "分值"), ("回答的质量", "10")),
        "“{answer}”：{feedback}",
    ),
    "en": Words(
        ("True", "False"),
        ("Item", "Partner"),
        (("Criterion", "Points"), ("Quality of the answer", "10")),
        "“{answer}”: {feedback}",
    ),
}
