"""What stands between the braces, cut into answers with their weights and feedback."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from certify.api import _

_TAG = r"<[A-Za-z/][^<>~\"'\n]*+(?<==)[\"'][^<>~\n]*+>"
"""An HTML tag with an attribute: its “=” begins no answer."""
_ENTITY = r"&\#x?[0-9A-Fa-f]{1,7};"
_TEXT = rf"(?:[^=~#\\<&]++|\\.|{_TAG}|{_ENTITY}|[\\<&])*+"
_FEEDBACK = rf"(?:[^=~\\<&]++|\\.|{_TAG}|{_ENTITY}|[\\<&])*+"
_ANSWER = re.compile(
    rf"([=~])\s*+(?:%(-?[0-9]{{1,3}}(?:[.,][0-9]{{0,9}})?)%)?({_TEXT})(?:\#({_FEEDBACK}))?",
    re.DOTALL,
)
_FIRST = re.compile(rf"({_TEXT})(?:\#({_TEXT}))?(?:\#({_FEEDBACK}))?", re.DOTALL)


_DOUBLE = re.compile(r"(?<!\\)~=")
"""Some write both signs before the right answer."""


class Unusable(Exception):
    """A question that cannot become an item.

    Args:
        reason: what is wrong, translated.
        mend: what to do, translated.
    """

    def __init__(self, reason: str, mend: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend


class Answer(NamedTuple):
    """One answer; its texts are still escaped."""

    sign: str
    """`=` or `~`."""
    weight: str
    """Percent, empty where none is given."""
    text: str
    feedback: str

    def share(self) -> Decimal:
        """Percent of the points that it earns."""
        if self.weight:
            return Decimal(self.weight.replace(",", "."))
        return Decimal(100) if self.sign == "=" else Decimal(0)


def cut_general(answers: str) -> tuple[str, str]:
    """Answers without the general feedback at their end, and that feedback."""
    at = answers.rfind("####")
    if at < 0 or (at and answers[at - 1] == "\\"):
        return answers.strip(), ""
    return answers[:at].strip(), answers[at + 4 :].strip()


def cut_answers(answers: str) -> Sequence[Answer]:
    """The answers that begin with `=` or `~`, which the first character must be."""
    return list(map(Answer._make, _ANSWER.findall(_DOUBLE.sub("=", answers))))


def cut_first(answers: str) -> tuple[str, str, str]:
    """One answer without a sign, and up to two feedback texts after it.

    Raises:
        Unusable: signs of other answers follow.
    """
    found = _FIRST.fullmatch(answers)
    if found is None:
        raise Unusable(
            _("A text stands before the first answer in the braces."),
            _("Begin each answer with “=” or “~”."),
        )
    text, first, second = found.groups("")
    return text.strip(), first.strip(), second.strip()
