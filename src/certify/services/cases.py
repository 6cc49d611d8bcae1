"""The case library (案例库): who writes, what may be published, who reads (S0-ST6-03, R-LRN-06).

A case is published by somebody else than its author, and only when every place that may be data of
a customer was removed or said to be none, with a reason (S4-RU-07).
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from certify.clock import local_date
from certify.domain.case_story import CaseStory
from certify.domain.customer_data import DataKind, Finding, find
from certify.domain.permission import Action, may, require
from certify.domain.person import Actor, Person
from certify.errors import NotFound
from certify.i18n import N_, _
from certify.platform import Platform
from certify.storage import cases

KIND_NAMES = {
    DataKind.ID_CARD: N_("ID card number"),
    DataKind.EMAIL: N_("e-mail address"),
    DataKind.PHONE: N_("phone number"),
    DataKind.PLATE: N_("plate number"),
    DataKind.ORDER: N_("order number"),
    DataKind.NAME: N_("name"),
    DataKind.ADDRESS: N_("address"),
}


@dataclass(frozen=True)
class CaseView:
    """One case as one reader finds it."""

    code: str
    title: str
    body: str
    """Markdown."""
    lessons: tuple[tuple[str, str], ...]
    """Course and lesson code of each lesson it is linked to."""
    author: str
    written_on: date
    state: str
    """`draft`, `published` or `withdrawn`."""
    published_by: str
    published_on: date | None
    findings: tuple[Finding, ...]
    """What may be data of a customer; of drafts only, for who may publish or wrote it."""
    may_publish: bool
    may_withdraw: bool


def library(
    platform: Platform, *, actor: Actor, lesson: tuple[str, str] | None = None
) -> list[CaseView]:
    """Published cases for everybody; drafts for their author and who may publish. Newest first.

    Args:
        lesson: course and code of the only lesson wanted; then published ones alone.
    """
    require(actor, Action.LEARN, owner=actor.person_id)
    with platform.database.read() as session:
        views = [_view(session, platform, actor, one) for one in cases.every(session)]
    seen = [view for view in views if view is not None]
    if lesson is None:
        return seen
    return [one for one in seen if one.state == "published" and lesson in one.lessons]


def case(platform: Platform, *, actor: Actor, code: str) -> CaseView:
    """One case.

    Raises:
        NotPermitted
        NotFound: there is none that the actor may read.
    """
    require(actor, Action.LEARN, owner=actor.person_id)
    with platform.database.read() as session:
        found = cases.by_code(session, code)
        view = _view(session, platform, actor, found) if found else None
    if view is None:
        raise no_case(code)
    return view


def state_text(one: CaseView) -> str:
    """How a case stands, in words."""
    if one.state == "published":
        return _("published on {day}").format(day=one.published_on)
    return _("draft") if one.state == "draft" else _("withdrawn")


def digest_of(title: str, body: str) -> str:
    """By which the text that was read is known again."""
    return hashlib.sha256(f"{title}\n{body}".encode()).hexdigest()


def findings_of(title: str, body: str) -> tuple[Finding, ...]:
    """What may be data of a customer; line 1 is the title, the text begins at line 3."""
    return tuple(find(f"{title}\n\n{body}"))


def finding_text(one: Finding) -> str:
    """A finding with its place, in words."""
    text = _("line {line}, column {column}: {kind} “{text}”")
    kind = _(KIND_NAMES[one.kind])
    return text.format(line=one.line, column=one.column, kind=kind, text=one.text)


def _view(session: Session, platform: Platform, actor: Actor, one: CaseStory) -> CaseView | None:
    """The case, or None where the actor may not see it."""
    state = "withdrawn" if one.withdrawn_at else "published" if one.published_at else "draft"
    is_own, publishes = one.author_id == actor.person_id, may(actor, Action.PUBLISH_CASE)
    if state != "published" and not is_own and not publishes:
        return None
    zone = platform.policy.organisation.time_zone
    by = session.get(Person, one.published_by) if one.published_by else None
    return CaseView(
        code=one.code,
        title=one.title,
        body=one.body,
        lessons=tuple((course, lesson) for course, lesson in one.lessons),
        author=session.get_one(Person, one.author_id).name,
        written_on=local_date(one.written_at, zone),
        state=state,
        published_by=by.name if by else "",
        published_on=local_date(one.published_at, zone) if one.published_at else None,
        findings=findings_of(one.title, one.body) if state == "draft" else (),
        may_publish=state == "draft" and publishes and not is_own and not actor.is_console,
        may_withdraw=state != "withdrawn" and (is_own or publishes),
    )


def no_case(code: str) -> NotFound:
    """That there is none which the actor may see."""
    return NotFound(
        _("There is no case “{code}”.").format(code=code),
        mend=_("“certify case list” shows all of them."),
    )
