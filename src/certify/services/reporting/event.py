"""One line of a person's timeline, and who may see which lines (R-PLT-07)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from certify.domain.permission import Action, may
from certify.domain.person import Actor, Person
from certify.i18n import N_
from certify.platform import Platform
from certify.services.reporting.days import day_of
from certify.services.reporting.said import Said

KINDS = {
    "work": N_("work"),
    "course": N_("courses"),
    "practice": N_("on-site practice"),
    "exam": N_("exams"),
    "qualification": N_("qualifications"),
    "training": N_("training"),
    "evaluation": N_("evaluations"),
    "inspection": N_("inspections"),
    "case": N_("cases"),
}
"""What events are about."""


@dataclass(frozen=True)
class Event:
    """Something that happened on a day."""

    kind: str
    day: date
    what: Said
    more: Said | None = None
    """Reason, actor or remark."""


@dataclass(frozen=True)
class Look:
    """Whose timeline is looked at, and what of it the one who looks may see.

    Everybody sees all that is their own but the scores of single raters, which are in no timeline.
    A supervisor sees the work of the own reports, their grades and their inspections, but no
    bonus, no sums of money, no reason of an absence or of a refusal, and no unpublished case. HR
    sees everything.
    """

    session: Session
    platform: Platform
    person: Person
    sees_all: bool
    """The person themselves, and HR."""
    sees_evaluations: bool
    sees_inspections: bool

    @property
    def id(self) -> int:
        """Of the person."""
        return self.person.id or 0

    def day(self, moment: datetime) -> date:
        """The day of a moment in the company's calendar."""
        return day_of(self.platform, moment)


def look(session: Session, platform: Platform, actor: Actor, person: Person) -> Look:
    """What an actor may see of a person."""
    whose = {"owner": person.id, "owner_supervisor": person.supervisor_id}
    return Look(
        session=session,
        platform=platform,
        person=person,
        sees_all=person.id == actor.person_id or may(actor, Action.SEE_RECORD),
        sees_evaluations=may(actor, Action.SEE_EVALUATIONS, **whose),
        sees_inspections=may(actor, Action.SEE_INSPECTIONS, **whose),
    )
