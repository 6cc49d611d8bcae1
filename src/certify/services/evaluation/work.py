"""How much of evaluation waits for the person at the screen."""

from dataclasses import dataclass

from certify.domain.permission import Action, may
from certify.domain.person import Actor
from certify.platform import Platform
from certify.storage import evaluation_work


@dataclass(frozen=True)
class EvaluationWork:
    """What waits; all 0 for whom nothing does."""

    ratings: int
    """Scores to give (page `ratings`)."""
    plans: int
    """Coaching plans of direct reports that are not done (page `coaching-plans`)."""
    consequences: int
    """Consequences to confirm or decline (page `consequences`)."""
    appeals: int
    """Appeals that wait (page `appeals`)."""


def work_of(platform: Platform, *, actor: Actor) -> EvaluationWork:
    """What of evaluation waits for the actor; of what they may not decide 0."""
    person_id = actor.person_id
    with platform.database.read() as session:
        decides = may(actor, Action.DECIDE_CONSEQUENCES)
        hears = may(actor, Action.DECIDE_APPEAL)
        return EvaluationWork(
            ratings=evaluation_work.ratings(session, person_id),
            plans=evaluation_work.plans(session, person_id),
            consequences=evaluation_work.consequences(session, person_id) if decides else 0,
            appeals=evaluation_work.appeals(session, person_id) if hears else 0,
        )
