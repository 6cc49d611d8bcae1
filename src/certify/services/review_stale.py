"""Items to be looked at again: a standard they cite changed after they were written (R-CAT-03)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from certify.clock import local_date, midnight
from certify.domain.permission import Action, require
from certify.domain.person import Actor
from certify.domain.standard import StandardVersion, newest_in_force
from certify.platform import Platform
from certify.services.review_cases import course_id
from certify.storage import reviews, standards
from certify.storage.reviews import BankRow


@dataclass(frozen=True)
class Stale:
    """Why an item in use must be looked at again."""

    changed: tuple[tuple[str, date], ...] = ()
    """Standards it cites with the day from which their newest text is in force."""
    withdrawn: tuple[str, ...] = ()
    """Standards it cites that are in force no more."""


@dataclass(frozen=True)
class StaleItem:
    """One item in use that must be looked at again."""

    code: str
    course: str
    version_id: int
    since: date
    """When its version was written, or last found still right."""
    stale: Stale


@dataclass(frozen=True)
class StaleReport:
    """What standards ask of the bank today."""

    items: tuple[StaleItem, ...]
    unknown: dict[str, tuple[str, ...]]
    """By number that is not in the catalogue, the items in use that cite it."""


def report(platform: Platform, *, actor: Actor, course: str | None = None) -> StaleReport:
    """Items in use that cite a standard which changed, was withdrawn or is not known.

    Raises:
        NotPermitted
        NotFound: there is no such course.
    """
    require(actor, Action.SEE_BANK)
    with platform.database.read() as session:
        wanted = course_id(session, course)
        found = stale_of(session, platform)
        known = {one.number for one in standards.every(session)}
        titles = reviews.course_facts(session)
        looked = reviews.kept(session)
        rows = [row for row in reviews.citing(session) if wanted in (None, row.course_id)]
    unknown: dict[str, list[str]] = {}
    for row in rows:
        for number in row.standards:
            if number not in known:
                unknown.setdefault(number, []).append(row.code)
    items = tuple(
        StaleItem(
            code=row.code,
            course=titles[row.course_id].code,
            version_id=row.version_id,
            since=_looked_at(platform, row, looked),
            stale=found[row.code],
        )
        for row in rows
        if row.code in found
    )
    return StaleReport(items, {number: tuple(unknown[number]) for number in sorted(unknown)})


def stale_of(
    session: Session, platform: Platform, *, course_id: int | None = None
) -> dict[str, Stale]:
    """By code, the items in use that must be looked at again; until then no form holds them.

    A text changes at 00:00 of its first day, and with it what is stale (R-STD-04).

    Args:
        course_id: of one course alone.
    """
    today = platform.today()
    changed, heeded = {}, {}
    for number, versions in standards.versions_by_number(session).items():
        if newest := newest_in_force(versions, today):
            changed[number] = newest.effective_from
            heeded[number] = _heeded_from(platform, newest, is_first=newest is versions[0])
    gone = {
        one.number: one.withdrawn_on
        for one in standards.every(session)
        if one.withdrawn_on is not None and one.withdrawn_on <= today
    }
    if not changed:
        return {}
    zone = platform.policy.organisation.time_zone
    before = midnight(max([*heeded.values(), *gone.values()]), zone)
    older = reviews.citing(session, course_id=course_id, before=before)
    looked = reviews.kept(session) if older else {}
    found = {}
    for row in older:
        if not row.standards:
            continue
        since = _looked_at(platform, row, looked)
        stale = Stale(
            changed=tuple(
                (number, changed[number])
                for number in row.standards
                if number not in gone and since < heeded.get(number, since)
            ),
            withdrawn=tuple(number for number in row.standards if since < gone.get(number, since)),
        )
        if stale != Stale():
            found[row.code] = stale
    return found


def _heeded_from(platform: Platform, version: StandardVersion, *, is_first: bool) -> date:
    """The first day on which an author could heed a text: in force, and no older one shown."""
    if is_first:
        return version.effective_from
    zone = platform.policy.organisation.time_zone
    return max(version.effective_from, local_date(version.created_at, zone))


def _looked_at(platform: Platform, row: BankRow, kept: Mapping[int, datetime]) -> date:
    """The day a version was written, or the last one on which it was found still right."""
    moment = max(row.created_at, kept.get(row.version_id, row.created_at))
    return local_date(moment, platform.policy.organisation.time_zone)
