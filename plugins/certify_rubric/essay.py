"""`essay`: an answer in several lines, marked by a person (R-ASM-01, R-ASM-08)."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from certify.api import N_, SampleAnswer, _, tidy_text
from certify_rubric.marked import Marked, MarkedContent

MOST = 4000
"""Most characters of an answer."""


class EssayAnswer(BaseModel):
    """The text as typed, made safe to show."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    text: Annotated[str, StringConstraints(max_length=MOST), AfterValidator(tidy_text)]


class Essay(Marked[EssayAnswer]):
    """The candidate writes, a person marks by the criteria."""

    name = "essay"
    label = N_("Essay")
    many_lines = True
    answer_model = EssayAnswer

    def present(self, content: MarkedContent, seed: str) -> dict[str, Any]:
        return {"stem": content.stem, "most": MOST}

    def check_answer(self, content: MarkedContent, answer: EssayAnswer) -> None:
        if not answer.text.strip():
            raise ValueError("an answer is not blank")

    def sample_answers(self, content: MarkedContent) -> Sequence[SampleAnswer]:
        text = "\n".join(title for line in content.criteria for title in line.title.values())
        return [
            SampleAnswer("right", {"text": text}, None),
            SampleAnswer("wrong", {"text": "?"}, None),
            SampleAnswer("invalid", {"text": " \n "}),
            SampleAnswer("invalid", {"text": "x" * (MOST + 1)}),
        ]

    def answer_text(self, content: MarkedContent, answer: EssayAnswer, language: str) -> str:
        return answer.text

    def line_text(
        self, shown: Mapping[str, Any], answer: Mapping[str, Any] | None, language: str
    ) -> str:
        return _(
            "Type your answer in as many lines as you like; a line with a single “.” ends it. It "
            "takes the place of what you wrote before."
        )

    def from_line(
        self, shown: Mapping[str, Any], typed: str, answer: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        text = tidy_text(typed)
        if not text.strip():
            raise ValueError(_("Type your answer."))
        if len(text) > MOST:
            raise ValueError(
                _("This has {count} characters, more than the {most} there is room for.").format(
                    count=len(text), most=MOST
                )
            )
        return {"text": text}

    def to_line(self, shown: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
        return str(answer["text"])
