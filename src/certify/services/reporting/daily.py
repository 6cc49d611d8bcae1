"""The daily report: what went wrong today, and what is overdue (S3-QM-09, R-INS-06)."""

from datetime import date, timedelta

from certify.domain import anomaly, rectification
from certify.domain.inspection import InspectionResult
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor
from certify.i18n import N_
from certify.platform import Platform
from certify.services.inspection.words import RESULTS
from certify.services.reporting.document import Document, Section
from certify.services.reporting.labels import label
from certify.services.reporting.said import Said
from certify.storage import report_quality
from certify.storage.report_quality import Found


def daily(platform: Platform, *, actor: Actor, day: date | None = None) -> Document:
    """Anomalies of a day: forms, checks that did not meet their target, overdue notices.

    Args:
        day: None for today.
    Raises:
        NotPermitted
    """
    require(actor, Action.SEE_REPORTS)
    day = day or platform.today()
    with platform.database.read() as session:
        anomalies = report_quality.anomalies(session, day)
        missed = report_quality.inspections(session, day, day, InspectionResult.NOT_MET)
        count = sum(report_quality.by_result(session, day, day).values())
        overdue = report_quality.notices(session, overdue_on=day)
    return Document(
        "daily",
        Said(N_("Quality anomalies of {day}"), {"day": day}),
        (
            anomaly_section(actor, anomalies),
            inspection_section(actor, missed, count),
            notice_section(actor, "overdue", Said(N_("Overdue notices")), overdue, day),
        ),
    )


def anomaly_section(actor: Actor, found: list[Found]) -> Section:
    """Anomaly forms: cause, process, countermeasure."""
    rows = [
        (
            one.row.number,
            one.row.day,
            _names(one.department),
            name(actor, one),
            one.row.what,
            one.row.cause,
            one.row.countermeasure,
            label(anomaly.STATES, one.row.state),
        )
        for one in found
    ]
    return Section(
        "anomalies",
        Said(N_("Anomaly forms of the day and open ones")),
        (),
        {
            "number": N_("No."),
            "day": N_("Day"),
            "department": N_("Department"),
            "name": N_("Name"),
            "what": N_("What happened"),
            "cause": N_("Cause"),
            "countermeasure": N_("Countermeasure"),
            "state": N_("State"),
        },
        tuple(rows),
        Said(N_("None.")),
    )


def inspection_section(actor: Actor, found: list[Found], count: int) -> Section:
    """Inspections that did not meet their target, of so many in all."""
    facts: dict[str, object] = {"count": count, "missed": len(found)}
    rows = [
        (
            one.row.number,
            one.row.day,
            name(actor, one) or _names(one.department),
            one.row.standard,
            one.row.finding,
            label(RESULTS, one.row.result),
        )
        for one in found
    ]
    return Section(
        "inspections",
        Said(N_("Inspections")),
        (Said(N_("Inspections {count}, target not met {missed}"), facts),),
        {
            "number": N_("No."),
            "day": N_("Day"),
            "who": N_("Who"),
            "standard": N_("Standard"),
            "finding": N_("Finding"),
            "result": N_("Result"),
        },
        tuple(rows),
    )


def notice_section(
    actor: Actor, section: str, title: Said, found: list[Found], day: date
) -> Section:
    """Rectification notices with their deadlines."""
    rows = [
        (
            one.row.number,
            _names(one.department),
            name(actor, one),
            one.row.problem,
            one.row.due_on,
            max(0, (day - one.row.due_on) // timedelta(days=1)) if one.row.done_on is None else 0,
            label(rectification.STATES, one.row.state),
        )
        for one in found
    ]
    return Section(
        section,
        title,
        (),
        {
            "number": N_("No."),
            "department": N_("Department"),
            "owner": N_("Owner"),
            "problem": N_("Problem"),
            "due": N_("Due"),
            "days_over": N_("Days over"),
            "state": N_("State"),
        },
        tuple(rows),
        Said(N_("None.")),
    )


def name(actor: Actor, one: Found) -> str:
    """The name of the person a line is about; empty for who may not see it (R-PLT-07)."""
    person = one.person
    if person is None:
        return ""
    sees = may(
        actor, Action.SEE_INSPECTIONS, owner=person.id, owner_supervisor=person.supervisor_id
    )
    return person.name if sees else "–"


def _names(department: object) -> object:
    return getattr(department, "names", "")
