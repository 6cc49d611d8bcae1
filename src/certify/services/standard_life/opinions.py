"""What the departments say of a draft, and how it did where it was tried (R-STD-01)."""

from certify.domain.permission import Action, may, require, require_person
from certify.domain.person import Actor
from certify.domain.standard_change import DraftState, PilotScene, StandardOpinion
from certify.domain.standard_life import state_after_opinions
from certify.errors import BadInput, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.standard_life import words
from certify.services.standard_life.access import found_draft, refuse_own
from certify.services.standard_life.draft_view import said_of
from certify.services.typed import checked_text

LONGEST = 2000
"""Characters of an opinion or of feedback."""


def opine(
    platform: Platform, *, actor: Actor, draft_id: int, side: str, agrees: bool, opinion: str
) -> DraftState:
    """Say what a department thinks of a draft; a later opinion of a side replaces its earlier one.

    When every side has agreed the draft goes on trial; a no takes it back into review.

    Args:
        side: one of the policy's `standards.opinions`.
    Returns:
        what the draft is now.
    Raises:
        NotPermitted, NotFound
        BadInput: there is no such side, or nothing is said.
        Refused: the actor wrote the draft, or it is not in review.
    """
    require(actor, Action.OPINE_STANDARD)
    require_person(actor)
    opinion = checked_text(opinion, _("opinion"), LONGEST)
    sides = platform.policy.standards.opinions
    if side not in sides:
        raise BadInput(
            _("“{side}” gives no opinion on standards.").format(side=side),
            mend=_("There are: {codes}.").format(codes=", ".join(sides)),
        )
    with platform.database.write() as session:
        row = found_draft(session, draft_id, lock=True)
        refuse_own(row, actor)
        if row.state not in (DraftState.REVIEW, DraftState.PILOT):
            raise Refused(
                _("The draft is not in review; it is: {state}.").format(
                    state=_(words.DRAFT_STATES[row.state])
                ),
                mend=_("Who wrote it gives it to review."),
            )
        session.add(
            StandardOpinion(
                draft_id=row.id or 0,
                side=side,
                agrees=agrees,
                opinion=opinion,
                by=actor.person_id,
                at=platform.clock.now(),
            )
        )
        session.flush()
        row.state = state_after_opinions(sides, said_of(session, row)[0])
        record(
            session,
            platform,
            actor,
            "standard-opinion",
            f"standard-draft:{row.id}",
            side=side,
            agrees=agrees,
            state=str(row.state),
        )
        return row.state


def try_scene(
    platform: Platform, *, actor: Actor, draft_id: int, scene: str, works: bool, feedback: str
) -> None:
    """Write down how a draft did in one scene; a later trial of a scene replaces its earlier one.

    Args:
        scene: such as a night shift, or complaints about delivery.
        feedback: what the front line said.
    Raises:
        NotPermitted, NotFound, BadInput
        Refused: the actor wrote the draft, or it is not on trial.
    """
    if not any(may(actor, one) for one in (Action.OPINE_STANDARD, Action.MANAGE_STANDARDS)):
        raise NotPermitted(
            _("You may not try drafts of standards."),
            mend=_("Ask HR or an administrator if you need to."),
        )
    require_person(actor)
    scene = checked_text(scene, _("scene"))
    feedback = checked_text(feedback, _("feedback"), LONGEST)
    with platform.database.write() as session:
        row = found_draft(session, draft_id, lock=True)
        refuse_own(row, actor)
        if row.state is not DraftState.PILOT:
            raise Refused(
                _("The draft is not on trial; it is: {state}.").format(
                    state=_(words.DRAFT_STATES[row.state])
                ),
                mend=_("It goes on trial when every side has agreed."),
            )
        session.add(
            PilotScene(
                draft_id=row.id or 0,
                scene=scene,
                works=works,
                feedback=feedback,
                by=actor.person_id,
                at=platform.clock.now(),
            )
        )
        subject = f"standard-draft:{row.id}"
        record(session, platform, actor, "standard-tried", subject, scene=scene, works=works)
