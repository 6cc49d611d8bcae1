"""Rows of the forms that leave certify (R-FRM-01): register, report, notices, anomaly forms."""

from collections.abc import Iterable

from certify.domain import anomaly, rectification
from certify.domain.checklist import Mark
from certify.domain.exchange import Column
from certify.i18n import _, pick
from certify.services.inspection import lines, words
from certify.services.inspection.anomalies import AnomalyView
from certify.services.inspection.notices import NoticeView
from certify.services.inspection.register import InspectionView
from certify.services.inspection.results import DepartmentReport
from certify.services.standards import target_text

Table = tuple[list[Column], list[list[str]]]
"""Columns, and rows of text in their order."""


def register_table(found: Iterable[InspectionView]) -> Table:
    """服务质量检查登记簿."""
    columns = [
        Column("number", _("No.")),
        Column("day", _("Day")),
        Column("staff_no", _("Staff no.")),
        Column("name", _("Name")),
        Column("department", _("Department")),
        Column("scope", _("Scope")),
        Column("held_against", _("Held against")),
        Column("target", _("Target")),
        Column("sample", _("Sample")),
        Column("result", _("Result")),
        Column("finding", _("Finding")),
        Column("major", _("Major")),
        Column("inspector", _("Inspector")),
        Column("notices", _("Notices")),
        Column("read_on", _("Reading confirmed")),
    ]
    rows = [
        [
            one.number,
            one.day.isoformat(),
            one.staff_no,
            one.name,
            pick(one.department),
            _(words.SCOPES[one.scope]),
            lines.what(one),
            target_text(one.target or None),
            words.rate_text(one.sampled, one.passed),
            _(words.RESULTS[one.result]),
            finding_of(one),
            _("yes") if one.is_major else "",
            one.inspector,
            ", ".join(one.notices),
            one.read_on.isoformat() if one.read_on else "",
        ]
        for one in found
    ]
    return columns, rows


def report_table(found: Iterable[DepartmentReport]) -> Table:
    """服务质量检查报告, one row a department."""
    columns = [
        Column("department", _("Department")),
        Column("checks", _("Checks")),
        Column("people", _("People inspected")),
        Column("met", _("Met")),
        Column("not_met", _("Not met")),
        Column("not_judged", _("Not judged")),
        Column("major", _("Major")),
        Column("notices", _("Notices")),
        Column("open", _("Not closed")),
        Column("overdue", _("Overdue")),
    ]
    rows = [
        [
            pick(one.name),
            *(
                str(count)
                for count in (
                    one.checks,
                    one.people,
                    one.met,
                    one.not_met,
                    one.not_judged,
                    one.major,
                    one.notices,
                    one.open,
                    one.overdue,
                )
            ),
        ]
        for one in found
    ]
    return columns, rows


def notice_table(found: Iterable[NoticeView]) -> Table:
    """整改通知书."""
    columns = [
        Column("number", _("No.")),
        Column("department", _("Department")),
        Column("owner", _("Owner")),
        Column("standard", _("Standard")),
        Column("problem", _("Problem")),
        Column("cause", _("Cause")),
        Column("measure", _("Measure")),
        Column("issued_on", _("Issued on")),
        Column("due_on", _("Due on")),
        Column("done_on", _("Done on")),
        Column("verified_on", _("Verified on")),
        Column("state", _("State")),
        Column("overdue", _("Overdue")),
    ]
    rows = [
        [
            one.number,
            pick(one.department),
            f"{one.owner} {one.owner_no}",
            one.standard,
            one.problem,
            one.cause,
            one.measure,
            one.issued_on.isoformat(),
            one.due_on.isoformat(),
            one.done_on.isoformat() if one.done_on else "",
            one.verified_on.isoformat() if one.verified_on else "",
            _(rectification.STATES[one.state]),
            _("yes") if one.is_overdue else "",
        ]
        for one in found
    ]
    return columns, rows


def anomaly_table(found: Iterable[AnomalyView]) -> Table:
    """异常处理单."""
    columns = [
        Column("number", _("No.")),
        Column("day", _("Day")),
        Column("department", _("Department")),
        Column("anomaly", _("Anomaly")),
        Column("cause", _("Cause")),
        Column("process", _("Handling")),
        Column("countermeasure", _("Countermeasure")),
        Column("opened_by", _("Opened by")),
        Column("instruction", _("Instruction")),
        Column("countersignatures", _("Countersigned")),
        Column("recheck", _("Recheck")),
        Column("state", _("State")),
    ]
    rows = [
        [
            one.number,
            one.day.isoformat(),
            pick(one.department),
            one.what,
            one.cause,
            one.process,
            one.countermeasure,
            one.opened_by,
            one.instruction,
            "; ".join(
                f"{pick(each.department)}: {each.signed_by or '–'}" for each in one.signatures
            ),
            one.recheck,
            _(anomaly.STATES[one.state]),
        ]
        for one in found
    ]
    return columns, rows


def finding_of(one: InspectionView) -> str:
    """What was found: the words of the inspector, and the points at fault."""
    faults = [
        pick(point.text) + (f" ({point.remark})" if point.remark else "")
        for point in one.points
        if point.mark is Mark.FAULT
    ]
    return "; ".join([one.finding, *faults] if one.finding else faults)
