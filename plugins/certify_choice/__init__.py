"""The choice question types: `single`, `multiple` and `truefalse`."""

from typing import Any

from certify.api import QuestionType, hookimpl
from certify_choice.multiple import MultipleChoice
from certify_choice.single import SingleChoice
from certify_choice.truefalse import TrueFalse


@hookimpl
def certify_register_question_types() -> list[QuestionType[Any, Any]]:
    return [SingleChoice(), MultipleChoice(), TrueFalse()]


@hookimpl
def certify_register_question_widgets() -> dict[str, type[Any]]:
    from certify_choice.widget import ManyOfMany, OneOfMany

    return {"single": OneOfMany, "multiple": ManyOfMany, "truefalse": OneOfMany}
