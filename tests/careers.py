"""Working lives made by chance: what somebody did over some years, without any rule applied."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from certify.domain.career import (
    Attended,
    Career,
    Decided,
    Decision,
    Event,
    Joined,
    Onboarded,
    Read,
    Reviewed,
    Sat,
)
from certify.domain.evaluation import PeriodKind
from certify.domain.indicator_scheme import Indicator, IndicatorScheme, ScoringTable, TableForm
from certify.domain.ladder import Heard
from certify.domain.qualification import Basis, QualificationKind
from certify.domain.rater_mix import Ratings
from certify.domain.training_hours import SignedSession

WRITTEN, PRACTICAL = "written", "practical"
SCHEME = IndicatorScheme(
    "two",
    {"zh": "两项", "en": "Two"},
    tuple(
        Indicator(
            code,
            {"zh": code, "en": code},
            {"zh": "%", "en": "%"},
            weight,
            ScoringTable.of((0, 0), (100, 100), form=TableForm.LINEAR),
            most=Fraction(100),
        )
        for code, weight in (("quality", Decimal(70)), ("speed", Decimal(30)))
    ),
)
"""Raw values are the scores."""


def exam(
    day: date, number: int, mark: int, *, kind: str = "onboarding", part: str = WRITTEN
) -> Sat:
    """An exam of a course of a kind, whose process has a written and a practical part."""
    return Sat(
        day=day,
        sat_on=day,
        id=number,
        kind=kind,
        module="general",
        course=kind,
        exam=f"{kind}-{part}",
        process="reception" if kind == "onboarding" else "",
        part=part,
        parts=frozenset({WRITTEN, PRACTICAL}) if kind == "onboarding" else frozenset({part}),
        mark=Fraction(mark),
    )


def session(day: date, hours: int, *, there: int = 60, kind: str = "in-service") -> Attended:
    """A training session from seven o'clock UTC on, of whose hours somebody spent some minutes."""
    start = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
    end, left = start + timedelta(hours=hours), start + timedelta(minutes=there * hours)
    return Attended(day, SignedSession(day, kind, start, end, start, left))


def quarter(first: date, score: int, *, day: date | None = None, **facts: object) -> Reviewed:
    """A quarter in which everything came to one score."""
    last = _plus(first, 3) - timedelta(days=1)
    return Reviewed(
        day=day or last + timedelta(days=10),
        period=f"{first.year}-Q{(first.month + 2) // 3}",
        kind=PeriodKind.QUARTER,
        scheme=SCHEME.name,
        first_day=first,
        last_day=last,
        ratee="back-office",
        values=lambda: values(Fraction(score)),
        ratings=lambda: ratings(Fraction(score)),
        days_present=int(str(facts.get("days_present", 90))),
        has_serious_problem=bool(facts.get("serious", False)),
    )


def values(score: Fraction) -> dict[str, Fraction | None]:
    """Every indicator with one score."""
    return {one.code: score for one in SCHEME.indicators}


def ratings(score: Fraction) -> Ratings:
    """Every rater with one score."""
    return Ratings(supervisor=score, own=score)


def by_chance(seed: int, years: int = 3) -> Career:
    """A career of some years: onboarding, exams failed and passed, quarters, renewals, trouble."""
    chance = random.Random(seed)
    hired = date(2021, 1, 1) + timedelta(days=chance.randrange(365))
    end = hired + timedelta(days=365 * years)
    quarters = [
        date(2021 + number // 4, 3 * (number % 4) + 1, 1) for number in range(4 * years + 4)
    ]
    events: list[Event] = [Joined(hired)]
    read = hired + timedelta(days=chance.randrange(5, 60))
    events += [Read(read, "onboarding", "general", "onboarding", Fraction(16)), Onboarded(read)]
    day, number = read, seed * 1000
    while day < end:
        for part in (WRITTEN, PRACTICAL):
            for _try in range(3):
                number += 1
                mark = chance.randrange(70, 101)
                events.append(exam(day, number, mark, part=part))
                day += timedelta(days=chance.choice((0, 1, 3, 14, 40)))
                if mark >= 85:
                    break
        day += timedelta(days=chance.choice((200, 290, 320, 350, 365, 380, 420)))
    for first in quarters:
        last = _plus(first, 3) - timedelta(days=1)
        if last < hired or last + timedelta(days=40) > end:
            continue
        present = min(90, (last - hired).days) - chance.choice((0, 0, 0, 0, 5, 70))
        events.append(
            quarter(
                first,
                chance.choice((55, 63, 66, 74, 79, 80, 81, 86, 88, 91, 95)),
                day=last + timedelta(days=chance.randrange(1, 30)),
                days_present=max(0, present),
                serious=chance.random() < 0.03,
            )
        )
    for _session in range(chance.randrange(8)):
        when = hired + timedelta(days=chance.randrange(365 * years))
        events.append(session(when, chance.randrange(2, 9)))
        events.append(exam(when, number := number + 1, chance.randrange(70, 101), kind="special"))
        events.append(
            exam(when, number := number + 1, chance.randrange(70, 101), kind="in-service")
        )
    for _decision in range(chance.randrange(6)):
        when = hired + timedelta(days=chance.randrange(30, 365 * years))
        events += decisions(chance, when)
    events.sort(key=lambda one: one.day)
    closed = tuple(sorted((one.day, one.last_day) for one in events if isinstance(one, Reviewed)))
    return Career(f"{seed:06}", f"Person {seed}", hired, "agent", tuple(events), quarters=closed)


def decisions(chance: random.Random, day: date) -> list[Event]:
    """Something decided by hand."""
    level, post = QualificationKind.LEVEL, QualificationKind.POST
    kind, code = chance.choice(((post, "reception"), (level, "L1"), (level, "L2"), (level, "L0")))
    what = chance.choice(list(Decision))
    if what is Decision.GIVE:
        if kind is post:
            return [Decided(day, what, kind, code, day, Basis.OUTSIDE_CERTIFICATE)]
        panel = Heard(code, day, 3, Fraction(chance.randrange(80, 95)), has_top=False)
        basis = chance.choice((Basis.CONDITIONS, Basis.CONDITIONS, Basis.EXCEPTION))
        return [panel, Decided(day, what, kind, code, day, basis)]
    from_day = day + timedelta(days=chance.choice((0, 0, 10)))
    return [Decided(day, what, kind, code, from_day)]


def _plus(day: date, months: int) -> date:
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, 1)
