"""HR suspends, reinstates and revokes, with a reason (R-QUA-06)."""

from collections.abc import Callable
from datetime import date

from sqlmodel import Session

from certify.domain.person import Actor, Person
from certify.domain.proposal import Proposal, ProposalKind
from certify.domain.qualification import QualificationState
from certify.errors import BadInput, NotFound
from certify.hooks.events import QualificationChanged
from certify.i18n import _
from certify.platform import Platform
from certify.services import proposals
from certify.services.qualifying import states
from certify.services.qualifying.decisions import other_person
from certify.services.typed import checked_text
from certify.storage import qualifications
from certify.storage.qualifications import PeriodRow

_DEEDS: dict[QualificationState, Callable[..., None]] = {
    QualificationState.SUSPENDED: states.suspend,
    QualificationState.ACTIVE: states.reinstate,
    QualificationState.REVOKED: states.revoke,
}


def decide(
    platform: Platform,
    *,
    actor: Actor,
    staff_no: str,
    code: str,
    state: QualificationState,
    reason: str,
    from_day: date | None = None,
) -> int | None:
    """Give what somebody holds another state; to revoke takes a second person (`trust`).

    Args:
        code: of the level or process, or the number of a certificate.
        state: SUSPENDED, ACTIVE (reinstated, with the old last valid day) or REVOKED (for ever).
        from_day: first day of the state, today or later; None for today.
    Returns:
        The number of the proposal that waits for a second person; None where it is done.
    Raises:
        NotPermitted: also for what is the actor's own.
        NotFound: the person holds nothing of the kind.
        BadInput: no reason, or a day that is past.
        Refused: the state cannot follow the one there is.
    """
    reason = checked_text(reason, _("reason"))
    day = from_day or platform.today()
    if day < platform.today():
        raise BadInput(
            _("{day} is past.").format(day=day.isoformat()),
            mend=_("A decision counts from today on, or from a later day."),
        )
    takes_two = state is QualificationState.REVOKED and platform.policy.trust.two_persons
    with platform.database.write() as session:
        person = other_person(session, actor, staff_no)
        row = _row(session, person, code, day)
        if takes_two:
            states.check_may_become(row, state, day)
            facts = {"code": row.code, "certificate": row.certificate, "from_day": day.isoformat()}
            made = proposals.propose(
                session,
                platform,
                actor,
                kind=ProposalKind.REVOCATION,
                subject=f"qualification:{row.id}",
                person_id=person.id or 0,
                facts=facts,
                reason=reason,
            )
            return made.id
        summary = _carry_out(session, platform, actor, person, row, state, reason, day)
    platform.plugins.announce("certify_qualification_changed", summary=summary)
    return None


def revoke_proposed(
    session: Session, platform: Platform, actor: Actor, proposal: Proposal
) -> QualificationChanged:
    """Carry a confirmed revocation out, from its day or from today where that is past.

    The deed is the proposer's and the confirmer's; the ledger names both.

    Raises:
        NotFound, Refused: it cannot be revoked any more.
    """
    person = session.get_one(Person, proposal.person_id, with_for_update=True)
    day = max(date.fromisoformat(proposal.facts["from_day"]), platform.today())
    row = _row(session, person, proposal.facts["certificate"], day)
    return _carry_out(
        session, platform, actor, person, row, QualificationState.REVOKED, proposal.reason, day
    )


def _row(session: Session, person: Person, code: str, day: date) -> PeriodRow:
    """The newest of what somebody holds by a code or a certificate's number, what is open first."""
    rows = [
        row
        for row in qualifications.of_person(session, person.id or 0)
        if code.upper() in (row.code.upper(), row.certificate) and states.state_of(row, day)
    ]
    if not rows:
        raise NotFound(_("{name} does not hold {code}.").format(name=person.name, code=code))
    return max(rows, key=lambda one: (_is_open(states.state_of(one, day)), one.period.valid_to))


def _carry_out(
    session: Session,
    platform: Platform,
    actor: Actor,
    person: Person,
    row: PeriodRow,
    state: QualificationState,
    reason: str,
    day: date,
) -> QualificationChanged:
    found = qualifications.locked(session, row.id)
    _DEEDS[state](session, platform, found, actor_id=actor.person_id, reason=reason, from_day=day)
    return QualificationChanged(person.staff_no, row.code, state.value, day, reason)


def _is_open(state: QualificationState | None) -> bool:
    return state in (QualificationState.ACTIVE, QualificationState.SUSPENDED)
