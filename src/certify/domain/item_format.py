"""Question-bank files on their way in and out: the contract of their readers and writers.

A reader turns a file into entries, one for each question it found and in the order of the file:
`found = imported + skipped + rejected` must hold for every file, so a question that cannot be
taken is an entry too, with its place, the reason and the mend. A reader never guesses a key.
"""

from abc import ABC
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, ClassVar, Literal, TypeAlias

from certify.domain.question_type import ItemBlock


@dataclass(frozen=True, slots=True)
class BankFile:
    """A file that somebody hands in; it is not trusted."""

    name: str
    """Its name without folders."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the target cannot hold, and what stands there instead."""

    place: str
    message: str
    """Translated, and alike for all items it happens to, so that a report can count them."""
    is_serious: bool = False
    """Whether a person must look at the item before it can be used, as where a picture is lost."""


@dataclass(frozen=True, slots=True)
class BankItem:
    """One item between a file and a bank."""

    place: str
    """Where it begins: `12:1` (line and column), `Sheet1!A7`, `paragraph 12`, `q1.xml:3:5`."""
    type: str
    """Name of the question type, such as `single`."""
    block: ItemBlock
    """Its text in the bank's own language. Stem and explanation are Markdown (`plain_markdown`
    makes it of plain text); options, cells and lines are plain text without line breaks."""
    name: str = ""
    """How the file calls it, such as its number or title."""
    source_type: str = ""
    """The type as the file calls it, such as `multichoice`."""
    code: str = ""
    """The id of the bank, such as `CMP-014`, where the file carries one."""
    topic: str = ""
    """Code or name of the topic (知识点) as the file gives it."""
    difficulty: int | None = None
    """1 easy, 2 medium, 3 hard; None where the file does not say."""
    facts: Sequence[str] = ()
    standards: Sequence[str] = ()
    pool: str = "exam"
    """`exam` or `practice`."""
    wordings: Mapping[str, ItemBlock] = field(default_factory=dict)
    """Its texts in other languages, where the file has them."""
    losses: Sequence[Loss] = ()
    source: str = ""
    """Foreign source to be kept beside the item, where the bank cannot hold all of it."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """One question, or what looks like one, that does not become an item."""

    place: str
    kind: Literal["skipped", "rejected"]
    """`skipped`: there is nothing to take, such as a text without a question; `rejected`: a
    person must mend it."""
    stem: str
    """How it begins, or its name, for the eye."""
    reason: str
    mend: str = ""
    source_type: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be said of the file as a whole, such as the encoding that was detected."""

    place: str
    message: str


Entry: TypeAlias = BankItem | NotTaken | Remark


class ItemFormat(ABC):
    """One kind of question-bank file; stateless."""

    name: ClassVar[str]
    """What is typed after `--format`."""
    label: ClassVar[str]
    """Name for people; English source text, marked with `N_`."""
    suffixes: ClassVar[tuple[str, ...]]
    """Ends of its files' names, with their dots, in lower case."""
    can_read: ClassVar[bool] = True
    can_write: ClassVar[bool] = False

    def recognises(self, file: BankFile) -> bool:
        """Whether a file is of this kind, told from its content; its suffix fits already."""
        return True

    def read(self, file: BankFile, language: str) -> Iterator[Entry]:
        """Every question of a file, one entry each, as it is found; may be asked lazily.

        Args:
            language: `zh` or `en`, the own language of the bank it goes into.
        Raises:
            BadInput: the file as a whole is not of this kind; says where and what to do.
        """
        raise NotImplementedError(f"{self.name} reads no files")

    def write(
        self, items: Iterable[BankItem], out: BinaryIO, *, title: str, language: str
    ) -> Iterable[Loss | NotTaken]:
        """Write items to a binary stream.

        Args:
            title: of the course, already in the language of the file.
            language: of the texts in `BankItem.block`.
        Returns:
            what the file cannot hold: parts of items that were written, and items that were not.
        """
        raise NotImplementedError(f"{self.name} writes no files")
