"""What of evaluation, training, inspection and standards waits for a person, counted by page."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta

from certify.domain.evaluation import ConsequenceState
from certify.domain.permission import Action, may
from certify.domain.person import Actor
from certify.domain.standard_change import DraftState
from certify.platform import Platform
from certify.services import hall_sittings, proposals, reminders
from certify.services.evaluation import appeals, asking, coaching, consequence_decisions
from certify.services.inspection import anomalies, notices, schedule
from certify.services.placing import refusals
from certify.services.standard_life import delta, draft_view
from certify.services.training import plan_views, sessions


@dataclass(frozen=True)
class DeskPage:
    """So many things wait on a page."""

    page: str
    count: int
    is_late: bool
    """Whether one of them is past its last day."""


def waiting(platform: Platform, *, actor: Actor) -> tuple[DeskPage, ...]:
    """What the actor has to do, page by page; pages on which nothing waits are left out."""
    found = []
    for page, (look, needs) in _PAGES.items():
        if needs is not None and not may(actor, needs):
            continue
        count, is_late = look(platform, actor)
        if count:
            found.append(DeskPage(page, count, is_late))
    return tuple(found)


def _ratings(platform: Platform, actor: Actor) -> tuple[int, bool]:
    asked = asking.asked_of(platform, actor=actor)
    return sum(one.counts and one.score is None for one in asked), False


def _deltas(platform: Platform, actor: Actor) -> tuple[int, bool]:
    return _late([one.is_late for one in delta.mine(platform, actor=actor)])


def _sessions(platform: Platform, actor: Actor) -> tuple[int, bool]:
    today = platform.today()
    found = sessions.listed(platform, actor=actor, days=(today, today + timedelta(days=1)))
    return sum(one.attends or one.trainer_no == actor.staff_no for one in found), False


def _notices(platform: Platform, actor: Actor) -> tuple[int, bool]:
    return _late([one.is_overdue for one in notices.waiting(platform, actor=actor)])


def _anomalies(platform: Platform, actor: Actor) -> tuple[int, bool]:
    return len(anomalies.waiting(platform, actor=actor)), False


def _inspections(platform: Platform, actor: Actor) -> tuple[int, bool]:
    return len(schedule.due(platform, actor=actor)), False


def _coaching(platform: Platform, actor: Actor) -> tuple[int, bool]:
    plans = coaching.listed(platform, actor=actor)
    return _late([one.is_overdue for one in plans if one.may_write and one.done_on is None])


def _consequences(platform: Platform, actor: Actor) -> tuple[int, bool]:
    state = ConsequenceState.PROPOSED
    found = consequence_decisions.listed(platform, actor=actor, state=state)
    return sum(not one.is_own for one in found), False


def _appeals(platform: Platform, actor: Actor) -> tuple[int, bool]:
    found = appeals.listed(platform, actor=actor)
    return sum(one.may_decide and one.upheld is None for one in found), False


def _proposals(platform: Platform, actor: Actor) -> tuple[int, bool]:
    return sum(one.may_decide for one in proposals.listed(platform, actor=actor)), False


def _expiring(platform: Platform, actor: Actor) -> tuple[int, bool]:
    return len(reminders.expiring(platform, actor=actor)), False


def _refusals(platform: Platform, actor: Actor) -> tuple[int, bool]:
    found = refusals.waiting(platform, actor=actor)
    return sum(one.staff_no != actor.staff_no for one in found), False


def _plans(platform: Platform, actor: Actor) -> tuple[int, bool]:
    annual = plan_views.annual_plans(platform, actor=actor)
    ad_hoc = plan_views.ad_hoc_plans(platform, actor=actor)
    reviews = [*(one.review for one in annual), *(one.review for one in ad_hoc)]
    return sum(one.may_decide for one in reviews), False


def _drafts(platform: Platform, actor: Actor) -> tuple[int, bool]:
    open_states = (DraftState.REVIEW, DraftState.PILOT)
    found = draft_view.drafts(platform, actor=actor)
    return sum(one.state in open_states and not one.is_own for one in found), False


def _to_admit(platform: Platform, actor: Actor) -> tuple[int, bool]:
    return hall_sittings.waiting(platform, actor=actor), False


def _late(late: Collection[bool]) -> tuple[int, bool]:
    return len(late), any(late)


_PAGES: dict[str, tuple[Callable[[Platform, Actor], tuple[int, bool]], Action | None]] = {
    "invigilation": (_to_admit, Action.CONDUCT_EXAM),
    "delta-trainings": (_deltas, None),
    "ratings": (_ratings, None),
    "training-sessions": (_sessions, None),
    "notices": (_notices, None),
    "anomalies": (_anomalies, None),
    "coaching-plans": (_coaching, None),
    "inspection-due": (_inspections, Action.INSPECT),
    "consequences": (_consequences, Action.DECIDE_CONSEQUENCES),
    "appeals": (_appeals, Action.DECIDE_APPEAL),
    "proposals": (_proposals, Action.MANAGE_QUALIFICATIONS),
    "refusals": (_refusals, Action.EXEMPT),
    "expiring": (_expiring, Action.MANAGE_QUALIFICATIONS),
    "training-plans": (_plans, Action.APPROVE_TRAINING),
    "standard-drafts": (_drafts, Action.OPINE_STANDARD),
}
"""By page what counts what waits there, and what somebody must be allowed for it."""
