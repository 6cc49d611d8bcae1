"""Our own short text: words that a reply must hold and must not, as rules of marking of QTI.

Other programs mark it rightly by these rules; only an item that says it is ours is read by them.
"""

from collections.abc import Iterator

from certify.api import safe_xml
from certify_qti.answers import Answers, unclear_key
from certify_qti.draft import Draft
from certify_qti.response import one_line


def is_text(interaction: safe_xml.Element) -> bool:
    """Whether an interaction asks for a short text as ours does."""
    return interaction.attributes.get("dataasks") == "words"


def read_text(draft: Draft, interaction: safe_xml.Element) -> Answers:
    """`text`: a line for each rule, required words with `=`, forbidden ones with `!`."""
    lines = list(_lines(draft))
    if not any(line.startswith("=") for line in lines):
        raise unclear_key()
    return Answers("text", "lines", lines=lines, gaps={id(interaction): ""})


def _lines(draft: Draft) -> Iterator[str]:
    for rule in draft.marking.rules:
        words = [
            one_line(value.content())
            for part in rule.within()
            if part.tag == "substring"
            for value in part.all("basevalue")
        ]
        is_required = any(part.tag == "sum" for part in rule.within())
        if words:
            yield f"{'=' if is_required else '!'} {' | '.join(words)}"
