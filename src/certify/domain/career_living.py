"""Lives a career event by event; `live` gives what it came to (R-PLT-05).

Pure. It asks the same functions as the live services: no rule stands here a second time.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any, cast

from certify.domain import career, ladder
from certify.domain.career import Career, Decided, Decision, Event
from certify.domain.career_held import Holding
from certify.domain.career_known import Known
from certify.domain.career_life import GradeGiven, Lacking, Life, Rules, Scores, Withheld
from certify.domain.consequence import proposed
from certify.domain.evaluation import PeriodKind
from certify.domain.evaluation_rules import EvaluationRules
from certify.domain.evaluation_score import Scored, judged
from certify.domain.grade import Grade
from certify.domain.granting import counting_since, levels_due, may_promote, post_period
from certify.domain.indicator_score import Measured, measured
from certify.domain.ladder import Evidence, Graded, Pass
from certify.domain.qualification import Basis, QualificationKind, QualificationState
from certify.domain.rater_mix import Mix, rater_mix
from certify.domain.scoring import cut
from certify.domain.validity import (
    Renewal,
    Validity,
    add_months,
    renewal,
    validity,
)

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
        active = self._active(until)
        eligible = tuple(
            level.code
            for level in self.rules.levels.values()
            if ladder.is_promotion(level)
            and not self.career.has_left
            and may_promote(self.policy, level, active)
            and not self.holding.is_held(level.code, until)
            and not self._lacking(level.code, until)
        )
        grades = tuple(self.known.grades.values())
        return Life(grades, self.holding.given(), tuple(self.withheld), eligible)

    def _join(self, event: career.Joined) -> None:
        level = next((one for one in self.rules.levels.values() if one.trainee), None)
        if level is None or any(one.kind is LEVEL for one in self.holding.kept):
            return
        first = self.career.hired_on
        period = Validity(first, add_months(first, level.months), first)
        if period.valid_to >= event.day:
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
        if old is not None and not old.is_open:
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
        held: dict[str, Validity] = {}
        used: dict[str, Pass | None] = {}
        closed: set[str] = set()
        for old in self.holding.by_end(LEVEL):
            held[old.code], used[old.code] = old.validity, old.passed
            (closed.discard if old.is_open else closed.add)(old.code)
        evidence, in_post = self._evidence(), self.known.in_post(day)
        for one in levels_due(self.policy, evidence, held, used, in_post, day):
            if one.level.code not in closed:
                self.holding.give(LEVEL, one.level.code, one.period, day, Basis.EXAM, one.passed)

    def _review(self, event: career.Reviewed) -> None:
        rules = self.rules.evaluation.get(event.scheme)
        if rules is None:
            return
        scored = self._scored(event, rules)
        why = scored.why.value if scored.why else ""
        self.known.grade(
            GradeGiven(event.period, event.kind, event.last_day, scored.final, scored.grade, why)
        )
        before = self._before(event)
        is_regular = event.kind is not PeriodKind.AD_HOC
        if is_regular:
            self.regular[event.period] = event, scored.grade
        if scored.grade is None or not rules.evaluation.suspend_at_once:
            return
        brought = proposed(scored.grade, before, rules.consequences, is_regular=is_regular)
        if any(one.kind == "suspension" for one in brought):
            self.holding.suspend_all(event.day)

    def _scored(self, event: career.Reviewed, rules: EvaluationRules) -> Scored:
        """What the period comes to; worked out anew only where the rules are others."""
        key = self.rules.grades_key, id(event)
        if (found := self.scores.get(key)) is None:
            found = self.scores[key] = judged(
                rules,
                self._measured(event, rules),
                self._mixed(event, rules),
                ratee=event.ratee,
                days_present=event.days_present,
                days_in_period=event.days,
                is_trainee=event.is_trainee,
                has_serious_problem=event.has_serious_problem,
            )
        return cast("Scored", found)

    def _measured(self, event: career.Reviewed, rules: EvaluationRules) -> Measured:
        key = self.rules.scheme_keys[event.scheme], id(event)
        if key[0] == event.scheme_key:
            return Measured(event.measured, ())
        if (found := self.scores.get(key)) is None:
            found = self.scores[key] = measured(rules.scheme, event.values())
        return cast("Measured", found)

    def _mixed(self, event: career.Reviewed, rules: EvaluationRules) -> Mix:
        key = self.rules.raters_key, id(event)
        if key[0] == event.raters_key:
            return Mix(event.mix, Fraction(0), ())
        if (found := self.scores.get(key)) is None:
            found = self.scores[key] = rater_mix(event.ratings(), event.ratee, rules.raters)
        return cast("Mix", found)

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
        months = level.months if level else self.policy.post_months
        old = self.holding.latest(event.code)
        held = old.validity if old and not old.is_over and event.basis is Basis.CONDITIONS else None
        kind = self._renewal(held, event.day)
        if kind is Renewal.TOO_EARLY:
            self._withhold(event.day, event.code, Lacking.RENEWAL)
            return
        if kind is None or kind is Renewal.TOO_LATE:
            held = None
            is_checked = event.kind is LEVEL and event.basis is Basis.CONDITIONS
            if is_checked and (lacking := self._lacking(event.code, event.day)):
                self.withheld += lacking
                return
        period = validity(event.day, months, held, self.policy.renewal_days)
        if event.until is not None and event.until < period.valid_to:
            period = replace(period, valid_to=event.until)
        self.holding.give(event.kind, event.code, period, event.day, event.basis)

    def _renewal(self, held: Validity | None, day: date) -> Renewal | None:
        if held is None:
            return None
        days = self.policy.renewal_days, self.policy.grace_days
        return renewal(held.valid_to, day, *days)

    def _lacking(self, code: str, day: date) -> list[Withheld]:
        """What keeps HR from giving a level by its conditions."""
        level, why = self.rules.levels[code], partial(Withheld, day, code)
        periods = self.holding.periods(LEVEL)
        evidence = self.known.evidence(periods, self.holding.suspended(day))
        is_next = may_promote(self.policy, level, self._active(day))
        found = [] if is_next else [why(Lacking.SKIPPED)]
        found += [why(Lacking.OBSTACLE, (one.kind, one.what)) for one in ladder.obstacles(evidence)]
        found += [
            why(Lacking.CONDITIONS, (str(place), one.value, one.evidence))
            for place, one in enumerate(ladder.check(level, evidence, day))
            if not one.met
        ]
        return found if level.conditions else [*found, why(Lacking.CONDITIONS)]

    def _active(self, day: date) -> list[str]:
        """The levels held on a day."""
        return [
            code
            for code, periods in self.holding.periods(LEVEL).items()
            if any(one.state_on(day) is QualificationState.ACTIVE for one in periods)
        ]

    def _extend(self, event: Decided) -> None:
        old, level = self.holding.latest(event.code), self.rules.levels.get(event.code)
        is_over = old is None or event.day > old.validity.valid_to
        if old is None or is_over or level is None or old.extensions >= level.extensions:
            self._withhold(event.day, event.code, Lacking.EXTENSIONS)
            return
        old.extend(level.months)

    def _withhold(self, day: date, code: str, why: Lacking, *facts: str) -> None:
        self.withheld.append(Withheld(day, code, why, facts))

    def _evidence(self) -> Evidence:
        return self.known.evidence(self.holding.periods(LEVEL))


def _latest(grades: Sequence[Graded]) -> tuple[str, ...]:
    return (grades[-1].period, grades[-1].grade.value) if grades else ()
