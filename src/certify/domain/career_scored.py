"""What a period of evaluation comes to while a career is lived; kept from policy to policy."""

from fractions import Fraction
from typing import cast

from certify.domain.career import Reviewed
from certify.domain.career_life import Rules, Scores
from certify.domain.evaluation_score import Scored, judged
from certify.domain.indicator_score import Measured, measured
from certify.domain.rater_mix import Mix, rater_mix


def scored_as(event: Reviewed, rules: Rules, scores: Scores) -> Scored:
    """What a period comes to; worked out anew only where the rules are others.

    Args:
        scores: what the periods of this career came to so far; it is added to.
    Raises:
        KeyError: the rules have no such scheme.
    """
    key = rules.grades_key, id(event)
    if (found := scores.get(key)) is None:
        found = scores[key] = judged(
            rules.evaluation[event.scheme],
            _measured(event, rules, scores),
            _mixed(event, rules, scores),
            ratee=event.ratee,
            days_present=event.days_present,
            days_in_period=event.days,
            is_trainee=event.is_trainee,
            has_serious_problem=event.has_serious_problem,
        )
    return cast("Scored", found)


def _measured(event: Reviewed, rules: Rules, scores: Scores) -> Measured:
    key = rules.scheme_keys[event.scheme], id(event)
    if key[0] == event.scheme_key:
        return Measured(event.measured, ())
    if (found := scores.get(key)) is None:
        found = scores[key] = measured(rules.evaluation[event.scheme].scheme, event.values())
    return cast("Measured", found)


def _mixed(event: Reviewed, rules: Rules, scores: Scores) -> Mix:
    key = rules.raters_key, id(event)
    if key[0] == event.raters_key:
        return Mix(event.mix, Fraction(0), ())
    if (found := scores.get(key)) is None:
        raters = rules.evaluation[event.scheme].raters
        found = scores[key] = rater_mix(event.ratings(), event.ratee, raters)
    return cast("Mix", found)
