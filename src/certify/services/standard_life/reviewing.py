"""The regular review of standards (R-STD-03), and the revision record of each (R-STD-06)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.domain.permission import Action, require, require_person
from certify.domain.person import Actor
from certify.domain.standard import Standard, StandardVersion
from certify.domain.standard_change import StandardReview
from certify.domain.standard_life import TextState, in_force_on, review_due, text_state
from certify.errors import Refused
from certify.i18n import _
from certify.platform import Platform
from certify.services.recording import record
from certify.services.standard_life.access import require_catalogue
from certify.services.standard_life.approving import no_standard
from certify.services.standard_life.draft_view import name_of
from certify.services.typed import checked_text
from certify.storage import standard_drafts, standards


@dataclass(frozen=True)
class DueReview:
    """A standard in force and when its review is due."""

    number: str
    item: dict[str, str]
    since: date
    """First day of its text."""
    reviewed_on: date | None
    keeps: bool | None
    """Whether the last review kept it as it is."""
    due_on: date
    """Last day, inclusive."""
    is_overdue: bool


@dataclass(frozen=True)
class Revision:
    """One line of the revision record (版本修订记录)."""

    number: int
    """Of the version, counted from 1."""
    effective_from: date
    description: str
    reviser: str
    """Name; empty where a file brought the text."""
    is_material: bool
    state: TextState


@dataclass(frozen=True)
class RevisionRecord:
    """Every text of a standard, the oldest first."""

    number: str
    item: dict[str, str]
    lines: tuple[Revision, ...]
    withdrawn_on: date | None
    is_confidential: bool


def review(platform: Platform, *, actor: Actor, number: str, keeps: bool, remark: str) -> date:
    """Write that a standard was looked at today; gives the day its next review is due.

    Args:
        keeps: whether it stays as it is; else somebody drafts a new text.
    Raises:
        NotPermitted, NotFound, BadInput
        Refused: the standard is not in force.
    """
    require(actor, Action.MANAGE_STANDARDS)
    require_person(actor)
    remark = checked_text(remark, _("remark"))
    today = platform.today()
    with platform.database.write() as session:
        found = standards.by_number(session, number)
        if found is None:
            raise no_standard(number)
        versions = standards.versions_by_number(session).get(found.number, [])
        firsts = [one.effective_from for one in versions]
        since = in_force_on(today, firsts, found.withdrawn_on)
        if since is None:
            raise Refused(
                _("{number} is not in force today.").format(number=found.number),
                mend=_("Only what is in force is reviewed."),
            )
        session.add(
            StandardReview(
                standard_id=found.id or 0,
                day=today,
                keeps=keeps,
                remark=remark,
                by=actor.person_id,
                at=platform.clock.now(),
            )
        )
        subject = f"standard:{found.number}"
        record(session, platform, actor, "standard-reviewed", subject, keeps=keeps)
    return review_due(since, today, platform.policy.standards.review_months)


def due(platform: Platform, *, actor: Actor, only_overdue: bool = False) -> list[DueReview]:
    """When the review of every standard in force is due, the earliest first.

    Raises:
        NotPermitted
    """
    require_catalogue(actor)
    today = platform.today()
    with platform.database.read() as session:
        found = review_days(session, platform)
        versions = standards.versions_by_number(session)
        rows = []
        for one in standards.every(session):
            if one.number not in found:
                continue
            since, last, due_on = found[one.number]
            text = next(row for row in versions[one.number] if row.effective_from == since)
            rows.append(
                DueReview(
                    number=one.number,
                    item=text.item,
                    since=since,
                    reviewed_on=last.day if last else None,
                    keeps=last.keeps if last else None,
                    due_on=due_on,
                    is_overdue=due_on < today,
                )
            )
    rows.sort(key=lambda row: (row.due_on, row.number))
    return [row for row in rows if row.is_overdue or not only_overdue]


def review_days(
    session: Session, platform: Platform
) -> dict[str, tuple[date, StandardReview | None, date]]:
    """By number of what is in force today: its first day, last review, and day of the next."""
    today, months = platform.today(), platform.policy.standards.review_months
    reviews = standard_drafts.reviews(session)
    versions = standards.versions_by_number(session)
    found = {}
    for one in standards.every(session):
        firsts = [row.effective_from for row in versions.get(one.number, [])]
        since = in_force_on(today, firsts, one.withdrawn_on)
        if since is not None:
            last = reviews.get(one.id or 0, [None])[-1]
            due_on = review_due(since, last.day if last else None, months)
            found[one.number] = (since, last, due_on)
    return found


def revision_record(platform: Platform, *, actor: Actor, number: str) -> RevisionRecord:
    """Date, version, description and reviser of every text of a standard.

    Raises:
        NotPermitted, NotFound
    """
    require_catalogue(actor)
    with platform.database.read() as session:
        found = standards.by_number(session, number)
        versions = standards.versions_by_number(session).get(found.number, []) if found else []
        if found is None or not versions:
            raise no_standard(number)
        return record_of(session, platform, found, versions)


def record_of(
    session: Session, platform: Platform, standard: Standard, versions: list[StandardVersion]
) -> RevisionRecord:
    """The revision record of a standard that has texts."""
    today, firsts = platform.today(), [one.effective_from for one in versions]
    begun = [one for one in versions if one.effective_from <= today]
    said = begun[-1] if begun else versions[0]
    return RevisionRecord(
        number=standard.number,
        item=said.item,
        lines=tuple(
            Revision(
                number=place,
                effective_from=one.effective_from,
                description=one.description,
                reviser=name_of(session, one.reviser_id),
                is_material=one.is_material,
                state=text_state(one.effective_from, today, firsts, standard.withdrawn_on),
            )
            for place, one in enumerate(versions, start=1)
        ),
        withdrawn_on=standard.withdrawn_on,
        is_confidential=said.is_confidential,
    )
