"""Widgets of the types that a person marks."""

from typing import Any

from textual.app import ComposeResult
from textual.content import Content

from certify.api import _, tidy_text
from certify.tui.question_widget import (
    MAX_WIDTH,
    AnswerField,
    QuestionWidget,
    WrittenWidget,
    wrap,
)
from certify_rubric.essay import MOST


class EssayField(WrittenWidget):
    """A large field with a count of its characters."""

    def fields(self) -> ComposeResult:
        yield AnswerField(most=MOST, one_line=False)

    def load(self, answer: Any) -> None:
        self.query_one(AnswerField).text = answer["text"] if answer else ""

    def typed(self) -> dict[str, Any] | None:
        text = tidy_text(self.query_one(AnswerField).text)
        return {"text": text} if text.strip() else None

    def hint(self) -> Content:
        count = len(self.query_one(AnswerField).text)
        return Content(
            _("{count} of at most {most} characters. An examiner marks this answer.").format(
                count=count, most=MOST
            )
        )


class ObservedTask(QuestionWidget):
    """The task, and who marks it; nothing can be typed."""

    def write(self, width: int) -> list[Content]:
        width = min(width, MAX_WIDTH)
        text = _("Here you type nothing: an examiner watches this task and marks it.")
        return [*self.stem_lines(width), *wrap(Content.styled(text, "$accent"), width)]
