"""The question types that a person marks by criteria: `essay` and `practical`."""

from typing import Any

from certify.api import QuestionType, hookimpl
from certify_rubric.essay import Essay
from certify_rubric.practical import Practical


@hookimpl
def certify_register_question_types() -> list[QuestionType[Any, Any]]:
    return [Essay(), Practical()]


@hookimpl
def certify_register_question_widgets() -> dict[str, type[Any]]:
    from certify_rubric.widget import EssayField, ObservedTask

    return {"essay": EssayField, "practical": ObservedTask}
