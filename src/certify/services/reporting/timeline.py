"""Everything that happened to one person, newest first: 一人一档."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from certify.domain.permission import Action
from certify.domain.person import Actor
from certify.platform import Platform
from certify.services.reporting import timeline_learning as learning
from certify.services.reporting import timeline_quality as quality
from certify.services.reporting import timeline_work as work
from certify.services.reporting.event import KINDS, Event, Look, look
from certify.services.typed import person_for

__all__ = ["KINDS", "SOURCES", "Event", "Timeline", "timeline"]

SOURCES: tuple[Callable[[Look], Iterator[Event]], ...] = (
    work.posts,
    work.absences,
    work.trainings,
    learning.courses,
    learning.practice,
    learning.exams,
    learning.cases,
    quality.qualifications,
    quality.evaluations,
    quality.inspections,
)
"""Where events come from; of one day they stand in this order."""


@dataclass(frozen=True)
class Timeline:
    """What one may see of a person."""

    staff_no: str
    name: str
    events: tuple[Event, ...]
    """The newest first."""


def timeline(platform: Platform, *, actor: Actor, staff_no: str | None = None) -> Timeline:
    """A person's timeline as the actor may see it (see `Look`).

    Args:
        staff_no: None for the actor.
    Raises:
        NotPermitted: neither the actor, nor a direct report, nor HR.
        NotFound
    """
    with platform.database.read() as session:
        person = person_for(session, actor, staff_no, Action.SEE_RECORD)
        seen = look(session, platform, actor, person)
        events = list(chain.from_iterable(source(seen) for source in SOURCES))
        events.sort(key=lambda one: one.day)
        return Timeline(person.staff_no, person.name, tuple(reversed(events)))


def fits(event: Event, kind: str, wanted: str) -> bool:
    """Whether an event is of a kind (empty: any) and says what is searched for."""
    said = f"{event.day.isoformat()} {event.what} {event.more or ''}"
    return kind in ("", event.kind) and wanted.casefold() in said.casefold()
