"""The weekly bulletin: inspections, notices, what is overdue (S2-CA-04)."""

from datetime import date, timedelta

from certify.domain.inspection import InspectionResult
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.rates import attainment_rate, execution_rate
from certify.i18n import N_
from certify.platform import Platform
from certify.services.reporting.daily import inspection_section, notice_section
from certify.services.reporting.dashboard import dashboard
from certify.services.reporting.days import week
from certify.services.reporting.document import Document, Section
from certify.services.reporting.said import Percent, Said
from certify.storage import report_quality


def weekly(platform: Platform, *, actor: Actor, day: date | None = None) -> Document:
    """The bulletin of the week (Monday to Sunday) of a day.

    Args:
        day: None for today.
    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_REPORTS)
    first, last = week(day or platform.today())
    as_of = min(last + timedelta(days=1), platform.today())
    with platform.database.read() as session:
        by_result = report_quality.by_result(session, first, last)
        checks = [one for _number, one in report_quality.checks(session, first, last)]
        missed = report_quality.inspections(session, first, last, InspectionResult.NOT_MET)
        issued = report_quality.notices(session, issued=(first, last))
        overdue = report_quality.notices(session, overdue_on=as_of)
    facts: dict[str, object] = {
        "met": by_result[InspectionResult.MET],
        "not_met": by_result[InspectionResult.NOT_MET],
        "not_judged": by_result[InspectionResult.NOT_JUDGED],
        "attainment": Percent(attainment_rate(checks)),
        "execution": Percent(execution_rate(checks)),
    }
    lines = (
        Said(N_("Met {met}, not met {not_met}, not judged {not_judged}"), facts),
        Said(N_("Attainment rate {attainment}, execution rate {execution}"), facts),
    )
    return Document(
        "weekly",
        Said(N_("Bulletin of {first} to {last}"), {"first": first, "last": last}),
        (
            Section("rates", Said(N_("The week")), lines),
            inspection_section(actor, missed, sum(by_result.values())),
            notice_section(actor, "issued", Said(N_("Notices issued")), issued, as_of),
            notice_section(actor, "overdue", Said(N_("Overdue notices")), overdue, as_of),
            _overdue(platform, actor),
        ),
    )


def _overdue(platform: Platform, actor: Actor) -> Section:
    """What else is overdue now, counted."""
    board = dashboard(platform, actor=actor)
    names = {
        "courses": "overdue-courses",
        "remedial": "overdue-remedial",
        "delta": "overdue-delta",
        "suspended": "suspended",
    }
    facts: dict[str, object] = {"day": board.day} | {
        name: board.figure(figure).number for name, figure in names.items()
    }
    text = N_(
        "As of {day}: overdue courses {courses}, remedial training {remedial}, delta training "
        "{delta}; suspended qualifications {suspended}"
    )
    return Section("people", Said(N_("People")), (Said(text, facts),))
