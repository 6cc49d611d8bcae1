"""What may be done next to a version of an item, and why not (R-ASM-13).

A version is approved by somebody who did not write it, once somebody else who did not see its key
has come to the same one. The approver may be who gave that second key: the answer was fixed before
the key was seen, so neither judgement leans on the author or on the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from certify.domain.item import ItemState
from certify.domain.review import ReviewStep, StepKind
from certify.policy import ReviewPolicy

LIFTS = 2
"""So many agreeing second keys lift one that did not agree."""


class Bar(StrEnum):
    """Why a step may not be taken."""

    NOTHING_WAITS = "nothing-waits"
    IN_USE = "in-use"
    GONE = "gone"
    """The item is in its course's files no more."""
    RETIRED = "retired"
    UNFINISHED = "unfinished"
    NO_AUTHOR = "no-author"
    IS_AUTHOR = "is-author"
    RETURNED = "returned"
    NO_SECOND_KEY = "no-second-key"
    MISMATCH = "mismatch"
    APPROVED = "approved"
    NOT_APPROVED = "not-approved"
    NO_KEY_NEEDED = "no-key-needed"
    HAS_ANSWERED = "has-answered"
    HAS_SEEN = "has-seen"
    NOT_IN_USE = "not-in-use"


class Stage(StrEnum):
    """What an item waits for next."""

    AUTHOR = "author"
    """Its author finishes or mends it, or names an author."""
    SECOND_KEY = "second-key"
    REVIEW = "review"
    RELEASE = "release"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Case:
    """One version of an item, as far as the rules look at it."""

    state: ItemState
    """Of the item."""
    is_pending: bool
    """Whether the version waits: it is newer than the one in use, or none is."""
    steps: Sequence[ReviewStep] = ()
    """Of this version, oldest first."""
    authors: frozenset[str] = frozenset()
    """Staff numbers of those who wrote it and are known here."""
    is_own: bool = True
    """Whether its course is written here; for others whoever released them answers."""
    is_reviewed: bool = True
    """Whether the company reviews items of such courses; else putting them in use is enough."""
    is_unfinished: bool = False
    is_put_away: bool = False
    """Whether a person retired the item."""
    is_marked_by_person: bool = False
    """Whether its type has no key that two people could agree on."""

    def has(self, kind: StepKind, person_id: int | None = None) -> bool:
        """Whether somebody, or this person, took such a step."""
        return any(step.kind is kind and person_id in (None, step.person_id) for step in self.steps)

    @property
    def is_approved(self) -> bool:
        """Whether a reviewer approved it, and nobody gave it back."""
        return self.has(StepKind.APPROVED) and not self.has(StepKind.RETURNED)


@dataclass(frozen=True)
class Keys:
    """The second keys of a version: how many agree with its key and how many do not."""

    agreeing: int
    differing: int

    @property
    def agree(self) -> bool:
        """Whether they settle the key: one at least agrees, and two for each that does not."""
        return self.missing == 0

    @property
    def missing(self) -> int:
        """How many more must agree."""
        return max(0, max(1, LIFTS * self.differing) - self.agreeing)


def second_keys(steps: Sequence[ReviewStep]) -> Keys:
    """Count the second keys; of each person the first one counts."""
    first: dict[int, bool] = {}
    for step in steps:
        if step.kind is StepKind.SECOND_KEY:
            first.setdefault(step.person_id, bool(step.agrees))
    agreeing = sum(first.values())
    return Keys(agreeing, len(first) - agreeing)


def needs_second_key(case: Case, rules: ReviewPolicy) -> bool:
    """Whether somebody must answer the version without seeing its key."""
    return rules.second_key and not case.is_marked_by_person


def is_author(case: Case, staff_no: str) -> bool:
    """Whether somebody wrote the version."""
    return staff_no in case.authors


def bars_to_second_key(case: Case, person_id: int, staff_no: str, rules: ReviewPolicy) -> list[Bar]:
    """Why a person can give no second key; the author never can, whatever the policy says."""
    bars = _waiting(case)
    if not needs_second_key(case, rules):
        bars.append(Bar.NO_KEY_NEEDED)
    if case.is_approved:
        bars.append(Bar.APPROVED)
    if case.is_own and not case.authors:
        bars.append(Bar.NO_AUTHOR)
    if is_author(case, staff_no):
        bars.append(Bar.IS_AUTHOR)
    if case.has(StepKind.SECOND_KEY, person_id):
        bars.append(Bar.HAS_ANSWERED)
    elif case.has(StepKind.SEEN, person_id):
        bars.append(Bar.HAS_SEEN)
    return bars


def bars_to_return(case: Case, staff_no: str, rules: ReviewPolicy) -> list[Bar]:
    """Why a person cannot give a version back to its author."""
    bars = [] if case.is_pending else [Bar.NOTHING_WAITS]
    if case.has(StepKind.RETURNED):
        bars.append(Bar.RETURNED)
    return bars + _author(case, staff_no, rules)


def bars_to_approve(case: Case, staff_no: str, rules: ReviewPolicy) -> list[Bar]:
    """Why a person cannot approve a version."""
    bars = _waiting(case)
    if case.is_approved:
        bars.append(Bar.APPROVED)
    if case.is_own and not case.authors and not rules.author_may_review:
        bars.append(Bar.NO_AUTHOR)
    bars += _author(case, staff_no, rules)
    if needs_second_key(case, rules):
        keys = second_keys(case.steps)
        if keys.differing and not keys.agree:
            bars.append(Bar.MISMATCH)
        elif not keys.agree:
            bars.append(Bar.NO_SECOND_KEY)
    return bars


def bars_to_release(case: Case, staff_no: str, rules: ReviewPolicy) -> list[Bar]:
    """Why a person cannot put a version in use: one that waits, or that of a retired item.

    Nobody brings an own item back that was put away: whoever did it may have found it wrong.
    """
    if case.state is ItemState.RETIRED and not case.is_put_away:
        return [Bar.GONE]
    if not case.is_pending:
        is_retired = case.state is ItemState.RETIRED
        return _author(case, staff_no, rules) if is_retired else [Bar.IN_USE]
    bars = [Bar.UNFINISHED] if case.is_unfinished else []
    if case.has(StepKind.RETURNED):
        bars.append(Bar.RETURNED)
    elif case.is_reviewed and not case.is_approved:
        bars.append(Bar.NOT_APPROVED)
    return bars


def bars_to_retire(case: Case) -> list[Bar]:
    """Why an item cannot be retired."""
    return [Bar.RETIRED] if case.state is ItemState.RETIRED else []


def bars_to_keep(case: Case) -> list[Bar]:
    """Why it cannot be said of an item in use that it is still right."""
    return [] if case.state is ItemState.IN_USE else [Bar.NOT_IN_USE]


def stage(case: Case, rules: ReviewPolicy) -> Stage:
    """What the item waits for next, whoever may do it."""
    if case.state is ItemState.RETIRED or not case.is_pending:
        return Stage.NOTHING
    is_nameless = case.is_own and not case.authors and not rules.author_may_review
    if case.is_unfinished or case.has(StepKind.RETURNED):
        return Stage.AUTHOR
    if case.is_approved or not case.is_reviewed:
        return Stage.RELEASE
    if is_nameless:
        return Stage.AUTHOR
    if needs_second_key(case, rules) and not second_keys(case.steps).agree:
        return Stage.SECOND_KEY
    return Stage.REVIEW


def waits_for(case: Case, person_id: int, staff_no: str, rules: ReviewPolicy) -> Stage:
    """What of it a person may do now, who may review; `NOTHING` where others must."""
    now = stage(case, rules)
    if now is Stage.SECOND_KEY and second_keys(case.steps).differing:
        # The author may mend what two people understand in two ways.
        now = Stage.AUTHOR if is_author(case, staff_no) else now
    is_mine = {
        Stage.AUTHOR: is_author(case, staff_no),
        Stage.SECOND_KEY: not bars_to_second_key(case, person_id, staff_no, rules),
        Stage.REVIEW: not bars_to_approve(case, staff_no, rules),
        Stage.RELEASE: True,
        Stage.NOTHING: False,
    }
    return now if is_mine[now] else Stage.NOTHING


def _waiting(case: Case) -> list[Bar]:
    """Why nothing of a review can be done to a version at all."""
    bars = []
    if case.state is ItemState.RETIRED and not case.is_put_away:
        bars.append(Bar.GONE)
    if not case.is_pending:
        bars.append(Bar.NOTHING_WAITS)
    if case.is_unfinished:
        bars.append(Bar.UNFINISHED)
    if case.has(StepKind.RETURNED):
        bars.append(Bar.RETURNED)
    return bars


def _author(case: Case, staff_no: str, rules: ReviewPolicy) -> list[Bar]:
    is_barred = is_author(case, staff_no) and not rules.author_may_review
    return [Bar.IS_AUTHOR] if is_barred else []
