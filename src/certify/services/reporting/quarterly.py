"""The quality report of a quarter with its direction of improvement (S1-QM-02, R-SUP-01)."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from certify.domain.goal_progress import Way, way
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.i18n import N_
from certify.platform import Platform
from certify.services.reporting import goals, measures, surveys
from certify.services.reporting.days import quarter
from certify.services.reporting.document import Document, Section
from certify.services.reporting.goals import GoalView
from certify.services.reporting.labels import WAYS, label
from certify.services.reporting.measures import MEASURES, Measure, StandardRates
from certify.services.reporting.said import Percent, Said
from certify.services.reporting.surveys import SurveyView
from certify.storage import quality

Values = Mapping[str, Fraction | None]


def quarterly(platform: Platform, *, actor: Actor, day: date | None = None) -> Document:
    """Each measure of a day's quarter beside the quarter before; goals and their progress.

    Args:
        day: None for today.
    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_REPORTS)
    first, last = quarter(day or platform.today())
    before = quarter(first - timedelta(days=1))
    with platform.database.read() as session:
        now = measures.values(session, platform, first, last)
        then = measures.values(session, platform, *before)
        standards = measures.of_standards(session, first, last)
        came_back = [
            surveys.view(platform, one) for one in quality.surveys_ending(session, first, last)
        ]
        reached = goals.views(session, last)
        reached_before = {one.code: one for one in goals.views(session, before[1])}
    number = (first.month + 2) // 3
    return Document(
        "quarterly",
        Said(N_("Quality report {year}, quarter {n}"), {"year": str(first.year), "n": number}),
        (
            _improvement(now, then),
            _measures(now, then),
            _goals(reached, reached_before),
            _standards(standards),
            _surveys(came_back),
        ),
    )


def _way(one: Measure, now: Values, then: Values) -> Way:
    return way(then[one.name], now[one.name], rises=one.rises)


def _improvement(now: Values, then: Values) -> Section:
    """Which way things went, and where to improve."""
    by_way = {
        kind: tuple(Said(one.title) for one in MEASURES if _way(one, now, then) is kind)
        for kind in Way
    }
    lines = [
        Said(
            N_("Better {better}, worse {worse}, the same {same}, without comparison {unknown}"),
            {kind.value: len(found) for kind, found in by_way.items()},
        )
    ]
    if by_way[Way.WORSE]:
        lines.append(Said(N_("To improve: {measures}"), {"measures": by_way[Way.WORSE]}))
    return Section("direction", Said(N_("Direction of improvement")), tuple(lines))


def _measures(now: Values, then: Values) -> Section:
    rows = [
        (
            Said(one.title),
            _value(one, then[one.name]),
            _value(one, now[one.name]),
            label(WAYS, _way(one, now, then)),
        )
        for one in MEASURES
    ]
    return Section(
        "measures",
        Said(N_("Measures beside the quarter before")),
        (),
        {
            "measure": N_("Quality measure"),
            "before": N_("Quarter before"),
            "now": N_("This quarter"),
            "way": N_("Direction"),
        },
        tuple(rows),
    )


def _value(one: Measure, value: Fraction | None) -> object:
    return Percent(value) if one.is_share or value is None else value


def _goals(now: list[GoalView], before: Mapping[str, GoalView]) -> Section:
    rows = []
    for one in now:
        then = before[one.code].now if one.code in before else None
        rows.append(
            (
                one.title,
                one.base,
                one.target,
                one.now.value if one.now else "–",
                one.unit,
                Percent(then.progress if then else None),
                Percent(one.now.progress if one.now else None),
                label(
                    WAYS,
                    way(
                        then.progress if then else None,
                        one.now.progress if one.now else None,
                        rises=True,
                    ),
                ),
            )
        )
    return Section(
        "goals",
        Said(N_("Goals")),
        (),
        {
            "goal": N_("Goal"),
            "base": N_("Baseline"),
            "target": N_("Target"),
            "value": N_("Now"),
            "unit": N_("Unit"),
            "progress_before": N_("Progress before"),
            "progress": N_("Progress"),
            "way": N_("Direction"),
        },
        tuple(rows),
        Said(N_("There are no goals yet; “certify goal seed” sets those of the sources.")),
    )


def _standards(found: list[StandardRates]) -> Section:
    rows = [
        (
            one.number,
            one.checks,
            Percent(one.attainment),
            Percent(one.execution),
            one.complaints,
            Percent(one.complaint),
        )
        for one in found
    ]
    return Section(
        "standards",
        Said(N_("Standards: attainment, execution, complaints")),
        (),
        {
            "number": N_("Standard"),
            "checks": N_("Checks"),
            "attainment": N_("Attainment rate"),
            "execution": N_("Execution rate"),
            "complaints": N_("Complaints"),
            "complaint": N_("Complaint rate"),
        },
        tuple(rows),
        Said(N_("No standard was checked.")),
    )


def _surveys(found: list[SurveyView]) -> Section:
    verdicts = {True: N_("met"), False: N_("not met"), None: N_("n/a")}
    rows = [
        (one.code, one.sent, one.returned, Percent(one.rate), label(verdicts, one.is_enough))
        for one in found
    ]
    return Section(
        "surveys",
        Said(N_("Surveys")),
        (),
        {
            "code": N_("Survey"),
            "sent": N_("Sent"),
            "returned": N_("Returned"),
            "rate": N_("Return rate"),
            "enough": N_("Target"),
        },
        tuple(rows),
        Said(N_("No survey ended in this quarter.")),
    )
