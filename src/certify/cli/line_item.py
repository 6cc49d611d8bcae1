"""One item in lines: its stem, how to answer it, and the answer given so far."""

from collections.abc import Mapping
from typing import Any

from certify.cli.line_terminal import say, tell
from certify.cli.text import wrap
from certify.domain.clean import clean, clean_line
from certify.domain.question_type import QuestionType
from certify.i18n import _, language, pick


def say_item(
    kind: QuestionType[Any, Any], shown: Mapping[str, Any], given: Mapping[str, Any] | None
) -> None:
    """Write an item as its type presents it.

    Args:
        shown: what the type presents.
        given: the answer so far.
    """
    say(clean(pick(shown.get("stem", {}))))
    if text := kind.line_text(shown, given, language()):
        say(clean(text))
    for typed, text in kind.line_form(shown, language(), given):
        lead = f"  {typed}  "
        for part in wrap(clean_line(text), first=lead, rest=" " * len(lead)):
            tell(part)
    if given is not None:
        say(_("Your answer: {answer}").format(answer=kind.to_line(shown, given)))
