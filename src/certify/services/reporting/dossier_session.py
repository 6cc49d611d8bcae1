"""The parts of a training session's dossier: plan, agenda, sign-in, agreements, cost."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from certify.domain.person import Person
from certify.domain.scoring import cut
from certify.domain.training import AdHocPlan, TrainingSession
from certify.domain.training_cost import fen_text
from certify.i18n import N_
from certify.platform import Platform
from certify.services.course_words import METHODS
from certify.services.reporting.document import Section
from certify.services.reporting.labels import label
from certify.services.reporting.said import Said
from certify.services.training.hours import attendance_of
from certify.services.training.words import KINDS, MODES, PRESENCES, SESSION_STATES
from certify.services.windows import moment_text
from certify.storage import report_training
from certify.storage.report_training import Came

Seen = Mapping[str, Person] | None
"""The people who may be named, by staff number; None for all."""


def moment(platform: Platform, at: datetime) -> str:
    """A moment by the clocks of the company."""
    return moment_text(platform, at)


def others(count: int) -> tuple[Said, ...]:
    """How many there are of whom the reader sees no name."""
    text = N_("Others, whom you may not see by name: {count}")
    return (Said(text, {"hidden": count, "count": count}),) if count else ()


def about(session: Session, platform: Platform, one: TrainingSession) -> Section:
    """What the session was, and the plan it stands in."""
    facts: dict[str, object] = {
        "kind": label(KINDS, one.kind),
        "mode": label(MODES, one.mode),
        "state": label(SESSION_STATES, one.state),
        "starts": moment(platform, one.starts_at),
        "ends": moment(platform, one.ends_at),
        "place": one.place or "–",
        "trainer": report_training.trainer(session, one) or "–",
        "course": one.course or "–",
    }
    lines = [
        Said(N_("{kind}, {mode}: {state}"), facts),
        Said(N_("From {starts} to {ends}, {place}"), facts),
        Said(N_("Trainer {trainer}, course {course}"), facts),
        _plan(session, one),
    ]
    return Section("about", Said(N_("What it was")), tuple(lines))


def _plan(session: Session, one: TrainingSession) -> Said:
    plan = report_training.plan_of(session, one)
    if plan is None:
        return Said(N_("Stands in no plan"))
    if isinstance(plan, AdHocPlan):
        facts = {"code": plan.code, "title": plan.title, "occasion": plan.occasion}
        return Said(N_("Implementation plan {code} “{title}”: {occasion}"), facts)
    text = N_("Annual plan, month {month}: “{title}”")
    return Said(text, {"month": plan.month, "title": plan.title})


def agenda(session: Session, course: str) -> Section:
    """The lessons of the course, with their minutes."""
    rows = [
        (place, one.title, label(METHODS, one.method), one.minutes)
        for place, one in enumerate(report_training.lessons(session, course), start=1)
    ]
    return Section(
        "agenda",
        Said(N_("Agenda")),
        (),
        {"n": N_("No."), "title": N_("Lesson"), "method": N_("Method"), "minutes": N_("Minutes")},
        tuple(rows),
        Said(N_("There is no course behind it.")),
    )


def held(session: Session, platform: Platform, one: TrainingSession, seen: Seen) -> list[Section]:
    """Sign-in, agreements and cost of one session."""
    return [
        _sign_in(session, platform, one, seen),
        _agreements(session, platform, one, seen),
        _cost(one),
    ]


def _sign_in(session: Session, platform: Platform, one: TrainingSession, seen: Seen) -> Section:
    every = report_training.attendees(session, one.id or 0)
    shown = [came for came in every if _may_name(came, seen)]
    rows = []
    for came in shown:
        attendee = came.attendee
        there = attendance_of(platform, one, attendee, platform.clock.now())
        rows.append(
            (
                *_who(came),
                moment(platform, attendee.in_at) if attendee.in_at else "",
                moment(platform, attendee.out_at) if attendee.out_at else "",
                label(PRESENCES, there.presence),
                cut(there.hours),
            )
        )
    return Section(
        f"sign-in-{one.code}",
        Said(N_("Sign-in of {code}"), {"code": one.code}),
        others(len(every) - len(shown)),
        {
            "staff_no": N_("Staff no."),
            "name": N_("Name"),
            "in": N_("In"),
            "out": N_("Out"),
            "presence": N_("Presence"),
            "hours": N_("Hours attended"),
        },
        tuple(rows),
        Said(N_("Nobody was asked to come.")) if not every else None,
    )


def _agreements(session: Session, platform: Platform, one: TrainingSession, seen: Seen) -> Section:
    every = report_training.agreements(session, one.id or 0)
    shown = [(made, who) for made, who in every if seen is None or who.staff_no in seen]
    rows = [
        (made.number, who.name, moment(platform, made.signed_at))
        + ((fen_text(made.amount_fen),) if seen is None else ("–",))
        for made, who in shown
    ]
    none = N_("No agreement was needed.") if not one.funded else N_("No agreement was signed.")
    return Section(
        f"agreements-{one.code}",
        Said(N_("Training agreements of {code}"), {"code": one.code}),
        others(len(every) - len(shown)),
        {
            "number": N_("No."),
            "name": N_("Name"),
            "signed": N_("Signed"),
            "amount": N_("Amount (yuan)"),
        },
        tuple(rows),
        Said(none) if not every else None,
    )


def _cost(one: TrainingSession) -> Section:
    facts: dict[str, object] = {"planned": fen_text(one.planned_fen)}
    text = N_("Planned {planned} yuan; the actual cost is not known yet")
    if one.actual_fen is not None:
        facts["actual"] = fen_text(one.actual_fen)
        facts["variance"] = fen_text(one.actual_fen - one.planned_fen)
        text = N_("Planned {planned} yuan, actual {actual} yuan, variance {variance} yuan")
    return Section(
        f"cost-{one.code}", Said(N_("Cost of {code}"), {"code": one.code}), (Said(text, facts),)
    )


def assessment(session: Session, one: TrainingSession, seen: Seen) -> Section:
    """The assessment record of a session whose assessment is no exam here (R-TRN-08)."""
    every = report_training.attendees(session, one.id or 0)
    shown = [came for came in every if _may_name(came, seen)]
    passed = sum(came.attendee.passed is True for came in every)
    failed = sum(came.attendee.passed is False for came in every)
    facts: dict[str, object] = {"passed": passed, "failed": failed}
    verdicts = {True: N_("passed"), False: N_("not passed"), None: N_("not assessed")}
    rows = [
        (
            *_who(came),
            "" if came.attendee.mark is None else cut(came.attendee.mark),
            label(verdicts, came.attendee.passed),
            came.attendee.remark,
        )
        for came in shown
    ]
    return Section(
        "assessment",
        Said(N_("Assessment record")),
        (Said(N_("Passed {passed}, not passed {failed}"), facts), *others(len(every) - len(shown))),
        {
            "staff_no": N_("Staff no."),
            "name": N_("Name"),
            "mark": N_("Mark"),
            "verdict": N_("Verdict"),
            "remark": N_("Remark"),
        },
        tuple(rows),
    )


def _may_name(came: Came, seen: Seen) -> bool:
    return seen is None or (came.person is not None and came.person.staff_no in seen)


def _who(came: Came) -> tuple[str, str]:
    if came.person is not None:
        return came.person.staff_no, came.person.name
    return "", came.outside.name if came.outside else ""
