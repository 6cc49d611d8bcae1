"""Writing a new text of a standard: draft, change, give it to review, drop it (R-STD-01)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from certify.courseware.standards_file import StandardEntry
from certify.courseware.toml_place import explain
from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.domain.standard import text_hash
from certify.domain.standard_change import (
    DraftState,
    PilotScene,
    StandardDraft,
    StandardOpinion,
)
from certify.domain.standard_life import bar_to_day
from certify.errors import BadInput, Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.standard_life import words
from certify.services.standard_life.access import found_draft
from certify.services.typed import checked_text
from certify.storage import courses, standard_drafts, standards

LONGEST = 2000
"""Characters of what changes and why."""


@dataclass(frozen=True)
class Wanted:
    """A new text and from when it shall hold."""

    number: str
    content: Mapping[str, Any]
    """`category`, and by language `item`, `requirement`, `department`, `remark`; `target`."""
    effective_from: date
    description: str
    """What changes and why, for the revision record (R-STD-06)."""
    is_material: bool = True
    """Whether holders need delta training."""
    is_confidential: bool = False


def draft(platform: Platform, *, actor: Actor, wanted: Wanted) -> int:
    """Begin a new text of a standard, or of a new one; gives the number of the draft.

    Raises:
        NotPermitted
        BadInput: the text is no standard, or nothing says why it changes.
        Refused: a draft of the number is open already, nothing changes, or the day cannot be.
    """
    require(actor, Action.MANAGE_STANDARDS)
    require_person(actor)
    wanted = _checked(wanted)
    with platform.database.write() as session:
        courses.lock_loading(session)
        for one in standard_drafts.open_ones(session):
            if one.number == wanted.number:
                raise Refused(
                    _("Draft {draft} of {number} is open already.").format(
                        draft=one.id, number=wanted.number
                    ),
                    mend=_("Change it, or drop it first."),
                )
        refuse_text(session, platform, wanted)
        row = StandardDraft(
            number=wanted.number,
            content=dict(wanted.content),
            description=wanted.description,
            is_material=wanted.is_material,
            is_confidential=wanted.is_confidential,
            effective_from=wanted.effective_from,
            drafted_by=actor.person_id,
            drafted_at=platform.clock.now(),
        )
        session.add(row)
        session.flush()
        _record(session, platform, actor, row, "standard-drafted")
        return row.id or 0


def change(platform: Platform, *, actor: Actor, draft_id: int, wanted: Wanted) -> None:
    """Write an own draft anew; what was said of it counts no more, and it is a draft again.

    Raises:
        NotPermitted, NotFound, BadInput, Refused
    """
    require(actor, Action.MANAGE_STANDARDS)
    wanted = _checked(wanted)
    with platform.database.write() as session:
        courses.lock_loading(session)
        row = _own(session, actor, draft_id)
        if row.number != wanted.number:
            raise Refused(
                _("The draft is of {number}; its number stays.").format(number=row.number),
                mend=_("Begin a draft of its own for another standard."),
            )
        refuse_text(session, platform, wanted)
        row.content, row.description = dict(wanted.content), wanted.description
        row.is_material, row.is_confidential = wanted.is_material, wanted.is_confidential
        row.effective_from = wanted.effective_from
        row.state = DraftState.DRAFT
        voided = _void(session, row, platform.clock.now())
        _record(session, platform, actor, row, "standard-draft-changed", voided=voided)


def submit(platform: Platform, *, actor: Actor, draft_id: int) -> None:
    """Give an own draft to those whose opinions the policy asks for.

    Raises:
        NotPermitted, NotFound
        Refused: it is there already, or is no draft any more.
    """
    require(actor, Action.MANAGE_STANDARDS)
    with platform.database.write() as session:
        row = _own(session, actor, draft_id)
        if row.state is not DraftState.DRAFT:
            raise Refused(
                _("The draft is {state} already.").format(state=_(words.DRAFT_STATES[row.state]))
            )
        sides = platform.policy.standards.opinions
        row.state = DraftState.REVIEW if sides else DraftState.PILOT
        _record(session, platform, actor, row, "standard-submitted")


def drop(platform: Platform, *, actor: Actor, draft_id: int, reason: str) -> None:
    """Give a draft up.

    Raises:
        NotPermitted, NotFound
        BadInput: no reason is given.
        Refused: it is approved, or dropped already.
    """
    require(actor, Action.MANAGE_STANDARDS)
    reason = checked_text(reason, _("reason"))
    with platform.database.write() as session:
        row = found_draft(session, draft_id, lock=True)
        refuse_closed(row)
        row.state = DraftState.DROPPED
        _record(session, platform, actor, row, "standard-draft-dropped", reason=reason)


def refuse_closed(draft: StandardDraft) -> None:
    """Refuse to touch a draft that is approved or dropped.

    Raises:
        Refused
    """
    if draft.state not in standard_drafts.OPEN:
        raise Refused(
            _("The draft is {state}; it stays as it is.").format(
                state=_(words.DRAFT_STATES[draft.state])
            ),
            mend=_("Begin a new draft."),
        )


def refuse_text(session: Session, platform: Platform, wanted: Wanted) -> None:
    """Refuse a text that changes nothing, and a day on which nothing can change (R-STD-02).

    Raises:
        Refused
    """
    stored = standards.by_number(session, wanted.number)
    versions = standards.versions_by_number(session).get(wanted.number, [])
    firsts = [one.effective_from for one in versions]
    today, day = platform.today(), wanted.effective_from
    withdrawn_on = stored.withdrawn_on if stored else None
    if bar := bar_to_day(day, today=today, firsts=firsts, withdrawn_on=withdrawn_on):
        raise words.day_refusal(bar, day, newest=max(firsts, default=None), today=today)
    if versions and versions[-1].content_hash == text_hash(wanted.content):
        raise Refused(
            _("The text is the one from {day} on; nothing changes.").format(
                day=versions[-1].effective_from.isoformat()
            )
        )


def _checked(wanted: Wanted) -> Wanted:
    facts = {
        **wanted.content,
        "number": wanted.number,
        "effective_from": wanted.effective_from,
    }
    try:
        entry = StandardEntry.model_validate(facts)
    except ValidationError as problem:
        error = problem.errors()[0]
        message, mend = explain(error)
        place = ".".join(str(part) for part in error["loc"])
        raise BadInput(message, place=place, mend=mend) from problem
    for name in ("item", "requirement", "department"):
        if not getattr(entry, name):
            raise BadInput(
                _("The text is missing."), place=name, mend=_("Write it in one language at least.")
            )
    description = checked_text(wanted.description, _("reason for the change"), LONGEST)
    return Wanted(
        entry.number,
        entry.text(),
        wanted.effective_from,
        description,
        wanted.is_material,
        wanted.is_confidential,
    )


def _own(session: Session, actor: Actor, draft_id: int) -> StandardDraft:
    row = found_draft(session, draft_id, lock=True)
    refuse_closed(row)
    if row.drafted_by != actor.person_id:
        raise Refused(
            _("Somebody else wrote this draft."),
            mend=_("Tell them in your opinion what to change."),
        )
    return row


def _void(session: Session, draft: StandardDraft, now: datetime) -> int:
    """Let nothing count any more that was said of the text as it was; how much that is."""
    said: list[StandardOpinion | PilotScene] = [
        *standard_drafts.opinions(session, draft.id or 0),
        *standard_drafts.scenes(session, draft.id or 0),
    ]
    counted = [one for one in said if one.voided_at is None]
    for one in counted:
        one.voided_at = now
    return len(counted)


def _record(
    session: Session,
    platform: Platform,
    actor: Actor,
    draft: StandardDraft,
    action: str,
    **more: object,
) -> None:
    day = draft.effective_from.isoformat()
    facts = {"number": draft.number, "effective_from": day, "text": text_hash(draft.content)}
    record(session, platform, actor, action, f"standard-draft:{draft.id}", **facts, **more)
