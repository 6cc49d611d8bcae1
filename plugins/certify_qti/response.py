"""What an item declares of each response: its kind, its key and the points of single answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from certify.api import _, safe_xml, tidy_line


class Unfit(Exception):
    """A question that cannot become an item; says why and how to mend it."""

    def __init__(self, reason: str, mend: str = "") -> None:
        super().__init__(reason)
        self.reason, self.mend = reason, mend


@dataclass(frozen=True)
class Response:
    """One response declaration."""

    identifier: str
    cardinality: str
    """`single`, `multiple` or `ordered`."""
    base: str
    """`identifier`, `string`, `integer`, `float`, `pair`, `directedpair` …"""
    correct: tuple[str, ...]
    points: Mapping[str, Decimal]
    """Answer → points of its mapping."""

    @property
    def is_number(self) -> bool:
        """Whether it is a number that is typed."""
        return self.base in ("integer", "float")

    @property
    def paid(self) -> tuple[str, ...]:
        """The answers that earn points, the most first."""
        found = [answer for answer, points in self.points.items() if points > 0]
        return tuple(sorted(found, key=lambda answer: -self.points[answer]))

    def key(self) -> tuple[str, ...]:
        """What is right: the declared answers, else those that earn points.

        Raises:
            Unfit: neither is there.
        """
        if not (found := self.correct or self.paid):
            raise Unfit(
                _("It has no key: no right answer is declared, and none earns points."),
                _("Give the right answer in the program it comes from, and export it again."),
            )
        return found

    def weighs(self) -> bool:
        """Whether its answers earn different points, or cost some."""
        return any(points < 0 for points in self.points.values()) or (
            len({self.points[answer] for answer in self.paid}) > 1
        )


def declared(root: safe_xml.Element) -> dict[str, Response]:
    """The responses of an item by their identifiers."""
    found = {}
    for element in root.all("responsedeclaration"):
        given = element.attributes
        identifier = given.get("identifier", "").strip()
        found[identifier] = Response(
            identifier,
            given.get("cardinality", "single").strip(),
            given.get("basetype", "").strip().lower(),
            tuple(_values(element.child("correctresponse"))),
            _points(element.child("mapping")),
        )
    return found


def decimal(text: str) -> Decimal | None:
    """A number as XML writes it; None where it is none."""
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() and -30 < found.adjusted() < 30 else None


def one_line(text: str) -> str:
    """A text of a file on one safe line, without the blanks that stand in it for the eye."""
    return " ".join(tidy_line(text).split())


def _values(element: safe_xml.Element | None) -> Sequence[str]:
    values = element.all("value") if element else []
    return [text for text in (one_line(value.content()) for value in values) if text]


def _points(element: safe_xml.Element | None) -> dict[str, Decimal]:
    entries = element.all("mapentry") if element else []
    found = {}
    for entry in entries:
        answer = one_line(entry.attributes.get("mapkey", ""))
        points = decimal(entry.attributes.get("mappedvalue", ""))
        if answer and points is not None:
            found[answer] = points
    return found
