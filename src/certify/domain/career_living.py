"""Lives a career event by event; `live` gives what it came to (R-PLT-05).

Pure. It asks the same functions as the live services: no rule stands here a second time.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from certify.domain import career, ladder
from certify.domain.career import Career, Decided, Decision, Event
from certify.domain.career_held import Holding
from certify.domain.career_known import Known
from certify.domain.career_life import (
    GradeGiven,
    Lacking,
    Life,
    Rules,
    Scores,
    Withheld,
    lacking,
)
from certify.domain.career_scored import scored_as
from certify.domain.consequence import proposed
from certify.domain.evaluation import PeriodKind
from certify.domain.grade import Grade
from certify.domain.granting import (
    HeldLevel,
    counting_since,
    levels_due,
    may_promote,
    post_period,
)
from certify.domain.ladder import Evidence, Graded
from certify.domain.newcomer import trainee_level, trainee_period
from certify.domain.promotion import (
    active_levels,
    extension,
    given_by_hand,
    is_renewed_by_exam,
    may_certificate_stand_in,
    missing,
    renewing,
)
from certify.domain.qualification import Basis, QualificationKind, QualificationState
from certify.domain.scoring import cut
from certify.domain.superseding import is_held, is_over, may_be_followed
from certify.domain.validity import Renewal
from certify.policy import Level

LEVEL, POST = QualificationKind.LEVEL, QualificationKind.POST


def live(career: Career, rules: Rules, until: date, scores: Scores | None = None) -> Life:
    """What a career comes to under a policy, up to and with a day.

    Args:
        scores: kept from one policy to the next of the same career, so that what indicators and
            raters come to is worked out once.
    """
    living = _Living(career, rules, {} if scores is None else scores)
    for event in career.events:
        if event.day <= until:
            living.meet(event)
    return living.life(until)


class _Living:
    """One career on its way under one policy."""

    def __init__(self, of: Career, rules: Rules, scores: Scores) -> None:
        self.career = of
        self.scores = scores
        self.rules = rules
        self.policy = rules.policy.qualification
        self.known = Known(of, rules)
        self.holding = Holding(list(rules.levels))
        self.regular: dict[str, tuple[career.Reviewed, Grade | None]] = {}
        self.withheld: list[Withheld] = []
        self.meetings: dict[type[Any], Callable[[Any], None]] = {
            career.Joined: self._join,
            career.Moved: self.known.move,
            career.Sat: self._sit,
            career.Read: self._read,
            career.Attended: self.known.attend,
            career.Onboarded: self._onboard,
            ladder.Heard: self.known.hear,
            career.Reviewed: self._review,
            career.Decided: self._decide,
        }

    def meet(self, event: Event) -> None:
        """Let one thing happen."""
        self.meetings[type(event)](event)

    def life(self, until: date) -> Life:
        """What it came to so far."""
        grades = tuple(self.known.grades.values())
        return Life(grades, self.holding.given(), tuple(self.withheld), self._eligible(until))

    def _eligible(self, day: date) -> tuple[str, ...]:
        """The levels that HR could give on a day."""
        if self.career.has_left:
            return ()
        evidence = self._evidence(day)
        active = active_levels(evidence.held, day)
        return tuple(
            level.code
            for level in self.policy.ladder
            if ladder.is_promotion(level)
            and may_promote(self.policy, level, active)
            and not self.holding.is_held(level.code, day)
            and not missing(self.policy, level, evidence, day)
        )

    def _join(self, event: career.Joined) -> None:
        level = trainee_level(self.policy.ladder)
        if level is None:
            return
        has_level = any(one.kind is LEVEL for one in self.holding.kept)
        hired_on = self.career.hired_on
        period = trainee_period(level, hired_on, event.day, has_level=has_level)
        if period is not None:
            self.holding.give(LEVEL, level.code, period, event.day, Basis.TRAINEE)

    def _read(self, event: career.Read) -> None:
        self.known.read(event)
        self._give_levels(event.day)

    def _onboard(self, event: career.Onboarded) -> None:
        self.known.onboard(event)
        self._give_levels(event.day)

    def _sit(self, event: career.Sat) -> None:
        if not event.is_passed(self.rules.pass_mark):
            self._withhold(event.day, event.process or event.exam, Lacking.MARK, cut(event.mark))
            return
        self.known.sit(event)
        if event.process:
            self._give_post(event)
        self._give_levels(event.day)

    def _give_post(self, event: career.Sat) -> None:
        old = self.holding.latest(event.process)
        if old is not None and not may_be_followed(old.last):
            return
        held = old.validity if old else None
        if not self.known.parts_are_passed(event, counting_since(self.policy, held)):
            self._withhold(event.day, event.process, Lacking.PARTS)
            return
        evidence, in_post = self._evidence(), self.known.in_post(event.day)
        period = post_period(self.policy, event.day, held, evidence, in_post)
        if period is None:
            latest = _latest(evidence.grades)
            self._withhold(event.day, event.process, Lacking.RENEWAL, *latest)
            return
        self.holding.give(POST, event.process, period, event.day, Basis.EXAM)

    def _give_levels(self, day: date) -> None:
        if not self.known.passes:
            return
        held = {
            old.code: HeldLevel(old.validity, old.passed, old.last)
            for old in self.holding.by_end(LEVEL)
        }
        evidence, in_post = self._evidence(), self.known.in_post(day)
        for one in levels_due(self.policy, evidence, held, in_post, day):
            self.holding.give(LEVEL, one.level.code, one.period, day, Basis.EXAM, one.passed)

    def _review(self, event: career.Reviewed) -> None:
        rules = self.rules.evaluation.get(event.scheme)
        if rules is None:
            return
        scored = scored_as(event, self.rules, self.scores)
        why = scored.why.value if scored.why else ""
        self.known.grade(
            GradeGiven(event.period, event.kind, event.last_day, scored.final, scored.grade, why)
        )
        is_regular = event.kind is not PeriodKind.AD_HOC
        if is_regular:
            self.regular[event.period] = event, scored.grade
        if scored.grade is None or not rules.evaluation.suspend_at_once:
            return
        before = self._before(event)
        brought = proposed(scored.grade, before, rules.consequences, is_regular=is_regular)
        if any(one.kind == "suspension" for one in brought):
            self.holding.suspend_all(event.day)

    def _before(self, event: career.Reviewed) -> list[Grade | None]:
        """Grades of the earlier regular periods of the scheme, the newest first."""
        found = [
            (of.first_day, grade)
            for of, grade in self.regular.values()
            if of.scheme == event.scheme and of.last_day < event.first_day
        ]
        return [grade for _day, grade in sorted(found, key=lambda one: one[0], reverse=True)]

    def _decide(self, event: Decided) -> None:
        if event.what is Decision.GIVE:
            self._give(event)
        elif event.what is Decision.EXTEND:
            self._extend(event)
        elif event.what is Decision.SUSPEND:
            grade = self.known.grades.get(event.period)
            if not event.period or (grade and grade.grade is Grade.UNQUALIFIED):
                self.holding.change(event, QualificationState.SUSPENDED)
        elif event.what is Decision.REINSTATE:
            self.holding.change(event, QualificationState.ACTIVE)
        else:
            self.holding.change(event, QualificationState.REVOKED)

    def _give(self, event: Decided) -> None:
        level = self.rules.levels.get(event.code)
        if event.kind is LEVEL and level is None:
            self._withhold(event.day, event.code, Lacking.NO_LEVEL)
            return
        if event.basis is Basis.CONDITIONS and level is not None:
            self._give_by_conditions(level, event)
            return
        old = self.holding.latest(event.code)
        held = old.validity if old else None
        is_certificate = event.basis is Basis.OUTSIDE_CERTIFICATE
        if is_certificate and not may_certificate_stand_in(held, event.day):
            self._withhold(event.day, event.code, Lacking.RENEWAL)
            return
        months = level.months if level else self.policy.post_months
        period = given_by_hand(event.day, months, event.until)
        self.holding.give(event.kind, event.code, period, event.day, event.basis)

    def _give_by_conditions(self, level: Level, event: Decided) -> None:
        """A level renewed by HR in its window or its grace, else given where nothing lacks."""
        day, old = event.day, self.holding.latest(level.code)
        evidence = self._evidence(day)
        if old is not None and not is_over(old.last) and not is_renewed_by_exam(level):
            again = renewing(self.policy, level, old.validity, evidence, day)
            if again.kind is not Renewal.TOO_LATE:
                if again.period is None:
                    self._withhold(day, level.code, Lacking.RENEWAL)
                else:
                    self.holding.give(LEVEL, level.code, again.period, day, event.basis)
                return
        elif old is not None and is_held(old.validity.valid_to, old.last, day):
            self._withhold(day, level.code, Lacking.RENEWAL)
            return
        if found := missing(self.policy, level, evidence, day):
            self.withheld += lacking(level, found, day)
            return
        self.holding.give(LEVEL, level.code, given_by_hand(day, level.months), day, event.basis)

    def _extend(self, event: Decided) -> None:
        old, level = self.holding.latest(event.code), self.rules.levels.get(event.code)
        if old is not None and level is not None and not is_over(old.last):
            longer = extension(level, old.validity, old.extensions, event.day)
            if longer is not None:
                old.extend(longer)
                return
        self._withhold(event.day, event.code, Lacking.EXTENSIONS)

    def _withhold(self, day: date, code: str, why: Lacking, *facts: str) -> None:
        self.withheld.append(Withheld(day, code, why, facts))

    def _evidence(self, decided_on: date | None = None) -> Evidence:
        """What is known.

        Args:
            decided_on: of a decision of HR, which asks too what is suspended on that day.
        """
        suspended = self.holding.suspended(decided_on) if decided_on else ()
        return self.known.evidence(self.holding.periods(LEVEL), suspended)


def _latest(grades: Sequence[Graded]) -> tuple[str, ...]:
    return (grades[-1].period, grades[-1].grade.value) if grades else ()
