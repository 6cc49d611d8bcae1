"""Everybody's working life as facts, read in batches so that memory stays flat (R-PLT-05)."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from fractions import Fraction
from itertools import groupby, islice
from typing import Any

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.career import Career
from certify.domain.evaluation import RaterType
from certify.domain.person import PersonStatus
from certify.platform import Platform
from certify.services.policy import career_events as events
from certify.services.policy.career_events import Company, KnownPeriod, Rows
from certify.services.policy.career_reviews import has_hidden, reviewed
from certify.storage import careers
from certify.storage.careers import Span

BATCH = 200
"""People read at a time."""
READERS = {
    "posts": careers.posts,
    "attempts": careers.attempts,
    "read": careers.read,
    "attended": careers.attended,
    "exemptions": careers.exemptions,
    "sign_offs": careers.sign_offs,
    "evaluations": careers.evaluations,
    "serious": careers.serious_problems,
    "qualifications": careers.qualifications,
    "changes": careers.changes,
    "panels": careers.panels,
}


def count(session: Session) -> int:
    """How many careers there are."""
    return len(careers.ids(session))


def everybody(session: Session, platform: Platform) -> Iterator[Career]:
    """Every career, by person id, one after the other."""
    company = company_of(session, platform)
    ids = iter(careers.ids(session))
    while batch := list(islice(ids, BATCH)):
        yield from _batch(session, company, Span(batch[0], batch[-1]))


def company_of(session: Session, platform: Platform) -> Company:
    """What is the same for everybody, read once."""
    zone = platform.policy.organisation.time_zone
    courses, exams, lessons = careers.catalogue(session)
    parts = {
        id_: frozenset(
            other.part
            for other in exams.values()
            if (other.course_id, other.process_code) == (one.course_id, one.process_code)
            and (other.available or other.id == id_)
        )
        for id_, one in exams.items()
    }
    quarters = tuple(
        sorted((local_date(at, zone), last) for at, last in careers.closed_quarters(session))
    )
    periods = {id_: KnownPeriod.of(one) for id_, one in careers.periods(session).items()}
    return Company(zone, courses, exams, lessons, parts, quarters, periods)


def _batch(session: Session, company: Company, span: Span) -> Iterator[Career]:
    of = {
        name: {
            person: list(rows)
            for person, rows in groupby(read(session, span), key=lambda row: row.person_id)
        }
        for name, read in READERS.items()
    }
    hidden = _hidden(session, of["evaluations"].values())
    extended = _extended(session, of["qualifications"].values())
    for person in careers.people(session, span):
        rows: Rows = {name: found.get(person.id, []) for name, found in of.items()}
        happened = [
            *events.joined(company, rows),
            *events.sat(company, rows["attempts"]),
            *events.read(company, rows),
            *events.attended(company, rows["attended"]),
            *events.heard(rows["panels"]),
            *events.decided(company, rows, extended.get(person.id, [])),
            *reviewed(company, rows["evaluations"], rows["serious"], hidden),
        ]
        yield Career(
            staff_no=person.staff_no,
            name=person.name,
            hired_on=person.hired_on,
            post=person.post,
            events=tuple(one.event for one in sorted(happened, key=lambda one: one[:2])),
            has_left=person.status is PersonStatus.LEFT,
            quarters=company.quarters,
        )


def _hidden(
    session: Session, evaluations: Iterable[list[Any]]
) -> dict[tuple[int, int, RaterType], list[Fraction]]:
    """Single scores of whoever has a group that was too small to be kept."""
    people = {row.person_id for rows in evaluations for row in rows if has_hidden(row)}
    found: dict[tuple[int, int, RaterType], list[Fraction]] = {}
    for row in careers.group_scores(session, people) if people else ():
        key = row.person_id, row.period_id, row.rater_type
        found.setdefault(key, []).append(row.score)
    return found


def _extended(
    session: Session, qualifications: Iterable[list[Any]]
) -> dict[int, list[tuple[str, datetime]]]:
    people = {row.person_id for rows in qualifications for row in rows if row.extensions}
    found: dict[int, list[tuple[str, datetime]]] = {}
    for person, code, at in careers.extensions(session, people) if people else ():
        found.setdefault(person, []).append((code, at))
    return found
