"""The ladder as one person stands to it: every rung with its conditions, and what is held."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.domain.granting import may_promote
from certify.domain.ladder import Evidence, check, is_promotion, obstacles
from certify.domain.permission import Action, may
from certify.domain.person import Actor, Person
from certify.domain.qualification import QualificationKind, QualificationState
from certify.platform import Platform
from certify.policy import Level
from certify.services.qualifying.evidence import evidence_of
from certify.services.qualifying.states import state_of
from certify.services.qualifying.words import (
    condition_text,
    obstacle_text,
    reason_text,
    value_text,
)
from certify.services.typed import person_for
from certify.storage import qualifications
from certify.storage.qualifications import PeriodRow


@dataclass(frozen=True)
class ConditionView:
    """One condition of a level and what it rests on (R-QUA-02)."""

    kind: str
    text: str
    """What it asks for, translated."""
    is_met: bool
    evidence: str
    """What there is and what it rests on, translated."""


@dataclass(frozen=True)
class RungView:
    """One level of the ladder as one person stands to it."""

    level: str
    title: dict[str, str]
    conditions: tuple[ConditionView, ...]
    obstacles: tuple[str, ...]
    """What keeps the person from any promotion, translated; empty for a first level."""
    is_promotion: bool
    """Whether HR decides about it once every condition is met."""
    is_trainee: bool
    state: QualificationState | None
    """How the latest period stands today; None where it was never given."""
    valid_to: date | None

    @property
    def met(self) -> int:
        """How many conditions are met."""
        return sum(one.is_met for one in self.conditions)


@dataclass(frozen=True)
class ChangeView:
    """A state that something held got."""

    code: str
    title: dict[str, str]
    kind: QualificationKind
    state: QualificationState
    from_day: date
    reason: str
    """In words."""
    by: str
    """Who decided; empty where a rule did."""


@dataclass(frozen=True)
class HeldView:
    """A level or post qualification that was given and is not over."""

    code: str
    title: dict[str, str]
    kind: QualificationKind
    state: QualificationState
    valid_to: date


@dataclass(frozen=True)
class LadderView:
    """All of it for one person."""

    staff_no: str
    name: str
    rungs: tuple[RungView, ...]
    """The lowest first."""
    held: tuple[HeldView, ...]
    changes: tuple[ChangeView, ...]
    """The newest first."""
    may_manage: bool
    """Whether the one who looks may decide about it."""

    @property
    def next_level(self) -> RungView | None:
        """The lowest rung that is not held and lies above every one that is."""
        active = [one.level for one in self.rungs if one.state is QualificationState.ACTIVE]
        top = max(active, default="")
        return next((one for one in self.rungs if one.level > top and not one.is_trainee), None)


def ladder(platform: Platform, *, actor: Actor, staff_no: str | None = None) -> LadderView:
    """Every level with its conditions, met or not, with value and evidence (R-QUA-02).

    Args:
        staff_no: whose; None for the actor's own.
    Raises:
        NotFound, NotPermitted
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_RECORD)
        evidence = evidence_of(session, platform, person.id or 0)
        rows = qualifications.of_person(session, person.id or 0)
        today = platform.today()
        open_states = (
            QualificationState.ACTIVE,
            QualificationState.PENDING,
            QualificationState.SUSPENDED,
        )
        return LadderView(
            staff_no=person.staff_no,
            name=person.name,
            rungs=tuple(
                rung(platform, level, evidence, rows, today)
                for level in platform.policy.qualification.ladder
            ),
            held=tuple(
                HeldView(row.code, row.title, row.kind, state, row.period.valid_to)
                for row in rows
                if (state := state_of(row, today)) in open_states
            ),
            changes=_changes(session, rows),
            may_manage=may(actor, Action.MANAGE_QUALIFICATIONS) and person.id != actor.person_id,
        )


def rung(
    platform: Platform, level: Level, evidence: Evidence, rows: list[PeriodRow], today: date
) -> RungView:
    """One level as one person stands to it."""
    own = [row for row in rows if row.kind is QualificationKind.LEVEL and row.code == level.code]
    latest = max(own, key=lambda row: row.period.valid_to, default=None)
    against = obstacles(evidence) if is_promotion(level) else []
    return RungView(
        level=level.code,
        title=level.title,
        conditions=tuple(
            ConditionView(
                kind=one.condition.kind,
                text=condition_text(one.condition),
                is_met=one.met,
                evidence=value_text(one.condition, one.value, one.evidence),
            )
            for one in check(level, evidence, today)
        ),
        obstacles=tuple(obstacle_text(one) for one in against),
        is_promotion=is_promotion(level),
        is_trainee=level.trainee,
        state=state_of(latest, today) if latest else None,
        valid_to=latest.period.valid_to if latest else None,
    )


def is_ready(platform: Platform, view: LadderView) -> RungView | None:
    """The promotion that only waits for HR; None where something is missing."""
    one = view.next_level
    if one is None or not one.is_promotion or one.obstacles:
        return None
    held = [each.level for each in view.rungs if each.state is QualificationState.ACTIVE]
    level = next(each for each in platform.policy.qualification.ladder if each.code == one.level)
    is_open = may_promote(platform.policy.qualification, level, held)
    return one if is_open and one.met == len(one.conditions) else None


def _changes(session: Session, rows: list[PeriodRow]) -> tuple[ChangeView, ...]:
    found = []
    for row in rows:
        for one in qualifications.changes(session, row.id):
            by = session.get(Person, one.actor_id) if one.actor_id else None
            found.append(
                (
                    one.at,
                    ChangeView(
                        code=row.code,
                        title=row.title,
                        kind=row.kind,
                        state=one.state,
                        from_day=one.from_day,
                        reason=reason_text(one.reason),
                        by=by.name if by else "",
                    ),
                )
            )
    return tuple(one for _at, one in sorted(found, key=lambda pair: pair[0], reverse=True))
