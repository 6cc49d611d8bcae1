"""Suspending, reinstating and revoking: who decided, why, from which day (R-QUA-06, R-QUA-07)."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from certify.domain.message import PersonMessage
from certify.domain.qualification import (
    Qualification,
    QualificationChange,
    QualificationState,
    may_become,
    standing_on,
)
from certify.domain.sealing import sealed
from certify.errors import Refused
from certify.i18n import N_, _
from certify.platform import Platform
from certify.services.qualifying.giving import write_change
from certify.storage import ledger, qualifications
from certify.storage.qualifications import PeriodRow

LIFTED = "lifted:"
"""Begins the reason of a change that takes one of several causes of a suspension away."""

STATE_NAMES = {
    QualificationState.ACTIVE: N_("active"),
    QualificationState.SUSPENDED: N_("suspended"),
    QualificationState.REVOKED: N_("revoked"),
    QualificationState.SUPERSEDED: N_("superseded"),
    QualificationState.EXPIRED: N_("expired"),
    QualificationState.PENDING: N_("pending"),
}


def suspend(
    session: Session,
    platform: Platform,
    qualification: Qualification,
    *,
    actor_id: int,
    reason: str,
    from_day: date | None = None,
) -> None:
    """Take a qualification away for a time; its last valid day stays (R-QUA-07).

    Args:
        actor_id: who decided; 0 where a rule did.
        reason: a code such as `grade:7`, or the words of who decided.
        from_day: first day without it; None for today.
    Raises:
        Refused: it is neither active nor pending.
    """
    _change(
        session, platform, qualification, QualificationState.SUSPENDED, actor_id, reason, from_day
    )


def reinstate(
    session: Session,
    platform: Platform,
    qualification: Qualification,
    *,
    actor_id: int,
    reason: str,
    from_day: date | None = None,
) -> None:
    """Give a suspended qualification back, with the old last valid day.

    Raises:
        Refused: it is not suspended.
    """
    _change(session, platform, qualification, QualificationState.ACTIVE, actor_id, reason, from_day)


def revoke(
    session: Session,
    platform: Platform,
    qualification: Qualification,
    *,
    actor_id: int,
    reason: str,
    from_day: date | None = None,
) -> None:
    """Take a qualification away for ever.

    Raises:
        Refused: it is revoked already.
    """
    _change(
        session, platform, qualification, QualificationState.REVOKED, actor_id, reason, from_day
    )


def suspend_all(
    session: Session,
    platform: Platform,
    person_id: int,
    *,
    actor_id: int,
    reason: str,
    from_day: date | None = None,
) -> list[str]:
    """Suspend all that a person holds or is to hold; the codes of what was suspended.

    What is suspended already stays so until this cause is lifted too.
    """
    day = from_day or platform.today()
    suspended = []
    for row in qualifications.of_person(session, person_id):
        state = state_of(row, day)
        if state in (QualificationState.ACTIVE, QualificationState.PENDING):
            found = qualifications.locked(session, row.id)
            suspend(session, platform, found, actor_id=actor_id, reason=reason, from_day=from_day)
            suspended.append(row.code)
        elif state is QualificationState.SUSPENDED:
            _add(session, platform, row, actor_id, reason, day)
    return suspended


def reinstate_for(
    session: Session,
    platform: Platform,
    person_id: int,
    *,
    cause: str,
    actor_id: int,
    reason: str,
    codes: Iterable[str] | None = None,
) -> list[str]:
    """Give back what was suspended for one cause; the codes of what was given back.

    What is suspended for another cause too stays suspended for that one.

    Args:
        cause: the reason of the suspension, such as `grade:7`; `grade:` for every one of a kind.
        codes: the only levels or processes wanted; None for all.
    """
    wanted = None if codes is None else set(codes)
    day = platform.today()
    given = []
    for row in qualifications.of_person(session, person_id):
        if state_of(row, day) is not QualificationState.SUSPENDED:
            continue
        causes = open_causes(qualifications.changes(session, row.id))
        if wanted is not None and row.code not in wanted:
            continue
        if not any(_is_of(cause, one) for one in causes):
            continue
        if not all(_is_of(cause, one) for one in causes):
            _add(session, platform, row, actor_id, f"{LIFTED}{cause}", day)
            continue
        found = qualifications.locked(session, row.id)
        reinstate(session, platform, found, actor_id=actor_id, reason=reason)
        given.append(row.code)
    return given


def open_causes(changes: Iterable[QualificationChange]) -> list[str]:
    """The reasons for which something is suspended now, the first one first."""
    causes: list[str] = []
    for one in changes:
        if one.state is not QualificationState.SUSPENDED:
            causes = []
        elif one.reason.startswith(LIFTED):
            lifted = one.reason.removeprefix(LIFTED)
            causes = [cause for cause in causes if not _is_of(lifted, cause)]
        else:
            causes.append(one.reason)
    return causes


def _is_of(cause: str, reason: str) -> bool:
    """Whether a reason is a cause, or one of its kind: `grade:1` is not `grade:12`."""
    return reason == cause or (cause.endswith(":") and reason.startswith(cause))


def state_of(row: PeriodRow, day: date) -> QualificationState | None:
    """How a period stands as of a day; None before it existed."""
    standing = standing_on(day, row.period, row.successors)
    return standing.state if standing else None


def check_may_become(row: PeriodRow, following: QualificationState, day: date) -> None:
    """Refuse a state that cannot follow the one there is on a day.

    Raises:
        Refused
    """
    state = state_of(row, day)
    if state is None or not may_become(state, following):
        raise Refused(
            _("{code} is {state}; it cannot become {following}.").format(
                code=row.code,
                state=_(STATE_NAMES[state]) if state else _("not given yet"),
                following=_(STATE_NAMES[following]),
            )
        )


def _add(
    session: Session, platform: Platform, row: PeriodRow, actor_id: int, reason: str, day: date
) -> None:
    """Write one more cause of a suspension, or that one is lifted; the state stays."""
    now = platform.clock.now()
    change = write_change(
        session,
        qualifications.locked(session, row.id),
        QualificationState.SUSPENDED,
        from_day=day,
        at=now,
        actor_id=actor_id,
        reason=reason,
    )
    ledger.append(
        session,
        at=now,
        actor_id=actor_id,
        action="suspension-cause",
        subject=f"person:{row.person_id}",
        facts={
            "code": row.code,
            "reason": reason,
            "from_day": day.isoformat(),
            "seals": sealed(change),
        },
    )


def _change(
    session: Session,
    platform: Platform,
    qualification: Qualification,
    following: QualificationState,
    actor_id: int,
    reason: str,
    from_day: date | None,
) -> None:
    rows = qualifications.of_person(session, qualification.person_id)
    row = next(one for one in rows if one.id == qualification.id)
    day = from_day or platform.today()
    check_may_become(row, following, day)
    now = platform.clock.now()
    change = write_change(
        session, qualification, following, from_day=day, at=now, actor_id=actor_id, reason=reason
    )
    facts = {
        "code": row.code,
        "certificate": row.certificate,
        "state": following.value,
        "from_day": day.isoformat(),
        "reason": reason,
        "seals": sealed(change),
    }
    ledger.append(
        session,
        at=now,
        actor_id=actor_id,
        action="qualification-changed",
        subject=f"person:{row.person_id}",
        facts=facts,
    )
    told = {"title": row.title, "code": row.code, "state": following.value, "day": day.isoformat()}
    session.add(
        PersonMessage(
            person_id=row.person_id,
            at=now,
            kind="qualification-changed",
            facts=told | {"reason": reason, "valid_to": row.period.valid_to.isoformat()},
        )
    )
