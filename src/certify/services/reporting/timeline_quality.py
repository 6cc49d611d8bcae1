"""Qualifications, evaluations and inspections on a person's timeline."""

import re
from collections.abc import Iterator

from certify.domain import anomaly, rectification
from certify.domain.consequence import LABELS
from certify.domain.inspection import AnomalyForm, Inspection, RectificationNotice
from certify.domain.qualification import OutsideCertificate, Panel
from certify.i18n import N_
from certify.services.evaluation.words import GRADES
from certify.services.inspection.words import RESULTS
from certify.services.qualifying.states import STATE_NAMES
from certify.services.reporting.event import Event, Look
from certify.services.reporting.labels import label
from certify.services.reporting.said import Said
from certify.storage import report_person

CODED = re.compile(r"([a-z-]+):\S+")
"""A reason for programs, such as `attempt:12`."""
CAUSES = {
    "attempt": N_("by an exam"),
    "exam": N_("by an exam"),
    "grade": N_("by an evaluation"),
    "appeal": N_("by an appeal"),
    "correction": N_("by a correction"),
    "level": N_("by another level"),
    "trainee": N_("by the hiring"),
    "standard": N_("by delta training that was missed or made up for"),
}


def qualifications(look: Look) -> Iterator[Event]:
    """Every state with reason and actor, certificates of the company and of others, panels."""
    changes = report_person.changes(look.session, look.id)
    actors = {one.actor_id for one, _held in changes if one.actor_id}
    names = report_person.names(look.session, actors)
    for one, held in changes:
        facts: dict[str, object] = {
            "title": held.title,
            "code": held.code,
            "state": label(STATE_NAMES, one.state),
            "last": held.valid_to,
        }
        more = _why(one.reason, names.get(one.actor_id or 0, ""))
        text = N_("“{title}”: {state}, valid to {last}")
        yield Event("qualification", one.from_day, Said(text, facts), more)
    for document, held in report_person.certificates(look.session, look.id):
        facts = {"number": document.number, "title": held.title}
        text = N_("Certificate {number} for “{title}”")
        yield Event("qualification", look.day(document.issued_at), Said(text, facts))
    for outside in report_person.of(look.session, OutsideCertificate, look.id):
        facts = {"title": outside.title, "issuer": outside.issuer}
        text = N_("Outside certificate “{title}” of {issuer}")
        yield Event("qualification", outside.issued_on, Said(text, facts))
    for panel in report_person.of(look.session, Panel, look.id):
        said = Said(N_("Heard by a panel for level {level}"), {"level": panel.level})
        yield Event("qualification", panel.day, said)


def _why(reason: str, actor: str) -> Said | None:
    """Why it was decided, and by whom."""
    coded = CODED.fullmatch(reason)
    why: object = label(CAUSES, coded[1]) if coded else reason
    facts = {"reason": why, "actor": actor}
    if not reason:
        return Said("{actor}", facts) if actor else None
    return Said(N_("{reason} ({actor})"), facts) if actor else Said("{reason}", facts)


def evaluations(look: Look) -> Iterator[Event]:
    """Grades, appeals, what HR confirmed; never what a single rater gave."""
    if not look.sees_evaluations:
        return
    for one, period in report_person.evaluations(look.session, look.id):
        facts: dict[str, object] = {
            "period": period.code,
            "grade": label(GRADES, one.grade),
        }
        text = N_("Evaluation {period}: {grade}")
        if one.grade is None:
            text = N_("Evaluation {period}: no grade")
        yield Event("evaluation", look.day(period.closed_at or one.decided_at), Said(text, facts))
    for appeal, period in report_person.appeals(look.session, look.id):
        text = N_("Appealed against the grade of {period}: not decided yet")
        if appeal.upheld is not None:
            text = N_("Appealed against the grade of {period}: not upheld")
        if appeal.upheld:
            text = N_("Appealed against the grade of {period}: upheld")
        more = Said("{text}", {"text": appeal.decision or appeal.reason})
        yield Event("evaluation", look.day(appeal.at), Said(text, {"period": period.code}), more)
    for consequence, period in report_person.consequences(look.session, look.id):
        if consequence.kind == "bonus" and not look.sees_all:
            continue
        facts = {"what": label(LABELS, consequence.kind), "period": period.code}
        text = N_("Confirmed after {period}: {what}")
        bonus = None
        if factor := consequence.facts.get("factor"):
            bonus = Said(N_("Factor {factor}"), {"factor": str(factor)})
        day = look.day(consequence.decided_at) if consequence.decided_at else period.last_day
        yield Event("evaluation", day, Said(text, facts), bonus)
    for plan in report_person.coaching(look.session, look.id):
        if plan.written_at:
            said = Said(N_("Coaching plan, due {due}"), {"due": plan.due_on})
            yield Event("evaluation", look.day(plan.written_at), said)


def inspections(look: Look) -> Iterator[Event]:
    """Inspections of the person, notices the person answers for, anomaly forms about them."""
    for notice in report_person.owned(look.session, RectificationNotice, "owner_id", look.id):
        facts: dict[str, object] = {
            "number": notice.number,
            "due": notice.due_on,
            "state": label(rectification.STATES, notice.state),
        }
        text = N_("Answers for rectification notice {number}, due {due}: {state}")
        more = Said("{text}", {"text": notice.problem})
        yield Event("inspection", notice.issued_on, Said(text, facts), more)
    if not look.sees_inspections:
        return
    for one in report_person.of(look.session, Inspection, look.id):
        facts = {"number": one.number, "result": label(RESULTS, one.result)}
        found = Said("{text}", {"text": one.finding}) if one.finding else None
        text = N_("Inspection {number}: {result}")
        yield Event("inspection", one.day, Said(text, facts), found)
    for form in report_person.of(look.session, AnomalyForm, look.id):
        facts = {"number": form.number, "state": label(anomaly.STATES, form.state)}
        more = Said("{text}", {"text": form.what})
        yield Event("inspection", form.day, Said(N_("Anomaly form {number}: {state}"), facts), more)
