"""The supervisor decides whether a newcomer is skilled when the checks did not (R-INS-02)."""

from certify.domain.inspection import SkillDecision
from certify.domain.permission import require_person
from certify.domain.person import Actor, Person
from certify.errors import NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.inspection.conflicts import employed
from certify.services.inspection.schedule import newcomers
from certify.services.inspection.telling import tell
from certify.services.recording import record
from certify.services.typed import checked_text
from certify.storage import people


def decide(platform: Platform, *, actor: Actor, staff_no: str, skilled: bool, reason: str) -> None:
    """Say whether a newcomer is skilled; a no is asked again after as many weeks.

    Raises:
        NotPermitted: the actor is not the newcomer's direct supervisor.
        NotFound, BadInput
        Refused: it is too early, or the person is skilled or no newcomer.
    """
    require_person(actor)
    reason = checked_text(reason, _("reason"))
    today = platform.today()
    with platform.database.write() as session:
        reporting = people.by_staff_no(session, staff_no)
        if reporting is None or reporting.supervisor_id != actor.person_id:
            raise NotPermitted(
                _("You are not the direct supervisor of this person."),
                mend=_("The direct supervisor decides."),
            )
        person = employed(session, actor, staff_no)
        session.get(Person, person.id, with_for_update=True)  # no two decisions at once
        person_id = person.id or 0
        found = newcomers(session, platform, today, [person_id]).get(person_id)
        if found is None or not found.needs_decision:
            weeks = platform.policy.inspection.undecided_weeks
            raise Refused(
                _("There is nothing to decide about {name} now.").format(name=person.name),
                mend=_("After {count} weeks without leave the checks no longer decide.").format(
                    count=weeks
                ),
            )
        session.add(
            SkillDecision(
                person_id=person_id,
                skilled=skilled,
                reason=reason,
                decided_by=actor.person_id,
                day=today,
                at=platform.clock.now(),
            )
        )
        tell(session, platform, [person_id], "skill-decided", skilled=skilled, reason=reason)
        record(session, platform, actor, "skill-decided", f"person:{person_id}", skilled=skilled)
