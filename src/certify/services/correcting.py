"""Correcting a result after the exam: first a list of what changes for whom, then two persons.

A correction is tried by carrying it out and undoing it, so that the list is what will happen. One
person proposes it having seen the list, another applies it while the list is still the same
(R-ASM-09, R-ASM-15). Every changed result stands beside the old one with its reason.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from certify.domain.correction import Change, Correction, CorrectionKind, fingerprint
from certify.domain.course import Exam
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor, Person
from certify.errors import NotFound, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services import closing, corrected, item_shown, own_exam
from certify.services.lobby import find_exam
from certify.storage import attempts, ledger, results


@dataclass(frozen=True)
class Wish:
    """What is to be corrected."""

    exam: str
    kind: CorrectionKind
    item: str
    """Code of the item, with its version where several stood on forms: `CMP-014@2`."""
    reason: str
    points: Fraction | None = None
    """New points, for `re-weight`."""
    attempt_id: int | None = None
    """Whose answer is marked again, for `re-mark`."""
    share: Fraction | None = None
    """Share of the points it gets then, 0 to 1."""
    lowers: bool = False
    """Whether those whose mark falls get the lower one; otherwise they keep theirs."""


@dataclass(frozen=True)
class CorrectionView:
    """A correction with what it changes, or changed."""

    id: int
    exam: str
    title: dict[str, str]
    kind: CorrectionKind
    item: str
    facts: dict[str, Any]
    lowers: bool
    reason: str
    proposed_by: str
    proposed_at: datetime
    applied_by: str
    applied_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for a second person."""
        return self.applied_at is None and self.withdrawn_at is None


class _OnlyLooking(Exception):
    """Undoes what was tried."""


def preview(platform: Platform, *, actor: Actor, wish: Wish) -> list[Change]:
    """Exactly whose mark, verdict, level and certificate a correction would change.

    Raises:
        NotPermitted, NotFound, Refused: the correction cannot be.
    """
    require_person(actor)
    require(actor, Action.CORRECT)
    sat = own_exam.sat_by(platform, actor)

    def wished(session: Session) -> Correction:
        exam = find_exam(session, wish.exam)
        own_exam.refuse_bank(sat, exam.course_id)  # whom it would change tells what is right
        return _made(session, platform, actor, exam, wish)

    return _tried(platform, actor, wished)


def propose(platform: Platform, *, actor: Actor, wish: Wish) -> int:
    """Put a correction before a second person; returns its number. Nothing changes yet.

    Raises:
        NotPermitted, NotFound, Refused
    """
    changes = preview(platform, actor=actor, wish=wish)
    if any(change.staff_no == actor.staff_no for change in changes):
        raise Refused(_("It changes a result of your own; somebody else must propose it."))
    with platform.database.write() as session:
        made = _made(session, platform, actor, find_exam(session, wish.exam), wish)
        made.preview_hash = fingerprint(changes)
        session.add(made)
        session.flush()
        _record(session, platform, actor, made, "correction-proposed", len(changes))
        return made.id or 0


def apply(platform: Platform, *, actor: Actor, number: int) -> list[Change]:
    """Carry a proposed correction out, as another person than who proposed it.

    Raises:
        NotPermitted, NotFound
        Refused: by the same person, by somebody whose own result it changes, or because the list
            of changes is not the one the proposer saw any more.
    """
    require_person(actor)
    require(actor, Action.CORRECT)
    with platform.database.write() as session:
        found = _open(session, number)
        if found.proposed_by == actor.person_id:
            raise Refused(
                _("A correction is applied by another person than who proposed it."),
                mend=_("Ask a colleague who may correct results."),
            )
        done = corrected.carry_out(session, platform, found, actor.person_id)
        changes = done.changes
        if any(change.staff_no == actor.staff_no for change in changes):
            raise Refused(_("It changes a result of your own; somebody else must apply it."))
        if fingerprint(changes) != found.preview_hash:
            raise Refused(
                _("What it changes is not what the proposer saw any more."),
                mend=_("Withdraw it and propose it again."),
            )
        _record(session, platform, actor, found, "correction-applied", len(changes))
    for outcome in done.outcomes:
        closing.announce(platform, outcome)
    return changes


def look(platform: Platform, *, actor: Actor, number: int) -> list[Change]:
    """What an open correction would change now.

    Raises:
        NotPermitted, NotFound, Refused
    """
    require_person(actor)
    require(actor, Action.CORRECT)
    return _tried(platform, actor, lambda session: _open(session, number))


def withdraw(platform: Platform, *, actor: Actor, number: int) -> None:
    """Give an open correction up.

    Raises:
        NotPermitted, NotFound, Refused
    """
    require_person(actor)
    require(actor, Action.CORRECT)
    with platform.database.write() as session:
        found = _open(session, number)
        found.withdrawn_at = platform.clock.now()
        session.add(found)
        _record(session, platform, actor, found, "correction-withdrawn", 0)


def corrections(platform: Platform, *, actor: Actor) -> list[CorrectionView]:
    """Every correction, the newest first.

    Raises:
        NotPermitted
    """
    require(actor, Action.CORRECT)
    with platform.database.read() as session:
        return [_view(session, one) for one in results.corrections(session)]


def correctable(platform: Platform, *, actor: Actor, exam: str) -> list[str]:
    """The items that stood on forms of an exam, as `Wish.item` names them.

    Raises:
        NotPermitted, NotFound
    """
    require(actor, Action.CORRECT)
    with platform.database.read() as session:
        return list(item_shown.names(session, find_exam(session, exam).id or 0))


def _made(session: Session, platform: Platform, actor: Actor, exam: Exam, wish: Wish) -> Correction:
    """The correction as it would be kept."""
    if not wish.reason.strip():
        raise Refused(_("A correction needs a reason; it is kept with every changed result."))
    version = item_shown.find(session, exam, wish.item)
    facts: dict[str, Any] = {}
    if wish.kind is CorrectionKind.REKEY:
        facts = {"version": item_shown.successor(session, platform, version).id}
    elif wish.kind is CorrectionKind.REWEIGHT:
        if wish.points is None or not 0 < wish.points <= item_shown.MOST_POINTS:
            raise Refused(_("New points lie above 0 and are at most 100."))
        facts = {"points": str(wish.points)}
    elif wish.kind is CorrectionKind.REMARK:
        facts = _again(session, exam, version.id or 0, wish)
    return Correction(
        exam_id=exam.id or 0,
        kind=wish.kind,
        version_id=version.id or 0,
        facts=facts,
        lowers=wish.lowers or wish.kind is CorrectionKind.REMARK,
        reason=wish.reason.strip(),
        proposed_by=actor.person_id,
        proposed_at=platform.clock.now(),
        preview_hash="",
    )


def _again(session: Session, exam: Exam, version_id: int, wish: Wish) -> dict[str, Any]:
    if wish.share is None or not 0 <= wish.share <= 1:
        raise Refused(_("The new share of the points lies between 0 and 1."))
    for attempt in results.with_version(session, exam.id or 0, version_id):
        if attempt.id == wish.attempt_id:
            versions = [int(item["version"]) for item in attempt.form]
            position = versions.index(version_id)
            return {"attempt": attempt.id, "position": position, "share": str(wish.share)}
    raise NotFound(_("There is no result of this attempt."))


def _tried(platform: Platform, actor: Actor, find: Callable[[Session], Correction]) -> list[Change]:
    """What a correction would change: it is carried out and undone."""
    changes: list[Change] = []
    with suppress(_OnlyLooking), platform.database.write() as session:
        correction = find(session)
        session.add(correction)
        session.flush()
        changes = corrected.carry_out(session, platform, correction, actor.person_id).changes
        raise _OnlyLooking
    return changes


def _open(session: Session, number: int) -> Correction:
    found = None
    if attempts.may_be_id(number):
        found = session.get(Correction, number, with_for_update=True)
    if found is None:
        raise NotFound(
            _("There is no correction {number}.").format(number=number),
            mend=_("“certify attempt corrections” shows all of them."),
        )
    if found.applied_at is not None:
        raise Refused(_("Correction {number} was applied already.").format(number=number))
    if found.withdrawn_at is not None:
        raise Refused(_("Correction {number} was withdrawn.").format(number=number))
    return found


def _record(
    session: Session,
    platform: Platform,
    actor: Actor,
    correction: Correction,
    action: str,
    changes: int,
) -> None:
    ledger.append(
        session,
        at=platform.clock.now(),
        actor_id=actor.person_id,
        action=action,
        subject=f"correction:{correction.id}",
        facts={
            "kind": correction.kind.value,
            "version": correction.version_id,
            "facts": correction.facts,
            "lowers": correction.lowers,
            "preview": correction.preview_hash,
            "changes": changes,
        },
    )


def _view(session: Session, one: Correction) -> CorrectionView:
    exam = session.get_one(Exam, one.exam_id)
    applied = session.get(Person, one.applied_by) if one.applied_by else None
    return CorrectionView(
        id=one.id or 0,
        exam=exam.code,
        title=exam.title,
        kind=one.kind,
        item=item_shown.name(session, one.exam_id, one.version_id),
        facts=one.facts,
        lowers=one.lowers,
        reason=one.reason,
        proposed_by=session.get_one(Person, one.proposed_by).name,
        proposed_at=one.proposed_at,
        applied_by=applied.name if applied else "",
        applied_at=one.applied_at,
        withdrawn_at=one.withdrawn_at,
    )
