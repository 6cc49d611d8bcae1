"""What is measured of quality in a span of days, company-wide and per standard (R-SUP-05)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from sqlmodel import Session

from certify.domain.grade import Grade
from certify.domain.quality import Survey
from certify.domain.rates import (
    attainment_rate,
    complaint_rate,
    execution_rate,
    naming,
    rate_of,
    share,
)
from certify.domain.registration import is_over
from certify.domain.survey import TOPICS, return_rate
from certify.i18n import N_
from certify.platform import Platform
from certify.services.reporting.days import begins
from certify.storage import quality, report_cohorts, report_grades, report_quality, standards


@dataclass(frozen=True)
class Measure:
    """One measure of quality."""

    name: str
    title: str
    """English source text."""
    rises: bool
    """Whether more is better."""
    is_share: bool = True
    """Whether it is a share, said in percent; else a number."""


MEASURES = (
    Measure("attainment", N_("Attainment rate"), rises=True),
    Measure("execution", N_("Execution rate"), rises=True),
    Measure("complaint", N_("Complaint rate"), rises=False),
    Measure("complaints", N_("Complaints"), rises=False, is_share=False),
    Measure("notices", N_("Rectification notices issued"), rises=False, is_share=False),
    Measure("return", N_("Survey return rate"), rises=True),
    Measure("attitude", N_("Satisfaction: attitude"), rises=True, is_share=False),
    Measure("efficiency", N_("Satisfaction: efficiency"), rises=True, is_share=False),
    Measure("effect", N_("Satisfaction: effect of resolution"), rises=True, is_share=False),
    Measure("pass-first", N_("First-try pass rate"), rises=True),
    Measure("pass-final", N_("Final pass rate"), rises=True),
    Measure("graded-good", N_("Graded good or better"), rises=True),
)


@dataclass(frozen=True)
class StandardRates:
    """How one standard is kept in a span of days."""

    number: str
    checks: int
    attainment: Fraction | None
    execution: Fraction | None
    complaints: int
    """Complaints that name the standard."""
    complaint: Fraction | None
    """For each service given; None where no service was counted."""


def values(
    session: Session, platform: Platform, first: date, last: date
) -> dict[str, Fraction | None]:
    """Every measure of a span of days, by name; None where there is nothing to measure."""
    checks = [one for _number, one in report_quality.checks(session, first, last)]
    complaints = len(report_quality.complaints(session, first, last))
    surveys = quality.surveys_ending(session, first, last)
    sent, returned = sum(one.sent for one in surveys), sum(one.returned for one in surveys)
    start, end = begins(platform, first), begins(platform, last + timedelta(days=1))
    now = platform.clock.now()
    cohorts = [
        replace(one.counts, is_over=is_over(one.cohort, now))
        for one in report_cohorts.counted(session, first=start, last=end)
    ]
    rate = rate_of(cohorts, platform.policy.cohort.target)
    issued = report_quality.notices(session, issued=(first, last))
    grades = report_grades.grades(session, first, last)
    good = grades[Grade.EXCELLENT] + grades[Grade.GOOD]
    return {
        "attainment": attainment_rate(checks),
        "execution": execution_rate(checks),
        "complaint": complaint_rate(complaints, report_quality.services(session, first, last)),
        "complaints": Fraction(complaints),
        "notices": Fraction(len(issued)),
        "return": return_rate(sent, returned),
        **{topic: _mean(surveys, topic) for topic in TOPICS},
        "pass-first": rate.rate,
        "pass-final": rate.final_rate,
        "graded-good": share(good, sum(grades.values())),
    }


def of_standards(session: Session, first: date, last: date) -> list[StandardRates]:
    """The rates of every standard that was checked, or that a complaint names, by number.

    A complaint counts for a standard when what is written of it names the number; the services
    given are as many as surveys were sent, one after each (S1-FL-05).
    """
    given = report_quality.services(session, first, last)
    told = report_quality.complaints(session, first, last).values()
    checks = list(report_quality.checks(session, first, last))
    found = []
    for number in sorted(
        {one.number for one in standards.every(session)} | {n for n, _c in checks}
    ):
        own = [check for of, check in checks if of == number]
        complaints = naming(number, told) if number else 0
        if number and (own or complaints):
            found.append(
                StandardRates(
                    number,
                    len(own),
                    attainment_rate(own),
                    execution_rate(own),
                    complaints,
                    complaint_rate(complaints, given),
                )
            )
    return found


def _mean(surveys: Iterable[Survey], topic: str) -> Fraction | None:
    """The mean of a topic over all answers: a survey counts as often as it came back."""
    known = [(one.returned, Fraction(one.topics[topic])) for one in surveys if topic in one.topics]
    answers = sum(count for count, _mean in known)
    return sum((count * mean for count, mean in known), Fraction(0)) / answers if answers else None
