"""Drafts of standards as people look at them: the text, who has spoken, what is missing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from certify.domain.person import Actor, Person
from certify.domain.standard_change import DraftState, StandardDraft
from certify.domain.standard_life import (
    Opinion,
    Scene,
    disagreeing_sides,
    failing_scenes,
    missing_scenes,
    missing_sides,
)
from certify.domain.vague_words import vague_words
from certify.platform import Platform
from certify.services.standard_life.access import found_draft, is_top, require_reader
from certify.storage import standard_drafts, standards


@dataclass(frozen=True)
class OpinionView:
    """What one side said."""

    side: str
    agrees: bool
    opinion: str
    by: str
    at: datetime
    is_voided: bool
    """Whether the draft was changed after it."""


@dataclass(frozen=True)
class SceneView:
    """One trial in one scene."""

    scene: str
    works: bool
    feedback: str
    by: str
    at: datetime
    is_voided: bool


@dataclass(frozen=True)
class DraftView:
    """A draft with all that was said of it. Texts in `content` are by language."""

    id: int
    number: str
    content: dict[str, Any]
    before: dict[str, Any] | None
    """The newest text approved so far; None for a new standard."""
    description: str
    is_material: bool
    is_confidential: bool
    effective_from: date
    state: DraftState
    drafted_by: str
    drafted_at: datetime
    approved_by: str
    approved_at: datetime | None
    opinions: tuple[OpinionView, ...]
    scenes: tuple[SceneView, ...]
    missing_sides: tuple[str, ...]
    disagreeing: tuple[str, ...]
    missing_scenes: int
    failing_scenes: tuple[str, ...]
    vague: tuple[str, ...]
    """Vague words of the requirement, which gives no number (R-CAT-04)."""
    is_own: bool
    """Whether the actor wrote it."""
    may_approve: bool
    """Whether the actor is top management and did not write it."""

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing for the approval."""
        open_ = self.missing_sides or self.disagreeing or self.missing_scenes
        return self.state is DraftState.PILOT and not open_ and not self.failing_scenes


def drafts(platform: Platform, *, actor: Actor, with_closed: bool = False) -> list[DraftView]:
    """The drafts that wait for something, the oldest first; or all, the newest first.

    Raises:
        NotPermitted
    """
    with platform.database.read() as session:
        require_reader(session, actor)
        rows = standard_drafts.every if with_closed else standard_drafts.open_ones
        return [view_of(session, platform, actor, one) for one in rows(session)]


def draft(platform: Platform, *, actor: Actor, draft_id: int) -> DraftView:
    """One draft.

    Raises:
        NotPermitted, NotFound
    """
    with platform.database.read() as session:
        require_reader(session, actor)
        return view_of(session, platform, actor, found_draft(session, draft_id))


def said_of(session: Session, draft: StandardDraft) -> tuple[list[Opinion], list[Scene]]:
    """The opinions and trials of a draft that still count."""
    opinions = standard_drafts.opinions(session, draft.id or 0)
    scenes = standard_drafts.scenes(session, draft.id or 0)
    return (
        [Opinion(one.side, one.agrees) for one in opinions if one.voided_at is None],
        [Scene(one.scene, one.works) for one in scenes if one.voided_at is None],
    )


def view_of(session: Session, platform: Platform, actor: Actor, draft: StandardDraft) -> DraftView:
    """A draft with all that was said of it."""
    policy = platform.policy.standards
    opinions, scenes = said_of(session, draft)
    kept = standards.versions_by_number(session).get(draft.number, [])
    kept = [one for one in kept if one.id != draft.version_id]
    requirement: dict[str, str] = draft.content.get("requirement", {})
    vague = [word for text in requirement.values() for word in vague_words(text)]
    is_own = draft.drafted_by == actor.person_id
    return DraftView(
        id=draft.id or 0,
        number=draft.number,
        content=dict(draft.content),
        before=standards.content_of(kept[-1]) if kept else None,
        description=draft.description,
        is_material=draft.is_material,
        is_confidential=draft.is_confidential,
        effective_from=draft.effective_from,
        state=draft.state,
        drafted_by=name_of(session, draft.drafted_by),
        drafted_at=draft.drafted_at,
        approved_by=name_of(session, draft.approved_by),
        approved_at=draft.approved_at,
        opinions=tuple(
            OpinionView(
                one.side,
                one.agrees,
                one.opinion,
                name_of(session, one.by),
                one.at,
                one.voided_at is not None,
            )
            for one in standard_drafts.opinions(session, draft.id or 0)
        ),
        scenes=tuple(
            SceneView(
                one.scene,
                one.works,
                one.feedback,
                name_of(session, one.by),
                one.at,
                one.voided_at is not None,
            )
            for one in standard_drafts.scenes(session, draft.id or 0)
        ),
        missing_sides=tuple(missing_sides(policy.opinions, opinions)),
        disagreeing=tuple(disagreeing_sides(opinions)),
        missing_scenes=missing_scenes(scenes, policy.pilot_scenes),
        failing_scenes=tuple(failing_scenes(scenes)),
        vague=tuple(dict.fromkeys(vague)),
        is_own=is_own,
        may_approve=not is_own and is_top(session, actor),
    )


def name_of(session: Session, person_id: int | None) -> str:
    """Somebody's name; empty for nobody."""
    found = session.get(Person, person_id) if person_id else None
    return found.name if found else ""
