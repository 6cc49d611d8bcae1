"""What became of a question-bank file: every question once, and what it lost on the way."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from certify.domain.item_format import Loss, Remark

Fate: TypeAlias = Literal["new", "changed", "skipped", "rejected"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one question."""

    place: str
    fate: Fate
    stem: str
    """Exactly as it was taken, in Markdown; of what was not taken, how it begins."""
    type: str = ""
    source_type: str = ""
    name: str = ""
    code: str = ""
    """Id of the item; in a trial run the one that it would get."""
    reason: str = ""
    """Why it is skipped or rejected, or what of it changes."""
    mend: str = ""
    lacks: Sequence[str] = ()
    """What is missing before it can be used: it is a draft until then."""
    losses: Sequence[Loss] = ()

    @property
    def is_draft(self) -> bool:
        """Whether it is imported and a person must see to it before it can be used."""
        has_loss = any(loss.is_serious for loss in self.losses)
        return self.fate in ("new", "changed") and (bool(self.lacks) or has_loss)


@dataclass(frozen=True)
class LossGroup:
    """One kind of loss, how often it happened and where first."""

    message: str
    count: int
    places: Sequence[str]
    is_serious: bool


@dataclass(frozen=True)
class NearDuplicate:
    """An item of the file that is nearly the same as another one."""

    code: str
    place: str
    other: str
    other_course: str
    """Code of the other one's course; empty in the same course."""
    percent: int
    """How alike their stems are; 100 where only signs and blanks differ."""


@dataclass(frozen=True)
class ImportReport:
    """A whole file: `found` is `new` + `changed` + `skipped` + `rejected`."""

    file: str
    format: str
    course: str
    outcomes: Sequence[Outcome]
    remarks: Sequence[Remark] = ()
    near_duplicates: Sequence[NearDuplicate] = ()
    unknown_topics: Sequence[tuple[str, int]] = ()
    """Topics of the file that are none of the course, and how many questions have them."""
    files: Sequence[str] = ()
    """Files of the course that are written, by their place in it."""
    applied: bool = False
    rejects: str = ""
    """The file in which the rejected ones are listed; empty when none was written."""
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def found(self) -> int:
        return len(self.outcomes)

    @property
    def imported(self) -> int:
        return self.count("new") + self.count("changed")

    def count(self, fate: Fate) -> int:
        """How many questions have this fate."""
        return self.counts.get(fate, 0)

    @property
    def drafts(self) -> int:
        """How many are imported and must be seen to before they can be used."""
        return self.counts.get("draft", 0)

    @property
    def losses(self) -> list[LossGroup]:
        """Losses by their wording, the most frequent first."""
        return grouped(loss for outcome in self.outcomes for loss in outcome.losses)

    @property
    def lacking(self) -> list[LossGroup]:
        """What drafts lack, by its wording, the most frequent first."""
        return grouped(
            Loss(outcome.place, lack) for outcome in self.outcomes for lack in outcome.lacks
        )


def counted(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """The questions by what becomes of them, and the drafts among them."""
    found = Counter[str](outcome.fate for outcome in outcomes)
    found["draft"] = sum(outcome.is_draft for outcome in outcomes)
    return dict(found)


def grouped(losses: Iterable[Loss]) -> list[LossGroup]:
    """Losses by their wording, the most frequent first."""
    found: dict[tuple[str, bool], list[str]] = {}
    for loss in losses:
        found.setdefault((loss.message, loss.is_serious), []).append(loss.place)
    groups = [
        LossGroup(message, len(places), places[:5], serious)
        for (message, serious), places in found.items()
    ]
    return sorted(groups, key=lambda group: -group.count)
