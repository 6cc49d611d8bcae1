"""HR decides what a grade brings: confirms or declines, with a reason (R-EVA-08)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.domain.evaluation import ConsequenceState, ProposedConsequence
from certify.domain.grade import Grade
from certify.domain.permission import Action, may, require, require_person
from certify.domain.person import Actor
from certify.errors import BadInput, NotFound, NotPermitted, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.evaluation import effects
from certify.services.recording import record
from certify.services.typed import checked_text, person_for
from certify.storage import consequences
from certify.storage.consequences import ConsequenceRow


@dataclass(frozen=True)
class ConsequenceView:
    """A consequence of a grade."""

    id: int
    staff_no: str
    name: str
    period: str
    grade: Grade
    kind: str
    factor: str
    """Of the performance bonus, as exact text; empty where it has none."""
    due_on: date | None
    state: ConsequenceState
    reason: str
    is_at_once: bool
    """Whether the rules of the company confirmed it when the period closed."""
    is_own: bool
    """Whether it is of the person at the screen, who may not decide about it."""


def listed(
    platform: Platform, *, actor: Actor, state: ConsequenceState | None = None
) -> list[ConsequenceView]:
    """Consequences, the newest period first, by staff number in it.

    Args:
        state: None for all of them.
    Raises:
        NotPermitted
    """
    require(actor, Action.DECIDE_CONSEQUENCES)
    with platform.database.read() as session:
        return [_view(row, actor) for row in consequences.rows(session, state=state)]


def of_person(
    platform: Platform, *, actor: Actor, staff_no: str | None = None
) -> list[ConsequenceView]:
    """What the grades of a person brought; a person sees what is confirmed of their own.

    Raises:
        NotPermitted, NotFound
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_EVALUATIONS)
        sees_all = may(actor, Action.DECIDE_CONSEQUENCES) and person.id != actor.person_id
        return [
            _view(row, actor)
            for row in consequences.rows(session, person_id=person.id)
            if sees_all or row.consequence.state is ConsequenceState.CONFIRMED
        ]


def decide(
    platform: Platform, *, actor: Actor, ids: Collection[int], confirm: bool, reason: str
) -> int:
    """Confirm or decline consequences, all of them or none; gives how many.

    Args:
        ids: numbers of the consequences; several at once for a grade.
        reason: the same for all; the person reads it.
    Raises:
        NotPermitted: not HR, or one of them is the actor's own.
        NotFound, BadInput
        Refused: one of them is decided already.
    """
    require_person(actor)
    require(actor, Action.DECIDE_CONSEQUENCES)
    reason = checked_text(reason, _("reason"))
    if not ids:
        raise BadInput(_("No consequence is named."), mend=_("Name one or more by number."))
    with platform.database.write() as session:
        found = consequences.lock(session, ids)
        if missing := set(ids) - {one.id for one in found}:
            raise NotFound(
                _("There is no consequence {number}.").format(number=min(missing)),
                mend=_("“certify consequence list” shows all of them."),
            )
        for one in found:
            _decide(session, platform, actor, one, confirm, reason)
        return len(found)


def _decide(
    session: Session,
    platform: Platform,
    actor: Actor,
    row: ProposedConsequence,
    confirm: bool,
    reason: str,
) -> None:
    if row.person_id == actor.person_id:
        raise NotPermitted(
            _("Nobody decides what their own grade brings."),
            mend=_("Let somebody else of HR decide about number {number}.").format(number=row.id),
        )
    if row.state is not ConsequenceState.PROPOSED:
        raise Refused(_("Number {number} is decided already.").format(number=row.id))
    row.state = ConsequenceState.CONFIRMED if confirm else ConsequenceState.DECLINED
    row.reason, row.decided_by = reason, actor.person_id
    row.decided_at = platform.clock.now()
    if confirm:
        effects.bring(session, platform, actor, row)
    facts = {"consequence": row.id, "kind": row.kind, "evaluation": row.evaluation_id}
    action = "consequence-confirmed" if confirm else "consequence-declined"
    record(session, platform, actor, action, f"person:{row.person_id}", **facts)


def _view(row: ConsequenceRow, actor: Actor) -> ConsequenceView:
    one = row.consequence
    return ConsequenceView(
        id=one.id or 0,
        staff_no=row.person.staff_no,
        name=row.person.name,
        period=row.period.code,
        grade=row.evaluation.grade or Grade.UNQUALIFIED,
        kind=one.kind,
        factor=one.facts.get("factor", ""),
        due_on=one.due_on,
        state=one.state,
        reason=one.reason,
        is_at_once="at_once" in one.facts,
        is_own=one.person_id == actor.person_id,
    )
