"""Inspections, notices and forms in full, line by line, for every terminal."""

from datetime import date

from certify.domain import anomaly, rectification
from certify.domain.checklist import Mark
from certify.i18n import N_, _, _n, pick
from certify.services.inspection.anomalies import AnomalyView
from certify.services.inspection.notices import NoticeView
from certify.services.inspection.register import InspectionView
from certify.services.inspection.words import MARKS, RESULTS, SCOPES, days_left, rate_text
from certify.services.standards import target_text

STEPS = {
    "opened": N_("opened"),
    "instructed": N_("instructed"),
    "countersigned": N_("countersigned"),
    "rechecked": N_("rechecked"),
}
SIGNS = {Mark.OK: "✓", Mark.FAULT: "✗", Mark.NOT_SEEN: "–"}


def whom(one: InspectionView) -> str:
    """The person or the department that was inspected."""
    return f"{one.name} {one.staff_no}" if one.staff_no else pick(one.department)


def what(one: InspectionView) -> str:
    """What it was held against: a checklist, or a standard with its sample."""
    if not one.standard:
        return pick(one.title)
    return " ".join(part for part in (one.standard, one.window) if part)


def inspection_lines(one: InspectionView) -> list[str]:
    """A line of the register in full."""
    said = [
        _head(one.number, one.day.isoformat(), _(RESULTS[one.result])),
        _("Inspected: {whom}").format(
            whom=whom(one) + (f" · {pick(one.department)}" if one.staff_no else "")
        ),
        _("By {inspector}: {what} ({scope})").format(
            inspector=one.inspector, what=what(one), scope=_(SCOPES[one.scope])
        ),
    ]
    if one.standard:
        said.append(_("Target: {target}").format(target=target_text(one.target)))
        said.append(_("Sample: {rate}").format(rate=rate_text(one.sampled, one.passed)))
    said += [point_line(one, place) for place in range(len(one.points))]
    if one.finding:
        kind = _("Major problem: {text}") if one.is_major else _("Finding: {text}")
        said.append(kind.format(text=one.finding))
    if one.recorded_on != one.day:
        said.append(_("Entered on {day}").format(day=one.recorded_on.isoformat()))
    if one.notices:
        said.append(_("Rectification notice: {numbers}").format(numbers=", ".join(one.notices)))
    if one.staff_no:
        read = _("Reading not confirmed yet")
        if one.read_on:
            read = _("Reading confirmed on {day}").format(day=one.read_on.isoformat())
        said.append(read)
    return said


def point_line(one: InspectionView, place: int) -> str:
    """A point of the checklist with what was seen."""
    point = one.points[place]
    mark = _(MARKS[point.mark])
    return _with(f"{SIGNS[point.mark]} {mark}  {place + 1}. {pick(point.text)}", point.remark)


def deadline_text(one: NoticeView, today: date) -> str:
    """The deadline and how far it is away, while the measure is not done."""
    if one.next in (rectification.NoticeAction.ANSWER, rectification.NoticeAction.DO):
        return _with(one.due_on.isoformat(), days_left(one.due_on, today))
    return one.due_on.isoformat()


def notice_lines(one: NoticeView, today: date) -> list[str]:
    """A rectification notice in full, with what comes next."""
    said = [
        _head(one.number, _(rectification.STATES[one.state])),
        _("Owner: {owner} {staff_no} · {department}").format(
            owner=one.owner, staff_no=one.owner_no, department=pick(one.department)
        ),
        _("Issued on {day}, due {due}").format(
            day=one.issued_on.isoformat(), due=deadline_text(one, today)
        ),
        _("Problem: {text}").format(text=one.problem),
    ]
    said += [_("Inspection: {number}").format(number=one.inspection)] if one.inspection else []
    said += [_("Standard: {number}").format(number=one.standard)] if one.standard else []
    said += [_("Cause: {text}").format(text=one.cause)] if one.cause else []
    said += [_("Measure: {text}").format(text=one.measure)] if one.measure else []
    if one.reopened:
        text = _n(
            "Opened again {count} time after a failed verification",
            "Opened again {count} times after failed verifications",
            one.reopened,
        )
        said.append(text.format(count=one.reopened))
    for step in one.steps:
        state = _(rectification.STATES[step.state])
        if step.passed is False:
            state = _("verification failed")
        text = f"{step.day.isoformat()}  {state} · {step.by}"
        said.append(f"{text} · {step.text}" if step.text else text)
    said.append(_("Next: {text}").format(text=_(rectification.NEXT[one.state])))
    return said


def anomaly_lines(one: AnomalyView) -> list[str]:
    """An anomaly form in full, with what comes next."""
    said = [
        _head(one.number, one.day.isoformat(), _(anomaly.STATES[one.state])),
        pick(one.department) + (f" · {one.name} {one.staff_no}" if one.staff_no else ""),
        _("Opened by {name}").format(name=one.opened_by),
        _("Anomaly: {text}").format(text=one.what),
        _("Cause: {text}").format(text=one.cause),
        _("Process: {text}").format(text=one.process),
        _("Countermeasure: {text}").format(text=one.countermeasure),
    ]
    if one.instruction:
        said.append(_("Instruction: {text}").format(text=one.instruction))
    for signature in one.signatures:
        where = _with(pick(signature.department), signature.department_code)
        text = _("○ {department} has still to countersign").format(department=where)
        if signature.signed_by:
            text = _("✓ {department} countersigned by {name}: {opinion}").format(
                department=where, name=signature.signed_by, opinion=signature.opinion
            )
        said.append(text)
    if one.recheck:
        said.append(_("Recheck: {text}").format(text=one.recheck))
    for step in one.steps:
        name = _(STEPS[step.action])
        if step.department:
            name = _with(name, pick(step.department))
        if step.passed is not None:
            name = _with(name, _("it works") if step.passed else _("it does not"))
        said.append(f"{step.day.isoformat()}  {name} · {step.by} · {step.text}")
    said.append(_("Next: {text}").format(text=_(anomaly.NEXT[one.state])))
    return said


def _head(*parts: str) -> str:
    return "  ".join(parts)


def _with(text: str, more: str) -> str:
    """A text with something said in brackets."""
    return _("{text} ({more})").format(text=text, more=more) if more else text
