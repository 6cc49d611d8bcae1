"""The pieces of XML that the items of several types are made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from certify_qti.xhtml import attribute, text

MATCH = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"
MAP = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml"


@dataclass(frozen=True)
class Parts:
    """What one type gives to an item, as XML."""

    declarations: str
    body: str
    processing: str
    most: int = 1
    """Points of a right answer."""


def declared(
    identifier: str,
    cardinality: str,
    base: str,
    correct: Sequence[str],
    mapped: Sequence[str] = (),
) -> str:
    """A response with its key and the answers that earn a point each."""
    values = "".join(f"<qti-value>{text(one)}</qti-value>" for one in correct)
    sensitive = ' case-sensitive="false"' if base == "string" else ""
    entries = "".join(
        f'<qti-map-entry map-key={attribute(one)} mapped-value="1"{sensitive}/>' for one in mapped
    )
    return (
        f"<qti-response-declaration identifier={attribute(identifier)}"
        f' cardinality="{cardinality}" base-type="{base}">'
        + (f"<qti-correct-response>{values}</qti-correct-response>" if values else "")
        + (f'<qti-mapping default-value="0">{entries}</qti-mapping>' if entries else "")
        + "</qti-response-declaration>"
    )


def names(word: str) -> Iterator[str]:
    """Identifiers that tell nothing but their place: `choice1`, `choice2` …"""
    return (f"{word}{number}" for number in count(1))


def simple(kind: str, name: str, option: str, more: str = "") -> str:
    """A choice with its text."""
    return f'<qti-simple-{kind} identifier="{name}"{more}>{text(option)}</qti-simple-{kind}>\n'


def template(address: str) -> str:
    """Marking by rules that every program knows."""
    return f'<qti-response-processing template="{address}"/>'


def rules(*conditions: str) -> str:
    """Marking by rules of its own."""
    return "<qti-response-processing>\n" + "\n".join(conditions) + "\n</qti-response-processing>"


def when(condition: str, score: str) -> str:
    """A rule that sets the score where a condition holds."""
    return (
        f"<qti-response-condition><qti-response-if>{condition}"
        f'<qti-set-outcome-value identifier="SCORE">{score}</qti-set-outcome-value>'
        "</qti-response-if></qti-response-condition>"
    )


def value(points: str) -> str:
    """A number of points."""
    return f'<qti-base-value base-type="float">{points}</qti-base-value>'
