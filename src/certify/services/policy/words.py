"""What a simulation found, in words."""

from collections.abc import Iterator
from fractions import Fraction

from certify.domain.career_difference import Difference, Kind
from certify.domain.career_life import Lacking, Withheld
from certify.domain.grade import Grade
from certify.domain.ladder import Obstacle
from certify.domain.policy_change import Change
from certify.domain.qualification import QualificationState
from certify.domain.scoring import cut
from certify.i18n import N_, _, _n
from certify.policy import Policy
from certify.services.evaluation.words import grade_word, why_text
from certify.services.policy.simulating import Explained, Simulation
from certify.services.qualifying.states import STATE_NAMES
from certify.services.qualifying.words import condition_text, obstacle_text, value_text

KINDS = {
    Kind.GRADE: N_("grades"),
    Kind.LEVEL: N_("levels given or not given"),
    Kind.POST: N_("post qualifications given or not given"),
    Kind.VALIDITY: N_("validity dates"),
    Kind.STATE: N_("states"),
    Kind.ELIGIBLE: N_("levels that HR could give now"),
}
CAVEAT = N_(
    "Nothing is written, and closed results stay as they are. This is what would have been "
    "decided had these rules held all along, and what will be decided once they hold. What people "
    "did stays as it was: nobody sits another exam here."
)


def heading(found: Simulation) -> list[str]:
    """The counts first."""
    if not found.values:
        return [_("The file says the same as the rules in force: nothing changes.")]
    count = len(found.changed)
    said = _n(
        "Of {people} people, {count} would see something change:",
        "Of {people} people, {count} would see something change:",
        count,
    ).format(people=found.people, count=count)
    counts = [
        f"{_(KINDS[Kind(kind)])}: {number}" for kind, number in found.counts.items() if number
    ]
    return [said, _("; ").join(counts)] if counts else [said]


def difference(one: Difference) -> str:
    """What changes, old → new."""
    old, new = _value(one, one.old, one.facts[0]), _value(one, one.new, one.facts[1])
    day = one.day.isoformat() if one.day else ""
    if one.kind is Kind.GRADE:
        return _("{period}: {old} → {new}").format(period=one.what, old=old, new=new)
    if one.kind is Kind.STATE:
        return _("{code} from {day}: {old} → {new}").format(
            code=one.what, day=day, old=old, new=new
        )
    if one.kind is Kind.ELIGIBLE:
        if one.new:
            return _("{code}: HR could give it now").format(code=one.what)
        return _("{code}: HR could not give it any more").format(code=one.what)
    first, last = (text.partition("/") for text in (one.old, one.new))
    if one.kind is Kind.VALIDITY and first[0] == last[0]:
        text = _("{code} of {day}: last valid day {old} → {new}")
        return text.format(code=one.what, day=day, old=first[2], new=last[2])
    return _("{code} of {day}: {old} → {new}").format(code=one.what, day=day, old=old, new=new)


def reasons(one: Explained, values: tuple[Change, ...], policy: Policy) -> Iterator[str]:
    """Why: the changed values, then what was lacking.

    Args:
        policy: the one under which it is lacking.
    """
    for change in values:
        if change.name in one.because:
            yield value(change)
    for withheld in one.difference.lacking:
        yield lacking(withheld, policy)


def value(change: Change) -> str:
    """One changed value of a policy, old → new."""
    return _("{name}: {old} → {new}").format(
        name=change.name, old=change.old or _("(none)"), new=change.new or _("(none)")
    )


def lacking(one: Withheld, policy: Policy) -> str:
    """What kept something from being given."""
    if one.why is Lacking.CONDITIONS:
        return _condition(one, policy)
    if one.why is Lacking.OBSTACLE:
        return obstacle_text(Obstacle(one.facts[0], one.facts[1]))
    text = _(_LACKING[one.why])
    if one.why is Lacking.RENEWAL and one.facts:
        grade = _("{period} {grade}").format(period=one.facts[0], grade=grade_word(one.facts[1]))
        return f"{text} ({grade})"
    return f"{text} ({', '.join(one.facts)})" if one.facts else text


_LACKING = {
    Lacking.MARK: N_("the mark does not reach the pass mark"),
    Lacking.SKIPPED: N_("the level below is not held"),
    Lacking.NO_LEVEL: N_("the ladder has no such level"),
    Lacking.RENEWAL: N_("the renewal is too early, or the latest grade does not do"),
    Lacking.PARTS: N_("other parts of the exam are missing or too long ago"),
    Lacking.EXTENSIONS: N_("it cannot be extended, or not again"),
}


def _condition(one: Withheld, policy: Policy) -> str:
    level = next((rung for rung in policy.qualification.ladder if rung.code == one.code), None)
    place = int(one.facts[0]) if one.facts else -1
    if level is None or not 0 <= place < len(level.conditions):
        return _("the level has no conditions: it is only given by hand")
    condition = level.conditions[place]
    found = value_text(condition, one.facts[1], one.facts[2])
    text = _("not met: {condition}").format(condition=condition_text(condition))
    return f"{text} ({found})" if found else text


def _value(one: Difference, text: str, score: str) -> str:
    if not text:
        return _("none")
    if one.kind is Kind.GRADE:
        word = grade_word(text) if text in set(Grade) else why_text(text)
        return f"{cut(Fraction(score))} {word}" if score else word
    if one.kind is Kind.STATE:
        return _(STATE_NAMES[QualificationState(text)])
    if one.kind in (Kind.LEVEL, Kind.POST, Kind.VALIDITY):
        first, _slash, last = text.partition("/")
        return _("{first} to {last}").format(first=first, last=last)
    return text
