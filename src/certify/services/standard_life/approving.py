"""Top management approves a new text with its first day, or withdraws a standard (R-STD-01)."""

from datetime import date

from sqlmodel import Session

from certify.domain.person import Actor
from certify.domain.standard import Standard, StandardCategory, StandardVersion, text_hash
from certify.domain.standard_change import DraftState, StandardDraft
from certify.domain.standard_life import (
    bar_to_day,
    disagreeing_sides,
    failing_scenes,
    missing_scenes,
    missing_sides,
)
from certify.errors import NotFound, Refused
from certify.hooks.events import StandardChanged
from certify.i18n import _, _n
from certify.platform import Platform
from certify.services.recording import record
from certify.services.standard_life import words
from certify.services.standard_life.access import found_draft, refuse_own, require_top
from certify.services.standard_life.draft_view import said_of
from certify.services.standard_life.drafting import Wanted, refuse_closed, refuse_text
from certify.services.typed import checked_text
from certify.storage import courses, standards


def approve(platform: Platform, *, actor: Actor, draft_id: int) -> date:
    """Approve a draft; it is in force from 00:00 of its first day, which is given back.

    Raises:
        NotPermitted: the actor is not top management.
        NotFound
        Refused: the actor wrote it, something is missing, or its first day has become impossible.
    """
    with platform.database.write() as session:
        require_top(session, actor)
        courses.lock_loading(session)  # who imports standards takes turns with it
        row = found_draft(session, draft_id, lock=True)
        refuse_closed(row)
        refuse_own(row, actor)
        if missing := _missing(session, platform, row):
            raise Refused(
                _("The draft cannot be approved yet."),
                mend=_("Missing: {what}.").format(what=_("; ").join(missing)),
            )
        wanted = Wanted(row.number, row.content, row.effective_from, row.description)
        refuse_text(session, platform, wanted)
        now = platform.clock.now()
        standard = standards.by_number(session, row.number) or Standard(number=row.number)
        session.add(standard)
        session.flush()
        version = StandardVersion(
            standard_id=standard.id or 0,
            effective_from=row.effective_from,
            content_hash=text_hash(row.content),
            created_at=now,
            description=row.description,
            reviser_id=row.drafted_by,
            is_material=row.is_material,
            is_confidential=row.is_confidential,
            **{**row.content, "category": StandardCategory(row.content["category"])},
        )
        session.add(version)
        session.flush()
        row.state, row.version_id = DraftState.APPROVED, version.id
        row.approved_by, row.approved_at = actor.person_id, now
        record(
            session,
            platform,
            actor,
            "standard-approved",
            f"standard:{row.number}",
            draft=row.id,
            effective_from=row.effective_from.isoformat(),
            is_material=row.is_material,
            text=version.content_hash,
        )
        changed = StandardChanged(row.number, row.effective_from, row.is_material)
    platform.plugins.announce("certify_standard_changed", summary=changed)
    return changed.effective_from


def withdraw(platform: Platform, *, actor: Actor, number: str, day: date, reason: str) -> None:
    """Let a standard end: from 00:00 of a day on it is in force no more.

    Raises:
        NotPermitted: the actor is not top management.
        NotFound, BadInput
        Refused: it is withdrawn already, or the day has begun or comes before its newest text.
    """
    reason = checked_text(reason, _("reason"))
    with platform.database.write() as session:
        require_top(session, actor)
        courses.lock_loading(session)
        found = standards.by_number(session, number)
        if found is None:
            raise no_standard(number)
        versions = standards.versions_by_number(session).get(found.number, [])
        firsts, today = [one.effective_from for one in versions], platform.today()
        bar = bar_to_day(day, today=today, firsts=firsts, withdrawn_on=found.withdrawn_on)
        if bar:
            raise words.day_refusal(bar, day, newest=max(firsts, default=None), today=today)
        found.withdrawn_on = day
        record(
            session,
            platform,
            actor,
            "standard-withdrawn",
            f"standard:{found.number}",
            withdrawn_on=day.isoformat(),
            reason=reason,
        )


def no_standard(number: str) -> NotFound:
    """That a number is not in the catalogue."""
    return NotFound(
        _("There is no standard {number}.").format(number=number),
        mend=_("“certify standard list” shows all of them."),
    )


def _missing(session: Session, platform: Platform, draft: StandardDraft) -> list[str]:
    policy = platform.policy.standards
    opinions, scenes = said_of(session, draft)
    missing = []
    if draft.state is DraftState.DRAFT:
        missing.append(_("it was not given to review"))
    if sides := missing_sides(policy.opinions, opinions):
        missing.append(_("opinions of: {sides}").format(sides=words.sides(sides)))
    if sides := disagreeing_sides(opinions):
        missing.append(_("consent of: {sides}").format(sides=words.sides(sides)))
    if count := missing_scenes(scenes, policy.pilot_scenes):
        text = _n("{count} scene in which it works", "{count} scenes in which it works", count)
        missing.append(text.format(count=count))
    if failing := failing_scenes(scenes):
        text = _("it did not work here: {scenes}")
        missing.append(text.format(scenes=_("; ").join(failing)))
    return missing
