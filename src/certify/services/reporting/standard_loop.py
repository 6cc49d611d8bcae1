"""The loop of one standard: taught, asked, answered, kept at work, learned anew when it changes."""

from datetime import timedelta

from certify.domain import rectification
from certify.domain.permission import Action, may
from certify.domain.person import Actor
from certify.domain.rates import attainment_rate, complaint_rate, execution_rate, naming
from certify.i18n import N_
from certify.platform import Platform
from certify.services.reporting.document import Document, Section
from certify.services.reporting.dossier_session import others
from certify.services.reporting.labels import label
from certify.services.reporting.said import Percent, Said
from certify.services.standard_life.loop import StandardLoop, loop_of
from certify.services.standard_life.words import STATES
from certify.storage import report_quality, standards

LOOKS_BACK = timedelta(days=365)
"""How far back inspections and complaints count."""


def standard_loop(platform: Platform, *, actor: Actor, number: str) -> Document:
    """Who teaches a standard, what asks it, how people do on it, how it is kept, who is behind.

    Raises:
        NotPermitted, NotFound
    """
    found = loop_of(platform, actor=actor, number=number)
    facts = {"number": found.number, "item": found.item, "state": label(STATES, found.state)}
    return Document(
        "standard",
        Said(N_("{number} “{item}”: {state}"), facts),
        (
            _taught(found),
            _asked(found),
            _kept(platform, found),
            _notices(found),
            _delta(platform, actor, found),
        ),
    )


def _taught(found: StandardLoop) -> Section:
    rows: list[tuple[object, ...]] = [
        (one.course, one.title, tuple(title for _code, title in one.lessons))
        for one in found.taught
    ]
    rows += [
        (
            step.procedure,
            Said(N_("Step {n}: {title}"), {"n": step.position, "title": step.title}),
            step.post,
        )
        for step in found.steps
    ]
    return Section(
        "taught",
        Said(N_("Who teaches it, which procedure step rests on it")),
        (),
        {"course": N_("Code"), "title": N_("Title"), "lessons": N_("Lessons, or the post")},
        tuple(rows),
        Said(N_("Nothing: no lesson and no item names it.")),
    )


def _asked(found: StandardLoop) -> Section:
    facts: dict[str, object] = {
        "items": len(found.asked),
        "facility": Percent(found.facility),
        "stale": sum(one.is_stale for one in found.asked),
    }
    lines = (
        Said(N_("Items in use: {items}, to look at again: {stale}"), facts),
        Said(N_("Share of the points earned on them: {facility}"), facts),
    )
    rows = [
        (
            one.code,
            one.course,
            one.answers,
            Percent(one.facility),
            Said(N_("to look at again")) if one.is_stale else "",
        )
        for one in found.asked
    ]
    return Section(
        "asked",
        Said(N_("Which items ask it, how people do on them")),
        lines,
        {
            "code": N_("Item"),
            "course": N_("Course"),
            "answers": N_("Answers"),
            "facility": N_("Earned"),
            "stale": N_("State"),
        },
        tuple(rows),
    )


def _kept(platform: Platform, found: StandardLoop) -> Section:
    last = platform.today()
    first = last - LOOKS_BACK
    with platform.database.read() as session:
        checks = [one for _n, one in report_quality.checks(session, first, last, found.number)]
        told = report_quality.complaints(session, first, last).values()
        given = report_quality.services(session, first, last)
    complaints = naming(found.number, told)
    facts: dict[str, object] = {
        "inspections": found.kept.inspections,
        "met": found.kept.met,
        "not_met": found.kept.not_met,
        "attainment": Percent(attainment_rate(checks)),
        "execution": Percent(execution_rate(checks)),
        "complaints": complaints,
        "complaint": Percent(complaint_rate(complaints, given)),
    }
    lines = (
        Said(N_("Inspections {inspections}: met {met}, not met {not_met}"), facts),
        Said(N_("Within a year: attainment rate {attainment}, execution rate {execution}"), facts),
        Said(
            N_("Complaints that name it: {complaints}, for each service given {complaint}"), facts
        ),
    )
    return Section("kept", Said(N_("How it is kept at work")), lines)


def _notices(found: StandardLoop) -> Section:
    rows = [
        (
            one.number,
            one.department,
            one.problem,
            one.due_on,
            Said(N_("overdue")) if one.is_overdue else label(rectification.STATES, one.state),
        )
        for one in found.notices
    ]
    return Section(
        "notices",
        Said(N_("Open rectification notices")),
        (),
        {
            "number": N_("No."),
            "department": N_("Department"),
            "problem": N_("Problem"),
            "due": N_("Due"),
            "state": N_("State"),
        },
        tuple(rows),
        Said(N_("None.")),
    )


def _delta(platform: Platform, actor: Actor, found: StandardLoop) -> Section:
    """Who still has delta training; names only of those whom the actor may see."""
    title = Said(N_("Who still has delta training"))
    if found.delta is None:
        return Section("delta", title, (Said(N_("No text asked for delta training.")),))
    with platform.database.read() as session:
        versions = standards.versions_by_number(session).get(found.number, [])
        ids = [one.id or 0 for one in versions]
        left = [row for row in report_quality.delta_of(session, ids) if row[0].passed_at is None]
    shown = [
        (training, person)
        for training, person in left
        if may(actor, Action.SEE_RECORD, owner=person.id, owner_supervisor=person.supervisor_id)
    ]
    facts: dict[str, object] = {
        "assigned": found.delta.assigned,
        "passed": found.delta.passed,
        "suspended": found.delta.suspended,
        "due": found.delta.due_on,
    }
    text = N_("Assigned {assigned}, passed {passed}, suspended {suspended}; due {due}")
    rows = tuple((person.staff_no, person.name, training.due_on) for training, person in shown)
    return Section(
        "delta",
        title,
        (Said(text, facts), *others(len(left) - len(shown))),
        {"staff_no": N_("Staff no."), "name": N_("Name"), "due": N_("Due")},
        rows,
    )
