"""Marking by persons: essays and practicals, by rubric, blind to the name (R-ASM-08).

One person marks every answer; a second one where the first mark lies close to the pass mark or
the company always wants one; a third one where two differ too much, and that one decides.
"""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from sqlmodel import Field, SQLModel, UniqueConstraint

from certify.domain.columns import exact, json
from certify.domain.result import Part, verdict
from certify.policy.exam import MarkingPolicy

MARKERS = 3
"""Most persons who mark one answer before its attempt has a result."""
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Signs of a code that nobody mistakes for one another."""


class Marking(SQLModel, table=True):
    """What one examiner gave one answer; inserted whole, with every criterion, never changed."""

    __table_args__ = (
        UniqueConstraint("attempt_id", "position", "round"),
        UniqueConstraint("attempt_id", "position", "examiner_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="attempt.id", index=True)
    position: int
    round: int
    """1 first examiner, 2 second, 3 who decides where two differ."""
    examiner_id: int = Field(foreign_key="person.id")
    points: dict[str, str] = json(dict)
    """Points by criterion code, as exact text."""
    remarks: dict[str, str] = json(dict)
    """Remark by criterion code."""
    share: Fraction | None = exact()
    """Points given / points of the rubric."""
    at: datetime


class Remarking(SQLModel, table=True):
    """A candidate's request to be marked again (R-ASM-15)."""

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="attempt.id", index=True)
    asked_at: datetime
    reason: str
    decided_at: datetime | None = None
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    granted: bool | None = None
    answer: str = ""


class Bar(StrEnum):
    """Why a person may not mark an answer (R-PPL-02, R-ASM-08)."""

    OWN = "own"
    GUIDE = "guide"
    AUTHOR = "author"
    EARLIER = "earlier"
    """The same person marked it before; another one is wanted."""


@dataclass(frozen=True)
class Plan:
    """How far the marking of an attempt is."""

    wanted: Mapping[int, int]
    """By position, the round that comes next; answers that wait for others are not in it."""
    parts: Sequence[Part]
    """Every item of the form; with the shares that count once nothing is left to mark."""

    @property
    def is_decided(self) -> bool:
        """Whether nothing is left to mark."""
        return not self.wanted


def bar(
    examiner_id: int,
    *,
    candidate_id: int,
    guides: Collection[int],
    is_author: bool,
    earlier: Collection[int],
) -> Bar | None:
    """Why a person may not mark an answer; None when they may.

    Args:
        guides: person ids of all who ever guided the candidate, also long ago.
        is_author: whether the person wrote the course.
        earlier: person ids of those who marked the answer already.
    """
    if examiner_id == candidate_id:
        return Bar.OWN
    if examiner_id in guides:
        return Bar.GUIDE
    if is_author:
        return Bar.AUTHOR
    return Bar.EARLIER if examiner_id in earlier else None


def code(attempt_id: int, position: int, seed: str) -> str:
    """The name of an answer for those who mark it: it tells nothing of the person.

    Args:
        seed: that of the attempt; without it nobody can find out whose answer it is.
    """
    digest = hashlib.sha256(f"{seed}:{attempt_id}:{position}".encode()).digest()
    signs = "".join(SIGNS[byte % len(SIGNS)] for byte in digest[:8])
    return f"{signs[:4]}-{signs[4:]}"


def share(points: Mapping[str, Decimal], maxima: Mapping[str, Decimal]) -> Fraction:
    """Points given / points of the rubric, exact.

    Args:
        points: by criterion code; every criterion has some.
        maxima: the most each criterion can give.
    """
    given = sum((Fraction(points[name]) for name in maxima), Fraction(0))
    return given / sum(map(Fraction, maxima.values()))


def needs_second(mark: Fraction | None, pass_mark: Fraction, rules: MarkingPolicy) -> bool:
    """Whether a second person marks, by the mark that the first ones gave (R-ASM-08).

    Args:
        mark: of the whole attempt; None where nothing counts.
    """
    if rules.second == "always":
        return True
    if rules.second == "never" or mark is None:
        return False
    return abs(mark - pass_mark) <= Fraction(rules.near)


def differ(first: Fraction, second: Fraction, rules: MarkingPolicy) -> bool:
    """Whether two shares lie so far apart that a third person decides."""
    return abs(first - second) > rules.third_beyond


def agreed(shares: Sequence[Fraction], rules: MarkingPolicy) -> Fraction:
    """The share that counts: the mean of two, or what the third person gave.

    Args:
        shares: what the persons gave, the first one first; at least one.
    """
    if len(shares) >= MARKERS:
        return shares[MARKERS - 1]
    return sum(shares, Fraction(0)) / len(shares)


def next_round(shares: Sequence[Fraction], second: bool, rules: MarkingPolicy) -> int | None:
    """The round that an answer waits for; None when it has been marked enough."""
    if not shares:
        return 1
    if len(shares) == 1:
        return 2 if second else None
    return 3 if len(shares) == 2 and differ(shares[0], shares[1], rules) else None


def plan(
    parts: Sequence[Part],
    given: Mapping[int, Sequence[Fraction]],
    pass_mark: Fraction,
    rules: MarkingPolicy,
) -> Plan:
    """What is still to be marked, and what is decided.

    Whether a second person is wanted is decided once every answer was marked by a first one.

    Args:
        parts: every item of the form; those which persons mark have no share.
        given: by position, the shares that persons gave so far, the first one first.
    """
    by_hand = [part.position for part in parts if part.share is None and not part.voided]
    shares = {position: given.get(position, ()) for position in by_hand}
    firsts = {position: found[0] for position, found in shares.items() if found}
    second = rules.second == "always"
    if len(firsts) == len(by_hand):
        mark = verdict(_filled(parts, firsts), pass_mark).mark
        second = needs_second(mark, pass_mark, rules)
    rounds = {position: next_round(found, second, rules) for position, found in shares.items()}
    wanted = {position: number for position, number in rounds.items() if number is not None}
    if wanted:
        return Plan(wanted, parts)
    return Plan({}, _filled(parts, {at: agreed(found, rules) for at, found in shares.items()}))


def _filled(parts: Sequence[Part], shares: Mapping[int, Fraction]) -> list[Part]:
    return [replace(part, share=shares.get(part.position, part.share)) for part in parts]
