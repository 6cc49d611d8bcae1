"""From the lines of a file to its entries."""

from collections.abc import Iterator, Sequence

from certify.api import Entry, NotTaken, _
from certify_bank_text.assembly import assembled
from certify_bank_text.choice import declared_forms
from certify_bank_text.draft import Draft
from certify_bank_text.items import entry_of
from certify_bank_text.line import Line

HEAD_LINES = 15
LONGEST = 6000
"""Characters of a line."""


def entries(lines: Sequence[Line], language: str) -> Iterator[Entry]:
    """Every question of the lines, in order.

    Args:
        language: `zh` or `en`, the own language of the bank.
    """
    head = "\n".join(line.text for line in lines[:HEAD_LINES])
    declared = declared_forms(head) if any(line.spans for line in lines) else frozenset()
    for line in lines:
        if len(line.text) > LONGEST:
            reason = _("This line is longer than any question.")
            mend = _("Write each question and each option on its own line.")
            yield NotTaken(line.place, "skipped", line.text[:80], reason, mend)
    for one in assembled([line for line in lines if len(line.text) <= LONGEST]):
        yield entry_of(one, language, declared) if isinstance(one, Draft) else one
