"""Employment, posts and training sessions on a person's timeline."""

from collections.abc import Iterator

from certify.domain.person import PersonStatus
from certify.domain.placement import Absence, OnboardingRefusal, TrainingOwner
from certify.domain.scoring import cut
from certify.domain.training_cost import fen_text
from certify.i18n import N_
from certify.services.reporting.event import Event, Look
from certify.services.reporting.labels import label
from certify.services.reporting.said import Said
from certify.services.training.hours import attendance_of
from certify.services.training.words import PRESENCES
from certify.storage import report_person
from certify.storage.report_person import Placed


def posts(look: Look) -> Iterator[Event]:
    """When the person was hired, and every change of post, department, supervisor and status."""
    yield Event("work", look.person.hired_on, Said(N_("Hired")))
    before: Placed | None = None
    for one in report_person.placements(look.session, look.id):
        if said := _changed(before, one):
            yield Event("work", one.placement.from_day, said)
        before = one


def _changed(before: Placed | None, now: Placed) -> Said | None:
    facts: dict[str, object] = {
        "post": now.post.names,
        "department": now.department.names,
        "supervisor": now.supervisor.name if now.supervisor else "–",
    }
    if now.placement.status is PersonStatus.LEFT:
        return Said(N_("Left the company"))
    same = before is not None and (
        (before.placement.post_id, before.placement.department_id)
        == (now.placement.post_id, now.placement.department_id)
    )
    if before is not None and same and before.placement.status is now.placement.status:
        if before.placement.supervisor_id == now.placement.supervisor_id:
            return None
        return Said(N_("New direct supervisor: {supervisor}"), facts)
    return Said(N_("Post {post}, department {department}, supervisor {supervisor}"), facts)


def absences(look: Look) -> Iterator[Event]:
    """Days away, who answers for the training, and refusals of onboarding."""
    for one in report_person.of(look.session, Absence, look.id):
        if one.cancelled_at is None:
            text = N_("Away from {first} to {last}")
            facts = {"first": one.from_day, "last": one.to_day}
            more = Said(N_("Reason: {reason}"), {"reason": one.reason}) if look.sees_all else None
            yield Event("work", one.from_day, Said(text, facts), more)
    owners = report_person.of(look.session, TrainingOwner, look.id)
    names = report_person.names(look.session, {one.owner_id for one in owners})
    for owner in owners:
        facts_of = {"name": names.get(owner.owner_id, "")}
        text = N_("{name} answers for the training in the department")
        yield Event("work", owner.from_day, Said(text, facts_of))
    for refusal in report_person.of(look.session, OnboardingRefusal, look.id):
        text = N_("Refused onboarding; not decided yet")
        if refusal.accepted is not None:
            text = N_("Refused onboarding; the reason was not accepted")
        if refusal.accepted:
            text = N_("Refused onboarding; the reason was accepted")
        reason = Said(N_("Reason: {reason}"), {"reason": refusal.reason})
        day = look.day(refusal.at)
        yield Event("work", day, Said(text), reason if look.sees_all else None)


def trainings(look: Look) -> Iterator[Event]:
    """Sessions with the hours attended, agreements, delta training."""
    for attendee, one in report_person.trainings(look.session, look.id):
        came = attendance_of(look.platform, one, attendee, look.platform.clock.now())
        facts: dict[str, object] = {
            "code": one.code,
            "title": one.title,
            "presence": label(PRESENCES, came.presence),
            "hours": cut(came.hours),
        }
        text = N_("Training {code} “{title}”: {presence}, {hours} h")
        assessed = None
        if attendee.mark is not None:
            assessed = Said(N_("Assessed with {mark}"), {"mark": attendee.mark})
        yield Event("training", look.day(one.starts_at), Said(text, facts), assessed)
    for agreement, one in report_person.agreements(look.session, look.id):
        facts = {"number": agreement.number, "title": one.title}
        text = N_("Training agreement {number} for “{title}” signed")
        sum_ = Said(N_("{amount} yuan"), {"amount": fen_text(agreement.amount_fen)})
        day = look.day(agreement.signed_at)
        yield Event("training", day, Said(text, facts), sum_ if look.sees_all else None)
    for training, number, title in report_person.delta(look.session, look.id):
        facts = {"number": number, "title": title, "due": training.due_on}
        text = N_("Delta training on {number} “{title}”, due {due}")
        yield Event("training", look.day(training.assigned_at), Said(text, facts))
        if training.passed_at:
            text = N_("Passed the delta training on {number}")
            yield Event("training", look.day(training.passed_at), Said(text, facts))
        if training.suspended_at:
            text = N_("Suspended: the delta training on {number} was missed")
            yield Event("training", look.day(training.suspended_at), Said(text, facts))
