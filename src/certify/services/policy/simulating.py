"""What a policy would change, before it is switched on: everybody's working life lived twice.

Nothing is written, and closed results never change by a policy: this is what would be decided
had these rules held, and from now on (R-PLT-05).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from certify.domain.career import Career
from certify.domain.career_difference import Difference, Kind, differences
from certify.domain.career_life import Rules, Scores
from certify.domain.career_living import live
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.policy_change import Change, between, singly
from certify.platform import Platform
from certify.policy import Policy
from certify.services.policy import careers, reading

Progress = Callable[[int, int], None]
"""Told how many people were looked at, of how many."""


@dataclass(frozen=True)
class Explained:
    """One difference and the changed values that make it."""

    difference: Difference
    because: tuple[str, ...]
    """Names of values of the policy; each makes it alone, or, where none does, all together."""


@dataclass(frozen=True)
class PersonChange:
    """One person for whom something changes."""

    staff_no: str
    name: str
    changes: tuple[Explained, ...]


@dataclass(frozen=True)
class Simulation:
    """What a policy would change."""

    values: tuple[Change, ...]
    """Values of the policy that differ from those in force."""
    as_of: date
    people: int
    """How many careers were lived."""
    changed: tuple[PersonChange, ...]
    """By staff number."""
    counts: dict[str, int]
    """How many differences of each `Kind` there are."""


def simulate(
    platform: Platform, *, actor: Actor, path: Path, progress: Progress | None = None
) -> Simulation:
    """Live everybody's working life under the policy in force and under that of a file.

    Raises:
        NotPermitted
        BadInput: the file cannot be used; everything wrong is named.
    """
    require(actor, Action.SEE_QUALIFICATIONS)
    require(actor, Action.SEE_EVALUATIONS)
    return compared(platform, reading.read(path).wanted(), progress)


def compared(platform: Platform, policy: Policy, progress: Progress | None = None) -> Simulation:
    """The same for a policy at hand; the caller has looked who asks."""
    today = platform.today()
    trial = _Trial(platform, policy, today)
    changed = []
    with platform.database.read() as session:
        total = careers.count(session)
        every = careers.everybody(session, platform) if trial.values else ()
        for done, career in enumerate(every, start=1):
            if found := trial.explained(career):
                changed.append(PersonChange(career.staff_no, career.name, found))
            if progress is not None:
                progress(done, total)
    kinds = Counter(one.difference.kind for person in changed for one in person.changes)
    return Simulation(
        values=trial.values,
        as_of=today,
        people=total,
        changed=tuple(sorted(changed, key=lambda one: one.staff_no)),
        counts={kind.value: kinds[kind] for kind in Kind},
    )


class _Trial:
    """Two policies, and the old one with each changed value of the new one alone."""

    def __init__(self, platform: Platform, policy: Policy, until: date) -> None:
        schemes = list(platform.plugins.evaluation_schemes.values())
        self.until = until
        self.values = tuple(between(platform.policy, policy))
        self.old = Rules.of(platform.policy, schemes)
        self.new = Rules.of(policy, schemes)
        self.parts: list[tuple[Sequence[Change], Rules]] = [
            (own, Rules.of(one, schemes)) for own, one in singly(platform.policy, policy)
        ]

    def explained(self, career: Career) -> tuple[Explained, ...]:
        """What changes for one person, and which values make it."""
        scores: Scores = {}
        before = live(career, self.old, self.until, scores)
        after = live(career, self.new, self.until, scores)
        found = differences(before, after, self.until)
        if not found:
            return ()
        makes = {}
        if len(self.parts) > 1:
            for own, rules in self.parts:
                alone = differences(before, live(career, rules, self.until, scores), self.until)
                makes[tuple(own)] = {one.key for one in alone}
        return tuple(Explained(one, tuple(self._because(one, makes))) for one in found)

    def _because(
        self,
        one: Difference,
        makes: dict[tuple[Change, ...], set[tuple[str, str, date | None, str]]],
    ) -> Iterator[str]:
        makers = [own for own, made in makes.items() if one.key in made]
        for own in makers or [self.values]:
            yield from (change.name for change in own)
