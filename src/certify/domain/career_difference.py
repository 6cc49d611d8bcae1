"""What differs from one life to another: grades, levels, validity, states (R-PLT-05)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import zip_longest

from certify.domain.career_life import Given, GradeGiven, Life, Withheld
from certify.domain.qualification import QualificationKind


class Kind(StrEnum):
    """What changes."""

    GRADE = "grade"
    LEVEL = "level"
    """A level is given, or given no more."""
    POST = "post"
    """A post qualification is given, or given no more."""
    VALIDITY = "validity"
    """First or last valid day."""
    STATE = "state"
    """Suspended, superseded … on a day."""
    ELIGIBLE = "eligible"
    """A level that HR could give on the last day, or could no more."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is another one."""

    kind: Kind
    what: str
    """Period of evaluation, level or process."""
    day: date | None
    """Last day of the period, day of issue, or first day of the other state."""
    old: str
    """Grade, state or days as codes; empty: nothing."""
    new: str
    facts: tuple[str, str] = ("", "")
    """Of a grade the exact scores; else empty."""
    lacking: tuple[Withheld, ...] = ()
    """What kept it from being given in the life that lacks it."""

    @property
    def key(self) -> tuple[str, str, date | None, str]:
        """What tells whether another policy makes the same of it."""
        return self.kind, self.what, self.day, self.new


def differences(old: Life, new: Life, until: date) -> list[Difference]:
    """Everything that is another thing in the new life: grades, then what is held."""
    if old == new:
        return []
    return [
        *_grades(old, new),
        *_held(old, new),
        *_eligible(old, new, until),
    ]


def _grades(old: Life, new: Life) -> Iterator[Difference]:
    before = {one.period: one for one in old.grades}
    for one in new.grades:
        was = before.get(one.period)
        names = _grade(was), _grade(one)
        if names[0] != names[1]:
            facts = tuple(str(of.final) if of and of.final is not None else "" for of in (was, one))
            yield Difference(Kind.GRADE, one.period, one.last_day, *names, (facts[0], facts[1]))


def _grade(one: GradeGiven | None) -> str:
    """The grade, or why there is none."""
    if one is None:
        return ""
    return one.grade.value if one.grade else one.why


def _held(old: Life, new: Life) -> Iterator[Difference]:
    for code in dict.fromkeys([*old.codes, *new.codes]):
        before, after = _by_issue(old, code), _by_issue(new, code)
        has_moved = False
        for key in sorted({*before, *after}):
            was, now = before.get(key), after.get(key)
            if was is None or now is None:
                yield _given(was, now, old, new)
                has_moved = True
            elif (was.validity.valid_from, was.validity.valid_to) != (
                now.validity.valid_from,
                now.validity.valid_to,
            ):
                yield Difference(Kind.VALIDITY, code, was.issued_on, _days(was), _days(now))
                has_moved = True
        if not has_moved:
            yield from _states(old, new, code)


def _by_issue(life: Life, code: str) -> dict[tuple[date, int], Given]:
    """Periods of a code by day of issue, and how many were issued on it before."""
    found: dict[tuple[date, int], Given] = {}
    for one in life.given:
        if one.code == code:
            same = sum(day == one.issued_on for day, _number in found)
            found[one.issued_on, same] = one
    return found


def _given(was: Given | None, now: Given | None, old: Life, new: Life) -> Difference:
    """A period that only one of the two lives has."""
    there, lacks = (was, new) if was else (now, old)
    assert there is not None  # noqa: S101  one of the two lives has it
    kind = Kind.LEVEL if there.kind is QualificationKind.LEVEL else Kind.POST
    lacking = tuple(
        one for one in lacks.withheld if (one.code, one.day) == (there.code, there.issued_on)
    )
    before, after = _days(was) if was else "", _days(now) if now else ""
    return Difference(kind, there.code, there.issued_on, before, after, lacking=lacking)


def _states(old: Life, new: Life, code: str) -> Iterator[Difference]:
    """The first day from which the state of a code is another one."""
    changes = [
        [change for one in life.given if one.code == code for change in one.period.changes]
        for life in (old, new)
    ]
    days = {
        one[0]
        for pair in zip_longest(*changes)
        if pair[0] != pair[1]
        for one in pair
        if one is not None
    }
    for day in sorted(days):
        before, after = (life.state_on(code, day) for life in (old, new))
        if before is not after:
            names = [one.value if one else "" for one in (before, after)]
            yield Difference(Kind.STATE, code, day, names[0], names[1])
            return


def _days(one: Given) -> str:
    return f"{one.validity.valid_from.isoformat()}/{one.validity.valid_to.isoformat()}"


def _eligible(old: Life, new: Life, until: date) -> Iterator[Difference]:
    for code in dict.fromkeys([*old.eligible, *new.eligible]):
        was, now = code in old.eligible, code in new.eligible
        if was != now:
            yield Difference(Kind.ELIGIBLE, code, until, "yes" * was, "yes" * now)
