"""The typed line that is the answer of `numeric` and `text`."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from certify.api import tidy_line

MOST = 500
"""Most characters of an answer."""
TypedLine = Annotated[str, StringConstraints(max_length=MOST), AfterValidator(tidy_line)]


class TypedAnswer(BaseModel):
    """What was typed, as it was typed: also what cannot be understood is kept, and shown."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    text: TypedLine


def refuse_blank(answer: TypedAnswer) -> None:
    """Refuse an answer that says nothing.

    Raises:
        ValueError: it is blank.
    """
    if not answer.text:
        raise ValueError("an answer is not blank")
