"""The question types in which something is written: `numeric`, `text` and `cloze`."""

from typing import Any

from certify.api import QuestionType, hookimpl
from certify_written.cloze import Cloze
from certify_written.numeric import Numeric
from certify_written.text import Text


@hookimpl
def certify_register_question_types() -> list[QuestionType[Any, Any]]:
    return [Numeric(), Text(), Cloze()]


@hookimpl
def certify_register_question_widgets() -> dict[str, type[Any]]:
    from certify_written.widget import GapFields, NumberField, ReplyField

    return {"numeric": NumberField, "text": ReplyField, "cloze": GapFields}
