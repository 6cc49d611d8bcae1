"""`practical`: a task that an examiner watches and marks (R-ASM-08)."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from certify.api import N_, SampleAnswer, _
from certify_rubric.marked import Marked, MarkedContent


class NoAnswer(BaseModel):
    """Nothing: what counts is what the examiner saw."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Practical(Marked[NoAnswer]):
    """The candidate acts, an examiner marks by the criteria; nothing is typed."""

    name = "practical"
    label = N_("Practical task")
    is_observed = True
    answer_model = NoAnswer

    def check_answer(self, content: MarkedContent, answer: NoAnswer) -> None:
        """There is nothing to refuse."""

    def sample_answers(self, content: MarkedContent) -> Sequence[SampleAnswer]:
        return [
            SampleAnswer("right", {}, None),
            SampleAnswer("wrong", {}, None),
            SampleAnswer("invalid", {"text": "?"}),
        ]

    def answer_text(self, content: MarkedContent, answer: NoAnswer, language: str) -> str:
        return ""

    def line_text(
        self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None, language: str
    ) -> str:
        return _("Here you type nothing: an examiner watches this task and marks it.")

    def from_line(
        self, shown: Mapping[str, Any], typed: str, answer: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        raise ValueError(_("Here you type nothing: an examiner watches this task and marks it."))

    def to_line(self, shown: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
        return ""
