"""What the readers of interactions give: the part of an item that holds its answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from certify.api import _
from certify_qti.response import Unfit


@dataclass(frozen=True)
class Answers:
    """The answers of one item, as its question type wants them."""

    type: str
    form: str
    """The part of a block that holds them: `options`, `rows`, `lines` or `stem`."""
    options: Sequence[tuple[str, bool | None]] = ()
    rows: Sequence[Sequence[str]] = ()
    lines: Sequence[str] = ()
    unit: str = ""
    """What stands in the text behind the gap and belongs to the key."""
    gaps: Mapping[int, str] = field(default_factory=dict)
    """`id` of the element → what stands between the braces of a gap, in the order of the text."""


def unknown_key(name: str) -> Unfit:
    """Why a key cannot be used that names something which is not there."""
    return Unfit(
        _("Its key names “{name}”, which is none of its answers.").format(name=name),
        _("Give the right answer in the program it comes from, and export it again."),
    )


def unclear_key() -> Unfit:
    """Why a key cannot be used that leaves open which answer is right."""
    return Unfit(
        _("Its key leaves open which answer is right."),
        _("Give one right answer in the program it comes from, and export it again."),
    )
