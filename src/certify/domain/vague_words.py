"""Words that a requirement hides behind when it gives no number (R-CAT-04)."""

import re
import unicodedata

from certify.domain.number_words import names_number

VAGUE = re.compile(
    r"尽快|尽早|尽量|及时|适时|迅速|第一时间|酌情|适当"
    r"|\b(as soon as possible|asap|soon|promptly|prompt|quickly|timely|swiftly"
    r"|in good time|in due course|where possible|appropriately)\b",
    re.IGNORECASE,
)
MEASURE = re.compile(
    r"(及时|迅速)[^，。；、,.;\s]{0,6}率"
    r"|\b(timely|prompt)\b[^，。；,.;]{0,30}\brates?\b",
    re.IGNORECASE,
)
"""A rate is counted, whatever word stands in its name."""
BAD_EXAMPLE = re.compile(
    r"(反例|错误示例|错误写法|不要写|✗|❌|\bbad example|\bwrong:|\bnot:)"
    r"[^。；;\n]*(?:[。；;]|\n|$)",
    re.IGNORECASE,
)


def vague_words(text: str) -> list[str]:
    """The vague words of a text that gives no number with a unit; none where it gives one.

    Names of measures such as 及时率 and examples marked as bad ones say nothing vague.
    """
    said = MEASURE.sub("", BAD_EXAMPLE.sub("", unicodedata.normalize("NFKC", text)))
    if names_number([said]):
        return []
    return list(dict.fromkeys(found[0] for found in VAGUE.finditer(said)))
