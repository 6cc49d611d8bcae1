"""A question on its way from lines to an item."""

from dataclasses import dataclass, field

from certify.api import Loss


@dataclass(slots=True)
class Option:
    """One option as it is read."""

    letter: str
    text: str
    forms: frozenset[str] = frozenset()
    is_ticked: bool = False


@dataclass(slots=True)
class Section:
    """What stands under one head, or before the first."""

    kind: str = ""
    title: str = ""
    topic: str = ""
    drafts: "list[Draft]" = field(default_factory=list)
    order: str = ""
    """The Chinese numeral of its head."""
    shared: str = ""
    """Place of a text before the questions that may belong to them, such as a case."""


@dataclass(slots=True)
class Draft:
    """What the lines of one question say; all texts as they are written."""

    place: str
    section: Section
    number: int | None = None
    kind: str = ""
    kind_name: str = ""
    stem: list[str] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    before: str = ""
    """A key in brackets before the number."""
    keys: list[str] = field(default_factory=list)
    """What each 答案： says, and the key list of the file."""
    explanation: list[str] = field(default_factory=list)
    difficulty: str = ""
    topic: str = ""
    source: str = ""
    code: str = ""
    points: str = ""
    losses: list[Loss] = field(default_factory=list)
    is_shared: bool = False

    @property
    def stem_text(self) -> str:
        """The stem with its lines."""
        return "\n".join(self.stem).strip()

    def add(self, loss: Loss) -> None:
        """Note a loss, once."""
        if loss not in self.losses:
            self.losses.append(loss)
