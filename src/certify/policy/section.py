"""What every section of the policy shares."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict


class Section(BaseModel):
    """Values that cannot change while the program runs; unknown names are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


def _written(value: object) -> object:
    """A share exactly as it is written: a binary float of 0.3 is none."""
    return str(value) if isinstance(value, float | Decimal) else value


Share = Annotated[Fraction, BeforeValidator(_written)]
