"""HR suspends, reinstates and revokes, with a reason (R-QUA-06)."""

from collections.abc import Callable
from datetime import date

from certify.domain.person import Actor
from certify.domain.qualification import QualificationState
from certify.errors import BadInput, NotFound
from certify.hooks.events import QualificationChanged
from certify.i18n import _
from certify.platform import Platform
from certify.services.qualifying import states
from certify.services.qualifying.decisions import other_person
from certify.services.typed import checked_text
from certify.storage import qualifications

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
) -> None:
    """Give what somebody holds another state.

    Args:
        code: of the level or process, or the number of a certificate.
        state: SUSPENDED, ACTIVE (reinstated, with the old last valid day) or REVOKED (for ever).
        from_day: first day of the state, today or later; None for today.
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
    with platform.database.write() as session:
        person = other_person(session, actor, staff_no)
        rows = [
            row
            for row in qualifications.of_person(session, person.id or 0)
            if code.upper() in (row.code.upper(), row.certificate) and states.state_of(row, day)
        ]
        if not rows:
            raise NotFound(_("{name} does not hold {code}.").format(name=person.name, code=code))
        row = max(rows, key=lambda one: (_is_open(states.state_of(one, day)), one.period.valid_to))
        found = qualifications.locked(session, row.id)
        _DEEDS[state](
            session, platform, found, actor_id=actor.person_id, reason=reason, from_day=day
        )
        summary = QualificationChanged(person.staff_no, row.code, state.value, day, reason)
    platform.plugins.announce("certify_qualification_changed", summary=summary)


def _is_open(state: QualificationState | None) -> bool:
    return state in (QualificationState.ACTIVE, QualificationState.SUSPENDED)
